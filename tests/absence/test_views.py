"""Pages: who sees what, what an upload leads to, answers at the desk, as many queries for one as for three."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from absence.models import Figure, ImportBatch, Suspicion
from jobs.models import Job
from jobs.run import run_job
from tests.absence.imports import imported, long_file, municipalities, released, total, wide_file
from tests.factories import MunicipalityFactory, ProgrammeFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser(client):
    user = person("adviser")
    client.force_login(user)
    return user


@pytest.fixture
def batch():
    municipalities("0101", "0104")
    return imported(long_file(total("0101", "2008K1", 600, 6000), total("0104", "2008K1", 0, 5000)))


def upload(client, content: bytes, name: str = "pai.csv"):
    file = SimpleUploadedFile(name, content)
    answers = {"file": file, "source": "PAI", "vintage_on": "2010-06-01", "revision_kind": "regular"}
    return client.post(reverse("absence:upload"), answers)


def test_an_upload_leads_to_the_page_of_the_import_which_shows_the_work(client, adviser):
    municipalities("0101")
    response = upload(client, long_file(total("0101", "2008K1", 600, 6000)))
    batch = ImportBatch.objects.get()
    assert response["Location"] == reverse("absence:import", args=[batch.pk])
    job = Job.objects.get()
    assert f'id="job-{job.pk}-progress"' in client.get(response["Location"]).content.decode()
    run_job(job.pk)
    assert "1 tall, 1 kommune, 1. kv. 2008; lang form" in client.get(response["Location"]).content.decode()


def test_the_same_upload_twice_leads_to_the_first(client, adviser, batch):
    response = upload(client, long_file(total("0101", "2008K1", 600, 6000), total("0104", "2008K1", 0, 5000)))
    assert response["Location"] == reverse("absence:import", args=[batch.pk])
    assert ImportBatch.objects.count() == 1


def test_a_refused_file_shows_its_row_with_the_bad_cell_and_a_copy_to_download(client, adviser):
    municipalities("0101")
    batch = imported(long_file(total("0101", "2008K1", "11,Q", 6000)))
    page = client.get(reverse("absence:import", args=[batch.pk])).content.decode()
    assert "<mark>11,Q</mark>" in page
    assert "er ikke et tall" in page
    copy = client.get(reverse("absence:import_marked", args=[batch.pk]))
    assert b"".join(copy.streaming_content)[:2] == b"PK"
    assert copy["Content-Disposition"].startswith("attachment")
    assert copy["X-Content-Type-Options"] == "nosniff"


def test_the_original_file_is_sent_as_an_attachment(client, adviser, batch):
    response = client.get(reverse("absence:import_file", args=[batch.pk]))
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"0101" in b"".join(response.streaming_content)


def test_the_desk_shows_each_held_figure_once_with_every_reason(client, adviser, batch):
    page = client.get(reverse("absence:desk")).content.decode()
    assert page.count('class="suspicion"') == 1
    assert "Tallet mangler trolig" in page
    assert "ligger utenfor" in page


def test_an_answer_at_the_desk_is_kept_and_the_figure_can_be_released(client, adviser, batch):
    doubt = Suspicion.objects.get(rule="V1")
    back = reverse("absence:import", args=[batch.pk])
    answers = {
        "suspicion": doubt.pk,
        "decision": "corrected",
        "reason": "Ringte",
        "lost": "450,5",
        "possible": "5 000",
        "next": back,
    }
    assert client.post(reverse("absence:decide"), answers)["Location"] == back
    client.post(reverse("absence:release", args=[batch.pk]))
    figure = Figure.objects.get(municipality__number="0104")
    assert (figure.lost, figure.possible, figure.rate) == (45050, 500000, 90100)
    origin = client.get(reverse("absence:figure", args=["0104", figure.period])).content.decode()
    assert "Ringte" in origin


def test_the_second_adviser_is_shown_the_first_answer(client, adviser, batch):
    doubt = Suspicion.objects.get(rule="V1")
    answers = {"suspicion": doubt.pk, "decision": "rejected", "reason": "Mangler"}
    client.post(reverse("absence:decide"), answers)
    bo = person("adviser")
    client.force_login(bo)
    page = client.post(reverse("absence:decide"), answers | {"decision": "accepted", "reason": "Ok"}, follow=True)
    assert f"allerede besvart av {adviser}: utelatt, «Mangler»" in page.content.decode()
    doubt.refresh_from_db()
    assert (doubt.decision, doubt.decided_by) == ("rejected", adviser)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"decision": "accepted", "reason": ""}, "Skriv en begrunnelse"),
        ({"decision": "corrected", "reason": "x"}, "Skriv det riktige tallet"),
        ({"decision": "corrected", "reason": "x", "lost": "9", "possible": "3"}, "kan ikke være flere"),
    ],
)
def test_an_answer_that_cannot_be_kept_says_why(client, adviser, batch, answers, told):
    doubt = Suspicion.objects.get(rule="V1")
    page = client.post(reverse("absence:decide"), answers | {"suspicion": doubt.pk}, follow=True)
    assert told in page.content.decode()
    doubt.refresh_from_db()
    assert doubt.decision == ""


def test_an_answer_never_leads_to_another_site(client, adviser, batch):
    doubt = Suspicion.objects.get(rule="V1")
    answers = {"suspicion": doubt.pk, "decision": "rejected", "reason": "Mangler", "next": "https://example.org/"}
    assert client.post(reverse("absence:decide"), answers)["Location"] == reverse("absence:desk")


def test_to_others_than_the_secretariat_an_import_does_not_exist(client, batch):
    addresses = [reverse(f"absence:{name}", args=[batch.pk]) for name in ("import", "import_file", "import_marked")]
    for role in ("network_leader", "project_leader", "steering_member", None):
        client.force_login(person(role))
        assert {client.get(address).status_code for address in addresses} == {404}
        assert client.get(reverse("absence:imports")).status_code == 403
        assert client.get(reverse("absence:desk")).status_code == 403
        assert client.post(reverse("absence:release", args=[batch.pk])).status_code == 403


def test_a_project_leader_sees_the_figures_of_the_own_municipality_alone(client):
    own, other = MunicipalityFactory(number="0101"), MunicipalityFactory(number="0104")
    released(long_file(*(total(number, "2008K1", 600, 6000) for number in ("0101", "0104"))))
    client.force_login(person("project_leader", municipality=own))
    assert client.get(reverse("absence:municipality", args=["0101"])).status_code == 200
    assert client.get("/absence/municipalities/0101/2008Q1/").status_code == 200
    for place in ("0104", "9999"):
        assert client.get(reverse("absence:municipality", args=[place])).status_code == 404
        assert client.get(f"/absence/municipalities/{place}/2008Q1/").status_code == 404
    assert other.pk


def test_lists_ask_the_same_number_of_questions_for_one_and_for_three(client, adviser, django_assert_max_num_queries):
    municipalities("0101")

    def questions(address: str) -> int:
        client.get(address)
        with django_assert_max_num_queries(20) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    lists = [reverse("absence:imports"), reverse("absence:desk")]
    imported(long_file(total("0101", "2008K1", 0, 6000)), name="1.csv")
    one = [questions(address) for address in lists]
    for quarter in (2, 3):
        imported(long_file(total("0101", f"2008K{quarter}", 0, 6000)), name=f"{quarter}.csv")
    assert [questions(address) for address in lists] == one


def test_a_list_can_be_searched_sorted_and_taken_out(client, adviser, batch):
    found = client.get(reverse("absence:imports"), {"q": "pai", "state": "staged", "sort": "file"})
    assert "pai.csv" in found.content.decode()
    assert "pai.csv" not in client.get(reverse("absence:imports"), {"q": "annet"}).content.decode()
    out = client.get(reverse("absence:imports_export", args=["csv"])).content.decode("utf-8-sig").splitlines()
    assert out[0] == "Fil,Kilde,Uttrekk,Tilstand,Tall,Frigitt,Uavklart,Lastet opp"
    assert out[1].startswith("pai.csv,KS/PAI,2010-06-01,Venter på frigivelse,2,0,")
    assert client.get(reverse("absence:imports_export", args=["xlsx"])).content.startswith(b"PK")


def test_another_source_for_the_same_period_is_explained(client, adviser, batch):
    other = imported(wide_file("Kommune;1. kvartal 2008;2. kvartal 2008", "0101 A;9,0;9,1"), source="SSB")
    client.post(reverse("absence:release", args=[batch.pk]))
    page = client.get(reverse("absence:import", args=[other.pk])).content.decode()
    assert "de blandes aldri" in page


def test_the_overview_of_a_programme_shows_its_tables(client, adviser):
    municipalities("0101")
    programme = ProgrammeFactory()
    address = reverse("absence:overview", args=[programme.slug])
    assert "Ingen tall ennå" in client.get(address).content.decode()
    released(
        long_file(*(total("0101", f"{year}K{quarter}", 600, 6000) for year in (2007, 2008) for quarter in (1, 2, 3, 4)))
    )
    page = client.get(address).content.decode()
    assert "Alle kommuner" in page
    assert "10,0" in page
    assert str(date(2010, 6, 1).year) in page
