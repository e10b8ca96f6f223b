"""The published tables come out of the written files: each printed cell within 0,05."""

from decimal import Decimal

import pytest

from absence.calculations.periods import Period
from config.demo.coverage import QUARTERS
from config.demo.register import cohorts, participants, read_data, size_bands, units

NEAR = Decimal("0.05")
LAST = Period.parse("Q408-Q309")
PUBLISHED = read_data("published_tables.csv")
TABLE_46 = [row for row in PUBLISHED if row["table"] == "4.6"]
FOCUS = read_data("focus_municipalities.csv")
PRINTED = [row for row in FOCUS if row["status"] in ("printed", "placed")]


@pytest.fixture(scope="session")
def panel(figures) -> set[str]:
    """The municipalities with a total in every quarter of the three windows of table 4.6."""
    quarters = range(Period.parse("Q407-Q308").first, LAST.last + 1)
    return _with_all(figures, quarters)


def _with_all(figures, quarters) -> set[str]:
    before = {"1505": "1503", "1160": "1154", "1576": "1569"}
    known = {(unit, quarter) for unit, quarter, *_ in figures}
    return {
        unit
        for unit in units()
        if all((unit, quarter) in known or (before.get(unit), quarter) in known for quarter in quarters)
    }


def test_133_whole_municipalities_take_part_and_409_are_in_the_panel(panel):
    assert len(participants()) == 133
    assert "0301" not in participants()
    assert {"1719", "1721"} <= participants()
    assert len(panel) == 409
    assert participants() <= panel


@pytest.mark.parametrize("row", TABLE_46, ids=lambda row: f"{row['row'][:16]} {row['column']}")
def test_table_46_comes_out(rate, panel, row):
    groups = {"Alle": panel, "utenfor": panel - participants(), "i": panel & participants()}
    members = groups["Alle" if row["row"].startswith("Alle") else row["row"].split()[1]]
    window = Period.parse(row["column"])
    assert abs(rate(members, window.first, window.last) - Decimal(row["value"])) <= NEAR


def test_table_47_comes_out_with_its_printed_difference(rate):
    large, small = (sum(rate([unit], LAST.first, LAST.last) for unit in band) / 25 for band in size_bands())
    assert abs(large - Decimal("10.9")) <= NEAR
    assert abs(small - Decimal("8.9")) <= NEAR
    assert abs(large - small - Decimal("1.9")) <= NEAR


@pytest.mark.parametrize("row", PRINTED, ids=lambda row: f"{row['municipality']} {row['period']}")
def test_appendix_6_comes_out(rate, row):
    window = Period.parse(row["period"])
    value = rate([row["municipality_number"]], window.first, window.last)
    assert abs(value - Decimal(row["absence_percent"])) <= NEAR


def test_the_mean_of_the_twelve_is_the_printed_one_except_where_a_zero_was_averaged(rate):
    means = {}
    for row in FOCUS:
        if row["status"] == "printed_mean":
            window = Period.parse(row["period"])
            rates = [rate([unit], window.first, window.last) for unit in sorted(cohorts()["Innsats"])]
            means[row["period"]] = (sum(rates) / 12, Decimal(row["absence_percent"]))
    wrong = [period for period, (mean, printed) in means.items() if abs(mean - printed) > NEAR]
    assert wrong == ["Q408-Q309"]
    assert round(means["Q408-Q309"][0], 1) == Decimal("10.6")


def test_the_pai_table_of_2008_comes_out_for_all_and_for_both_cohorts(figures, rate):
    before, after = Period.parse("Q406-Q307"), Period.parse("Q407-Q308")
    early = _with_all(figures, range(before.first, after.last + 1))
    assert len(early) == 360
    groups = {
        "Totalt alle kommuner": early,
        "Pulje 1": cohorts()["1"],
        "Pulje 2": cohorts()["2"],
        "Pulje 2 uten Trondheim": cohorts()["2"] - {"1601"},
    }
    for row in PUBLISHED:
        if row["table"] == "PAI-tall" and row["row"] in groups and row["column"] != "Antall kommuner":
            pair = [rate(groups[row["row"]], window.first, window.last) for window in (before, after)]
            values = {"4.kv.2006-3.kv.2007": pair[0], "4.kv.2007-3.kv.2008": pair[1]}
            value = values.get(row["column"], pair[1] - pair[0])
            if (row["row"], row["column"]) == ("Totalt alle kommuner", "Endring i prosentpoeng"):
                assert abs(value - Decimal("0.3")) <= NEAR  # printed 0,2, though 9,7 less 9,4 is 0,3
                continue
            assert abs(value - Decimal(row["value"])) <= NEAR, row


def test_no_municipality_total_is_outside_what_was_seen_among_municipalities(figures):
    for key, (lost, possible) in figures.items():
        if key[2:] == ("alle", "begge", "samlet"):
            assert Decimal("3.1") < 100 * lost / possible < Decimal("15.9"), key


def test_great_changes_are_only_where_the_print_demands_them(figures):
    totals = {
        key[:2]: 100 * lost / days for key, (lost, days) in figures.items() if key[2:] == ("alle", "begge", "samlet")
    }
    jumps = {
        unit
        for (unit, quarter), value in totals.items()
        if quarter - 4 in QUARTERS and abs(value - totals.get((unit, quarter - 4), value)) >= 2
    }
    allowed = {row["municipality_number"] for row in FOCUS} | {"1601", "1503"}
    assert {unit for unit in jumps if unit.isdigit()} <= allowed
