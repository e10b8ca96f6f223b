"""V11: a total or mean row of the file that its own figures do not give."""

from absence.calculations.checks.context import Group, History, PrintedRow
from absence.calculations.checks.suspicion import Scope, Suspicion, number

TOLERANCE = 1_000  # 0,1 points


def printed_row(figure: PrintedRow, history: History, group: Group) -> Suspicion | None:
    """Printed and recomputed differ by more than 0,1 points: the import's figures of the period wait.

    It passes when one of the recomputations agrees: a mean row may be a simple mean or one weighted by workdays.
    Appendix 6 of the final report prints 9,6 where its figures, without the false zero, give 10,6.
    """
    if not figure.recomputed or any(abs(figure.printed - one) <= TOLERANCE for one in figure.recomputed):
        return None
    return Suspicion(
        rule="V11",
        code="printed_row_differs",
        period=figure.period,
        value=figure.printed,
        blocking=True,
        params={
            "label": figure.label,
            "value": number(figure.printed),
            "recomputed": number(figure.recomputed[0]),
            "period": str(figure.period),
        },
        scope=Scope.PERIOD,
    )
