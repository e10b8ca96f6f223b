"""What the pages of one application share: finding it, who may write in it, the list of steps."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.calculations.admission_rules import Missing
from programmes.calculations.application_content import STEPS
from programmes.calculations.application_states import WRITABLE
from programmes.models import Applicant, Application, LocalParty
from programmes.models.application_labels import FIELD_LABELS, STEP_LABELS
from programmes.queries.admission_apply import Standing

REFUSALS = {
    "not_invited": gettext_lazy("This round is only for those who are invited."),
    "closed": gettext_lazy("The deadline has passed. Ask your adviser whether you can have more time."),
    "incomplete": gettext_lazy("Something is still lacking: see the list. Nothing is sent in."),
    "not_writable": gettext_lazy("The application has been sent in and cannot be changed now."),
    "stands_elsewhere": gettext_lazy("It stands in another application of this round already."),
    "lead_stays": gettext_lazy("The one who leads the application cannot be taken out of it."),
    "confirmed_already": gettext_lazy("It is confirmed already. Nothing is changed."),
    "not_a_draft": gettext_lazy("Only a draft can be deleted. Withdraw the application instead."),
}


def own_application(request, slug: str, admission_round: str, pk: int, *, to_write: bool = False) -> Application:
    """The application, or 404 to strangers; with ``to_write`` 403 to those who may only read it."""
    visible = Application.objects.visible_to(request.user).select_related(
        "round__programme", "round__cohort", "saved_by", "created_by"
    )
    found = get_object_or_404(visible, pk=pk, round__slug=admission_round, round__programme__slug=slug)
    request.programme_slug = slug
    if to_write and not writes(request.user, found):
        raise PermissionDenied
    return found


def writes(user, application: Application) -> bool:
    return Application.objects.editable_by(user).filter(pk=application.pk).exists()


def own_applicants(user, application: Application):
    """Whose parties one may ask: those of all to the lead, else of one's own."""
    lines = application.applicants.select_related("municipality", "organisation")
    if writes(user, application):
        return lines
    return lines.filter(pk__in=Applicant.objects.of(user).values("pk"))


def url_of(name: str, application: Application, *more) -> str:
    round_ = application.round
    return reverse(f"programmes:{name}", args=[round_.programme.slug, round_.slug, application.pk, *more])


def to_application(application: Application):
    return redirect(url_of("application", application))


def to_step(application: Application, step: str):
    return redirect(url_of("application_step", application, step))


@dataclass(frozen=True)
class StepLine:
    """A line of the list at the side: ``left`` is how much is lacking in the step."""

    slug: str
    label: str
    url: str
    left: int
    is_current: bool


def step_lines(standing: Standing, current: str) -> list[StepLine]:
    return [
        StepLine(
            slug,
            str(STEP_LABELS[slug]),
            url_of("application_step", standing.application, slug),
            len(standing.lacks(slug)),
            slug == current,
        )
        for slug in STEPS
    ]


def is_writable(application: Application) -> bool:
    return application.state in WRITABLE and application.deleted_at is None


@dataclass(frozen=True)
class Lack:
    """One thing that is lacking, in words, with the way to where it is put right."""

    text: str
    url: str
    step: str


def lacks_in_words(standing: Standing) -> list[Lack]:
    names = {one.pk: str(one) for one in standing.applicants}
    return [
        Lack(lack_in_words(one, standing, names), place_of(one, standing.application), one.step)
        for one in standing.missing
    ]


def place_of(lack: Missing, application: Application) -> str:
    url = url_of("application_step", application, lack.step)
    if lack.why == "unconfirmed":
        return f"{url}#applicant-{lack.applicant}"
    return f"{url}#consents" if lack.step == "consents" else f"{url}#id_{lack.field}"


def lack_in_words(lack: Missing, standing: Standing, names: dict[int, str]) -> str:
    if lack.step == "consents":
        return consent_in_words(lack, names)
    if lack.why == "unconfirmed":
        text = _("%(place)s has not confirmed that it applies with you. Ask them to confirm, or record that they did")
        return text % {"place": names[lack.applicant]}
    return f"«{FIELD_LABELS[lack.field]}»: {reason_in_words(lack, standing)}"


def consent_in_words(lack: Missing, names: dict[int, str]) -> str:
    values = {"party": LocalParty(lack.party).label, "who": lack.union, "place": names[lack.applicant]}
    texts = {
        "nobody": _("%(place)s: nobody is named for the %(party)s"),
        "waits": _("%(place)s: the answer of the %(party)s (%(who)s) is not here yet"),
        "no": _("%(place)s: the %(party)s (%(who)s) do not stand behind the application"),
        "earlier": _("%(place)s: the %(party)s (%(who)s) have answered to an earlier text and must be asked again"),
    }
    return texts[lack.why] % values


def reason_in_words(lack: Missing, standing: Standing) -> str:
    """Why a field does not hold, as it is said at the field."""
    programme, content = standing.application.round.programme, standing.content
    texts = {
        "empty": _("is not filled in"),
        "range": _("must be between 0 and 100"),
        "future": _("the day has not come yet"),
        "not_lower": _("the goal must be lower than the absence today, %(baseline)s percent"),
        "outside": _("the day must be within the period of the programme, %(starts)s to %(ends)s"),
        "not_after": _("the goal must be reached after the day the absence was measured"),
    }
    return texts[lack.why] % {
        "baseline": (content.get("absence_baseline_percent") or "–").replace(".", ","),
        "starts": date_format(programme.starts_on),
        "ends": date_format(programme.ends_on),
    }
