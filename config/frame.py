"""The frame round every page: where one is, where one can go, what waits.

Everything is worked out when a template asks for it, so an answer without a frame costs nothing.
"""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from municipalities.permissions import may
from programmes.models import Programme

SCHEMES = {"auto": _("As the device"), "light": _("Light"), "dark": _("Dark")}
# Each language is called what its own speakers call it.
LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


@dataclass(frozen=True)
class Place:
    """A page that the frame leads to: its name for people, its URL name, who may go there, whose it is."""

    label: object
    url_name: str
    permission: str
    of_programme: bool = False


SECTIONS = (
    Place(_("Overview"), "programmes:programme", "programmes.view", of_programme=True),
    Place(_("Municipalities"), "municipalities:municipalities", "municipalities.view"),
    Place(_("Networks"), "networks:networks", "networks.view", of_programme=True),
    Place(_("Absence"), "absence:overview", "absence.view", of_programme=True),
    Place(_("Reports"), "reporting:editions", "reporting.view"),
)
OWN_PAGES = (
    Place(_("People"), "people:people", "people.view"),
    Place(_("Jobs"), "jobs:jobs", "jobs.view"),
    Place(_("Audit trail"), "people:audit_trail", "audit.view"),
)


@dataclass(frozen=True)
class Link:
    label: object
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class ProgrammeLink:
    slug: str
    name: str
    short_name: str
    years: str
    url: str
    is_current: bool


class Frame:
    languages = tuple(LANGUAGE_NAMES.items())
    schemes = tuple(SCHEMES.items())
    debug = settings.DEBUG

    def __init__(self, request):
        self.request = request
        # A request that was refused before it was known whose it is still gets a page.
        self.user = getattr(request, "user", None) or AnonymousUser()

    @property
    def scheme(self) -> str:
        chosen = self.request.COOKIES.get("scheme", "auto")
        return chosen if chosen in SCHEMES else "auto"

    @property
    def language_name(self) -> str:
        return LANGUAGE_NAMES.get((get_language() or "nb")[:2], "Bokmål")

    @cached_property
    def programmes(self) -> list[ProgrammeLink]:
        found = list(Programme.objects.visible_to(self.user))
        current = current_programme(self.request, [one.slug for one in found])
        return [
            ProgrammeLink(
                one.slug,
                one.name,
                one.short_name,
                f"{one.starts_on.year}–{one.ends_on.year}",
                address("programmes:programme", one.slug),
                one.slug == current,
            )
            for one in found
        ]

    @cached_property
    def programme(self) -> ProgrammeLink | None:
        return next((one for one in self.programmes if one.is_current), None)

    @cached_property
    def sections(self) -> list[Link]:
        return self._links(SECTIONS) if self.programme else []

    @cached_property
    def own_pages(self) -> list[Link]:
        return self._links(OWN_PAGES)

    def _links(self, places) -> list[Link]:
        here = self.request.resolver_match.namespace if self.request.resolver_match else ""
        links = []
        for place in places:
            if may(self.user, place.permission):
                url = address(place.url_name, self.programme.slug if place.of_programme else None)
                links.append(Link(place.label, url, place.url_name.partition(":")[0] == here))
        return [link for link in links if link.url]


def current_programme(request, slugs: list[str]) -> str | None:
    """The programme of the address, else the one looked at last, else the newest."""
    chosen = getattr(request, "programme_slug", None)
    return chosen if chosen in slugs else next(reversed(slugs), None)


def address(name: str, slug: str | None = None) -> str:
    try:
        return reverse(name, args=[slug] if slug else [])
    except NoReverseMatch:
        return ""
