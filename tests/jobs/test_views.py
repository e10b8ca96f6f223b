"""The pages of the jobs: who meets which, what they may do, and what moves."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobs.actions import ask, fail, renew, take
from jobs.models import Job
from jobs.registry import handler
from jobs.run import Run, run_job
from municipalities.models import User
from tests.factories import person

pytestmark = pytest.mark.django_db


@handler("views.read", title="Les ei fil", page="jobs:job")
def read(run: Run) -> None:
    return None


def running(by: User | None = None) -> Job:
    job = take(ask("views.read", subject="views.file:1", by=by).pk)
    renew(job, progress_done=12400, progress_total=26000, progress_text="Row %(done)s of %(total)s")
    job.refresh_from_db()
    return job


def failed(by: User | None = None) -> Job:
    job = take(ask("views.read", by=by).pk)
    fail(job, "The disk is full. Nothing was saved. Ask those who run the portal to make room, then try again.")
    job.refresh_from_db()
    return job


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_an_adviser_sees_the_work_of_everyone(adviser: User, stranger: User) -> None:
    running(by=stranger)
    answer = signed_in(adviser).get(reverse("jobs:jobs"))
    assert "Les ei fil" in answer.text
    assert "Row 12\xa0400 of 26\xa0000" in answer.text


def test_others_see_only_what_they_asked_for_themselves(stranger: User) -> None:
    running()
    own = failed(by=stranger)
    answer = signed_in(stranger).get(reverse("jobs:jobs"))
    assert [job.pk for job in answer.context["page"]] == [own.pk]
    assert "mine" not in answer.context["form"].fields


@pytest.mark.parametrize("name", ["job", "progress"])
def test_a_strangers_job_answers_like_one_that_does_not_exist(stranger: User, name: str) -> None:
    client = signed_in(stranger)
    theirs, absent = running().pk, 999_999
    assert client.get(reverse(f"jobs:{name}", args=[theirs])).status_code == 404
    assert client.get(reverse(f"jobs:{name}", args=[absent])).status_code == 404


@pytest.mark.parametrize("name", ["retry", "cancel"])
def test_a_stranger_can_neither_retry_nor_cancel(stranger: User, name: str) -> None:
    job = running()
    assert signed_in(stranger).post(reverse(f"jobs:{name}", args=[job.pk])).status_code == 404
    job.refresh_from_db()
    assert job.state == "running"


@pytest.mark.parametrize("name", ["retry", "cancel"])
def test_nothing_changes_by_following_a_link(adviser: User, name: str) -> None:
    assert signed_in(adviser).get(reverse(f"jobs:{name}", args=[running().pk])).status_code == 405


def test_one_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    job = running()
    for address in (reverse("jobs:jobs"), reverse("jobs:list"), job.get_absolute_url()):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))


def test_a_failed_job_is_tried_again_from_the_list_and_one_returns_to_it(adviser: User) -> None:
    job = failed()
    back = reverse("jobs:jobs") + "?state=failed"
    answer = signed_in(adviser).post(reverse("jobs:retry", args=[job.pk]), {"next": back})
    assert answer.url == back
    job.refresh_from_db()
    assert job.state == "queued"
    assert job.events.last().by == adviser


def test_one_is_never_sent_to_another_site(adviser: User) -> None:
    job = failed()
    answer = signed_in(adviser).post(reverse("jobs:retry", args=[job.pk]), {"next": "https://example.com/"})
    assert answer.url == job.get_absolute_url()


def test_the_asker_may_cancel_and_hears_when_it_is_too_late(stranger: User) -> None:
    client, job = signed_in(stranger), running(by=stranger)
    address = reverse("jobs:cancel", args=[job.pk])
    assert "Arbeidet er avbrutt" in client.post(address, follow=True).text
    assert "Arbeidet er allerede avsluttet" in client.post(address, follow=True).text


def test_the_filters_stand_in_the_address(adviser: User) -> None:
    running()
    wanted = failed(by=adviser)
    client = signed_in(adviser)
    for address in ("?state=failed", "?mine=on", "?state=failed&kind=views.read"):
        assert [job.pk for job in client.get(reverse("jobs:jobs") + address).context["page"]] == [wanted.pk]


def test_a_filter_that_makes_no_sense_is_ignored(adviser: User) -> None:
    running()
    answer = signed_in(adviser).get(reverse("jobs:jobs") + "?state=asleep&page=many")
    assert len(answer.context["page"]) == 1


@pytest.mark.parametrize("name", ["jobs:jobs", "jobs:list"])
def test_a_list_of_three_costs_as_many_queries_as_a_list_of_one(
    adviser: User, name: str, django_assert_max_num_queries
) -> None:
    client = signed_in(adviser)
    address = reverse(name)
    failed(by=adviser)
    client.get(address)
    with django_assert_max_num_queries(12) as one:
        client.get(address)
    failed(by=person("project_leader"))
    running(by=person("network_leader"))
    with django_assert_max_num_queries(12) as three:
        client.get(address)
    assert len(one) == len(three)


def test_the_fragment_asks_again_only_while_the_job_is_unfinished(adviser: User) -> None:
    client, job = signed_in(adviser), running()
    address = reverse("jobs:progress", args=[job.pk])
    moving = client.get(address)
    assert 'hx-trigger="every 1s"' in moving.text
    assert 'value="47"' in moving.text
    assert "HX-Trigger" not in moving.headers
    fail(job, "The file is gone.")
    still = client.get(address)
    assert "hx-trigger" not in still.text
    assert "The file is gone." in still.text
    assert still.headers["HX-Trigger"] == "job-finished"


def test_a_job_for_tomorrow_is_looked_at_more_seldom(adviser: User) -> None:
    job = ask("views.read", due_at=timezone.now() + timedelta(days=1))
    answer = signed_in(adviser).get(reverse("jobs:progress", args=[job.pk]))
    assert 'hx-trigger="every 15s"' in answer.text


def test_the_list_asks_again_only_while_something_in_it_moves(adviser: User) -> None:
    client = signed_in(adviser)
    failed()
    assert "hx-trigger" not in client.get(reverse("jobs:list")).text
    running()
    assert 'hx-trigger="every 1s"' in client.get(reverse("jobs:list")).text


def test_the_page_of_a_job_tells_its_history_in_the_readers_language(adviser: User) -> None:
    adviser.language = "nn"
    adviser.save()
    text = signed_in(adviser).get(failed(by=adviser).get_absolute_url()).text
    assert "Disken er full. Ingenting er lagra." in text
    assert "Bede om" in text


def test_a_finished_job_leads_to_what_it_made(adviser: User) -> None:
    job = run_job(ask("views.read", subject="views.file:7").pk)
    assert job.subject_url == reverse("jobs:job", args=[7])
    assert "Se resultatet" in signed_in(adviser).get(job.get_absolute_url()).text


def test_only_those_who_look_after_the_portal_see_where_in_the_program_it_failed(adviser: User, stranger: User) -> None:
    job = failed(by=stranger)
    Job.objects.filter(pk=job.pk).update(error_detail="jobs/run.py:1 in perform")
    assert "jobs/run.py:1" in signed_in(adviser).get(job.get_absolute_url()).text
    assert "jobs/run.py:1" not in signed_in(stranger).get(job.get_absolute_url()).text
