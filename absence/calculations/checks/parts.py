"""V5: parts that do not make the whole."""

from absence.calculations.checks.context import Figure, Group, History
from absence.calculations.checks.suspicion import Suspicion, about, number
from absence.calculations.dimensions import ALL, TOTAL

TOLERANCE = 1_500  # 0,15 points: three figures rounded to one decimal


def parts(figure: Figure, history: History, group: Group) -> Suspicion | None:
    """Total − self-certified − doctor-certified beyond ±0,15 points, or women and men on one side: a warning."""
    if figure.rate is None or figure.absence_type != TOTAL:
        return _sexes(figure, group)
    own, doctor = group.self_certified, group.doctor_certified
    if own is not None and doctor is not None and abs(figure.rate - own - doctor) > TOLERANCE:
        both = {"self_certified": number(own), "doctor_certified": number(doctor)}
        return about(figure, "V5", "types_do_not_add_up", both)
    return _sexes(figure, group)


def _sexes(figure: Figure, group: Group) -> Suspicion | None:
    women, men = group.women, group.men
    if figure.rate is None or figure.sex != ALL or women is None or men is None:
        return None
    if min(women, men) <= figure.rate <= max(women, men):
        return None
    return about(figure, "V5", "sexes_do_not_bracket", {"women": number(women), "men": number(men)})
