"""What a check says: a suspicion about a figure, a printed row, a set of units or a group."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from absence.calculations.periods import Period
from absence.calculations.rates import rounded


class Scope(StrEnum):
    """What a blocking suspicion holds in quarantine, and what a warning is about."""

    FIGURE = "figure"  # the figure at ``index``
    UNIT = "unit"  # every figure of the municipality in the period: its total was summed by us
    PERIOD = "period"  # every figure of the import in the period
    GROUP = "group"  # a group's figure; no figure of the import


@dataclass(frozen=True)
class Suspicion:
    """``code`` names the text in `messages`, ``params`` fill it; ``value`` is a rate in ten-thousandths of a percent.

    ``index`` is the figure's place in the columns; None unless the scope is one figure. ``note_required``: the figure
    enters, but the vintage needs a note that says why it was revised.
    """

    rule: str
    code: str
    period: Period
    municipality: str | None = None
    value: int | None = None
    blocking: bool = False
    params: Mapping[str, str] = field(default_factory=dict)
    index: int | None = None
    scope: Scope = Scope.FIGURE
    group: str | None = None
    note_required: bool = False


def number(value: int) -> str:
    """Ten-thousandths of a percent as a parameter: one decimal, point.

    >>> number(97143)
    '9.7'
    """
    return str(rounded(Decimal(value).scaleb(-4)))


def about(
    figure,
    rule: str,
    code: str,
    params: Mapping[str, str] | None = None,
    *,
    blocking: bool = False,
    note_required: bool = False,
) -> Suspicion:
    """A suspicion about a `Figure`; its value stands in the parameters as ``value``."""
    return Suspicion(
        rule=rule,
        code=code,
        period=figure.period,
        municipality=figure.municipality,
        value=figure.rate,
        blocking=blocking,
        params={"value": number(figure.rate), **(params or {})},
        index=figure.index,
        scope=Scope.UNIT if figure.index is None else Scope.FIGURE,
        note_required=note_required,
    )
