"""What reports print of gatherings: counted, listed, crossed with themes, and what was covered."""

from datetime import date

import pytest

from config.demo.gatherings import load_gatherings
from config.demo.programmes import load_programmes
from config.demo.register_records import load_register
from gatherings.models import Gathering, StatedGatheringCount
from gatherings.queries.costs import costs
from gatherings.queries.counts import gathering_counts, gathering_list, stated_attendances, themes_by_gathering
from programmes.models import Programme
from tests.gatherings.worlds import a_gathering, a_registration, world

pytestmark = pytest.mark.django_db


def held(here, **values):
    return a_gathering(here.programme, **({"state": "held", "is_for_all": False} | values))


def test_a_gathering_for_two_cohorts_counts_under_both_and_once_in_all():
    here = world(state="draft")
    one = held(here)
    other = here.programme.cohorts.create(slug="pulje-x", name="Pulje X")
    one.cohorts.set([here.cohort, other])
    found = gathering_counts(here.programme)
    counts = [found.of("central_network", slug).count for slug in (here.cohort.slug, "pulje-x", "all")]
    assert counts == [1, 1, 1]
    assert found.total == 1


def test_a_stated_count_that_differs_stands_beside_the_counted_one():
    here = world(state="draft")
    held(here, kind="local_network").cohorts.add(here.cohort)
    for count, count_to in ((2, None), (1, 2)):
        StatedGatheringCount.objects.create(
            programme=here.programme,
            cohort=here.cohort,
            item="local",
            kind="local_network",
            count=count,
            count_to=count_to,
            qualifier="exact",
            source="Rapporten",
        )
    found = gathering_counts(here.programme).of("local_network", here.cohort.slug)
    assert (found.count, [one.number for one in found.stated], found.differs) == (1, ["2", "1–2"], True)


def test_the_list_is_in_order_of_time_and_of_a_year_when_asked():
    here = world(state="draft")
    for day in (date(2009, 5, 1), date(2008, 5, 1), date(2009, 1, 1)):
        held(here, starts_on=day, ends_on=day)
    years = [row.gathering.starts_on.year for row in gathering_list(here.programme)]
    assert years == [2008, 2009, 2009]
    assert len(gathering_list(here.programme, year=2009)) == 2
    assert len(gathering_list(here.programme, until=date(2009, 1, 31))) == 2


def test_themes_are_crossed_with_the_gatherings_that_took_them_up():
    here = world(state="draft")
    held(here, themes=["nærvær", "ledelse"], starts_on=date(2009, 1, 1), ends_on=date(2009, 1, 1))
    held(here, themes=["ledelse"], starts_on=date(2009, 2, 1), ends_on=date(2009, 2, 1))
    themes, rows = themes_by_gathering(here.programme)
    assert themes == ["ledelse", "nærvær"]
    assert [marks for _one, marks in rows] == [[True, True], [True, False]]


def test_covered_are_the_paid_and_the_support_of_each_municipality():
    here = world(support_nok=20_000)
    for kind in ("unions", "unions", "unions"):
        a_registration(here.gathering, here.participation, delegate=kind)
    a_registration(here.gathering, None)
    (year,) = costs(here.programme)
    (row,) = year.rows
    assert (row.paid, row.self_paying, row.participants, row.support_nok) == (2, 1, 1, 20_000)


def test_what_the_municipalities_pay_themselves_is_not_covered():
    here = world(support_nok=20_000, is_paid_by_municipalities=True)
    a_registration(here.gathering, here.participation, delegate="unions")
    (row,) = costs(here.programme)[0].rows
    assert (row.paid, row.self_paying, row.support_nok) == (0, 1, 0)


def test_without_registrations_the_support_is_that_of_the_networks_members_and_the_paid_are_unknown():
    here = world(support_nok=20_000, is_for_all=False)
    here.gathering.networks.add(here.network)
    (row,) = costs(here.programme)[0].rows
    assert (row.paid, row.participants, row.from_network, row.support_nok) == (None, 1, True, 20_000)
    here.gathering.networks.clear()
    (row,) = costs(here.programme)[0].rows
    assert (row.participants, row.support_nok) == (None, None)


def test_the_demo_has_the_gatherings_of_the_sources_and_the_counts_that_contradict_them():
    load_register()
    load_programmes()
    load_gatherings()
    load_gatherings()
    programme = Programme.objects.get(slug="kvalitetskommuner")
    found = gathering_counts(programme)
    assert found.total == programme.gatherings.count() == 67
    local = found.of("local_network")
    assert (local.count, [one.number for one in local.stated]) == (30, ["36"])
    assert [found.of("local_network", slug).count for slug, _name in found.cohorts] == [0, 3, 7, 12, 8]
    (generated,) = Gathering.objects.filter(is_generated=True)
    assert generated.programme.slug == "saman-om"
    conferences = {one.name: one.participants_count for one in stated_attendances(programme)}
    assert conferences["Kvalitetskonferansen 2009"] == 800
