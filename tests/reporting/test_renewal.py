"""New figures: what they would change is reckoned beside the editions, which stay as they are."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.utils import IntegrityError
from django.utils.translation import override

from absence.models import Release
from jobs.models import Job
from jobs.run import run_job
from reporting import actions
from reporting.catalogue import ANNUAL
from reporting.document import Numbering
from reporting.documents import document_of
from reporting.models import Edition
from reporting.printing import print_figure
from reporting.queries import changes_of, edition_life
from reporting.reckoning import checksum, reckon
from tests.absence.imports import long_file, released, total
from tests.factories import person
from tests.reporting.editions import published
from tests.reporting.world import small_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser():
    return person("adviser")


@pytest.fixture
def world():
    return small_world()


@pytest.fixture
def edition(world, adviser):
    return reckoned(
        actions.start_edition(programme=world.programme, report="annual", year=2008, language="nb", by=adviser)
    )


def reckoned(edition: Edition) -> Edition:
    run_jobs(edition)
    return Edition.objects.get(pk=edition.pk)


def run_jobs(edition: Edition) -> None:
    for job in Job.objects.about(f"reporting.edition:{edition.pk}").unfinished():
        assert run_job(job.pk).state == "done"


def release_a_revision() -> Release:
    """The third quarter of 2008 in Bru: 360 days instead of 240."""
    released(long_file(total("0104", "2008K3", 360, 3000)), name="ny.csv")
    return Release.objects.latest("pk")


def test_the_job_draws_the_charts_so_that_no_page_has_to(edition):
    figures = [one for part in document_of(edition).sections for one in part.data.figures]
    drawn = shelf_of_charts()
    assert figures
    assert len(drawn) == len(figures)
    for figure in figures:
        print_figure(figure, Numbering.of(document_of(edition)), "nb")
    assert shelf_of_charts() == drawn


def shelf_of_charts() -> set[str]:
    return {path.name for path in (Path(settings.MEDIA_ROOT) / "print" / "charts").rglob("*") if path.is_file()}


def test_the_same_figures_give_the_same_checksum_and_other_figures_another(world):
    scope = world.scope(2008)
    first = reckon(ANNUAL, scope, "nb")
    assert checksum(reckon(ANNUAL, scope, "nb")) == checksum(first)
    assert checksum(reckon(ANNUAL, scope, "nn")) != checksum(first)
    release_a_revision()
    assert checksum(reckon(ANNUAL, scope, "nb")) != checksum(first)


def test_the_checksum_is_of_what_is_said_and_not_of_the_order_a_database_keeps_it_in():
    assert checksum({"a": 1, "b": "å"}) == checksum({"b": "å", "a": 1})
    assert checksum(["a", "b"]) != checksum(["b", "a"])


def test_the_texts_are_in_the_language_of_the_edition_whatever_the_reader_speaks(world):
    with override("en"):
        titles = [one["title"] for one in reckon(ANNUAL, world.scope(2008), "nn")]
    assert "Deltakarane" in titles


def test_the_job_puts_the_figures_in_the_draft_under_their_checksum(edition):
    assert edition.sha256 == checksum([edition.data, edition.vintages])
    assert edition.vintages == {"KS/PAI": "2009-11-15"}
    assert [one["slug"] for one in edition.data] == [one.slug for one in ANNUAL.sections if one.query]


def test_a_release_is_offered_to_the_draft_cell_by_cell(edition, adviser):
    release_a_revision()
    run_jobs(edition)
    edition = Edition.objects.get(pk=edition.pk)
    changed = {(one.table, one.row, one.before, one.now) for one in changes_of(edition)}
    assert ("Fravær i og utenfor programmet", "Kommuner i programmet", "8,8", "9,5") in changed
    assert edition_life(edition, adviser).is_outdated
    before = edition.sha256
    renewed = actions.renew(edition, by=adviser)
    assert renewed.sha256 != before
    assert not edition_life(Edition.objects.get(pk=edition.pk), adviser).is_outdated
    with pytest.raises(actions.EditionError):
        actions.renew(renewed, by=adviser)


def test_a_published_edition_is_compared_and_stays_as_it_was(world, adviser):
    edition = published(adviser, programme=world.programme)
    Job.objects.all().delete()
    before = Edition.objects.values().get(pk=edition.pk)
    release_a_revision()
    run_jobs(edition)
    assert Edition.objects.values().get(pk=edition.pk) == before
    assert changes_of(Edition.objects.get(pk=edition.pk))


def test_only_the_last_published_edition_of_a_report_is_compared(world, adviser):
    old = published(adviser, programme=world.programme)
    new = published(adviser, programme=world.programme)
    release_a_revision()
    asked = Job.objects.filter(kind="reporting.compare").values_list("arguments__edition_id", flat=True)
    assert list(asked) == [new.pk]
    assert old.number < new.number


def test_a_draft_without_figures_has_nothing_to_compare(world, adviser):
    actions.start_edition(programme=world.programme, report="final", year=None, language="nb", by=adviser)
    release_a_revision()
    assert not Job.objects.filter(kind="reporting.compare").exists()


def test_the_database_refuses_a_published_edition_that_is_not_frozen(edition):
    with pytest.raises(IntegrityError):
        Edition.objects.filter(pk=edition.pk).update(state="published")


def test_a_report_is_reckoned_in_one_look_at_the_database(world, django_assert_max_num_queries):
    """What is released meanwhile is in all sections or in none: no section is asked outside of the transaction."""
    with django_assert_max_num_queries(80):
        reckon(ANNUAL, world.scope(2008), "nb")
    assert connection.in_atomic_block  # the test's own
