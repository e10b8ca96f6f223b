"""The frame shows each reader the ways that are theirs."""

import pytest
from django.urls import reverse

from tests.factories import MunicipalityFactory, ParticipationFactory, ProgrammeFactory, person, steering_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def programmes():
    return [ProgrammeFactory(short_name="Eldst"), ProgrammeFactory(short_name="Nyest", starts_on="2008-01-01")]


def frame_of(client, user=None, url="/help/"):
    if user:
        client.force_login(user)
    return client.get(url).context["frame"]


@pytest.mark.parametrize(
    ("role", "sections"),
    [
        (None, ["Oversikt", "Samlinger", "Rapporter"]),
        ("steering_member", ["Oversikt", "Samlinger", "Rapporter"]),
        ("project_leader", ["Oversikt", "Kommuner", "Nettverk", "Samlinger", "Sykefravær", "Rapporter"]),
        ("adviser", ["Oversikt", "Kommuner", "Nettverk", "Samlinger", "Sykefravær", "Rapporter"]),
    ],
)
def test_a_reader_is_shown_the_sections_of_their_roles(client, programmes, role, sections):
    frame = frame_of(client, person(role))
    assert [str(one.label) for one in frame.sections] == sections


@pytest.mark.parametrize(
    ("role", "is_led"),
    [(None, False), ("steering_member", False), ("project_leader", True), ("network_leader", True), ("adviser", True)],
)
def test_those_whose_work_comes_to_them_here_are_led_to_what_waits(client, programmes, role, is_led):
    client.force_login(person(role))
    assert ("Venter på deg" in client.get("/help/").content.decode()) is is_led
    front = client.get(reverse("home")).content.decode()
    assert ('href="/#waiting"' in front) is ('id="waiting"' in front) is is_led


def test_every_section_leads_somewhere(client, programmes):
    frame = frame_of(client, person("administrator"))
    for link in [*frame.sections, *frame.own_pages]:
        assert client.get(link.url).status_code == 200, link.url


def test_without_programmes_there_are_no_sections(client):
    frame = frame_of(client, person("adviser"))
    assert (frame.programme, frame.sections) == (None, [])


def test_the_newest_programme_comes_first_when_nothing_else_speaks(client, programmes):
    assert frame_of(client).programme == programmes[1]


def test_the_programme_one_takes_part_in_comes_before_a_newer(client, programmes):
    own = MunicipalityFactory()
    ParticipationFactory(programme=programmes[0], municipality=own)
    assert frame_of(client, person("project_leader", municipality=own)).programme == programmes[0]


def test_the_programme_one_steers_comes_before_a_newer(client, programmes):
    assert frame_of(client, steering_member(programmes[0])).programme == programmes[0]


def test_the_programme_looked_at_last_is_remembered(client, programmes):
    client.force_login(person("adviser"))
    client.get(reverse("programmes:programme", args=[programmes[0].slug]))
    assert client.get("/help/").context["frame"].programme == programmes[0]


def test_a_hidden_programme_stands_in_nobodys_switcher_but_the_secretariats(client, programmes):
    hidden = ProgrammeFactory(is_public=False, short_name="Skjult")
    assert hidden not in frame_of(client, person("project_leader")).programmes
    assert hidden in frame_of(client, person("adviser")).programmes


def test_colours_are_chosen_and_kept_in_the_browser(client):
    response = client.post(reverse("set_appearance"), {"scheme": "dark", "next": "/help/"}, follow=True)
    assert 'data-color-scheme="dark"' in response.content.decode()
    assert response.redirect_chain == [("/help/", 302)]


def test_an_unknown_colour_scheme_is_not_kept(client):
    client.post(reverse("set_appearance"), {"scheme": '"><script>'})
    client.cookies["scheme"] = "javascript"
    assert 'data-color-scheme="auto"' in client.get("/help/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(client, elsewhere):
    for url in (reverse("set_appearance"), reverse("set_language")):
        assert client.post(url, {"next": elsewhere}).url == "/"


def test_the_search_key_can_be_switched_off(client):
    client.force_login(person("adviser"))
    assert "aria-keyshortcuts" in client.get("/help/").content.decode()
    client.post(reverse("set_appearance"), {"shortcut": "off"})
    assert "aria-keyshortcuts" not in client.get("/help/").content.decode()


@pytest.mark.parametrize(("language", "words"), [("nb", "Hva tallene betyr"), ("nn", "Kva tala tyder"), ("en", "What")])
def test_a_visitor_reads_in_the_language_chosen(client, language, words):
    client.post(reverse("set_language"), {"language": language})
    page = client.get("/help/").content.decode()
    assert f'<html lang="{language}"' in page
    assert words in page


def test_the_language_of_one_with_an_account_is_kept_with_it(client):
    somebody = person("adviser")
    client.force_login(somebody)
    client.post(reverse("set_language"), {"language": "nn"})
    somebody.refresh_from_db()
    assert somebody.language == "nn"


def test_a_language_the_portal_does_not_speak_changes_nothing(client):
    somebody = person("adviser")
    client.force_login(somebody)
    client.post(reverse("set_language"), {"language": "tlh"})
    somebody.refresh_from_db()
    assert somebody.language == "nb"


def test_every_page_forbids_scripts_and_styles_from_elsewhere_and_within(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


def test_every_page_has_the_other_headers_of_a_careful_site(client):
    headers = client.get("/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
