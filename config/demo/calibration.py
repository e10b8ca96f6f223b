"""How near the generated figures come to the published tables: computed from the drawn totals, not by hand."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from absence.calculations.periods import Period
from config.demo.figures import SEED, quarter_totals
from config.demo.register import cohorts, participants, read_data, size_bands, units
from config.demo.targets import BEFORE, COMPARED, FIRST, LAST, TRONDHEIM, matched

RINGERIKE = "0605"
Line = dict[str, str | int | bool | None]

_OTHER_PANEL = "printed for n municipalities that the sources do not name; all {} in the group report here"
_OWN_CONTRADICTION = "the printed rates differ by 0.3"


def calibration_report() -> dict[str, object]:
    """Every published absence figure beside the generated one; ``within`` says whether they differ by at most 0,05."""
    return {
        "seed": SEED,
        "weighting": {
            "4.6": "weighted_days",
            "PAI": "weighted_days",
            "4.7": "simple_mean",
            "appendix 6": "simple_mean",
        },
        "table 4.6": _table_46(),
        "table 4.7": _table_47(),
        "appendix 6": _appendix(),
        "PAI table 2008": _pai_table(),
    }


def weighted(members: Iterable[str], window: Period) -> Decimal:
    """100 · ΣL / ΣP of the members over the window."""
    totals = [quarter_totals()[unit, at] for unit in members for at in range(window.first, window.last + 1)]
    lost, possible = (sum(part) for part in zip(*totals, strict=True))
    return Decimal(100 * lost) / possible


def mean(members: Iterable[str], window: Period) -> Decimal:
    """The plain mean of the members' window rates."""
    rates = [weighted([unit], window) for unit in members]
    return sum(rates, Decimal(0)) / len(rates)


def _line(label: str, where: str, printed: str, value: Decimal, n: int, why: str = "") -> Line:
    within = abs(value - Decimal(printed)) <= Decimal("0.05")
    rounded = str(value.quantize(Decimal("0.1"), ROUND_HALF_UP))
    return {
        "row": label, "column": where, "printed": printed, "generated": f"{value:.4f}", "rounded": rounded,
        "n": n, "within": within, "why": "" if within else why,
    }  # fmt: skip


def _table_46() -> list[Line]:
    panel = matched(units(), COMPARED)
    groups = {
        "Alle kommuner (95% av alle kommuner)": panel,
        "Kommuner utenfor programmet": panel - participants(),
        "Kommuner i programmet": panel & participants(),
    }
    windows = {
        f"Q{w.first % 4 + 1}{w.first // 4 % 100:02}-Q{w.last % 4 + 1}{w.last // 4 % 100:02}": w for w in COMPARED
    }
    rows = [row for row in _published("4.6") if row["column"] in windows]
    return [_group_line(row, groups[row["row"]], windows[row["column"]]) for row in rows]


def _group_line(row: dict[str, str], members: frozenset[str], window: Period) -> Line:
    return _line(row["row"], row["column"], row["value"], weighted(members, window), len(members))


def _table_47() -> list[Line]:
    printed = {row["row"]: row["value"] for row in _published("4.7") if row["column"] == "Snitt fravær"}
    large, small = (mean(band, LAST) for band in size_bands())
    values = {"25 største kommunene": large, "25 minste": small, "Differanse": large - small}
    return [_line(label, str(LAST), printed[label], value, 25) for label, value in values.items()]


def _appendix() -> list[Line]:
    rows = [row for row in read_data("focus_municipalities.csv") if row["status"] in ("printed", "placed")]
    windows = {row["period"]: Period.parse(row["period"]) for row in rows}
    return [
        _line(row["municipality"], row["period"], row["absence_percent"], value, 1)
        for row in rows
        for value in [weighted([row["municipality_number"]], windows[row["period"]])]
    ] + [
        _line(
            "Snitt", row["period"], row["absence_percent"], mean(cohorts()["Innsats"], Period.parse(row["period"])), 12,
            "the print counts a missing value of Kristiansund as 0,0",
        )
        for row in read_data("focus_municipalities.csv")
        if row["status"] == "printed_mean"
    ]  # fmt: skip


def _pai_table() -> list[Line]:
    groups = {
        "Totalt alle kommuner": matched(units(), (BEFORE, FIRST)),
        "Innsatskommuner": cohorts()["Innsats"],
        "Innsatsk. uten Ringerike": cohorts()["Innsats"] - {RINGERIKE},
        "Pulje 1": cohorts()["1"],
        "Pulje 2": cohorts()["2"],
        "Pulje 2 uten Trondheim": cohorts()["2"] - {TRONDHEIM},
    }
    lines = []
    for label, members in groups.items():
        before, after = weighted(members, BEFORE), weighted(members, FIRST)
        values = {
            "4.kv.2006-3.kv.2007": before,
            "4.kv.2007-3.kv.2008": after,
            "Antall kommuner": Decimal(len(members)),
            "Endring i prosentpoeng": after - before,
        }
        printed = {row["column"]: row["value"] for row in _published("PAI-tall") if row["row"] == label}
        why = _OWN_CONTRADICTION if label.startswith("Totalt") else _OTHER_PANEL.format(len(members))
        lines += [_line(label, at, printed[at], value, len(members), why) for at, value in values.items()]
    return lines


def _published(table: str) -> list[dict[str, str]]:
    return [row for row in read_data("published_tables.csv") if row["table"] == table]
