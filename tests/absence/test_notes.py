"""A vintage that is revised much is explained: on the import, at the desk, and in the reports that use it."""

from datetime import date

import pytest
from django.urls import reverse

from absence import actions, queries
from absence.models import RevisionNote
from municipalities.models import AuditEvent
from reporting.scope import Scope
from reporting.sections.data_notes import data_notes
from tests.absence.imports import imported, long_file, municipalities, released, total
from tests.factories import ProgrammeFactory, person

pytestmark = pytest.mark.django_db

NEWER = date(2010, 9, 1)
WHY = "Kommunen leverte nye tall for undervisning."


@pytest.fixture
def adviser(client):
    user = person("adviser")
    client.force_login(user)
    return user


@pytest.fixture
def revised():
    """9,7 where the vintage before had 9,4: three tenths."""
    municipalities("0101")
    released(long_file(total("0101", "2008K1", 564, 6000)))
    return imported(long_file(total("0101", "2008K1", 582, 6000)), vintage_on=NEWER, name="ny.csv")


def page_of(client, batch) -> str:
    return client.get(reverse("absence:import", args=[batch.pk])).content.decode()


def test_a_revised_vintage_asks_for_a_note_on_its_page_and_at_the_desk(client, adviser, revised):
    assert "at det blir bedt om et notat" in page_of(client, revised)
    desk = client.get(reverse("absence:desk")).content.decode()
    assert "Revisjoner som venter på et notat" in desk
    assert "ny.csv" in desk


def test_a_note_is_kept_with_who_and_when_and_no_longer_asked_for(client, adviser, revised):
    answer = client.post(reverse("absence:write_note", args=[revised.pk]), {"text": WHY})
    assert answer["Location"] == reverse("absence:import", args=[revised.pk]) + "#revisions"
    note = RevisionNote.objects.get()
    assert (note.text, note.written_by) == (WHY, adviser)
    assert AuditEvent.objects.filter(action="absence.write_note", by=adviser).exists()
    page = page_of(client, revised)
    assert WHY in page
    assert str(adviser) in page
    assert "ny.csv" not in client.get(reverse("absence:desk")).content.decode()


def test_a_second_note_stands_above_the_first_and_overwrites_nothing(client, adviser, revised):
    for text in (WHY, "Rettet: gjelder barnehage."):
        actions.write_note(revised, text=text, by=adviser)
    page = page_of(client, revised)
    assert page.index("Rettet: gjelder barnehage.") < page.index(WHY)


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_note_is_told_of_and_not_saved(client, adviser, revised, text):
    page = client.post(reverse("absence:write_note", args=[revised.pk]), {"text": text}, follow=True)
    assert "Skriv hvorfor tallene er andre" in page.content.decode()
    assert not RevisionNote.objects.exists()


def test_an_import_that_revises_nothing_takes_no_note(client, adviser):
    municipalities("0101")
    batch = imported(long_file(total("0101", "2008K1", 564, 6000)))
    assert 'id="revisions"' not in page_of(client, batch)
    with pytest.raises(actions.NotPossible):
        actions.write_note(batch, text=WHY, by=adviser)


def test_a_withdrawn_import_takes_no_note(adviser, revised):
    actions.withdraw(revised, by=adviser)
    with pytest.raises(actions.NotPossible):
        actions.write_note(revised, text=WHY, by=adviser)


def test_a_revision_may_be_released_without_its_note(adviser, revised):
    assert actions.release(revised, by=adviser).figure_count == 1


def test_the_reports_print_the_newest_note_of_the_vintages_they_stand_on(adviser, revised):
    programme = ProgrammeFactory()

    def notes(vintage=None, counted_on=date(2010, 12, 31)):
        found = data_notes(Scope(programme, counted_on, vintage=vintage)).definitions
        return [(one.term, one.text, one.source) for one in found]

    actions.write_note(revised, text="Foreløpig", by=adviser)
    actions.write_note(revised, text=WHY, by=adviser)
    assert notes() == [], "not released: no report stands on it"
    actions.release(revised, by=adviser)
    assert notes() == [("Reviderte fraværstall", WHY, "Kilde: KS/PAI, 1. kv. 2008, uttrekk 2010-09-01")]
    assert notes(vintage=date(2010, 8, 31)) == []
    assert notes(counted_on=date(2007, 12, 31)) == []


def test_notes_are_found_with_as_many_queries_for_one_as_for_three(adviser, revised, django_assert_num_queries):
    actions.write_note(revised, text=WHY, by=adviser)
    actions.release(revised, by=adviser)
    with django_assert_num_queries(2):
        assert len(queries.notes_on_revisions(date(2008, 1, 1), date(2009, 1, 1))) == 1
    for n in (1, 2):
        more = imported(
            long_file(total("0101", "2008K1", 600 + 40 * n, 6000)), vintage_on=date(2010, 9 + n, 1), name=f"{n}.csv"
        )
        actions.write_note(more, text=WHY, by=adviser)
        actions.release(more, by=adviser)
    with django_assert_num_queries(2):
        assert len(queries.notes_on_revisions(date(2008, 1, 1), date(2009, 1, 1))) == 3
