"""V4: a number ten times too large or too small, as when a comma is lost: 57 for 5,7."""

from absence.calculations.checks.context import Figure, Group, History
from absence.calculations.checks.suspicion import Suspicion, about, number

TOO_HIGH = 400_000  # 40 percent
LOW, HIGH = 6, 15


def tenfold(rate: int, before: int) -> bool:
    """Whether the ratio of the two lies in [6; 15] or in [1/15; 1/6].

    >>> tenfold(570_000, 85_000), tenfold(85_000, 94_000)
    (True, False)
    """
    small, large = (rate, before) if rate < before else (before, rate)
    return small > 0 and LOW * small <= large <= HIGH * small


def lost_comma(figure: Figure, history: History, group: Group) -> Suspicion | None:
    """Ratio to the previous figure in [6; 15] or [1/15; 1/6], or a rate above 40 percent: blocked."""
    if figure.rate is None:
        return None
    previous = history.previous
    if previous and tenfold(figure.rate, previous.rate):
        before = {"before": number(previous.rate), "before_period": str(previous.period)}
        return about(figure, "V4", "lost_comma", before, blocking=True)
    return about(figure, "V4", "too_high", blocking=True) if figure.rate > TOO_HIGH else None
