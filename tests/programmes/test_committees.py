"""Committees: numbers of cases, what may be done when, who is told, and that two who write at once lose nothing."""

from datetime import date, time, timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from correspondence.models import Message
from jobs.models import Job
from jobs.run import run_job
from programmes.actions import committees as actions
from programmes.forms.committees import MeetingForm, PaperForm, SeatForm
from programmes.models import (
    AgendaItem,
    Committee,
    CommitteeSeat,
    Meeting,
    Programme,
    StatedMeetingCount,
    held_today_by,
)
from programmes.queries import committees as queries
from tests.counting import queries_of
from tests.factories import ProgrammeFactory, person
from tests.programmes.records_committees import committee_of, item_of, meeting_of, member_of, paper_of, pdf_of
from tests.validity import faults_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser():
    return person("adviser")


@pytest.fixture
def committee():
    return committee_of(ProgrammeFactory())


def new_item(meeting, title="En sak"):
    return AgendaItem(meeting=meeting, title=title)


def at(meeting, name="meeting", *more):
    committee = meeting.committee
    return reverse(f"programmes:{name}", args=[committee.programme.slug, committee.slug, meeting.pk, *more])


@pytest.mark.parametrize(
    ("starts", "ends", "sees"),
    [(None, None, True), (-9, None, True), (0, 0, True), (-9, -1, False), (1, None, False), (None, -1, False)],
)
def test_a_seat_opens_the_committee_from_its_first_to_its_last_day(client, committee, starts, ends, sees):
    """Days from today. Another's seat that lasts, and an older one of one's own, give nothing."""
    Programme.objects.update(is_public=False)
    meeting, member = meeting_of(committee), person("steering_member")
    day = lambda days: None if days is None else timezone.localdate() + timedelta(days=days)  # noqa: E731
    CommitteeSeat.objects.create(committee=committee, user=member, starts_on=day(starts), ends_on=day(ends))
    CommitteeSeat.objects.create(committee=committee, user=member, ends_on=day(-100))
    CommitteeSeat.objects.create(committee=committee, user=person("steering_member"))
    client.force_login(member)
    assert client.get(at(meeting)).status_code == (200 if sees else 404)
    assert list(Programme.objects.visible_to(member)) == [committee.programme] * sees
    assert list(Committee.objects.visible_to(member)) == [committee] * sees


def test_a_former_member_still_sees_a_programme_that_is_public_but_not_its_meetings(client, committee):
    member = person("steering_member")
    member_of(committee, member, ends_on=timezone.localdate() - timedelta(days=1))
    client.force_login(member)
    assert client.get(reverse("programmes:programme", args=[committee.programme.slug])).status_code == 200
    assert client.get(at(meeting_of(committee))).status_code == 404


def test_a_partys_seat_is_not_that_of_everyone_without_a_name(committee):
    CommitteeSeat.objects.create(committee=committee, holder="Statssekretær")
    assert not CommitteeSeat.objects.filter(held_today_by(AnonymousUser())).exists()


def test_a_seat_outlives_its_programme_until_it_is_ended(client, committee):
    member = person("steering_member")
    member_of(committee, member)
    Programme.objects.update(ends_on=date(2010, 12, 31))
    client.force_login(member)
    assert client.get(at(meeting_of(committee))).status_code == 200


def test_cases_are_numbered_by_committee_and_year(committee, adviser):
    first, second = meeting_of(committee, date(2009, 2, 3)), meeting_of(committee, date(2009, 9, 1))
    other_year = meeting_of(committee, date(2010, 1, 12))
    other = meeting_of(committee_of(committee.programme, "steering"), date(2009, 2, 3))

    numbers = [actions.add_item(new_item(one), by=adviser).case_number for one in (first, second, other_year, other)]

    assert numbers == ["09/1", "09/2", "10/1", "09/1"]


def test_a_number_that_members_have_seen_is_kept(committee, adviser):
    meeting = meeting_of(committee)
    item = actions.add_item(new_item(meeting), by=adviser)
    actions.move_meeting(meeting, "call", by=adviser)
    item.meeting.refresh_from_db()

    with pytest.raises(actions.NotNow):
        actions.remove_item(item, by=adviser)
    assert AgendaItem.objects.get() == item


def test_a_postponed_case_takes_its_number_and_papers_along(committee, adviser):
    meeting, later = meeting_of(committee), meeting_of(committee, date(2009, 10, 1))
    item = actions.add_item(new_item(meeting), by=adviser)
    paper = paper_of(meeting, item)

    actions.postpone_item(item, to=later, by=adviser)

    item.refresh_from_db()
    paper.refresh_from_db()
    assert (item.meeting, item.case_number, paper.meeting) == (later, "09/1", later)


def test_a_decided_case_is_not_postponed(committee, adviser):
    item = item_of(meeting_of(committee), decision="Vedtatt.")
    with pytest.raises(actions.NotNow):
        actions.postpone_item(item, to=meeting_of(committee, date(2009, 10, 1)), by=adviser)


def test_a_case_moves_one_place_and_stops_at_the_ends(committee, adviser):
    meeting = meeting_of(committee)
    items = [actions.add_item(new_item(meeting, title), by=adviser) for title in ("A", "B", "C")]

    actions.move_item(items[2], -1, by=adviser)
    actions.move_item(items[0], -1, by=adviser)

    assert [one.title for one in meeting.items.order_by("position")] == ["A", "C", "B"]


def test_members_with_a_seat_on_the_day_are_called_once(committee, adviser):
    meeting = meeting_of(committee, starts_at=time(10))
    member, deputy, former = person("steering_member"), person("steering_member"), person("steering_member")
    member_of(committee, member)
    member_of(committee, member, is_chair=True)
    member_of(committee, deputy, is_deputy=True)
    member_of(committee, former, ends_on=date(2008, 12, 31))

    actions.move_meeting(meeting, "call", by=adviser)

    assert sorted(Message.objects.values_list("to_email", flat=True)) == sorted([member.email, deputy.email])
    assert at(meeting) in Message.objects.first().body


def test_members_who_were_called_hear_that_the_meeting_moves(committee, adviser):
    meeting = meeting_of(committee)
    member_of(committee, person("steering_member"))
    actions.move_meeting(meeting, "call", by=adviser)
    meeting.refresh_from_db()
    meeting.held_on = date(2009, 6, 2)

    actions.save_meeting(meeting, seen_version=meeting.version, by=adviser)

    assert Message.objects.count() == 2
    assert "2. juni 2009" in Message.objects.order_by("pk").last().body


def test_a_change_of_nothing_that_matters_to_members_is_not_told(committee, adviser):
    meeting = meeting_of(committee)
    member_of(committee, person("steering_member"))
    actions.save_meeting(meeting, seen_version=1, by=adviser)
    assert not Message.objects.exists()


def test_minutes_are_not_approved_while_a_case_has_no_decision(committee, adviser):
    meeting = meeting_of(committee, state="held")
    item = item_of(meeting)
    item_of(meeting, 2, kind="information")

    with pytest.raises(actions.NotNow, match="09/1"):
        actions.move_meeting(meeting, "approve", by=adviser)
    actions.decide_item(item, decision="Vedtatt.", seen_decision="", by=adviser)
    actions.move_meeting(meeting, "approve", by=adviser)

    meeting.refresh_from_db()
    assert meeting.state == "approved"


def test_what_cannot_be_done_in_a_state_is_refused(committee, adviser):
    meeting = meeting_of(committee, state="cancelled")
    with pytest.raises(actions.NotNow):
        actions.move_meeting(meeting, "approve", by=adviser)
    with pytest.raises(actions.NotNow):
        actions.add_item(new_item(meeting), by=adviser)


def test_the_second_who_writes_a_decision_sees_the_first_s(committee, adviser, client):
    meeting = meeting_of(committee, state="held")
    item = item_of(meeting)
    actions.decide_item(item, decision="Først.", seen_decision="", by=person("adviser"))
    client.force_login(adviser)

    answer = client.post(at(meeting, "decide_item", item.pk), {"decision": "Sist.", "seen_decision": ""})

    item.refresh_from_db()
    assert item.decision == "Først."
    assert "Først." in answer.content.decode()
    assert "Sist." in answer.content.decode()
    client.post(at(meeting, "decide_item", item.pk), {"decision": "Begge.", "seen_decision": "Først."})
    item.refresh_from_db()
    assert item.decision == "Begge."


def test_the_second_who_writes_minutes_sees_the_first_s(committee, adviser, client):
    meeting = meeting_of(committee, state="held")
    values = {"presences": {}, "guests": [], "by": adviser}
    actions.write_minutes(meeting, minutes="Først.", seen_version=1, **values)
    client.force_login(adviser)

    answer = client.post(at(meeting, "write_minutes"), {"minutes": "Sist.", "seen_version": "1", "guests": ""})

    meeting.refresh_from_db()
    assert meeting.minutes == "Først."
    assert "Først." in answer.content.decode()


def test_approved_minutes_are_closed(committee, adviser):
    meeting = meeting_of(committee, state="approved")
    with pytest.raises(actions.NotNow):
        actions.write_minutes(meeting, minutes="Nytt", presences={}, guests=[], seen_version=1, by=adviser)


def test_who_met_is_recorded_by_seat_and_guest(committee, adviser, client):
    meeting = meeting_of(committee, state="held")
    seat = CommitteeSeat.objects.create(committee=committee, holder="Leder")
    client.force_login(adviser)
    values = {
        f"seat_{seat.pk}": "present",
        "guests": "Gjest Gjestesen\n\nGjest Gjestesen\n",
        "minutes": "",
        "seen_version": 1,
    }

    client.post(at(meeting, "write_minutes"), values)

    assert sorted((one.seat_id, one.guest, one.presence) for one in meeting.attendances.all() if one.guest) == [
        (None, "Gjest Gjestesen", "present")
    ]
    assert meeting.attendances.get(seat=seat).presence == "present"
    assert queries.meeting_rows(committee)[0].present_count == 2


def test_the_papers_become_one_pdf_with_a_bookmark_for_each_case_and_the_files_inside(committee, adviser, tmp_path):
    meeting = meeting_of(committee)
    item = item_of(meeting, title="Opptak i pulje 4", case_text="## Bakgrunn\n\nTolv har søkt.", proposal="Tas opp.")
    item_of(meeting, 2, title="Regnskap")
    paper_of(meeting, item, "Oversikt")

    job = run_job(actions.ask_for_papers(meeting, by=adviser).pk)

    assert job.state == Job.State.DONE, job.trouble
    meeting.refresh_from_db()
    with meeting.papers_pdf.open("rb") as file:
        content = file.read()
    assert faults_of(content) == []
    pdf = PdfReader(BytesIO(content))
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "Tolv har søkt." in text
    assert "Tas opp." in text
    assert list(pdf.attachments) == ["01-Oversikt.pdf"]
    assert any("09/2 Regnskap" in str(one) for one in str(pdf.outline).split("/Title"))


def test_a_paper_must_be_what_its_name_says(committee):
    meeting = meeting_of(committee)
    for name, content, is_good in (
        ("sak.pdf", pdf_of(2), True),
        ("sak.pdf", b"%PDF-1.7 cut off", False),
        ("sak.pdf", pdf_of(1, password="hemmelig"), False),
        ("sak.pdf", pdf_of(501), False),
        ("sak.pdf", b"MZ\x90", False),
        ("sak.exe", b"MZ\x90", False),
        ("sak.docx", b"PK\x03\x04", True),
    ):
        form = PaperForm({"title": "Sak"}, {"file": SimpleUploadedFile(name, content)}, meeting=meeting)
        assert form.is_valid() is is_good, (name, form.errors)


def test_two_meetings_at_one_time_and_an_end_before_the_beginning_are_told(committee):
    meeting_of(committee, starts_at=time(10))
    same = MeetingForm({"held_on": "2009-05-12", "starts_at": "10:00"}, instance=Meeting(committee=committee))
    backwards = MeetingForm(
        {"held_on": "2009-05-13", "starts_at": "10:00", "ends_at": "09:00"}, instance=Meeting(committee=committee)
    )
    assert "held_on" in same.errors
    assert "ends_at" in backwards.errors


def test_a_seat_is_somebody_s_and_ends_after_it_begins(committee):
    nobody = SeatForm({}, instance=CommitteeSeat(committee=committee))
    backwards = SeatForm(
        {"holder": "Leder", "starts_on": "2009-02-01", "ends_on": "2009-01-01"},
        instance=CommitteeSeat(committee=committee),
    )
    assert "party" in nobody.errors
    assert "ends_on" in backwards.errors


def test_counts_of_records_and_of_sources_stand_beside_each_other(committee):
    meeting = meeting_of(committee, state="held")
    item_of(meeting)
    meeting_of(committee, date(2009, 9, 1), state="planned")
    stated = {"committee": committee, "source": "Sluttrapporten"}
    StatedMeetingCount.objects.create(year=2009, measure="meetings", count=3, **stated)
    StatedMeetingCount.objects.create(year=2008, measure="items", count=44, **stated)
    StatedMeetingCount.objects.create(year=None, measure="meetings", count=9, **stated)

    found = queries.meeting_counts(committee.programme)

    assert [(one.year, one.meetings_count, one.items_count, one.differs) for one in found] == [
        (2008, 0, 0, False),
        (2009, 1, 1, True),
    ]
    assert found[0].items == 44
    assert found[1].meetings == 1
    assert [one.count for one in queries.stated_sums(committee.programme)] == [9]
    assert [one.year for one in queries.meeting_counts(committee.programme, 2008)] == [2008]


def test_members_see_their_own_committees_only(committee):
    member = person("steering_member")
    member_of(committee, member)
    committee_of(committee.programme, "steering")
    assert list(Committee.objects.visible_to(member)) == [committee]
    assert not Committee.objects.visible_to(person("project_leader")).exists()


@pytest.mark.parametrize("page", ["committees", "committee", "meeting"])
def test_a_page_asks_no_more_for_three_than_for_one(committee, adviser, page):
    def grown(number):
        meeting = meeting_of(committee, date(2009, number, 1))
        item_of(meeting, number)
        paper_of(meeting)
        member_of(committee, person("steering_member"))
        return meeting

    meeting = grown(1)
    urls = {
        "committees": reverse("programmes:committees", args=[committee.programme.slug]),
        "committee": reverse("programmes:committee", args=[committee.programme.slug, committee.slug]),
        "meeting": at(meeting),
    }
    one = queries_of(adviser, urls[page])
    grown(2)
    grown(3)
    item_of(meeting, 7)
    item_of(meeting, 8)
    assert queries_of(adviser, urls[page]) == one


def test_the_search_finds_a_meeting_by_its_cases(committee):
    meeting = meeting_of(committee)
    item_of(meeting, title="Opptak i pulje 4")
    meeting_of(committee, date(2009, 10, 1))
    assert [row.meeting for row in queries.meeting_rows(committee, search="opptak")] == [meeting]


def moved(client, meeting, adviser, to: str) -> str:
    meeting.refresh_from_db()
    client.force_login(adviser)
    answers = {"held_on": to, "seen_version": meeting.version}
    return client.post(at(meeting, "change_meeting"), answers, follow=True).content.decode()


def numbers(meeting) -> list[str]:
    return [one.case_number for one in meeting.items.order_by("position")]


def test_cases_of_a_meeting_moved_to_another_year_get_numbers_of_that_year(committee, adviser, client):
    actions.add_item(new_item(meeting_of(committee, date(2008, 3, 1))), by=adviser)
    meeting = meeting_of(committee, date(2009, 2, 3))
    for title in ("Første", "Andre"):
        actions.add_item(new_item(meeting, title), by=adviser)
    page = moved(client, meeting, adviser, "2008-12-01")
    assert numbers(meeting) == ["08/2", "08/3"]
    assert "08/2, 08/3" in page
    moved(client, meeting, adviser, "2008-12-02")
    assert numbers(meeting) == ["08/2", "08/3"]


def called_before(meeting, adviser):
    actions.move_meeting(meeting, "call", by=adviser)
    actions.move_meeting(meeting, "take_back_call", by=adviser)


def papers_made(meeting, adviser):
    Meeting.objects.filter(pk=meeting.pk).update(papers_made_at=timezone.now())


def decision_recorded(meeting, adviser):
    meeting.items.update(decision="Vedtatt.")


def came_from_another(meeting, adviser):
    elsewhere = meeting_of(meeting.committee, date(2009, 1, 5))
    actions.postpone_item(meeting.items.get(), to=elsewhere, by=adviser)
    item = elsewhere.items.get()
    actions.postpone_item(item, to=meeting, by=adviser)


@pytest.mark.parametrize("what", [called_before, papers_made, decision_recorded, came_from_another])
def test_a_case_that_is_known_by_its_number_keeps_it_in_another_year(committee, adviser, client, what):
    meeting = meeting_of(committee, date(2009, 2, 3))
    actions.add_item(new_item(meeting), by=adviser)
    what(meeting, adviser)
    page = moved(client, meeting, adviser, "2008-12-01")
    assert numbers(meeting) == ["09/1"]
    assert "beholder nummeret de er kjent under: 09/1" in page
