"""Appendix 6 of the programme's final report: absence in the twelve focus municipalities, as far as it can be read.

None: blank, or printed where its column cannot be told. Kristiansund's last 0,0 is a missing value printed as a number.
"""

from decimal import Decimal

from absence.calculations.checks.printed_rows import MEAN, PrintedCell
from absence.calculations.columns import FigureColumns, scaled_rate
from absence.calculations.periods import Period

PERIODS = [
    Period.parse(text) for text in ("Q405-Q306", "Q406-Q307", "Q407-Q308", "Q108-Q408", "Q308-Q209", "Q408-Q309")
]
FOCUS = {
    "0807": "13.9 12.9 11.9 12.2 12.3 12.1",
    "1251": "11.9 10.7 9.3 9.2 10.2 11.2",
    "0106": "11.8 11.6 11.8 11.9 11.9 12.1",
    "2025": "11.4 10.4 8.9 9.5 10.6 10.6",
    "0542": "11.3 10.3 11.6 11.9 11.7 11.1",
    "0501": "- 11.5 11.3 10.3 11.1 12.2",
    "0216": "- - - - - -",
    "1505": "- - - - - 0.0",
    "0235": "10.1 10.9 10.8 10.8 11.0 10.7",
    "0605": "9.6 8.1 9.8 9.7 9.5 9.4",
    "0722": "8.7 9.3 8.8 8.5 8.9 9.1",
    "1002": "6.9 7.3 6.6 7.2 6.4 7.7",
}
MEANS = "10.6 10.3 10.1 10.1 10.3 9.6"
KRISTIANSUND, RINGERIKE, LILLEHAMMER = "1505", "0605", "0501"
COMPLETE = [unit for unit, row in FOCUS.items() if "-" not in row]


def rates(unit: str) -> list[Decimal | None]:
    """The unit's row in percent."""
    return [None if text == "-" else Decimal(text) for text in FOCUS[unit].split()]


def columns() -> FigureColumns:
    """The table as the reader gives it."""
    found = FigureColumns()
    for row, unit in enumerate(FOCUS, start=3):
        for column, (period, rate) in enumerate(zip(PERIODS, rates(unit), strict=True)):
            value = {"mark": "missing"} if rate is None else {"rate": scaled_rate(rate)}
            found.append(unit, period.first, period.quarters, row=row, column="CDEFGH"[column], **value)
    return found


def printed() -> list[PrintedCell]:
    """The row «Snitt»."""
    pairs = zip(PERIODS, MEANS.split(), strict=True)
    return [PrintedCell("Snitt", MEAN, period, scaled_rate(Decimal(text))) for period, text in pairs]
