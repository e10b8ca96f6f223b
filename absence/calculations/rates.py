"""Absence rates: one figure, sums of figures, and differences between rates.

Definition: ``absence_rate`` = 100 · lost workdays / possible workdays, in percent. The difference of two rates is in
percentage points. Source: KS/PAI's definition, as the programme's reports used it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MINUS = "−"
NONE_SHOWN = "–"
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Absence:
    """One figure: workdays when the source gave both, else the rate alone (``rate_only``). Never an empty one.

    >>> Absence.from_days(Decimal(2040), Decimal(21000)).rate.quantize(Decimal("0.001"))
    Decimal('9.714')
    >>> Absence.from_rate(Decimal("9.7")).rate_only
    True
    """

    rate: Decimal
    lost: Decimal | None = None
    possible: Decimal | None = None

    @classmethod
    def from_days(cls, lost: Decimal | int, possible: Decimal | int) -> "Absence":
        """From workdays; ``possible`` must be above 0 (ValueError)."""
        if possible <= 0:
            raise ValueError("a rate needs possible workdays above 0")
        lost, possible = Decimal(lost), Decimal(possible)
        return cls(HUNDRED * lost / possible, lost, possible)

    @classmethod
    def from_rate(cls, value: Decimal) -> "Absence":
        """From a source that gave only a percentage."""
        return cls(Decimal(value))

    @property
    def rate_only(self) -> bool:
        """True when there are no workdays: such a figure never enters a weighted aggregate."""
        return self.lost is None or self.possible is None


def rate(lost: Decimal, possible: Decimal) -> Decimal | None:
    """100 · lost / possible, in percent, unrounded; None when nothing was possible.

    >>> rate(Decimal(556), Decimal(5800)).quantize(Decimal("0.1"))
    Decimal('9.6')
    """
    return HUNDRED * lost / possible if possible else None


def summed(figures: Iterable[Absence | None]) -> Absence | None:
    """ΣL / ΣP of the figures; None as soon as one is missing or rate only, and for no figures.

    >>> quarters = [(600, 6000), (660, 6000), (540, 6000), (240, 3000)]
    >>> round(summed(Absence.from_days(*one) for one in quarters).rate, 1)  # the mean of the rates would be 9.5
    Decimal('9.7')
    """
    lost = possible = Decimal(0)
    for figure in figures:
        if figure is None or figure.lost is None or figure.possible is None:
            return None
        lost, possible = lost + figure.lost, possible + figure.possible
    return Absence.from_days(lost, possible) if possible else None


def four_quarter_rate(quarters: Iterable[Absence | None]) -> Decimal | None:
    """ΣL / ΣP over four consecutive quarters, in percent; never the mean of four rates.

    None when a quarter is missing. Raises ValueError unless there are four.
    """
    four = list(quarters)
    if len(four) != 4:
        raise ValueError(f"four quarters, not {len(four)}")
    whole = summed(four)
    return whole.rate if whole else None


def points(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """The change in percentage points, from unrounded rates; None when one is missing.

    >>> points(Decimal("10.3"), Decimal("10.2"))
    Decimal('-0.1')
    """
    return None if before is None or after is None else after - before


def relative_change(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    """The change in percent of ``before``: another thing than `points`, and never printed under its name.

    >>> round(relative_change(Decimal("10.9"), Decimal("5.7")))
    -48
    """
    return None if before is None or after is None or not before else HUNDRED * (after - before) / before


def attendance(absence_rate: Decimal | None) -> Decimal | None:
    """nærvær: 100 − absence, in percent."""
    return None if absence_rate is None else HUNDRED - absence_rate


def rounded(value: Decimal, decimals: int = 1) -> Decimal:
    """Half away from zero, as the reports round.

    >>> rounded(Decimal("9.65")), rounded(Decimal("-0.25"))
    (Decimal('9.7'), Decimal('-0.3'))
    """
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def format_percent(value: Decimal | None, decimals: int = 1) -> str:
    """Norwegian: «10,2»; minus is U+2212, a missing figure «–», and never «−0,0».

    >>> format_percent(Decimal("10.15")), format_percent(Decimal("-0.14")), format_percent(None)
    ('10,2', '−0,1', '–')
    """
    if value is None:
        return NONE_SHOWN
    shown = rounded(value, decimals)
    digits = f"{abs(shown):f}".replace(".", ",")
    return f"{MINUS}{digits}" if shown < 0 else digits


def format_points(value: Decimal | None, decimals: int = 1) -> str:
    """A change, with its sign: «+0,3», «−0,1», «0,0».

    >>> format_points(Decimal("0.3")), format_points(Decimal("0.04"))
    ('+0,3', '0,0')
    """
    if value is None or rounded(value, decimals) <= 0:
        return format_percent(value, decimals)
    return f"+{format_percent(value, decimals)}"
