"""The secretariat's work with an application until it is decided: assess, ask for more, recommend, and the way back."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from correspondence.actions import write
from municipalities.models import AuditEvent

from ..calculations.application_states import ANSWER_DAYS, DECIDED, IN_HAND, way_back
from ..calculations.assessment import missing_before_hand_in
from ..models import Application, ApplicationStep, Assessment, Criterion, Score
from .application_steps import take_step
from .errors import NotPossible

# Once it is recommended, the assessments it rests on stand still.
OPEN_FOR_ASSESSMENT = IN_HAND - {"recommended"}


@dataclass(frozen=True)
class Mark:
    """What an adviser gives on one criterion; ``value`` 1 to 6, or None while only the comment is written."""

    criterion: Criterion
    value: int | None
    comment: str = ""


@transaction.atomic
def save_assessment(application: Application, *, marks: list[Mark], advice: str, comment: str, by) -> Assessment:
    """Keep what the adviser has written so far; saved as it is written, so there is no event for every time."""
    _check_open(application)
    assessment, is_new = Assessment.objects.get_or_create(application=application, adviser=by)
    if assessment.handed_in_at:
        raise NotPossible(_("You have handed in your assessment. Take it back before you change it."))
    assessment.advice, assessment.comment = advice, comment
    assessment.save(update_fields=["advice", "comment"])
    written = [one for one in marks if one.value is not None or one.comment]
    assessment.scores.exclude(criterion__in=[one.criterion for one in written]).delete()
    Score.objects.bulk_create(
        [
            Score(assessment=assessment, criterion=one.criterion, value=one.value, comment=one.comment)
            for one in written
        ],
        update_conflicts=True,
        unique_fields=["assessment", "criterion"],
        update_fields=["value", "comment"],
    )
    if is_new:
        AuditEvent.record("admission.assessment_begun", application, by=by)
    return assessment


@transaction.atomic
def hand_in(application: Application, *, by) -> Assessment:
    """From now on the others see it, and one sees the others'."""
    _check_open(application)
    assessment = Assessment.objects.select_for_update().filter(application=application, adviser=by).first()
    if assessment is None:
        raise NotPossible(_("Give scores and advice before you hand in."))
    if assessment.handed_in_at:
        return assessment
    _check_whole(application, assessment)
    assessment.handed_in_at = timezone.now()
    assessment.save(update_fields=["handed_in_at"])
    AuditEvent.record("admission.assessment_handed_in", application, by=by)
    return assessment


@transaction.atomic
def take_back_assessment(application: Application, *, by) -> None:
    """Open one's own assessment again; until it is handed in anew it does not count."""
    found = Application.objects.select_for_update().get(pk=application.pk)
    if found.state not in OPEN_FOR_ASSESSMENT - {"assessed"}:
        raise NotPossible(_("The application is marked as assessed. Take that back first."))
    if Assessment.objects.filter(application=application, adviser=by).update(handed_in_at=None):
        AuditEvent.record("admission.assessment_taken_back", application, by=by)


@transaction.atomic
def mark_assessed(application: Application, *, by) -> ApplicationStep:
    """Enough advisers have handed in, so the secretariat can recommend."""
    required = application.round.assessors_required
    done = application.assessments.filter(handed_in_at__isnull=False).count()
    if done < required:
        text = ngettext(
            "%(done)s of %(n)s adviser has handed in an assessment. Wait for the rest.",
            "%(done)s of %(n)s advisers have handed in assessments. Wait for the rest.",
            required,
        )
        raise NotPossible(text % {"done": done, "n": required})
    return take_step(application, Application.State.ASSESSED, by=by)


@transaction.atomic
def ask_for_more(application: Application, *, text: str, due_on: date | None = None, by) -> ApplicationStep:
    """Open the application to the municipality again, and say in an e-mail what is wanted, and by which day.

    Nothing is locked when the day (two weeks from now unless ``due_on`` says another) has passed: the adviser decides
    what to do.
    """
    due_on = due_on or timezone.localdate() + timedelta(days=ANSWER_DAYS)
    step = take_step(application, Application.State.MORE_ASKED, by=by, text=text, more_due_on=due_on)
    write(
        f"application_more:{step.pk}",
        to=application.contact_email,
        template="programmes/email/more_asked.txt",
        context={"application": application, "programme": application.round.programme, "text": text, "adviser": by}
        | {"due_on": due_on},
        language=application.language,
        about=application,
        reply_to=by.email,
        by=by,
    )
    return step


@transaction.atomic
def recommend(application: Application, *, admit: bool, reason: str, by) -> ApplicationStep:
    """What the secretariat advises the committee, and why."""
    return take_step(
        application,
        Application.State.RECOMMENDED,
        by=by,
        note=reason,
        is_recommended=admit,
        recommendation=reason,
    )


@transaction.atomic
def step_back(application: Application, *, reason: str, by) -> ApplicationStep:
    """Take back the last step; a decision is taken back by ``deciding.reverse_decision``."""
    back = way_back(application.state, application.steps.values_list("from_state", "to_state"))
    if back is None or application.state in DECIDED:
        raise NotPossible(_("There is no step of the secretariat's to take back."))
    fields = {}
    if application.state == Application.State.RECOMMENDED:
        fields = {"is_recommended": None, "recommendation": ""}
    return take_step(application, back, by=by, note=reason, **fields)


def _check_open(application: Application) -> None:
    found = Application.objects.select_for_update().get(pk=application.pk)
    if found.state not in OPEN_FOR_ASSESSMENT:
        text = _("The application is «%(state)s» now, so its assessments stand as they are.")
        raise NotPossible(text % {"state": found.get_state_display()})


def _check_whole(application: Application, assessment: Assessment) -> None:
    criteria = list(application.round.criteria.all())
    scored = assessment.scores.filter(value__isnull=False).values_list("criterion", flat=True)
    missing = missing_before_hand_in([one.pk for one in criteria], scored, assessment.advice)
    if missing:
        names = [one.name_text for one in criteria if one.pk in missing] + [_("advice")] * ("advice" in missing)
        raise NotPossible(_("Something is missing before you can hand in: %(what)s.") % {"what": ", ".join(names)})
