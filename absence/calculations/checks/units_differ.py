"""V12: periods that do not hold the same units; their comparison must use the matched panel."""

from absence.calculations.checks.context import Group, History, UnitSets
from absence.calculations.checks.suspicion import Scope, Suspicion


def units_differ(figure: UnitSets, history: History, group: Group) -> Suspicion | None:
    """The set of units differs between a period and the one it is compared with: the matched panel is forced."""
    if figure.units == figure.units_before:
        return None
    return Suspicion(
        rule="V12",
        code="units_differ",
        period=figure.period,
        params={
            "period": str(figure.period),
            "before_period": str(figure.compared_with),
            "n": str(len(figure.units)),
            "n_before": str(len(figure.units_before)),
            "n_matched": str(len(figure.units & figure.units_before)),
        },
        scope=Scope.PERIOD,
    )
