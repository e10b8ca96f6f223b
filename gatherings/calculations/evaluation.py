"""What the answers to an evaluation say, and what of it can be shown without showing anybody's own answer.

Scores run from 1 (to a small degree) to 6 (to a large degree). Shares are per cent of those who answered the question,
“don't know” among them; means are of the scores given. Both have one decimal, half rounded up. A missing number is
None, never zero.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

SCALE = (1, 2, 3, 4, 5, 6)
GOOD = 4  # and better
YES, NO, UNKNOWN = "yes", "no", "unknown"
SMALLEST_GROUP = 5

Group = TypeVar("Group", bound=Hashable)
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Result:
    """One question, or one group's answers to it.

    ``counts`` follow the order of the options asked for. When ``is_hidden``, nothing but that is told: ``n`` and the
    rest are None and ``counts`` is empty. ``n`` is 0 where nobody answered.
    """

    n: int | None
    counts: tuple[int, ...] = ()
    mean: Decimal | None = None
    good_percent: Decimal | None = None
    yes_percent: Decimal | None = None
    is_hidden: bool = False


HIDDEN = Result(None, is_hidden=True)


def percent(part: int, whole: int) -> Decimal | None:
    """``part`` of ``whole`` in per cent with one decimal, half rounded up; None of nothing.

    >>> percent(1, 8), percent(2, 3), percent(0, 0)
    (Decimal('12.5'), Decimal('66.7'), None)
    """
    return _one_decimal(Decimal(100 * part), whole)


def mean(scores: Sequence[int | Decimal]) -> Decimal | None:
    """The mean with one decimal, half rounded up; None of nothing.

    >>> mean([4, 4, 4, 5]), mean([4, 4, 5, 5]), mean([])
    (Decimal('4.3'), Decimal('4.5'), None)
    """
    return _one_decimal(Decimal(sum(scores)), len(scores))


def _one_decimal(total: Decimal, count: int) -> Decimal | None:
    return (total / count).quantize(Decimal("0.1"), ROUND_HALF_UP) if count else None


def scale_result(scores: Iterable[int]) -> Result:
    """Scores from 1 to 6, all of them shown; see ``shown`` for what may be."""
    found = list(scores)
    counted = Counter(found)
    good = sum(counted[score] for score in SCALE if score >= GOOD)
    counts = tuple(counted[score] for score in SCALE)
    return Result(len(found), counts, mean(found), percent(good, len(found)))


def yes_no_result(answers: Iterable[str]) -> Result:
    """``counts`` of yes, no and don't know; the share of yes is of all three."""
    counted = Counter(answers)
    n = counted[YES] + counted[NO] + counted[UNKNOWN]
    return Result(n, (counted[YES], counted[NO], counted[UNKNOWN]), yes_percent=percent(counted[YES], n))


def choice_result(options: Sequence[Hashable], answers: Iterable[Hashable]) -> Result:
    counted = Counter(answers)
    counts = tuple(counted[option] for option in options)
    return Result(sum(counts), counts)


def shown(result: Result, smallest: int = SMALLEST_GROUP) -> Result:
    """The result, or HIDDEN when so few answered that their answers could be guessed; nobody at all is told as 0."""
    return HIDDEN if result.n is not None and 0 < result.n < smallest else result


def hidden_groups(sizes: Mapping[Group, int], smallest: int = SMALLEST_GROUP) -> set[Group]:
    """The groups whose answers are not shown beside the answers of all.

    First those with fewer than ``smallest``. What is hidden can be found by taking the shown groups from all; so the
    hidden together must be ``smallest`` answers, and so several groups; the smallest of the others is hidden until
    they are. Groups without answers tell nothing and hide nothing. ``sizes`` must hold everybody, also those who did
    not say which group is theirs.

    >>> sorted(hidden_groups({"politicians": 12, "management": 9, "unions": 3, "not told": 0}))
    ['management', 'unions']
    """
    filled = sorted((group for group, size in sizes.items() if size), key=lambda group: sizes[group])
    hidden = [group for group in filled if sizes[group] < smallest]
    others = filled[len(hidden) :]
    while hidden and others and sum(sizes[group] for group in hidden) < smallest:
        hidden.append(others.pop(0))
    return set(hidden)


def group_results(
    answers: Iterable[tuple[Group, Answer]],
    groups: Sequence[Group],
    reckon: Callable[[list[Answer]], Result],
    smallest: int = SMALLEST_GROUP,
) -> dict[Group, Result]:
    """The result of each group for one question, HIDDEN where it could tell of persons, also by subtraction."""
    by_group: dict[Group, list[Answer]] = {group: [] for group in groups}
    for group, answer in answers:
        by_group[group].append(answer)
    hidden = hidden_groups({group: len(found) for group, found in by_group.items()}, smallest)
    return {group: HIDDEN if group in hidden else reckon(found) for group, found in by_group.items()}


@dataclass(frozen=True)
class Bar:
    """A bar of a small chart, in units of its drawing; the label and the count are printed beside it."""

    label: str
    count: int
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def count_y(self) -> int:
        return self.y - 5


STEP, BAR_WIDTH, CHART_HEIGHT, CHART_TOP = 40, 28, 84, 20


def bars(labels: Sequence[str], counts: Sequence[int], highest: int) -> list[Bar]:
    """Bars from a common zero; ``highest`` is the count that fills the height, the same in charts that are compared."""
    found = []
    for at, (label, count) in enumerate(zip(labels, counts, strict=True)):
        height = round(CHART_HEIGHT * count / highest) if highest else 0
        y = CHART_TOP + CHART_HEIGHT - height
        found.append(Bar(label, count, 6 + at * STEP, y, BAR_WIDTH, height))
    return found
