"""Feeds: what each reader's calendar holds, and how it hears of what is moved or cancelled."""

from datetime import timedelta

import pytest
from django.urls import reverse

from gatherings.actions.feeds import own_feed, renew_feed
from gatherings.actions.gatherings import change_gathering, change_state
from tests.factories import CohortFactory, person
from tests.gatherings.worlds import a_gathering, a_registration, world

pytestmark = pytest.mark.django_db


def public(client, programme) -> str:
    return client.get(reverse("gatherings:feed", args=[programme.slug])).text


def personal(client, user) -> str:
    return client.get(reverse("gatherings:personal_feed", args=[own_feed(user).token])).text


def test_the_public_calendar_has_what_is_announced_under_a_lasting_identifier(client):
    here = world()
    a_gathering(here.programme, state="draft", title={"nb": "Hemmelig"})
    text = public(client, here.programme)
    assert f"UID:{here.gathering.uid}\r\n" in text
    assert "Hemmelig" not in text


def test_a_moved_gathering_keeps_its_identifier_and_its_sequence_grows(client):
    here = world()
    values = {"starts_on": here.gathering.starts_on + timedelta(days=3)}
    values["ends_on"] = values["starts_on"]
    change_gathering(here.gathering, values=values, cohorts=[], networks=[], version=0, by=here.adviser)
    text = public(client, here.programme)
    assert f"UID:{here.gathering.uid}\r\nSEQUENCE:1\r\n" in text
    assert f"DTSTART;VALUE=DATE:{values['starts_on']:%Y%m%d}" in text


def test_a_cancelled_one_stays_and_says_so(client):
    here = world()
    change_state(here.gathering, "cancel", by=here.adviser)
    assert f"UID:{here.gathering.uid}\r\nSEQUENCE:1\r\n" in public(client, here.programme)
    assert "STATUS:CANCELLED" in public(client, here.programme)


def test_one_taken_back_to_a_draft_leaves_calendars_as_cancelled(client):
    here = world(state="draft")
    assert "BEGIN:VEVENT" not in public(client, here.programme)
    change_state(here.gathering, "announce", by=here.adviser)
    assert "STATUS:CONFIRMED" in public(client, here.programme)
    change_state(here.gathering, "take_back", by=here.adviser)
    assert "STATUS:CANCELLED" in public(client, here.programme)


def test_ones_own_calendar_has_what_is_for_ones_municipality_or_network_and_what_one_goes_to(client):
    here = world(is_for_all=False, title={"nb": "For nettverket"})
    here.gathering.networks.add(here.network)
    other = a_gathering(here.programme, is_for_all=False, title={"nb": "For andre"})
    other.cohorts.add(CohortFactory(programme=here.programme))
    for user in (here.leader, here.network_leader):
        text = personal(client, user)
        assert ("For nettverket" in text, "For andre" in text) == (True, False)
    assert "For andre" in personal(client, here.adviser)
    guest = person()
    a_registration(other, None, user=guest)
    text = personal(client, guest)
    assert ("For nettverket" in text, "For andre" in text) == (False, True)


def test_a_renewed_address_closes_the_old_one_and_so_does_a_closed_account(client):
    here = world()
    old = own_feed(here.leader).token
    new = renew_feed(here.leader).token
    address = [reverse("gatherings:personal_feed", args=[token]) for token in (old, new)]
    assert [client.get(one).status_code for one in address] == [404, 200]
    here.leader.is_active = False
    here.leader.save()
    assert client.get(address[1]).status_code == 404
