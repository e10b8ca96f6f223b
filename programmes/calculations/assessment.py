"""How the advisers' assessments of one application agree: per criterion and in advice. Scores are 1 to 6."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# Two points between the highest and the lowest score on a criterion is a disagreement that is shown.
DISAGREEMENT = 2
ADMIT, DECLINE = "admit", "decline"


@dataclass(frozen=True)
class Agreement:
    """Of one criterion, or of everything: ``n`` scores, their mean (one decimal) and highest minus lowest.

    ``mean`` and ``spread`` are None without scores.
    """

    n: int
    mean: Decimal | None
    spread: int | None

    @property
    def disagrees(self) -> bool:
        return self.spread is not None and self.spread >= DISAGREEMENT


def agreement(scores: Iterable[int | None]) -> Agreement:
    """What several gave on one criterion; who has not scored it yet is not counted.

    >>> agreement([3, 5, None])
    Agreement(n=2, mean=Decimal('4.0'), spread=2)
    """
    given = [score for score in scores if score is not None]
    if not given:
        return Agreement(0, None, None)
    return Agreement(len(given), rounded(Decimal(sum(given)) / len(given)), max(given) - min(given))


def by_criterion(scores: Mapping[Hashable, Mapping[Hashable, int | None]]) -> dict[Hashable, Agreement]:
    """``scores[adviser][criterion]`` → the agreement on each criterion that anybody has scored."""
    given: dict[Hashable, list[int | None]] = {}
    for of_one in scores.values():
        for criterion, score in of_one.items():
            given.setdefault(criterion, []).append(score)
    return {criterion: agreement(of_all) for criterion, of_all in given.items()}


def overall_mean(scores: Mapping[Hashable, Mapping[Hashable, int | None]]) -> Decimal | None:
    """The mean of the advisers' own means, so that one who skipped a criterion weighs as much as another."""
    means = []
    for of_one in scores.values():
        given = [score for score in of_one.values() if score is not None]
        if given:
            means.append(Decimal(sum(given)) / len(given))
    return rounded(sum(means, Decimal(0)) / len(means)) if means else None


def advice_disagrees(advices: Iterable[str]) -> bool:
    """One says admit and another decline; being unsure contradicts nobody."""
    return {ADMIT, DECLINE} <= set(advices)


def disagrees(scores: Mapping[Hashable, Mapping[Hashable, int | None]], advices: Iterable[str]) -> bool:
    return advice_disagrees(advices) or any(one.disagrees for one in by_criterion(scores).values())


def missing_before_hand_in(criteria: Iterable[Hashable], scored: Iterable[Hashable], advice: str) -> list[Hashable]:
    """The criteria without a score, in their order, and the word ``advice`` last where none is given."""
    done = set(scored)
    missing: list[Hashable] = [one for one in criteria if one not in done]
    return missing if advice else [*missing, "advice"]


def rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)
