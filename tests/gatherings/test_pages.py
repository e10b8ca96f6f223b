"""The pages of the gatherings: what they show, to whom, and at a constant number of queries."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from gatherings.links import own_path
from gatherings.models import Gathering, Material, Registration, Session, SessionChoice
from tests.counting import queries_of
from tests.factories import MunicipalityFactory, person
from tests.gatherings.worlds import a_gathering, a_registration, another_participant, world

pytestmark = pytest.mark.django_db


def url(name: str, gathering: Gathering, *more) -> str:
    return reverse(f"gatherings:{name}", args=[gathering.programme.slug, gathering.slug, *more])


def people_form(*rows: dict, **more) -> dict:
    data = {"people-TOTAL_FORMS": len(rows), "people-INITIAL_FORMS": 0, **more}
    for at, row in enumerate(rows):
        data |= {f"people-{at}-{name}": value for name, value in row.items()}
    return data


KARI = {"name": "Kari Nordmann", "email": "kari@example.no", "delegate": "unions", "needs": "vegetar"}
EMPTY = {"name": "", "email": "", "delegate": "management", "needs": ""}


def test_the_public_sees_what_is_announced_and_no_draft(client):
    here = world()
    draft = a_gathering(here.programme, state="draft", title={"nb": "Hemmelig"})
    page = client.get(reverse("gatherings:gatherings", args=[here.programme.slug]))
    assert "Samling 1" in page.text
    assert "Hemmelig" not in page.text
    assert client.get(url("gathering", draft)).status_code == 404
    client.force_login(here.adviser)
    assert client.get(url("gathering", draft)).status_code == 200


def test_the_filters_stand_in_the_address_and_go_along_into_the_file(client):
    here = world()
    a_gathering(here.programme, kind="theme_day", title={"nb": "Temadag om nærvær"})
    client.force_login(here.adviser)
    address = reverse("gatherings:gatherings_export", args=[here.programme.slug, "csv"])
    assert "Samling 1" not in client.get(address, {"kind": "theme_day"}).text
    assert "Temadag" in client.get(address, {"kind": "theme_day"}).text
    assert "Temadag" not in client.get(address, {"q": "samling"}).text


def test_a_project_leader_registers_in_the_browser(client):
    here = world()
    client.force_login(here.leader)
    start = client.get(url("register", here.gathering))
    assert start.url == url("register_people", here.gathering, "mandal")
    page = client.get(start.url)
    assert page.text.count('name="people-') > 4 * 7
    answer = client.post(start.url, people_form(KARI, EMPTY))
    assert answer.url == here.gathering.get_absolute_url()
    assert [one.name for one in Registration.objects.all()] == ["Kari Nordmann"]


def test_while_registering_it_shows_who_is_paid_and_who_is_missing(client):
    here = world()
    client.force_login(here.leader)
    rows = [KARI | {"name": f"P{n}"} for n in range(3)]
    shown = client.post(url("register_preview", here.gathering, "mandal"), people_form(*rows, EMPTY)).text
    assert shown.count("betales av programmet") == 2
    assert shown.count("betaler selv") == 1
    assert "2 folkevalgte" in shown
    assert Registration.objects.count() == 0


def parallel(gathering: Gathering, **values) -> Session:
    times = {"kind": "parallel", "held_on": gathering.starts_on, "starts_time": "10:00", "title": {"nb": "Nærvær"}}
    return Session.objects.create(gathering=gathering, **times | values)


def test_the_choices_of_a_session_tell_how_many_places_are_left(client):
    here = world()
    sessions = [parallel(here.gathering, capacity=places, title={"nb": f"Økt {places}"}) for places in (None, 1, 2, 3)]
    for one in sessions[:2]:
        SessionChoice.objects.create(session=one, registration=a_registration(here.gathering, here.participation))
    client.force_login(here.leader)
    page = client.get(url("register_people", here.gathering, "mandal")).text
    for said in (">Økt None<", ">Økt 1 (full)<", ">Økt 2 (2 plasser igjen)<", ">Økt 3 (3 plasser igjen)<"):
        assert said in page


def test_a_full_session_is_told_at_the_person_and_the_choice_it_is_full_for(client):
    here = world()
    session = parallel(here.gathering, capacity=1)
    slot = f"slot-{session.held_on:%Y%m%d}-1000"
    rows = [KARI | {"name": name, "email": f"{name}@a.no", slot: session.pk} for name in ("Anne", "Berit")]
    client.force_login(here.leader)
    page = client.post(url("register_people", here.gathering, "mandal"), people_form(*rows))
    assert [list(form.errors) for form in page.context["rows"]] == [[], [slot]]
    assert "er full, så det er ikke plass til Berit. Velg en annen økt." in page.text
    assert f"#id_people-1-{slot}" in page.text
    assert Registration.objects.count() == 0


def test_whom_the_programme_also_pays_for_is_told_only_where_somebody_comes(client):
    here = world()
    client.force_login(here.leader)
    assert "Programmet betaler også for" not in client.get(here.gathering.get_absolute_url()).text
    a_registration(here.gathering, here.participation)
    assert "Programmet betaler også for" in client.get(here.gathering.get_absolute_url()).text


def test_one_more_row_keeps_what_is_written(client):
    here = world()
    client.force_login(here.leader)
    page = client.post(url("register_people", here.gathering, "mandal"), people_form(KARI, more="1"))
    assert 'value="Kari Nordmann"' in page.text
    assert "people-1-name" in page.text
    assert Registration.objects.count() == 0


def test_a_person_without_an_address_is_asked_for_one_and_nobody_is_registered(client):
    here = world()
    client.force_login(here.leader)
    page = client.post(url("register_people", here.gathering, "mandal"), people_form(KARI, KARI | {"email": "x"}))
    assert page.status_code == 200
    assert "people-1-email" in page.text
    assert Registration.objects.count() == 0


def test_a_project_leader_meets_only_the_people_of_the_own_municipality(client):
    here = world()
    other, stranger = another_participant(here.cohort)
    theirs = a_registration(here.gathering, other, name="Fremmed Person")
    client.force_login(here.leader)
    assert "Fremmed Person" not in client.get(url("gathering", here.gathering)).text
    assert client.get(url("registration", here.gathering, theirs.pk)).status_code == 404
    assert client.post(url("cancel", here.gathering, theirs.pk)).status_code == 404
    assert client.get(url("register_people", here.gathering, other.slug)).status_code == 404
    assert client.get(url("registrations", here.gathering)).status_code == 403
    client.force_login(stranger)
    assert client.post(url("cancel", here.gathering, theirs.pk)).status_code == 302
    theirs.refresh_from_db()
    assert theirs.state == "cancelled"


def test_the_address_in_the_e_mail_opens_and_cancels_ones_own_registration_without_an_account(client):
    here = world()
    one = a_registration(here.gathering, here.participation)
    path = own_path(one)
    assert one.name in client.get(path).text
    client.post(path + "cancel/")
    one.refresh_from_db()
    assert one.state == "cancelled"
    assert client.get(reverse("gatherings:own_registration", args=[f"{one.pk}:guessed"])).status_code == 404


def test_a_network_leader_takes_attendance_at_the_own_networks_gatherings_only(client):
    here = world(is_for_all=False)
    here.gathering.networks.add(here.network)
    one = a_registration(here.gathering, here.participation)
    elsewhere = a_gathering(here.programme)
    client.force_login(here.network_leader)
    assert one.name in client.get(url("door", here.gathering)).text
    shown = client.post(url("let_in", here.gathering, one.pk)).text
    assert "1 av 1" in shown
    assert client.get(url("door", elsewhere)).status_code == 404
    client.force_login(here.leader)
    assert client.get(url("door", here.gathering)).status_code == 403


def test_the_door_finds_people_by_the_beginning_of_names_by_municipality_and_by_code(client):
    here = world()
    one = a_registration(here.gathering, here.participation, name="Åse Bjørk-Hansen")
    a_registration(here.gathering, None, name="Gunnar Gjest")
    client.force_login(here.adviser)
    for words in ("åse", "hansen bj", "mandal", one.code.lower()):
        found = client.get(url("door_list", here.gathering), {"q": words}).text
        assert ("Åse" in found, "Gunnar" in found) == (True, False), words


def test_materials_for_those_who_come_are_not_for_strangers(client):
    here = world()
    Material.objects.create(gathering=here.gathering, title="Åpent", url="https://example.no/a", is_public=True)
    closed = Material.objects.create(gathering=here.gathering, title="Lukket", url="https://example.no/b")
    assert "Lukket" not in client.get(url("gathering", here.gathering)).text
    assert client.get(url("material", here.gathering, closed.pk)).status_code == 404
    a_registration(here.gathering, here.participation)
    client.force_login(here.leader)
    assert client.get(url("material", here.gathering, closed.pk)).url == "https://example.no/b"


def test_of_two_editors_the_second_is_told(client):
    here = world()
    client.force_login(here.adviser)
    page = client.get(url("edit", here.gathering))
    form = page.context["form"]
    data = {name: form[name].value() for name in form.fields}
    data |= {"title_nb": "Min", "is_for_all": "on"}
    data = {name: value for name, value in data.items() if value is not None and value is not False}
    for name, value in list(data.items()):
        if hasattr(value, "isoformat"):
            widget = form.fields[name].widget
            data[name] = widget.format_value(value)
    assert client.post(url("edit", here.gathering), data).status_code == 302
    second = client.post(url("edit", here.gathering), data | {"title_nb": "Din"})
    assert second.status_code == 200
    assert Gathering.objects.get(pk=here.gathering.pk).title == {"nb": "Min"}


def test_a_copy_takes_programme_and_rule_along_but_nobody_who_came(client):
    here = world(capacity=40)
    a_registration(here.gathering, here.participation)
    Session.objects.create(
        gathering=here.gathering, held_on=here.gathering.ends_on, starts_time="09:00", title={"nb": "Dag to"}
    ).speakers.create(name="Foredragsholder")
    client.force_login(here.adviser)
    client.post(url("copy", here.gathering), {"title_nb": "Ny samling", "starts_on": "2031-02-03"})
    copy = Gathering.objects.get(title={"nb": "Ny samling"})
    assert (copy.state, copy.capacity, copy.quota, copy.sequence) == ("draft", 40, here.gathering.quota, 0)
    assert copy.uid != here.gathering.uid
    assert copy.sessions.get().held_on.isoformat() == "2031-02-04"
    assert copy.sessions.get().speakers.get().name == "Foredragsholder"
    assert copy.registrations.count() == 0


def test_an_announced_gathering_tells_when_registration_opens(client):
    here = world(state="announced", registration_opens_at=None, registration_closes_at=None)
    client.force_login(here.leader)
    assert "Påmeldingen er ikke åpnet ennå." in client.get(url("gathering", here.gathering)).text
    Gathering.objects.update(registration_opens_at=datetime(2040, 5, 2, 8, tzinfo=UTC))
    page = client.get(url("gathering", here.gathering)).text
    assert "2. mai 2040" in page
    assert "ikke åpnet" not in page


def test_who_edits_sees_what_in_the_programme_lies_outside_the_days(client):
    here = world(state="announced")
    Session.objects.create(
        gathering=here.gathering, held_on=here.gathering.ends_on, starts_time="09:00", title={"nb": "Dag to"}
    )
    client.force_login(here.adviser)
    assert "utenfor dagene" not in client.get(url("gathering", here.gathering)).text
    Gathering.objects.update(ends_on=here.gathering.starts_on)
    Session.objects.update(held_on=here.gathering.starts_on + timedelta(days=1))
    for name in ("gathering", "sessions"):
        assert "utenfor dagene samlingen varer" in client.get(url(name, here.gathering)).text
    client.force_login(here.leader)
    assert "utenfor dagene" not in client.get(url("gathering", here.gathering)).text


LISTS = ["gatherings", "registrations", "gathering", "door", "costs"]


@pytest.mark.parametrize("name", LISTS)
def test_three_rows_cost_as_many_queries_as_one(name):
    here = world()
    a_registration(here.gathering, here.participation)
    here.gathering.networks.add(here.network)
    names = {"gatherings": [here.programme.slug], "costs": [here.programme.slug]}
    address = reverse(f"gatherings:{name}", args=names.get(name, [here.programme.slug, here.gathering.slug]))
    one = queries_of(here.adviser, address)
    for _n in range(2):
        other, _leader = another_participant(here.cohort, f"Kommune {_n}")
        a_registration(here.gathering, other)
        more = a_gathering(here.programme)
        more.networks.add(here.network)
        more.cohorts.add(here.cohort)
        a_registration(more, other)
    assert queries_of(here.adviser, address) == one


def test_a_stranger_to_a_hidden_programme_finds_none_of_its_gatherings(client):
    here = world()
    here.programme.is_public = False
    here.programme.save()
    client.force_login(person())
    for address in (url("gathering", here.gathering), url("gathering_calendar", here.gathering)):
        assert client.get(address).status_code == 404


def new_gathering(client, here, **values) -> Gathering:
    data = {"title_nb": "Ny", "starts_on": "2027-01-10", "ends_on": "2027-01-11", "is_for_all": "on", "support_nok": 0}
    data |= {"kind": "conference", "rule": "seven", "paid_per_participant": 7} | values
    client.force_login(here.adviser)
    answer = client.post(reverse("gatherings:new", args=[here.programme.slug]), data)
    assert answer.status_code == 302, answer.context["form"].errors
    return Gathering.objects.latest("pk")


@pytest.mark.parametrize(
    ("kind", "paid", "parties"),
    [("conference", 4, 0), ("quality_conference", 4, 0), ("absence_conference", 0, 0), ("theme_day", 7, 4)],
)
def test_a_new_gathering_is_paid_as_its_kind_is_where_nothing_else_is_written(client, kind, paid, parties):
    made = new_gathering(client, world(), kind=kind)
    assert (made.paid_per_participant, len(made.quota)) == (paid, parties)


def test_what_is_written_of_the_paid_places_stands(client):
    here = world()
    assert new_gathering(client, here, paid_per_participant=5).paid_per_participant == 5
    assert "Sju ved samlinger" in client.get(reverse("gatherings:new", args=[here.programme.slug])).text


def test_days_are_written_together_and_a_price_with_its_thousands(client):
    here = world()
    one = a_gathering(here.programme, starts_on=date(2027, 1, 10), self_cost_nok=2400)
    page = client.get(url("gathering", one)).text
    assert "10.–11. januar 2027" in page
    assert "2\xa0400 kroner" in page


def test_a_project_leader_is_told_of_the_receipt_in_norwegian(client):
    here = world()
    client.force_login(here.leader)
    page = client.post(url("register_people", here.gathering, here.participation.slug), people_form(KARI), follow=True)
    assert "Du får en kvittering på e-post." in page.text


def test_ones_own_calendar_address_is_on_the_host_one_reads_at(client):
    here = world()
    client.force_login(here.leader)
    page = client.get(reverse("gatherings:own_calendar"), headers={"host": "testserver"}).text
    assert "http://testserver/" in page
    assert "localhost" not in page


def test_the_place_is_chosen_by_name_among_municipalities_of_today_and_of_the_programmes_years(client):
    here, place = world(), MunicipalityFactory(name="Bodø", number="1804")
    MunicipalityFactory(name="Gammelby", number="0199", valid_to=here.programme.starts_on - timedelta(days=1))
    then = MunicipalityFactory(name="Ringerike", number="0605", valid_to=here.programme.starts_on + timedelta(days=1))
    client.force_login(here.adviser)
    page = client.get(reverse("gatherings:new", args=[here.programme.slug])).text
    assert "Bodø (1804)" in page
    assert f"Ringerike (0605, til {then.valid_to.year})" in page
    assert "Gammelby" not in page
    assert new_gathering(client, here, place_municipality=place.pk).place_municipality == place
