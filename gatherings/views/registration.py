"""Registering people: for those who answer for a municipality, and for the secretariat on their behalf."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from gatherings.actions import registrations as actions
from gatherings.actions.errors import NotPossible, SessionFull
from gatherings.calculations.delegation import OTHER, PARTIES
from gatherings.forms.registration import MOST_ROWS, ParticipantChoice, PersonForm, people_formset
from gatherings.links import registration_of
from gatherings.models import Gathering, Registration
from gatherings.models.gathering import own_participations
from gatherings.queries.programme import parallel_slots
from gatherings.queries.registrations import Preview, Standing, line_of, preview, standings
from municipalities.permissions import may, requires

from .access import telling_why_not, to_gathering, visible_gathering

GUESTS = "guests"


@requires("gatherings.register")
def register(request, slug: str, gathering: str):
    """For whom: straight on where there is one only."""
    found = visible_gathering(request, slug, gathering)
    if may(request.user, "gatherings.view_all"):
        return _choose_any(request, found)
    invited = [one for one in _own(request, found) if _is_invited(found, one)]
    if len(invited) == 1:
        return to_gathering(found, "register_people", invited[0].slug)
    context = {"programme": found.programme, "gathering": found, "invited": invited}
    return render(request, "gatherings/register.html", context)


def _choose_any(request, gathering: Gathering):
    participations = gathering.programme.participations.order_by("name")
    form = ParticipantChoice(request.GET if "participant" in request.GET else None, participations=participations)
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["participant"]
        return to_gathering(gathering, "register_people", chosen.slug if chosen else GUESTS)
    context = {"programme": gathering.programme, "gathering": gathering, "form": form}
    return render(request, "gatherings/register.html", context)


def _own(request, gathering: Gathering):
    return own_participations(request.user).filter(programme=gathering.programme)


def _is_invited(gathering: Gathering, participation) -> bool:
    place = type(participation).objects.filter(pk=participation.pk)
    return Gathering.objects.filter(pk=gathering.pk).meant_for(place).exists()


def _participation(request, gathering: Gathering, participant: str):
    """Whose people they are; None for guests. 404 for another's municipality."""
    if may(request.user, "gatherings.view_all"):
        if participant == GUESTS:
            return None
        return get_object_or_404(gathering.programme.participations, slug=participant)
    found = get_object_or_404(_own(request, gathering), slug=participant)
    if not _is_invited(gathering, found):
        raise Http404(participant)
    return found


@requires("gatherings.register")
def register_people(request, slug: str, gathering: str, participant: str):
    """Several people at once; a row is kept ready for each party that is missing."""
    found = visible_gathering(request, slug, gathering)
    participation = _participation(request, found, participant)
    if not _is_open(request, found):
        messages.error(request, _("Registration is not open. Ask your adviser, who can still register you."))
        return to_gathering(found)
    standing = standings(found, participation)
    rows = _rows(request, found, standing)
    if request.method == "POST" and "more" not in request.POST and rows.is_valid():
        people = [_person(form) for form in rows.named()]
        try:
            made = actions.register(found, people, participation=participation, by=request.user)
        except SessionFull as full:
            if not any(form.tell_full(full) for form in rows.named()):
                rows.non_form_errors().append(full.text)
        except NotPossible as error:
            rows.non_form_errors().append(error.text)
        else:
            _tell(request, made)
            return to_gathering(found)
    context = {
        "programme": found.programme,
        "gathering": found,
        "participation": participation,
        "participant": participant,
        "standing": standing,
        "rows": rows,
        "most_rows": len(rows.forms) >= MOST_ROWS,
        **_previewed(found, participation, rows),
    }
    return render(request, "gatherings/register_people.html", context)


def _is_open(request, gathering: Gathering) -> bool:
    if may(request.user, "gatherings.view_all"):
        return gathering.state == Gathering.State.ANNOUNCED
    return gathering.takes_registrations(timezone.now())


def _rows(request, gathering: Gathering, standing: Standing):
    """The rows as sent, one more when asked for; else one for each who is missing."""
    options = {"form_kwargs": {"slots": parallel_slots(gathering)}, "prefix": "people"}
    if request.method == "POST":
        data = request.POST.copy()
        if "more" in data:
            data["people-TOTAL_FORMS"] = min(int(data.get("people-TOTAL_FORMS") or 0) + 1, MOST_ROWS)
        return people_formset()(data, **options)
    kinds = _kinds_ready(gathering, standing)
    formset = people_formset(extra=len(kinds))(**options)
    for form, kind in zip(formset.forms, kinds, strict=True):
        form.initial = {"delegate": kind}
    return formset


def _kinds_ready(gathering: Gathering, standing: Standing) -> list[str]:
    """As what rows are made ready: the missing; at least as many as are still paid where it does not matter who."""
    kinds = [kind for kind, count in standing.missing.items() for _one in range(count)]
    if not gathering.quota:
        places = max(gathering.paid_per_participant - len(standing.lines), 1)
        kinds = [*kinds, *[OTHER] * max(places - len(kinds), 0)][: max(places, len(PARTIES))]
    return kinds or [OTHER]


def _person(form: PersonForm) -> actions.Person:
    data = form.cleaned_data
    return actions.Person(data["name"], data["email"], data["delegate"], data["needs"], form.chosen())


def _previewed(gathering: Gathering, participation, rows) -> dict:
    named = rows.named() if rows.is_bound else []
    shown: Preview = preview(gathering, participation, rows.kinds_asked() if rows.is_bound else [])
    names = [form["name"].data or _("Somebody") for form in named]
    return {"outcomes": list(zip(names, shown.outcomes, strict=True)), "missing": shown.missing_words}


@requires("gatherings.register")
@require_POST
def register_preview(request, slug: str, gathering: str, participant: str):
    """What would become of the people in the rows as they stand: a fragment beside the form."""
    found = visible_gathering(request, slug, gathering)
    participation = _participation(request, found, participant)
    rows = _rows(request, found, Standing([], {}))
    values = {"gathering": found, "participation": participation, **_previewed(found, participation, rows)}
    return render(request, "gatherings/_preview.html", values)


def _tell(request, made: list[Registration]) -> None:
    waiting = sum(one.state == Registration.State.WAITING for one in made)
    text = ngettext("%(n)d person is registered.", "%(n)d people are registered.", len(made)) % {"n": len(made)}
    if waiting:
        on_list = ngettext("%(n)d of them is on the waiting list.", "%(n)d of them are on the waiting list.", waiting)
        text = f"{text} {on_list % {'n': waiting}}"
    receipt = _("You get a receipt by e-mail.")
    messages.success(request, f"{text} {receipt}")


def _visible_registration(request, gathering: Gathering, pk: int) -> Registration:
    visible = Registration.objects.visible_to(request.user).filter(gathering=gathering)
    found = get_object_or_404(visible.select_related("participation"), pk=pk)
    if not Registration.objects.filter(pk=pk).editable_by(request.user).exists():
        raise PermissionDenied
    found.gathering = gathering
    return found


@requires("gatherings.register")
def registration(request, slug: str, gathering: str, registration: int):
    """One person: another name, party, need or session."""
    found = visible_gathering(request, slug, gathering)
    one = _visible_registration(request, found, registration)
    slots = parallel_slots(found)
    form = PersonForm(request.POST or None, slots=slots, initial=_as_initial(one, slots))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_registration(one, _person(form), by=request.user)
        except NotPossible as error:
            if not (isinstance(error, SessionFull) and form.tell_full(error)):
                form.add_error(None, error.text)
        else:
            messages.success(request, _("The registration is changed."))
            return to_gathering(found)
    context = {
        "programme": found.programme,
        "gathering": found,
        "registration": one,
        "line": line_of(found).get(one.pk),
        "form": form,
    }
    return render(request, "gatherings/registration.html", context)


def _as_initial(one: Registration, slots) -> dict:
    chosen = set(one.choices.values_list("session_id", flat=True))
    values = {name: getattr(one, name) for name in ("name", "email", "delegate", "needs")}
    return values | {slot.key: session.pk for slot in slots for session in slot.sessions if session.pk in chosen}


@requires("gatherings.register")
@require_POST
@telling_why_not
def cancel(request, slug: str, gathering: str, registration: int):
    found = visible_gathering(request, slug, gathering)
    one = _visible_registration(request, found, registration)
    actions.cancel_registration(one, by=request.user)
    messages.success(request, _("%(name)s is no longer registered.") % {"name": one.name})
    return redirect(found)


@login_not_required
def own_registration(request, signed: str):
    """The page of the address in the e-mail: for the person it was sent to, who may have no account."""
    one = _of_link(signed)
    context = {"registration": one, "gathering": one.gathering, "line": line_of(one.gathering).get(one.pk)}
    return render(request, "gatherings/own_registration.html", context | {"signed": signed})


@login_not_required
@require_POST
def cancel_own(request, signed: str):
    one = _of_link(signed)
    try:
        actions.cancel_registration(one, by=request.user if request.user.is_authenticated else None)
    except NotPossible as error:
        messages.error(request, error.text)
    else:
        messages.success(request, _("You are no longer registered."))
    return redirect("gatherings:own_registration", signed)


def _of_link(signed: str) -> Registration:
    try:
        pk = registration_of(signed)
    except signing.BadSignature:
        raise Http404 from None
    return get_object_or_404(Registration.objects.select_related("gathering__programme", "participation"), pk=pk)
