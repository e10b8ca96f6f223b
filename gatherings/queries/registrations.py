"""Who comes to a gathering, with what the rule makes of each: paid or not, and the place in the waiting list."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from municipalities.queries.register import alphabetical
from programmes.models import Participation

from ..calculations.delegation import (
    MANAGEMENT,
    POLITICIANS,
    PROJECT_LEADER,
    UNIONS,
    Sent,
    missing,
    paid_keys,
)
from ..calculations.places import seats_for
from ..models import Gathering, Registration

State = Registration.State


@dataclass(frozen=True)
class RegistrationLine:
    """``position`` in the waiting list from 1, None with a place; ``is_paid`` is settled with the place only."""

    registration: Registration
    is_paid: bool
    position: int | None

    @property
    def pays(self) -> str:
        """In words, who pays; empty while it is not settled."""
        if self.registration.state != State.REGISTERED:
            return ""
        if self.registration.participation_id is None:
            return _("guest")
        return _("paid by the programme") if self.is_paid else _("pays themselves")

    @property
    def standing(self) -> str:
        """In words, where the person stands: the place in the waiting list, present, or the status."""
        if self.position:
            return _("number %(n)s on the waiting list") % {"n": self.position}
        return _("present") if self.registration.is_present else str(self.registration.get_state_display())


@dataclass(frozen=True)
class Standing:
    """A participant's people at one gathering; ``counted`` where the rule says how many of each should come."""

    lines: list[RegistrationLine]
    missing: dict[str, int]
    counted: bool = True

    @property
    def paid_count(self) -> int:
        return sum(line.is_paid for line in self.lines)

    @property
    def missing_words(self) -> str:
        return missing_words(self.missing, counted=self.counted)


def lines_of(gathering: Gathering, registrations: QuerySet[Registration]) -> list[RegistrationLine]:
    """The registrations, in order of the line, by the rule of the whole gathering; one query.

    ``registrations`` must hold everyone with a place, or all of the participants asked about.
    """
    found = list(registrations.select_related("participation").order_by("number"))
    paid = paid_keys(gathering.rule, (one.sent for one in found if one.state == State.REGISTERED))
    waiting = [one.pk for one in found if one.state == State.WAITING]
    positions = {key: at for at, key in enumerate(waiting, start=1)}
    return [RegistrationLine(one, one.pk in paid, positions.get(one.pk)) for one in found]


def line_of(gathering: Gathering) -> dict[int, RegistrationLine]:
    """Everyone who is registered or waits, by id; one query."""
    return {one.registration.pk: one for one in lines_of(gathering, gathering.registrations.live())}


def standings(gathering: Gathering, participation: Participation | None) -> Standing:
    """One participant's people, or the guests; positions in the waiting list are those of all. One query."""
    key = participation.pk if participation else None
    lines = [one for one in line_of(gathering).values() if one.registration.participation_id == key]
    short = missing(gathering.rule, [one.registration.delegate for one in lines]) if participation else {}
    return Standing(lines, short, bool(gathering.quota))


@dataclass(frozen=True)
class Outcome:
    """What would become of a person if the form were sent now: a place or a position in the waiting list."""

    is_paid: bool
    position: int | None


@dataclass(frozen=True)
class Preview:
    outcomes: list[Outcome]
    missing: dict[str, int]
    counted: bool

    @property
    def missing_words(self) -> str:
        return missing_words(self.missing, counted=self.counted)


def preview(gathering: Gathering, participation: Participation | None, delegates: list[str]) -> Preview:
    """What would become of people who came as ``delegates`` if they were registered now, in this order. One query."""
    live = list(gathering.registrations.live().order_by("number"))
    seated = [one.sent for one in live if one.state == State.REGISTERED]
    waiting = len(live) - len(seated)
    key = participation.pk if participation else None
    seats = seats_for(gathering.capacity, len(seated), waiting, len(delegates))
    new = [Sent(("new", at), key, delegate) for at, delegate in enumerate(delegates)]
    paid = paid_keys(gathering.rule, [*seated, *new[:seats]])
    own = [one.delegate for one in live if participation and one.participation_id == key]
    return Preview(
        [Outcome(one.key in paid, None if at < seats else waiting + at - seats + 1) for at, one in enumerate(new)],
        missing(gathering.rule, [*own, *delegates]) if participation else {},
        bool(gathering.quota),
    )


def missing_words(short: dict[str, int], *, counted: bool = True) -> str:
    """«1 folkevalgt og prosjektlederen», or only the parties; for a sentence about who could still be sent."""
    if not counted:
        names = {POLITICIANS: _("elected politicians"), MANAGEMENT: _("management"), UNIONS: _("union representatives")}
        return get_text_list([names[kind] for kind in short], _("and"))
    words = {
        POLITICIANS: lambda n: ngettext("%(n)d elected politician", "%(n)d elected politicians", n),
        MANAGEMENT: lambda n: ngettext("%(n)d of the management", "%(n)d of the management", n),
        UNIONS: lambda n: ngettext("%(n)d union representative", "%(n)d union representatives", n),
        PROJECT_LEADER: lambda n: ngettext("the project leader", "%(n)d project leaders", n),
    }
    said = [words[kind](count) % {"n": count} for kind, count in short.items() if kind in words]
    return get_text_list(said, _("and"))


SORTS = {
    "number": lambda line: line.registration.number,
    "name": lambda line: alphabetical(line.registration.name),
    "participant": lambda line: (
        line.registration.participation is None,
        alphabetical(line.registration.participation.name) if line.registration.participation else "",
        line.registration.number,
    ),
    "delegate": lambda line: (line.registration.delegate, line.registration.number),
    "pays": lambda line: (line.pays, line.registration.number),
    "state": lambda line: (line.registration.state, line.registration.number),
}


def registration_rows(gathering: Gathering, *, sort: str = "number", **asked) -> list[RegistrationLine]:
    """The list of the secretariat, by its filters (``q``, ``delegate``, ``participant``, ``pays``, ``state``)."""
    cancelled = asked.get("state") == State.CANCELLED
    registrations = (
        gathering.registrations.filter(state=State.CANCELLED) if cancelled else gathering.registrations.live()
    )
    rows = [line for line in lines_of(gathering, registrations) if _fits(line, **asked)]
    return sorted(rows, key=SORTS.get(sort.removeprefix("-"), SORTS["number"]), reverse=sort.startswith("-"))


def _fits(line: RegistrationLine, *, q="", delegate="", participant="", pays="", state="", **_rest) -> bool:
    one = line.registration
    place = one.participation
    text = f"{one.name} {one.email} {place.name if place else ''} {one.code}".casefold()
    return (
        all(word in text for word in q.casefold().split())
        and delegate in ("", one.delegate)
        and participant in ("", place.slug if place else "-")
        and pays in ("", _payer(line))
        and _in_state(one, state)
    )


def _payer(line: RegistrationLine) -> str:
    if line.registration.state != State.REGISTERED:
        return "open"
    if line.registration.participation_id is None:
        return "guest"
    return "programme" if line.is_paid else "self"


def _in_state(one: Registration, state: str) -> bool:
    if state in ("present", "absent"):
        return one.state == State.REGISTERED and one.is_present == (state == "present")
    return state in ("", one.state)


@dataclass(frozen=True)
class Numbers:
    """How many are registered, wait and are present; ``free`` places, None without a limit."""

    registered: int
    waiting: int
    present: int
    free: int | None


def numbers_of(gathering: Gathering) -> Numbers:
    """One query."""
    rows = gathering.registrations.live().values_list("state", "attended_at")
    states = Counter(state for state, _at in rows)
    present = sum(at is not None for _state, at in rows)
    seated = states[State.REGISTERED]
    free = None if gathering.capacity is None else max(gathering.capacity - seated, 0)
    return Numbers(seated, states[State.WAITING], present, free)


def short_of_parties(gathering: Gathering) -> list[tuple[Participation, str]]:
    """The participants that send somebody, but not all that the rule has places for; with who is missing. One query."""
    by_participant: dict[Participation, list[str]] = {}
    for one in line_of(gathering).values():
        if one.registration.participation:
            by_participant.setdefault(one.registration.participation, []).append(one.registration.delegate)
    found = ((place, missing(gathering.rule, kinds)) for place, kinds in by_participant.items())
    return sorted(
        ((place, missing_words(short, counted=bool(gathering.quota))) for place, short in found if short),
        key=lambda row: alphabetical(row[0].name),
    )
