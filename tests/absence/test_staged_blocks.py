"""What nothing holds of an import waits packed: no page and no step may miss it."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from absence import actions
from absence.actions import staging
from absence.calculations.periods import Period
from absence.models import Figure, StagedBlock, StagedFigure
from absence.queries.batches import changes, has_free, standing
from absence.queries.desk import open_groups
from tests.absence.imports import imported, long_file, municipalities, released, staged, total, wide_file

pytestmark = pytest.mark.django_db

NEWER = date(2010, 9, 1)
LINES = (
    total("0101", "2008K1", "600,5", 6000),
    total("0104", "2008K1", 480, 5000),
    total("0101", "2008K2", 590, 6000),
    total("0104", "2008K2", 0, 5000),  # held: a zero
)


@pytest.fixture(autouse=True)
def register():
    return municipalities("0101", "0104", "0105")


def test_the_held_are_rows_and_the_others_packed_with_their_place_in_the_file():
    batch = imported(long_file(*LINES))
    assert [one.row for one in StagedFigure.objects.all()] == [5]
    (block,) = batch.blocks.all()
    assert (block.count, block.columns()["row"], set(block.columns()["column"])) == (3, [2, 3, 4], {"F"})


def test_published_windows_stay_rows_since_tables_ask_for_them_across_imports():
    imported(wide_file("Kommune;Q406-Q307;Q407-Q308", "0101 Kommune 0101;9,0;9,1", "0104 Kommune 0104;9,4;9,9"))
    assert (StagedFigure.objects.count(), StagedBlock.objects.count()) == (4, 0)


def test_what_was_packed_is_released_with_its_place_vintage_and_import():
    batch = released(long_file(*LINES))
    found = Figure.objects.order_by("row").values_list("municipality__number", "lost", "possible", "rate", "row")
    assert list(found) == [
        ("0101", 60050, 600000, 100083, 2),
        ("0104", 48000, 500000, 96000, 3),
        ("0101", 59000, 600000, 98333, 4),
    ]
    assert set(Figure.objects.values_list("column", "batch", "vintage_on", "source", "correction", "mark")) == {
        ("F", batch.pk, batch.vintage_on, "PAI", None, None)
    }
    assert not batch.blocks.exists()
    assert batch.releases.get().periods == [[8032, 1], [8033, 1]]


def test_a_long_file_is_packed_in_several_blocks_and_released_whole(monkeypatch):
    monkeypatch.setattr(staging, "BLOCK", 2)
    batch = imported(long_file(*LINES))
    assert [one.count for one in batch.blocks.all()] == [2, 1]
    assert actions.release(batch, by=None).figure_count == 3
    assert Figure.objects.count() == 3


def test_the_page_counts_what_is_packed_as_free():
    batch = imported(long_file(*LINES))
    stands = standing(batch)
    assert (stands.free, stands.held, stands.undecided) == (3, 1, 1)
    actions.release(batch, by=None)
    assert (standing(batch).free, standing(batch).held) == (0, 1)


def test_only_what_nothing_ever_held_is_waiting_to_be_released_by_a_second_command():
    batch = imported(long_file(*LINES))
    assert has_free(batch)
    actions.release(batch, by=None)
    assert not has_free(batch)


def test_the_page_says_what_a_release_would_change_in_what_is_packed_and_in_what_is_held():
    released(long_file(*LINES[:3], total("0104", "2008K2", 450, 5000)))
    newer = imported(long_file(total("0101", "2008K1", 630, 6000), *LINES[1:]), vintage_on=NEWER)
    found = changes(newer)
    assert (found.revised, found.noted) == (2, 2)
    assert sorted(f"{one.before:.2f}-{one.after:.2f}" for one in found.largest) == ["10.01-10.50", "9.00-0.00"]
    assert changes(newer) == found  # the table it was compared in is gone


def test_the_series_at_the_desk_runs_through_what_is_packed():
    batch = imported(long_file(*LINES))
    (doubt,) = [one for group in open_groups(batch) for one in group.doubts]
    drawn = [(point.period, f"{point.rate:.1f}", point.is_marked) for point in doubt.series]
    assert drawn == [(Period.parse("2008Q1"), "9.6", False), (Period.parse("2008Q2"), "0.0", True)]


def test_an_import_that_is_taken_back_leaves_nothing_packed():
    batch = imported(long_file(*LINES))
    actions.withdraw(batch, by=None)
    assert not staged(batch)
    with pytest.raises(actions.NotPossible):
        actions.release(batch, by=None)


def test_an_import_from_before_blocks_is_released_as_well():
    """Rows that nothing holds, as they were kept until then."""
    batch = imported(long_file(*LINES))
    rows = [one for one in staged(batch) if not one.held]
    for position, one in enumerate(rows):
        one.batch, one.position = batch, position
    StagedFigure.objects.bulk_create(rows)
    batch.blocks.all().delete()
    assert (standing(batch).free, has_free(batch)) == (3, True)
    assert actions.release(batch, by=None).figure_count == 3


def test_figures_are_laid_by_their_key_in_sqlite():
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'absence_figure'")
            assert cursor.fetchone()[0].endswith("WITHOUT ROWID")
    out = StringIO()
    call_command("makemigrations", "absence", check=True, dry_run=True, stdout=out)
    assert "No changes" in out.getvalue()
