from decimal import Decimal

from absence.calculations.mergers import ChangeKind, MapChange, back_series
from absence.calculations.periods import Period
from absence.calculations.rates import Absence, rounded
from absence.calculations.series import Break, rolling

MERGE = MapChange(ChangeKind.MERGE, 8032, ("1503", "1556"), ("1505",))
OWN = {Period(quarter): Absence.from_days(600, 6000) for quarter in (8032, 8033)}
LARGE = {Period(quarter): Absence.from_days(500, 5000) for quarter in range(8028, 8032)}
SMALL = {Period(quarter): Absence.from_days(56, 800) for quarter in range(8028, 8032)}


def quarters(series):
    return {period.first: figure for period, figure in series.figures.items()}


def test_a_merger_carries_the_workdays_of_its_predecessors_back():
    found = back_series("1505", [MERGE], {"1505": OWN, "1503": LARGE, "1556": SMALL})
    assert rounded(found.figures[Period(8031)].rate) == Decimal("9.6")
    assert sorted(found.figures) == [Period(quarter) for quarter in range(8028, 8034)]
    assert found.breaks == ()


def test_a_window_across_a_merger_sums_the_predecessors():
    found = back_series("1505", [MERGE], {"1505": OWN, "1503": LARGE, "1556": SMALL})
    window = rolling(quarters(found))[Period(8030, 4)]
    assert (window.lost, window.possible) == (2 * 556 + 2 * 600, 2 * 5800 + 2 * 6000)


def test_a_window_across_a_merger_is_empty_when_a_predecessor_is_missing():
    short = {period: one for period, one in SMALL.items() if period.first != 8031}
    found = back_series("1505", [MERGE], {"1505": OWN, "1503": LARGE, "1556": short})
    assert found.figures[Period(8031)] is None
    assert rolling(quarters(found))[Period(8030, 4)] is None


def test_rates_alone_give_no_back_series_but_a_break():
    alone = {period: Absence.from_rate(one.rate) for period, one in SMALL.items()}
    found = back_series("1505", [MERGE], {"1505": OWN, "1503": LARGE, "1556": alone})
    assert found.figures[Period(8031)] is None
    assert found.breaks == (Break(8032, "merge"),)


def test_a_published_window_of_the_new_municipality_goes_before_the_sum():
    window = Period(8030, 4)
    figures = {"1505": {window: Absence.from_days(1, 10)}, "1503": {window: LARGE[Period(8031)]}, "1556": {}}
    assert back_series("1505", [MERGE], figures).figures[window].rate == 10


def test_a_split_casts_nothing_back():
    split = MapChange(ChangeKind.SPLIT, 8032, ("1505",), ("1505", "1506"))
    found = back_series("1506", [split], {"1505": LARGE, "1506": OWN})
    assert sorted(found.figures) == [Period(8032), Period(8033)]
    assert found.breaks == (Break(8032, "split"),)


def test_a_recoded_municipality_goes_on_through_every_number_it_had():
    recodes = [
        MapChange(ChangeKind.RECODE, 8080, ("0101",), ("3001",)),
        MapChange(ChangeKind.RECODE, 8096, ("3001",), ("3101",)),
    ]
    figures = {
        "0101": {Period(8079): Absence.from_rate(Decimal(8))},
        "3001": {Period(8080): Absence.from_rate(Decimal(9))},
        "3101": {Period(8096): Absence.from_rate(Decimal(10))},
    }
    found = back_series("3101", recodes, figures)
    assert [figure.rate for _, figure in sorted(found.figures.items())] == [8, 9, 10]
    assert found.breaks == ()


def test_a_moved_border_goes_on_with_a_break():
    transfer = MapChange(ChangeKind.TRANSFER, 8032, ("1503", "1556"), ("1503", "1556"))
    found = back_series("1503", [transfer], {"1503": LARGE | OWN})
    assert len(found.figures) == 6
    assert found.breaks == (Break(8032, "transfer"),)
