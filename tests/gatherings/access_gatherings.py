"""Who gets in where among the gatherings: rows of ``tests/access_table.py``, and the records they are tried on."""

from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.urls import reverse

from gatherings.links import own_path
from gatherings.models import CalendarFeed, Gathering, GatheringMail, GatheringPaper, Material, Registration, Session
from municipalities.models import Municipality, User
from networks.models import Network
from programmes.models import Programme
from tests.gatherings.worlds import a_gathering, a_registration

TABLE = """
                                              anonymous public project network steering adviser administrator
GET  gatherings:gatherings                    yes       yes    yes     yes     yes      yes     yes
GET  gatherings:gatherings/hidden             404       404    404     404     yes      yes     yes
GET  gatherings:gatherings_export             yes       yes    yes     yes     yes      yes     yes
GET  gatherings:gatherings_export/hidden      404       404    404     404     yes      yes     yes
GET  gatherings:feed                          yes       yes    yes     yes     yes      yes     yes
GET  gatherings:feed/hidden                   404       404    404     404     yes      yes     yes
GET  gatherings:personal_feed                 yes       yes    yes     yes     yes      yes     yes
GET  gatherings:personal_feed/guessed         404       404    404     404     404      404     404
GET  gatherings:own_calendar                  in        yes    yes     yes     yes      yes     yes
POST gatherings:renew_own_calendar            in        yes    yes     yes     yes      yes     yes
GET  gatherings:gathering                     yes       yes    yes     yes     yes      yes     yes
GET  gatherings:gathering/draft               404       404    404     404     404      yes     yes
GET  gatherings:gathering/hidden              404       404    404     404     yes      yes     yes
GET  gatherings:gathering_calendar            yes       yes    yes     yes     yes      yes     yes
GET  gatherings:gathering_calendar/draft      404       404    404     404     404      404     404
GET  gatherings:new                           in        403    403     403     403      yes     yes
GET  gatherings:edit                          in        403    403     403     403      yes     yes
GET  gatherings:copy                          in        403    403     403     403      yes     yes
POST gatherings:change_state                  in        403    403     403     403      yes     yes
GET  gatherings:sessions                      in        403    403     403     403      yes     yes
GET  gatherings:session                       in        403    403     403     403      yes     yes
POST gatherings:remove_session                in        403    403     403     403      yes     yes
GET  gatherings:materials                     in        403    403     403     403      yes     yes
GET  gatherings:material                      yes       yes    yes     yes     yes      yes     yes
GET  gatherings:material/closed               404       404    yes     yes     404      yes     yes
POST gatherings:remove_material               in        403    403     403     403      yes     yes
GET  gatherings:costs                         in        403    403     403     403      yes     yes
GET  gatherings:costs_export                  in        403    403     403     403      yes     yes
GET  gatherings:register                      in        403    yes     403     403      yes     yes
GET  gatherings:register/draft                in        403    404     403     403      yes     yes
GET  gatherings:register_people               in        403    yes     403     403      yes     yes
GET  gatherings:register_people/stranger      in        403    404     403     403      yes     yes
GET  gatherings:register_people/guests        in        403    404     403     403      yes     yes
POST gatherings:register_preview              in        403    yes     403     403      yes     yes
POST gatherings:register_preview/stranger     in        403    404     403     403      yes     yes
GET  gatherings:registrations                 in        403    403     403     403      yes     yes
GET  gatherings:registrations_export          in        403    403     403     403      yes     yes
GET  gatherings:registration                  in        403    yes     403     403      yes     yes
GET  gatherings:registration/stranger         in        403    404     403     403      yes     yes
POST gatherings:cancel                        in        403    yes     403     403      yes     yes
POST gatherings:cancel/stranger               in        403    404     403     403      yes     yes
GET  gatherings:own_registration              yes       yes    yes     yes     yes      yes     yes
GET  gatherings:own_registration/guessed      404       404    404     404     404      404     404
POST gatherings:cancel_own                    yes       yes    yes     yes     yes      yes     yes
POST gatherings:cancel_own/guessed            404       404    404     404     404      404     404
GET  gatherings:door                          in        403    403     yes     403      yes     yes
GET  gatherings:door/stranger                 in        403    403     404     403      yes     yes
GET  gatherings:door_list                     in        403    403     yes     403      yes     yes
GET  gatherings:door_list/stranger            in        403    403     404     403      yes     yes
POST gatherings:let_in                        in        403    403     yes     403      yes     yes
POST gatherings:let_in/stranger               in        403    403     404     403      yes     yes
POST gatherings:take_back_entry               in        403    403     yes     403      yes     yes
GET  gatherings:papers                        in        403    403     403     403      yes     yes
POST gatherings:print_paper                   in        403    403     403     403      yes     yes
GET  gatherings:paper                         in        403    403     403     403      yes     yes
GET  gatherings:mails                         in        403    403     403     403      yes     yes
GET  gatherings:mail                          in        403    403     403     403      yes     yes
POST gatherings:send_mail                     in        403    403     403     403      yes     yes
POST gatherings:drop_mail                     in        403    403     403     403      yes     yes
"""


@dataclass
class Gatherings:
    """One gathering for the own network with one's own and a stranger's people, one for the strange network."""

    gathering: Gathering
    strange: Gathering
    draft: Gathering
    hidden: Gathering
    own: Registration
    theirs: Registration
    elsewhere: Registration
    session: Session
    public_material: Material
    closed_material: Material
    paper: GatheringPaper
    mail: GatheringMail
    feed: CalendarFeed


def gatherings_of(
    network: Network, strange_network: Network, hidden: Programme, places: tuple[Municipality, Municipality], user: User
) -> Gatherings:
    programme = network.programme
    own_place, strange_place = (programme.participations.get(municipality=place) for place in places)
    gathering = a_gathering(programme)
    gathering.networks.add(network)
    strange = a_gathering(programme, is_for_all=False)
    strange.networks.add(strange_network)
    paper = GatheringPaper(gathering=gathering, kind="list")
    paper.file.save("list.pdf", ContentFile(b"%PDF-"))
    first = gathering.starts_on
    return Gatherings(
        gathering,
        strange,
        a_gathering(programme, state="draft"),
        a_gathering(hidden),
        a_registration(gathering, own_place),
        a_registration(gathering, strange_place),
        a_registration(strange, strange_place),
        Session.objects.create(gathering=gathering, held_on=first, starts_time="10:00", title={"nb": "Velkommen"}),
        Material.objects.create(gathering=gathering, title="Åpent", url="https://example.no/a", is_public=True),
        Material.objects.create(gathering=gathering, title="Lukket", url="https://example.no/b"),
        paper,
        GatheringMail.objects.create(gathering=gathering, audience="all", subject="Hei", body="Hei"),
        CalendarFeed.objects.create(user=user),
    )


def at(gathering: str, *more):
    """Arguments: the programme, the gathering named, and what ``more`` gives (a fixed value, or a record's name)."""

    def arguments(world) -> list:
        found = getattr(world.gatherings, gathering)
        rest = [getattr(world.gatherings, one[1:]).pk if str(one).startswith(":") else one for one in more]
        return [found.programme.slug, found.slug, *rest]

    return arguments


def participant_at(gathering: str, registration: str):
    def arguments(world) -> list:
        found, one = getattr(world.gatherings, gathering), getattr(world.gatherings, registration)
        return [found.programme.slug, found.slug, one.participation.slug]

    return arguments


def signed(world) -> list:
    """What the e-mail's address ends in."""
    path = own_path(world.gatherings.own)
    return [path.removeprefix(reverse("gatherings:own_registration", args=["x"])[:-2]).rstrip("/")]


def programme(world) -> list:
    return [world.gatherings.gathering.programme.slug]


def hidden(world) -> list:
    return [world.gatherings.hidden.programme.slug]


ARGUMENTS = {
    "gatherings:gatherings": programme,
    "gatherings:gatherings/hidden": hidden,
    "gatherings:gatherings_export": lambda world: [*programme(world), "csv"],
    "gatherings:gatherings_export/hidden": lambda world: [*hidden(world), "csv"],
    "gatherings:feed": programme,
    "gatherings:feed/hidden": hidden,
    "gatherings:personal_feed": lambda world: [world.gatherings.feed.token],
    "gatherings:personal_feed/guessed": lambda world: ["guessed"],
    "gatherings:gathering": at("gathering"),
    "gatherings:gathering/draft": at("draft"),
    "gatherings:gathering/hidden": at("hidden"),
    "gatherings:gathering_calendar": at("gathering"),
    "gatherings:gathering_calendar/draft": at("draft"),
    "gatherings:new": programme,
    "gatherings:edit": at("gathering"),
    "gatherings:copy": at("gathering"),
    "gatherings:change_state": at("gathering", "mark_held"),
    "gatherings:sessions": at("gathering"),
    "gatherings:session": at("gathering", ":session"),
    "gatherings:remove_session": at("gathering", ":session"),
    "gatherings:materials": at("gathering"),
    "gatherings:material": at("gathering", ":public_material"),
    "gatherings:material/closed": at("gathering", ":closed_material"),
    "gatherings:remove_material": at("gathering", ":public_material"),
    "gatherings:costs": programme,
    "gatherings:costs_export": lambda world: [*programme(world), "csv"],
    "gatherings:register": at("gathering"),
    "gatherings:register/draft": at("draft"),
    "gatherings:register_people": participant_at("gathering", "own"),
    "gatherings:register_people/stranger": participant_at("gathering", "theirs"),
    "gatherings:register_people/guests": at("gathering", "guests"),
    "gatherings:register_preview": participant_at("gathering", "own"),
    "gatherings:register_preview/stranger": participant_at("gathering", "theirs"),
    "gatherings:registrations": at("gathering"),
    "gatherings:registrations_export": at("gathering", "csv"),
    "gatherings:registration": at("gathering", ":own"),
    "gatherings:registration/stranger": at("gathering", ":theirs"),
    "gatherings:cancel": at("gathering", ":own"),
    "gatherings:cancel/stranger": at("gathering", ":theirs"),
    "gatherings:own_registration": signed,
    "gatherings:own_registration/guessed": lambda world: ["1:guessed"],
    "gatherings:cancel_own": signed,
    "gatherings:cancel_own/guessed": lambda world: ["1:guessed"],
    "gatherings:door": at("gathering"),
    "gatherings:door/stranger": at("strange"),
    "gatherings:door_list": at("gathering"),
    "gatherings:door_list/stranger": at("strange"),
    "gatherings:let_in": at("gathering", ":own"),
    "gatherings:let_in/stranger": at("strange", ":elsewhere"),
    "gatherings:take_back_entry": at("gathering", ":own"),
    "gatherings:papers": at("gathering"),
    "gatherings:print_paper": at("gathering", "list"),
    "gatherings:paper": at("gathering", ":paper"),
    "gatherings:mails": at("gathering"),
    "gatherings:mail": at("gathering", ":mail"),
    "gatherings:send_mail": at("gathering", ":mail"),
    "gatherings:drop_mail": at("gathering", ":mail"),
}
