"""A file that meets figures of another source, length or vintage is explained, never mixed."""

from datetime import date

import pytest
from django.utils.translation import override

from absence.calculations.periods import Period
from absence.models import ImportBatch, Release
from absence.queries.overlaps import overlap_sentences

pytestmark = pytest.mark.django_db
QUARTER, WINDOW = Period.parse("2008Q1"), Period.parse("2007Q4-2008Q3")


def _released(source="PAI", vintage_on=date(2009, 1, 15), period=QUARTER):
    batch = ImportBatch.objects.create(
        source=source, vintage_on=vintage_on, file_name="f.csv", sha256=str(period) + source
    )
    return Release.objects.create(
        batch=batch, source=source, vintage_on=vintage_on, periods=[[period.first, period.quarters]], figure_count=1
    )


def _said(source="PAI", vintage_on=date(2009, 1, 15), period=QUARTER, batch_id=None):
    with override("nb"):
        return " ".join(overlap_sentences(source, vintage_on, [period], batch_id))


def test_nothing_is_said_when_nothing_is_met():
    assert _said() == ""


def test_another_source_for_the_same_time_is_named():
    _released(source="PAI")
    assert "KS/PAI har tall for samme tid (1. kv. 2008)" in _said(source="SSB")


def test_a_window_over_released_quarters_is_a_series_of_its_own():
    _released(period=QUARTER)
    assert "egne serier" in _said(period=WINDOW)


def test_a_newer_vintage_stays_in_use():
    _released(vintage_on=date(2010, 1, 15))
    assert "15. januar 2010" in _said(vintage_on=date(2009, 1, 15))


def test_a_file_does_not_meet_itself():
    made = _released(vintage_on=date(2010, 1, 15), period=WINDOW)
    assert _said(batch_id=made.batch_id) == ""
