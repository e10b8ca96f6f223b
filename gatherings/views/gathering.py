"""A gathering: its page for everyone, and what the secretariat does with it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from gatherings.actions import gatherings as actions
from gatherings.actions.errors import ChangedMeanwhile
from gatherings.forms.gathering import CopyForm, GatheringForm
from gatherings.models import Gathering, GatheringPaper, Registration
from gatherings.models.gathering import own_participations
from gatherings.queries.calendar import audience_of, with_audience
from gatherings.queries.evaluation import shares_results
from gatherings.queries.programme import materials_for, programme_of
from gatherings.queries.registrations import Standing, numbers_of, short_of_parties, standings
from municipalities.markdown import safe_html
from municipalities.permissions import may, requires

from .access import editable_gathering, telling_why_not, to_gathering, visible_gathering, visible_programme

ACTS = {
    "announce": gettext_lazy("The gathering is announced. It stands in the calendar now."),
    "take_back": gettext_lazy("The gathering is a draft again."),
    "mark_held": gettext_lazy("The gathering is marked as held."),
    "reopen": gettext_lazy("The gathering is open again."),
    "cancel": gettext_lazy("The gathering is cancelled. Those registered get an e-mail."),
    "restore": gettext_lazy("The gathering stands again. Tell those who were registered."),
}


@login_not_required
@requires("gatherings.view")
def gathering(request, slug: str, gathering: str):
    found = visible_gathering(request, slug, gathering)
    shown = with_audience(Gathering.objects.filter(pk=found.pk)).get()
    now = timezone.now()
    opens_at = found.registration_opens_at
    context = {
        "programme": found.programme,
        "gathering": found,
        "audience": audience_of(shown),
        "text": safe_html(found.body_text),
        "days": programme_of(found),
        "materials": materials_for(request.user, found),
        "is_open": found.takes_registrations(now),
        "opens_at": opens_at if opens_at and opens_at > now else None,
        "stated": list(found.stated_attendances.all()) if found.state == Gathering.State.HELD else [],
        **_for_those_who_come(request.user, found),
        **_for_the_secretariat(request.user, found),
    }
    return render(request, "gatherings/gathering.html", context)


def _for_those_who_come(user, gathering: Gathering) -> dict:
    """One's own registration, and where one's municipality is invited, its people with what the rule makes of them."""
    if not user.is_authenticated:
        return {}
    own = gathering.registrations.live().filter(user=user).select_related("participation").first()
    values = {"own": own, "shares_results": bool(own) and shares_results(gathering, user)}
    if may(user, "gatherings.view_all") or not may(user, "gatherings.register"):
        return values
    places = own_participations(user).filter(programme=gathering.programme)
    parts: list[tuple[object, Standing]] = []
    for place in places:
        standing = standings(gathering, place)
        if standing.lines or Gathering.objects.filter(pk=gathering.pk).meant_for(places.filter(pk=place.pk)).exists():
            parts.append((place, standing))
    return values | {"parts": parts}


def _for_the_secretariat(user, gathering: Gathering) -> dict:
    values = {
        "may_edit": may(user, "gatherings.edit"),
        "at_door": Gathering.objects.filter(pk=gathering.pk).attendance_taken_by(user).exists(),
    }
    if values["may_edit"]:
        values |= {
            "numbers": numbers_of(gathering),
            "short": short_of_parties(gathering),
            "acts": [act for act in Gathering.TRANSITIONS[gathering.state] if act != "take_back"],
            "papers": list(gathering.papers.all()),
            "paper_kinds": GatheringPaper.Kind.choices,
            "has_registrations": Registration.objects.filter(gathering=gathering).exists(),
        }
    return values


@requires("gatherings.edit")
def new(request, slug: str):
    programme = visible_programme(request, slug)
    form = GatheringForm(request.POST or None, programme=programme, instance=Gathering(programme=programme))
    if request.method == "POST" and form.is_valid():
        audience = {"cohorts": form.cleaned_data["cohorts"], "networks": form.cleaned_data["networks"]}
        made = actions.make_gathering(programme, values=form.values(), by=request.user, **audience)
        messages.success(request, _("The gathering is saved as a draft. Announce it when it is ready."))
        return to_gathering(made)
    return render(request, "gatherings/edit.html", {"programme": programme, "form": form})


@requires("gatherings.edit")
def edit(request, slug: str, gathering: str):
    found = editable_gathering(request, slug, gathering)
    form = GatheringForm(request.POST or None, programme=found.programme, instance=found)
    if request.method == "POST" and form.is_valid():
        audience = {"cohorts": form.cleaned_data["cohorts"], "networks": form.cleaned_data["networks"]}
        version = form.cleaned_data["version"] or 0
        try:
            actions.change_gathering(found, values=form.values(), version=version, by=request.user, **audience)
        except ChangedMeanwhile as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, _("The gathering is saved."))
            return to_gathering(found)
    context = {"programme": found.programme, "gathering": found, "form": form}
    return render(request, "gatherings/edit.html", context)


@requires("gatherings.edit")
def copy(request, slug: str, gathering: str):
    found = editable_gathering(request, slug, gathering)
    initial = {f"title_{language}": found.title.get(language, "") for language in ("nb", "nn")}
    form = CopyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        starts_on = form.cleaned_data["starts_on"]
        made = actions.copy_gathering(found, starts_on=starts_on, title=form.title(), by=request.user)
        messages.success(request, _("The copy is a draft. Read through the days and the deadline."))
        return to_gathering(made, "edit")
    context = {"programme": found.programme, "gathering": found, "form": form}
    return render(request, "gatherings/copy.html", context)


@requires("gatherings.edit")
@require_POST
@telling_why_not
def change_state(request, slug: str, gathering: str, act: str):
    found = editable_gathering(request, slug, gathering)
    actions.change_state(found, act, by=request.user)
    messages.success(request, ACTS[act])
    return redirect(found)
