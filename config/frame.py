"""The frame round every page: where one is, where one can go, what waits.

Everything is worked out when a template asks for it, so an answer without a frame costs nothing.
"""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from absence.models import Source
from municipalities.permissions import may
from programmes.models import Programme

from .front.programmes import first_choice, programmes_for
from .front.waiting import Waiting, is_worked_with, waiting_count, waiting_for

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
    Place(_("Gatherings"), "gatherings:gatherings", "gatherings.view", of_programme=True),
    Place(_("Absence"), "absence:overview", "absence.view", of_programme=True),
    Place(_("Reports"), "reporting:editions", "programmes.view"),
)
OWN_PAGES = (
    Place(_("Letters and e-mail"), "correspondence:messages", "correspondence.view"),
    Place(_("People"), "people:people", "people.view"),
    Place(_("Background jobs"), "jobs:jobs", "jobs.view"),
    Place(_("Audit trail"), "people:audit_trail", "audit.view"),
)


@dataclass(frozen=True)
class Link:
    label: object
    url: str
    is_current: bool = False


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
    def has_shortcut(self) -> bool:
        """A key of one character must be possible to switch off (WCAG 2.1.4)."""
        return self.request.COOKIES.get("shortcut") != "off"

    @property
    def language_name(self) -> str:
        return LANGUAGE_NAMES.get((get_language() or "nb")[:2], "Bokmål")

    @cached_property
    def programmes(self) -> list[Programme]:
        return programmes_for(self.user)

    @cached_property
    def programme(self) -> Programme | None:
        """The programme of the address, else the one looked at last, else the one that concerns the reader most."""
        chosen = getattr(self.request, "programme_slug", None)
        return next((one for one in self.programmes if one.slug == chosen), first_choice(self.programmes))

    @cached_property
    def waits_url(self) -> str:
        """Where what waits is listed, for those whose work comes to them here."""
        return reverse("home") + "#waiting" if is_worked_with(self.user) else ""

    @cached_property
    def waiting(self) -> list[Waiting]:
        return waiting_for(self.user)

    @cached_property
    def waiting_count(self) -> int:
        return len(self.waiting) if "waiting" in self.__dict__ else waiting_count(self.user)

    @cached_property
    def vintage(self) -> str:
        """Which figures are in use, for those who see figures."""
        newest = self.programmes[0] if self.programmes and may(self.user, "absence.view") else None
        if newest is None or newest.newest_vintage is None:
            return ""
        values = {"source": Source(newest.newest_source).label, "day": date_format(newest.newest_vintage)}
        return _("Figures of absence from %(source)s as of %(day)s") % values

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


def address(name: str, slug: str | None = None) -> str:
    try:
        return reverse(name, args=[slug] if slug else [])
    except NoReverseMatch:
        return ""
