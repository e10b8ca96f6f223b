"""What is released stays: append-only, once, and with the sums of its quarters."""

from datetime import date

import pytest

from absence import actions
from absence.calculations.totals import summed_total
from absence.models import Figure, GroupWindow, MunicipalityQuarter, Release
from absence.models.figures import NotChangeable
from absence.queries import releases_since
from municipalities.models import MunicipalityChange
from tests.absence.imports import imported, long_file, municipalities, released, total
from tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db

QUARTERS = ("2008K1", "2008K2", "2008K3", "2008K4")
WORKED = ((600, 6000), (660, 6000), (540, 6000), (240, 3000))
WHOLE = {"sector": "all", "sex": "all", "absence_type": "total"}


def year(number: str, days=WORKED) -> list[str]:
    return [total(number, period, *pair) for period, pair in zip(QUARTERS, days, strict=True)]


def window(key: str = "all", quarters: int = 4) -> GroupWindow:
    return GroupWindow.objects.get(group_key=key, quarters=quarters, **WHOLE)


def test_figures_cannot_be_changed_or_removed():
    municipalities("0101")
    released(long_file(*year("0101")))
    figure = Figure.objects.first()
    for change in (figure.save, figure.delete, Figure.objects.all().delete, Figure.objects.all().update):
        with pytest.raises(NotChangeable):
            change()


def test_a_release_happens_once():
    municipalities("0101")
    batch = released(long_file(*year("0101")))
    with pytest.raises(actions.NotPossible):
        actions.release(batch, by=None)
    assert Figure.objects.count() == 4
    assert Release.objects.get().figure_count == 4


def test_two_files_of_one_vintage_cannot_both_be_released():
    municipalities("0101")
    first = imported(long_file(total("0101", "2008K1", 600, 6000)), name="a.csv")
    second = imported(long_file(total("0101", "2008K1", 610, 6000)), name="b.csv")
    actions.release(first, by=None)
    with pytest.raises(actions.NotPossible):
        actions.release(second, by=None)
    assert Figure.objects.get().rate == 100000
    second.refresh_from_db()
    assert second.state == "staged"


def test_four_quarters_are_summed_and_never_averaged():
    municipalities("0101")
    released(long_file(*year("0101")))
    found = window()
    assert (found.lost, found.possible, found.n_reporting) == (204000, 2100000, 1)
    assert round(100 * found.lost / found.possible, 1) == 9.7


def test_a_missing_quarter_gives_no_window():
    municipalities("0101")
    released(long_file(*year("0101")[:2], *year("0101")[3:]))
    assert not GroupWindow.objects.filter(quarters=4).exists()
    assert MunicipalityQuarter.objects.filter(**WHOLE).count() == 3


def test_a_held_quarter_gives_no_window_until_it_is_released():
    municipalities("0101")
    batch = imported(long_file(*year("0101", (*WORKED[:3], (0, 3000)))))
    actions.release(batch, by=None)
    assert not GroupWindow.objects.filter(quarters=4).exists()
    doubts = batch.suspicions.filter(blocking=True)
    actions.decide(doubts, decision="accepted", reason="Riktig", by=None)
    actions.release(batch, by=None)
    assert window().lost == 180000


def test_parts_are_summed_to_the_whole_with_possible_days_counted_once():
    municipalities("0101")
    cells, lines = {}, []
    sectors = {
        "undervisning": "teaching",
        "barnehager": "kindergarten",
        "helse/pleie/omsorg": "health_care",
        "samferdsel og teknikk": "technical",
        "administrasjon": "administration",
        "annet": "other",
    }
    for at, (word, sector) in enumerate(sectors.items()):
        for sex_word, sex in (("kvinner", "women"), ("menn", "men")):
            for type_word, kind, lost in (
                ("egenmeldt", "self_certified", 10 + at),
                ("legemeldt", "doctor_certified", 90),
            ):
                lines.append(f"0101;2008K1;{word};{sex_word};{type_word};{lost};1000")
                cells[sector, sex, kind] = (100 * lost, 100000)
    released(long_file(*lines))
    found = MunicipalityQuarter.objects.get(**WHOLE)
    assert (found.lost, found.possible) == summed_total(cells)


def test_a_sum_with_a_part_missing_is_no_total():
    municipalities("0101")
    released(
        long_file("0101;2008K1;undervisning;kvinner;samlet;100;1000", "0101;2008K1;undervisning;menn;samlet;50;900")
    )
    found = set(MunicipalityQuarter.objects.values_list("sector", "sex", "absence_type", "lost"))
    assert found == {("teaching", "all", "total", 15000)}


def test_a_newer_vintage_takes_the_place_of_the_older_in_the_sums():
    municipalities("0101")
    released(long_file(*year("0101")))
    released(long_file(total("0101", "2008K4", 300, 3000)), vintage_on=date(2011, 1, 1))
    assert window().lost == 210000


def test_quarters_before_a_merger_are_the_sum_of_the_predecessors():
    old = [
        MunicipalityFactory(number=number, valid_from=date(1990, 1, 1), valid_to=date(2007, 12, 31))
        for number in ("1503", "1556")
    ]
    new = MunicipalityFactory(number="1505", valid_from=date(2008, 1, 1))
    for one in old:
        MunicipalityChange.objects.create(kind="merge", happened_on=date(2008, 1, 1), predecessor=one, successor=new)
    lines = [total("1503", "2007K4", 500, 5000), total("1556", "2007K4", 56, 800)]
    lines += [total("1505", period, 500, 5800) for period in QUARTERS[:3]]
    released(long_file(*lines))
    carried = MunicipalityQuarter.objects.get(municipality=new, quarter=8031, **WHOLE)
    assert (carried.lost, carried.possible) == (55600, 580000)
    assert GroupWindow.objects.get(group_key="all", quarters=4, first_quarter=8031, **WHOLE).lost == 205600
    assert window_of_quarter(8031).n_reporting == 2


def window_of_quarter(quarter: int) -> GroupWindow:
    return GroupWindow.objects.get(group_key="all", quarters=1, first_quarter=quarter, **WHOLE)


def test_sources_are_never_mixed():
    municipalities("0101")
    released(long_file(*year("0101")[:2]))
    released(long_file(*year("0101")[2:]), source="SSB")
    assert not GroupWindow.objects.filter(quarters=4).exists()


def test_sums_rebuilt_from_the_figures_are_the_sums_kept_by_releases():
    municipalities("0101", "0104")
    released(long_file(*year("0101"), *year("0104", ((400, 5000),) * 4)), name="a.csv")
    released(
        long_file(total("0104", "2008K2", 410, 5000), total("0104", "2009K1", 420, 5000)), vintage_on=date(2011, 1, 1)
    )
    kept = snapshot()
    actions.aggregates.rebuild()
    assert snapshot() == kept
    assert kept[1]


def snapshot():
    names = [field.attname for field in GroupWindow._meta.concrete_fields]
    quarters = [field.attname for field in MunicipalityQuarter._meta.concrete_fields]
    return set(MunicipalityQuarter.objects.values_list(*quarters)), set(GroupWindow.objects.values_list(*names))


def test_a_report_can_ask_what_came_through_since_it_was_made():
    municipalities("0101")
    first = Release.objects.get(batch=released(long_file(total("0101", "2008K1", 600, 6000))))
    second = Release.objects.get(batch=released(long_file(total("0101", "2008K2", 600, 6000))))
    assert list(releases_since(first.released_at)) == [second]


def test_a_merged_municipality_gets_its_history_with_its_first_figures_also_when_the_quarters_come_one_by_one():
    old = [MunicipalityFactory(number=number, valid_to=date(2007, 12, 31)) for number in ("1503", "1556")]
    new = MunicipalityFactory(number="1505", valid_from=date(2008, 1, 1))
    for one in old:
        MunicipalityChange.objects.create(kind="merge", happened_on=date(2008, 1, 1), predecessor=one, successor=new)
    lines = [[total("1503", "2007K4", 500, 5000), total("1556", "2007K4", 56, 800)]]
    lines += [[total("1505", period, 500, 5800)] for period in QUARTERS[:2]]
    for at, of_quarter in enumerate(lines):
        released(long_file(*of_quarter), name=f"{at}.csv", vintage_on=date(2008, 2 + at, 15))
    kept = MunicipalityQuarter.objects.filter(municipality=new, **WHOLE).order_by("quarter")
    assert list(kept.values_list("quarter", "lost")) == [(8031, 55600), (8032, 50000), (8033, 50000)]
