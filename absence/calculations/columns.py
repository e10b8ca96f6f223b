"""Figures as columns: what the reader produces, the checks judge and the store writes.

26 000 figures are twelve lists, not 26 000 objects: that is what makes an import fast. Numbers are whole numbers on a
fixed scale, which is exact and as quick as a float:

- ``lost``, ``possible``: hundredths of a workday (``600`` workdays are ``60000``);
- ``rate``: ten-thousandths of a percent (9,7 percent is ``97000``).

None means that there is no number; ``mark`` then says why (see `dimensions`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from decimal import ROUND_HALF_UP, Decimal

from absence.calculations.dimensions import ALL, TOTAL

DAY_DIGITS, RATE_DIGITS = 2, 4
DAY_SCALE, RATE_SCALE = 10**DAY_DIGITS, 10**RATE_DIGITS
_SCALES = {"lost": DAY_SCALE, "possible": DAY_SCALE, "rate": RATE_SCALE}

# (municipality, first, quarters, sector, sex, absence_type): what a figure is about, within one source and vintage.
Key = tuple[str, int, int, str, str, str]


@dataclass
class FigureColumns:
    """One list a field, all of the same length; position i in each list is figure i.

    ``rate`` is the rate as the source printed it (None when it printed none); `effective_rates` is what is judged.
    ``row`` counts from 1 and ``column`` is a spreadsheet letter: where the figure stood in the file.
    """

    municipality: list[str] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    quarters: list[int] = field(default_factory=list)
    sector: list[str] = field(default_factory=list)
    sex: list[str] = field(default_factory=list)
    absence_type: list[str] = field(default_factory=list)
    lost: list[int | None] = field(default_factory=list)
    possible: list[int | None] = field(default_factory=list)
    rate: list[int | None] = field(default_factory=list)
    mark: list[str | None] = field(default_factory=list)
    row: list[int] = field(default_factory=list)
    column: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.municipality)

    def append(
        self,
        municipality: str,
        first: int,
        quarters: int = 1,
        sector: str = ALL,
        sex: str = ALL,
        absence_type: str = TOTAL,
        *,
        lost: int | None = None,
        possible: int | None = None,
        rate: int | None = None,
        mark: str | None = None,
        row: int = 0,
        column: str = "",
    ) -> None:
        """Add one figure. For small tables and tests; a reader of many rows extends the lists themselves."""
        values = (municipality, first, quarters, sector, sex, absence_type, lost, possible, rate, mark, row, column)
        for one, value in zip(fields(self), values, strict=True):
            getattr(self, one.name).append(value)

    def extend(self, chunk: Mapping[str, list]) -> None:
        """Add a chunk of `absence.reading`: the same lists, with numbers as decimal strings.

        Exact up to the scale's decimals; what lies beyond them is rounded (an import says how many were).
        """
        for one in fields(self):
            scale = _SCALES.get(one.name)
            values = chunk[one.name]
            getattr(self, one.name).extend(_whole(values, scale) if scale else values)

    def keys(self) -> Iterator[Key]:
        """What each figure is about, in order."""
        return zip(self.municipality, self.first, self.quarters, self.sector, self.sex, self.absence_type, strict=True)

    def effective_rates(self) -> list[int | None]:
        """The rate of each figure: from its workdays when it has both (as `rate_from_days`), else as printed."""
        return [
            rate if not possible or lost is None else (2_000_000 * lost + possible) // (2 * possible)
            for lost, possible, rate in zip(self.lost, self.possible, self.rate, strict=True)
        ]


def rate_from_days(lost: int, possible: int) -> int:
    """100 · lost / possible, in ten-thousandths of a percent, half up.

    >>> rate_from_days(204000, 2100000)  # 2040 of 21000 workdays
    97143
    """
    return (2_000_000 * lost + possible) // (2 * possible)


def scaled_days(value: Decimal) -> int:
    """Workdays as whole hundredths.

    >>> scaled_days(Decimal("600.5"))
    60050
    """
    return _scaled(value, DAY_SCALE)


def scaled_rate(value: Decimal) -> int:
    """A percentage as whole ten-thousandths.

    >>> scaled_rate(Decimal("9.7"))
    97000
    """
    return _scaled(value, RATE_SCALE)


def days(value: int | None) -> Decimal | None:
    """Hundredths of a workday as workdays.

    >>> days(60050)
    Decimal('600.50')
    """
    return None if value is None else Decimal(value).scaleb(-2)


def percent(value: int | None) -> Decimal | None:
    """Ten-thousandths of a percent as percent; also for differences in points.

    >>> percent(97000)
    Decimal('9.7000')
    """
    return None if value is None else Decimal(value).scaleb(-4)


def _scaled(value: Decimal, scale: int) -> int:
    return int((value * scale).to_integral_value(ROUND_HALF_UP))


def _whole(texts: list[str | None], scale: int) -> list[int | None]:
    return [None if text is None else round(float(text) * scale) for text in texts]
