"""From draft to published: who may take which step, and what must hold first."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.utils import timezone

from correspondence.models import Message
from jobs.models import Job
from municipalities.models import AuditEvent
from programmes.models import CommitteeSeat
from reporting import actions
from reporting.models import Comparison, Edition
from reporting.queries import contradictions_of
from reporting.section_data import Contradiction, SectionData
from tests.factories import ProgrammeFactory, person, steering_member

pytestmark = pytest.mark.django_db
CONTRADICTION = Contradiction("mean", "Trykt 9,6, regnet ut 10,6.", "9.6", "10.6")


def _data(*contradictions):
    data = json.loads(json.dumps(SectionData(contradictions=contradictions).to_json()))
    return [{"slug": "focus", "title": "Fokus", "data": data}]


@pytest.fixture
def adviser():
    return person("adviser")


@pytest.fixture
def edition(adviser):
    return actions.start_edition(programme=ProgrammeFactory(), report="annual", year=2008, language="nb", by=adviser)


def _reckoned(edition, adviser, *contradictions):
    return actions.store_reckoning(edition, data=_data(*contradictions), vintages={"KS/PAI": "2010-05-15"}, by=adviser)


def _approved(edition, adviser):
    _reckoned(edition, adviser)
    actions.move(edition, "submit", by=adviser)
    return actions.move(edition, "approve", by=adviser)


def _with_pdf(edition):
    edition.pdf.save("report.pdf", ContentFile(b"%PDF"), save=False)
    edition.pdf_of = actions.content_checksum(edition)
    edition.save()
    return edition


def test_a_new_edition_asks_for_its_figures_in_the_same_transaction(edition):
    job = Job.objects.get(kind="reporting.reckon")
    assert job.subject == f"reporting.edition:{edition.pk}"
    assert AuditEvent.objects.filter(action="reporting.start_edition").exists()


def test_a_second_edition_follows_a_published_one_and_takes_its_words_along(edition, adviser):
    actions.write_prose(edition, section="introduction", text="Mål", version=0, by=adviser)
    _reckoned(edition, adviser, CONTRADICTION)
    actions.answer_contradiction(edition, section="focus", key="mean", text="Nullen mangler.", by=adviser)
    actions.move(edition, "submit", by=adviser)
    actions.move(_with_pdf(actions.move(edition, "approve", by=adviser)), "publish", by=adviser)
    second = actions.start_edition(programme=edition.programme, report="annual", year=2008, language="nb", by=adviser)
    assert second.number == 2
    assert second.prose.get().text == "Mål"
    assert second.answers.get().text == "Nullen mangler."


def test_a_report_that_is_being_written_is_gone_on_with_instead_of_begun_again(edition, adviser):
    with pytest.raises(actions.UnfinishedEdition) as unfinished:
        actions.start_edition(programme=edition.programme, report="annual", year=2008, language="nb", by=adviser)
    assert unfinished.value.edition == edition


def test_a_live_figure_that_names_nothing_is_corrected_not_explained(edition, adviser):
    _reckoned(edition, adviser)
    actions.write_prose(edition, section="introduction", text="Se [[groups.tull]].", version=0, by=adviser)
    ((_section, fault),) = contradictions_of(Edition.objects.get(pk=edition.pk))
    assert fault.is_mistake
    with pytest.raises(actions.EditionError):
        actions.answer_contradiction(edition, section="introduction", key=fault.key, text="Ja", by=adviser)
    actions.move(edition, "submit", by=adviser)
    with pytest.raises(actions.EditionError):
        actions.move(edition, "approve", by=adviser)


def test_an_edition_without_figures_is_not_sent_for_review(edition, adviser):
    with pytest.raises(actions.EditionError):
        actions.move(edition, "submit", by=adviser)


def test_an_unanswered_contradiction_stops_the_approval(edition, adviser):
    _reckoned(edition, adviser, CONTRADICTION)
    actions.move(edition, "submit", by=adviser)
    with pytest.raises(actions.EditionError):
        actions.move(edition, "approve", by=adviser)
    actions.answer_contradiction(edition, section="focus", key="mean", text="Nullen er en manglende verdi.", by=adviser)
    assert actions.move(edition, "approve", by=adviser).state == "approved"


def test_a_contradiction_that_is_not_there_cannot_be_answered(edition, adviser):
    _reckoned(edition, adviser)
    with pytest.raises(actions.EditionError):
        actions.answer_contradiction(edition, section="focus", key="mean", text="Ja", by=adviser)


def test_approving_freezes_figures_and_prose(edition, adviser):
    approved = _approved(edition, adviser)
    with pytest.raises(actions.EditionError):
        _reckoned(approved, adviser)
    with pytest.raises(actions.EditionError):
        actions.write_prose(approved, section="introduction", text="Nytt", version=0, by=adviser)


def test_publishing_waits_for_the_pdf_of_just_this_content(edition, adviser):
    approved = _approved(edition, adviser)
    with pytest.raises(actions.EditionError):
        actions.move(approved, "publish", by=adviser)
    approved.pdf.save("old.pdf", ContentFile(b"%PDF"), save=False)
    approved.pdf_of = "another"
    approved.save()
    with pytest.raises(actions.EditionError):
        actions.move(approved, "publish", by=adviser)
    assert actions.move(_with_pdf(approved), "publish", by=adviser).state == "published"


def test_publishing_tells_each_member_of_the_steering_group_once(edition, adviser):
    member = steering_member(edition.programme)
    steering_member(ProgrammeFactory())
    actions.move(_with_pdf(_approved(edition, adviser)), "publish", by=adviser)
    (message,) = Message.objects.all()
    assert (message.to, message.about) == (member, f"reporting.edition:{edition.pk}")


def test_a_published_edition_is_never_taken_back(edition, adviser):
    published = actions.move(_with_pdf(_approved(edition, adviser)), "publish", by=adviser)
    for act in ("submit", "return", "approve", "publish"):
        with pytest.raises(actions.EditionError):
            actions.move(published, act, by=adviser)


@pytest.mark.parametrize("role", ["network_leader", "project_leader", "steering_member", None])
def test_only_the_secretariat_moves_an_edition(edition, adviser, role):
    _reckoned(edition, adviser)
    with pytest.raises(PermissionDenied):
        actions.move(edition, "submit", by=person(role))


def test_two_who_move_the_same_edition_do_not_both_win(edition, adviser):
    _reckoned(edition, adviser)
    stale = Edition.objects.get(pk=edition.pk)
    actions.move(edition, "submit", by=adviser)
    with pytest.raises(actions.EditionError):
        actions.move(stale, "submit", by=adviser)


def test_the_second_of_two_editors_sees_the_text_of_the_first(edition, adviser):
    other = person("adviser")
    actions.write_prose(edition, section="introduction", text="Første", version=0, by=adviser)
    actions.write_prose(edition, section="introduction", text="Min", version=1, by=adviser)
    with pytest.raises(actions.ProseConflict) as conflict:
        actions.write_prose(edition, section="introduction", text="Annen", version=1, by=other)
    assert conflict.value.current.text == "Min"
    assert conflict.value.yours == "Annen"


def test_two_who_both_begin_an_empty_section_do_not_overwrite_each_other(edition, adviser):
    actions.write_prose(edition, section="introduction", text="Første", version=0, by=adviser)
    with pytest.raises(actions.ProseConflict):
        actions.write_prose(edition, section="introduction", text="Annen", version=0, by=person("adviser"))


def test_renewing_takes_over_what_the_comparison_showed(edition, adviser):
    _reckoned(edition, adviser)
    newer = _data(CONTRADICTION)
    now = Edition.objects.get(pk=edition.pk).computed_at
    Comparison.objects.create(edition=edition, data=newer, vintages={"KS/PAI": "2010-06-01"}, computed_at=now)
    renewed = actions.renew(edition, by=adviser)
    assert renewed.data == newer
    assert not Comparison.objects.exists()


def test_who_sees_which_edition(edition, adviser):
    member, stranger, visitor = steering_member(edition.programme), steering_member(ProgrammeFactory()), person()
    seen = lambda user: Edition.objects.visible_to(user).filter(pk=edition.pk).exists()  # noqa: E731
    assert seen(adviser)
    assert not any(seen(user) for user in (member, stranger, visitor))
    Edition.objects.filter(pk=edition.pk).update(is_public=True)
    assert not seen(visitor)
    published = actions.move(_with_pdf(_approved(edition, adviser)), "publish", by=adviser)
    assert seen(visitor)
    Edition.objects.filter(pk=published.pk).update(is_public=False)
    assert seen(member)
    assert not seen(stranger)
    assert not seen(visitor)


def test_a_former_member_reads_what_is_public_and_no_more(edition, adviser):
    former = steering_member(edition.programme)
    published = actions.move(_with_pdf(_approved(edition, adviser)), "publish", by=adviser)
    yesterday = timezone.localdate() - timedelta(days=1)
    CommitteeSeat.objects.update(ends_on=yesterday)
    assert not Edition.objects.visible_to(former).exists()
    Edition.objects.filter(pk=published.pk).update(is_public=True)
    assert Edition.objects.visible_to(former).get() == published


def test_with_several_seats_an_edition_is_there_once(edition, adviser):
    member = steering_member(edition.programme)
    actions.move(_with_pdf(_approved(edition, adviser)), "publish", by=adviser)
    CommitteeSeat.objects.create(committee=CommitteeSeat.objects.get().committee, user=member)
    assert Edition.objects.visible_to(member).count() == 1
