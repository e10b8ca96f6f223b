"""The sections of the secretariat's year: what is counted here stands beside what sources state, and none is lost."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from gatherings.models import Gathering, StatedAttendance, StatedGatheringCount
from networks.models import StatedActivity
from programmes.models import (
    AccountLine,
    AdmissionRound,
    Application,
    Grant,
    Party,
    StaffPeriod,
    StaffPost,
    StatedMeetingCount,
)
from reporting.catalogue import ANNUAL, FINAL
from reporting.scope import Scope
from reporting.section_data import SectionData
from reporting.sections.admission import admission, grants
from reporting.sections.follow_up import courses, visits
from reporting.sections.gatherings import all_gatherings, conferences, gatherings
from reporting.sections.governance import meetings, political_committee
from reporting.sections.resources import accounts, posts
from tests.factories import CohortFactory, ParticipationFactory, ProgrammeFactory, person
from tests.programmes.records_committees import committee_of, item_of, meeting_of, member_of

pytestmark = pytest.mark.django_db
NEW = (admission, grants, courses, visits, all_gatherings, conferences, gatherings, meetings, accounts, posts)


@pytest.fixture(autouse=True)
def _in_bokmaal():
    with override("nb"):
        yield


@pytest.fixture
def programme():
    return ProgrammeFactory()


def scope(programme, year=None) -> Scope:
    return Scope(programme, date(year, 12, 31) if year else programme.ends_on, year)


def printed(data: SectionData, slug: str) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in data.table(slug).display_rows("nb")]


def a_gathering(programme, day: date, kind="local_network", cohort=None, **values) -> Gathering:
    one = Gathering.objects.create(
        programme=programme,
        slug=f"g{Gathering.objects.count()}",
        kind=kind,
        title={"nb": "Samling"},
        starts_on=day,
        ends_on=day,
        **{"state": "held"} | values,
    )
    if cohort:
        one.cohorts.add(cohort)
    return one


@pytest.mark.parametrize("section", NEW, ids=lambda one: one.__name__)
def test_a_programme_without_records_prints_nothing(programme, section):
    assert section(scope(programme, 2008)) == SectionData()
    assert section(scope(programme)) == SectionData()


def test_gatherings_are_counted_by_kind_and_cohort_and_only_those_held(programme):
    cohort = CohortFactory(programme=programme, slug="pulje-1", name="Pulje 1")
    other = CohortFactory(programme=programme, slug="pulje-2", name="Pulje 2")
    both = a_gathering(programme, date(2008, 3, 1), cohort=cohort)
    both.cohorts.add(other)
    a_gathering(programme, date(2009, 3, 1), cohort=cohort)
    a_gathering(programme, date(2008, 5, 1), kind="course")
    a_gathering(programme, date(2008, 6, 1), state="cancelled")

    assert printed(gatherings(scope(programme, 2008)), "gatherings") == [
        ["Lokal nettverkssamling", "1", "1", "1"],
        ["Kurs", "0", "0", "1"],
        ["Sum", "1", "1", "2"],
    ]
    assert gatherings(scope(programme)).facts["held"].value == 3


def test_a_stated_count_that_the_list_contradicts_stands_beside_it_with_a_note(programme):
    a_gathering(programme, date(2008, 3, 1))
    stated = {"programme": programme, "item": "local", "kind": "local_network", "source": "Sluttrapporten"}
    StatedGatheringCount.objects.create(count=36, remark={"nb": "6 + 11 + 11 + 8 = 36."}, **stated)

    data = gatherings(scope(programme))

    row = printed(data, "stated-gatherings")[0]
    assert row == ["Lokal nettverkssamling", "hele programmet", "1", "36", "nei", "Sluttrapporten"]
    assert any("36" in note and "1" in note for note in data.notes)
    assert data.table("stated-gatherings").cell_notes[0].text == "6 + 11 + 11 + 8 = 36."
    assert "stated-gatherings" not in [table.slug for table in gatherings(scope(programme, 2008)).tables]


def test_all_gatherings_stand_in_order_of_time_under_their_year(programme):
    a_gathering(programme, date(2009, 3, 1), place="Bodø")
    a_gathering(programme, date(2008, 9, 1))
    a_gathering(programme, date(2008, 3, 1))

    data = all_gatherings(scope(programme))

    assert [table.slug for table in data.tables] == ["gatherings-2008", "gatherings-2009"]
    assert [row[0] for row in printed(data, "gatherings-2008")] == ["1. mars 2008", "1. september 2008"]
    assert printed(data, "gatherings-2009")[0][4] == "Bodø"


def test_a_conference_prints_what_the_source_says_and_nothing_for_what_it_does_not(programme):
    values = {"programme": programme, "starts_on": date(2008, 11, 26), "ends_on": date(2008, 11, 27), "source": "S"}
    StatedAttendance.objects.create(name="Konferansen", participants_count=500, qualifier="over", **values)
    data = conferences(scope(programme, 2008))
    assert printed(data, "conferences") == [["Konferansen", "26. november 2008", "500", "–", "–"]]
    assert data.table("conferences").cell_notes[0].text == "Kilden sier «over»."
    assert conferences(scope(programme, 2007)) == SectionData()


def test_visits_that_nobody_registered_are_missing_and_not_nought(programme):
    values = {"programme": programme, "key": "municipal_visits", "unit": "visits", "qualifier": "exact", "source": "S"}
    for year, number in ((2007, None), (2008, 140), (2009, 113)):
        first, last = date(year, 1, 1), date(year, 12, 31)
        StatedActivity.objects.create(value=number, period_from=first, period_to=last, **values)

    data = visits(scope(programme, 2008))

    assert printed(data, "visits") == [["2007", "–", "–", "S"], ["2008", "–", "140", "S"]]
    assert data.facts["visits_2008"].value == 140
    assert "visits_2007" not in data.facts
    assert len(visits(scope(programme)).table("visits").rows) == 3


def test_courses_print_the_year_s_stated_numbers(programme):
    values = {"programme": programme, "unit": "courses", "qualifier": "exact", "source": "S", "item": {"nb": "Kurs"}}
    year = {"period_from": date(2008, 1, 1), "period_to": date(2008, 12, 31)}
    StatedActivity.objects.create(key="spc_courses", value=5, **values, **year)
    span = {"period_from": date(2009, 1, 1), "period_to": date(2010, 6, 30)}
    StatedActivity.objects.create(
        key="cooperation_course_municipalities", value=35, **values | {"qualifier": "about"}, **span
    )
    assert printed(courses(scope(programme, 2008)), "courses") == [["Kurs", "2008", "5", "S"]]
    assert printed(courses(scope(programme)), "courses")[1] == ["Kurs", "01.2009–06.2010", "om lag 35", "S"]


def test_meetings_are_the_records_and_where_there_are_none_what_the_source_states(programme):
    committee = committee_of(programme)
    item_of(meeting_of(committee, date(2009, 5, 1), state="held"))
    stated = {"committee": committee, "source": "Sluttrapporten"}
    StatedMeetingCount.objects.create(year=2008, measure="meetings", count=6, **stated)
    StatedMeetingCount.objects.create(year=2008, measure="items", count=44, **stated)
    StatedMeetingCount.objects.create(year=2009, measure="meetings", count=5, **stated)

    rows = printed(meetings(scope(programme)), "meetings")

    assert [row[1:4] for row in rows] == [["2008", "6", "44"], ["2009", "1", "1"]]
    notes = {(note.row, note.key): note.text for note in meetings(scope(programme)).table("meetings").cell_notes}
    assert "oppgir 5" in notes[1, "meetings"]
    assert "Datoene er ikke kjent" in notes[0, "meetings"]
    assert meetings(scope(programme, 2008)).facts["political_items_2008"].value == 44


def test_seats_are_counted_by_party_and_year(programme):
    committee = committee_of(programme)
    ks = Party.objects.create(slug="ks", name="KS")
    member_of(committee, person("steering_member"), party=ks, ends_on=date(2008, 5, 1))
    member_of(committee, person("steering_member"), party=ks)
    assert printed(political_committee(scope(programme)), "seats-political") == [["KS", "2", "2", "1", "1"]]


def test_posts_print_their_percent_and_the_sum_of_the_month_with_most(programme):
    for title, percent, first, last in (
        ("A", 100, date(2008, 1, 1), None),
        ("B", 50, date(2008, 7, 1), date(2008, 12, 31)),
    ):
        post = StaffPost.objects.create(programme=programme, title=title, source="Rapporten")
        StaffPeriod.objects.create(post=post, starts_on=first, ends_on=last, release_percent=percent)
    data = posts(scope(programme, 2008))
    assert printed(data, "staffing") == [
        ["A", "–", "100", "13"],
        ["B", "–", "50", "6"],
        ["Sum, i måneden med flest", "–", "150", "–"],
    ]
    assert data.facts["full_posts"].value == "1.5"


def test_a_line_with_a_span_has_no_amount_and_leaves_no_sum(programme):
    values = {"programme": programme, "year": 2008, "kind": "budget"}
    AccountLine.objects.create(slug="a", name={"nb": "Reiser"}, amount_nok=7000, **values)
    AccountLine.objects.create(
        slug="b", name={"nb": "Ramme"}, smallest_nok=5, largest_nok=10, qualifier="range", **values
    )
    table = accounts(scope(programme, 2008)).table("accounts-2008")
    rows = [[cell.text for cell in row.cells] for row in table.display_rows("nb")]
    assert rows == [["Reiser", "7000", "–", "–"], ["Ramme", "–", "–", "–"], ["Sum utgifter", "–", "–", "–"]]
    assert table.cell_notes[0].text == "Kilden sier mellom 5 og 10 kroner."


def test_admission_counts_outcomes_of_rounds_that_have_closed(programme):
    cohort = CohortFactory(programme=programme)
    values = {"programme": programme, "cohort": cohort, "announced_at": datetime(2008, 1, 1, tzinfo=UTC)}
    done = AdmissionRound.objects.create(
        slug="r1",
        title={"nb": "Runde 1"},
        opens_at=datetime(2008, 1, 1, tzinfo=UTC),
        closes_at=datetime(2008, 3, 1, tzinfo=UTC),
        **values,
    )
    AdmissionRound.objects.create(
        slug="r2", opens_at=datetime(2010, 1, 1, tzinfo=UTC), closes_at=datetime(2010, 12, 1, tzinfo=UTC), **values
    )
    for state in ("admitted", "admitted", "declined", "draft"):
        Application.objects.create(round=done, name=state, state=state)
    assert printed(admission(scope(programme)), "admission") == [["Runde 1", "3", "2", "1", "0", "0"]]
    assert admission(scope(programme, 2009)) == SectionData()


def test_grants_stand_by_year(programme):
    one = ParticipationFactory(programme=programme)
    Grant.objects.create(participation=one, year=2008, amount_nok=20000)
    data = grants(scope(programme, 2008))
    assert printed(data, "grants")[0][:4] == ["2008", "1", "20\u00a0000", "0"]
    assert grants(scope(programme, 2007)) == SectionData()


@pytest.mark.parametrize("report", [ANNUAL, FINAL], ids=lambda one: one.slug)
def test_sections_have_one_slug_each_and_numbers_in_order(report):
    slugs = [section.slug for section in report.sections]
    assert len(slugs) == len(set(slugs))
    numbers = [str(one.number) for one in report.sections if one.number and str(one.number)[0].isdigit()]
    parts = [tuple(int(part) for part in number.split(".")) for number in numbers]
    assert parts == sorted(parts)
    assert len(parts) == len(set(parts))
