"""The same problem elsewhere: participants outside one's own networks that work on the same.

What two participants have in common is scored, and every point says what it is for. Themes are those of the networks,
of the visits, and of the application by which the participant was admitted.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from municipalities.models import Organisation, Population
from municipalities.queries.register import alphabetical
from programmes.models import Applicant, Participation

from ..models import NetworkMembership, Visit
from ..themes import theme_label

THEME, TOPIC, SIZE, KIND = 3, 2, 1, 1
SMALL, LARGE = 5_000, 20_000


@dataclass(frozen=True)
class Reason:
    """Something two participants have in common, in words, and what it counts."""

    text: str
    points: int


@dataclass(frozen=True)
class Traits:
    """What is compared."""

    themes: frozenset[str]
    topics: frozenset[str]
    size: str
    kind: str
    networks: frozenset[int]


@dataclass(frozen=True)
class AlikeRow:
    participation: Participation
    reasons: tuple[Reason, ...]
    network_names: str
    shares_size: bool
    themes: frozenset[str]

    @property
    def score(self) -> int:
        return sum(one.points for one in self.reasons)


def size_labels() -> dict[str, str]:
    return {
        "small": _("under 5,000 inhabitants"),
        "middle": _("5,000 to 20,000 inhabitants"),
        "large": _("over 20,000 inhabitants"),
    }


def alike_rows(
    participation: Participation, day: date, *, search: str = "", theme: str = "", same_size: bool = False
) -> list[AlikeRow]:
    """Participants of any programme that have not withdrawn, in none of the participant's networks, much like it.

    The most alike first. Six queries, whatever the number of participants.
    """
    staying = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day)
    candidates = Participation.objects.filter(staying | Q(pk=participation.pk))
    found = _with_traits(candidates.select_related("programme", "municipality", "organisation"), day)
    own = found.pop(participation.pk)[1]
    rows = [
        _row(one, own, traits)
        for one, traits in found.values()
        if not own.networks & traits.networks and not _same_place(one, participation)
    ]
    rows = [row for row in rows if any(reason.points >= TOPIC for reason in row.reasons)]
    if search:
        wanted = search.casefold()
        rows = [row for row in rows if wanted in row.participation.name.casefold()]
    if theme:
        rows = [row for row in rows if theme in row.themes]
    if same_size:
        rows = [row for row in rows if row.shares_size]
    return sorted(rows, key=lambda row: (-row.score, alphabetical(row.participation.name)))


def _same_place(one: Participation, other: Participation) -> bool:
    return one.municipality_id is not None and one.municipality_id == other.municipality_id


def _with_traits(participations, day: date) -> dict[int, tuple[Participation, Traits]]:
    times = Prefetch("network_memberships", NetworkMembership.objects.select_related("network"), "times")
    noted = Prefetch("visits", Visit.objects.made().only("participation", "topics"), "made_visits")
    found = list(participations.prefetch_related(times, noted))
    sizes = _sizes(found, day)
    applied = _applied_themes(found)
    return {one.pk: (one, _traits(one, sizes, applied)) for one in found}


def _traits(one: Participation, sizes: dict, applied: dict) -> Traits:
    body = ("organisation", one.organisation_id) if one.organisation_id else ("municipality", one.municipality_id)
    of_networks = {theme for time in one.times for theme in time.network.themes}
    return Traits(
        themes=frozenset(of_networks | applied.get(one.pk, set())),
        topics=frozenset(topic for visit in one.made_visits for topic in visit.topics),
        size=_size(sizes.get(body)),
        kind=one.organisation.kind if one.organisation else "municipality",
        networks=frozenset(time.network_id for time in one.times),
    )


def _size(inhabitants: int | None) -> str:
    if inhabitants is None:
        return ""
    return "small" if inhabitants < SMALL else "large" if inhabitants > LARGE else "middle"


def _sizes(participations: list[Participation], day: date) -> dict[tuple[str, int], int]:
    """(Kind, id) → the newest count of inhabitants by the day, or else the first after it. One query."""
    places = {one.municipality_id for one in participations} - {None}
    joint = {one.organisation_id for one in participations} - {None}
    found: dict[tuple[str, int], int] = {}
    rows = Population.objects.filter(Q(municipality__in=places) | Q(organisation__in=joint)).order_by("counted_on")
    for place, body, counted_on, count in rows.values_list(
        "municipality", "organisation", "counted_on", "inhabitants_count"
    ):
        key = ("municipality", place) if place else ("organisation", body)
        if counted_on <= day or key not in found:
            found[key] = count
    return found


def _applied_themes(participations: list[Participation]) -> dict[int, set[str]]:
    """Participant → the themes it applied with, of those that were admitted by an application. One query."""
    found: dict[int, set[str]] = {}
    rows = Applicant.objects.filter(participation__in=[one.pk for one in participations])
    for pk, themes in rows.values_list("participation", "application__themes"):
        found.setdefault(pk, set()).update(one for one in themes if isinstance(one, str))
    return found


def _row(one: Participation, own: Traits, other: Traits) -> AlikeRow:
    kinds = dict(Organisation.Kind.choices)
    shared = sorted(own.themes & other.themes - {"other_themes"}, key=theme_label)
    reasons = [Reason(_("theme: %(theme)s") % {"theme": theme_label(theme)}, THEME) for theme in shared]
    talked = sorted(
        (own.topics | own.themes) & (other.topics | other.themes) - set(shared) - {"other_themes"}, key=theme_label
    )
    reasons += [Reason(_("topic of a visit: %(theme)s") % {"theme": theme_label(topic)}, TOPIC) for topic in talked]
    shares_size = bool(own.size) and own.size == other.size
    if shares_size:
        reasons.append(Reason(size_labels()[own.size], SIZE))
    if own.kind == other.kind != "municipality":
        reasons.append(Reason(_("the same kind: %(kind)s") % {"kind": kinds[own.kind]}, KIND))
    names = sorted((time.network.name for time in one.times), key=alphabetical)
    return AlikeRow(one, tuple(reasons), ", ".join(names), shares_size, own.themes & other.themes | set(talked))
