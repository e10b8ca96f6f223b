"""V8: one unit that carries its group's change."""

from decimal import Decimal

from absence.calculations.checks.context import Figure, Group, History, Panel
from absence.calculations.checks.suspicion import Suspicion, about
from absence.calculations.rates import rounded

MOVES = Decimal("0.2")


def carries_group(figure: Figure, history: History, group: Group) -> Suspicion | None:
    """Without this unit the group's change moves 0,2 points or more, or changes sign: a warning.

    The sign is that of the change as printed, with one decimal: +0,04 and −0,03 are both «0,0». Ringerike, 8,1 → 9,8
    in 2008, is no outlier by itself, but the focus municipalities rise 0,1 with it and fall 0,2 without it.
    """
    if not figure.is_total or figure.rate is None:
        return None
    panels = (panel for panel in group.panels if figure.municipality in panel.members and len(panel.members) > 1)
    return next((found for panel in panels if (found := _carries(figure, panel))), None)


def _carries(figure: Figure, panel: Panel) -> Suspicion | None:
    whole, rest = panel.change(), panel.change(without=figure.municipality)
    shown, shown_rest = rounded(whole), rounded(rest)
    if abs(rest - whole) < MOVES and shown * shown_rest >= 0:
        return None
    params = {"group": panel.name, "change": str(shown), "without": str(shown_rest)}
    return about(figure, "V8", "carries_group", params)
