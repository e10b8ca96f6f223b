"""Move numbers as little as possible so that linear conditions hold exactly. Plain arithmetic, no library."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

Cell = tuple[str, int]


@dataclass(frozen=True)
class Condition:
    """The sum of coefficient · value over the cells shall be ``target``."""

    name: str
    coefficients: Mapping[Cell, float]
    target: float

    def value(self, values: Mapping[Cell, float]) -> float:
        return fsum(factor * values[cell] for cell, factor in self.coefficients.items())


def adjusted(
    values: Mapping[Cell, float], ease: Mapping[Cell, float], conditions: Sequence[Condition]
) -> dict[Cell, float]:
    """The values nearest to ``values`` under which every condition holds; a cell with great ``ease`` moves readily.

    Minimises Σ (new - old)² / ease. With A the coefficients, W the ease and b the targets the solution is
    old + W Aᵀ (A W Aᵀ)⁻¹ (b - A old). The conditions must be independent of one another.

    >>> half = Condition("mean", {("a", 0): 0.5, ("b", 0): 0.5}, 10.0)
    >>> adjusted({("a", 0): 8.0, ("b", 0): 10.0}, {("a", 0): 1.0, ("b", 0): 1.0}, [half])
    {('a', 0): 9.0, ('b', 0): 11.0}
    """
    matrix = [[_overlap(one, other, ease) for other in conditions] for one in conditions]
    gaps = [one.target - one.value(values) for one in conditions]
    result = dict(values)
    for condition, factor in zip(conditions, _solution(matrix, gaps), strict=True):
        for cell, coefficient in condition.coefficients.items():
            result[cell] += ease[cell] * coefficient * factor
    return result


def _overlap(one: Condition, other: Condition, ease: Mapping[Cell, float]) -> float:
    few, many = sorted((one.coefficients, other.coefficients), key=len)
    return fsum(factor * many[cell] * ease[cell] for cell, factor in few.items() if cell in many)


def _solution(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss with the greatest pivot first."""
    rows, size = [[*row, value] for row, value in zip(matrix, right, strict=True)], len(right)
    for at in range(size):
        pivot = max(range(at, size), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        for below in range(at + 1, size):
            factor = rows[below][at] / rows[at][at]
            rows[below] = [mine - factor * its for mine, its in zip(rows[below], rows[at], strict=True)]
    answer = [0.0] * size
    for at in reversed(range(size)):
        known = fsum(rows[at][other] * answer[other] for other in range(at + 1, size))
        answer[at] = (rows[at][size] - known) / rows[at][at]
    return answer
