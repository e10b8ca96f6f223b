"""The desk's pages: one answer a figure, taken back as one; what is counted is counted alike; the import afterwards."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from absence import actions
from absence.models import Suspicion
from absence.queries.batches import batch_list, standing
from absence.queries.desk import answered, open_groups
from absence.templatetags.absence_tags import grouped, whole_dates
from config.front.waiting import waiting_for
from jobs.models import Job
from jobs.run import run_job
from tests.absence.imports import imported, long_file, municipalities, released, total, wide_file
from tests.factories import ProgrammeFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser(client):
    user = person("adviser")
    client.force_login(user)
    return user


@pytest.fixture
def table():
    """A printed table: a zero that several rules doubt, and a mean that counted it."""
    municipalities("0101", "0104", "0105")
    return imported(wide_file("Kommune;Q408-Q309", "0101 A;10,0", "0104 B;11,0", "0105 C;0,0", "Snitt;7,0"))


def zero(batch):
    return Suspicion.objects.filter(batch=batch, position__isnull=False, blocking=True)


def leave_out(batch, by):
    actions.decide(zero(batch)[:1], decision="rejected", reason="Mangler", by=by)


def test_one_undo_takes_back_the_whole_answer_to_a_figure(table, adviser):
    assert zero(table).count() > 1
    leave_out(table, adviser)
    actions.undo(zero(table)[0], by=adviser)
    assert set(zero(table).values_list("decision", "reason", "decided_at")) == {("", "", None)}


def test_an_answered_figure_stands_once_with_all_its_rules_and_one_undo(client, table, adviser):
    rules = set(zero(table).values_list("rule", flat=True))
    leave_out(table, adviser)
    (line,) = answered(table)
    assert set(line.rules) == rules
    page = client.get(reverse("absence:import", args=[table.pk])).content.decode()
    assert page.count("/undo/") == 1


def test_after_release_only_what_is_still_held_can_be_taken_back(client, table, adviser):
    leave_out(table, adviser)
    mean = Suspicion.objects.get(batch=table, rule="V11")
    actions.decide([mean], decision="accepted", reason="Snittet regnet nullen med", by=adviser)
    assert [one.is_undoable for one in answered(table)] == [True, True]
    actions.release(table, by=adviser)
    assert {one.suspicion.rule: one.is_undoable for one in answered(table)}["V11"] is False
    with pytest.raises(actions.NotPossible):
        actions.undo(mean, by=adviser)
    page = client.get(reverse("absence:import", args=[table.pk])).content.decode()
    assert "Hva en frigivelse endrer" not in page


def test_what_waits_is_counted_alike_on_every_page(table, adviser):
    """A figure that three rules doubt is one answer; the period another."""
    assert Suspicion.objects.open().count() > 2
    desk = sum(group.total for group in open_groups())
    waiting = [one.text for one in waiting_for(adviser)]
    assert (desk, standing(table).undecided, batch_list(adviser).get().open_count) == (2, 2, 2)
    assert any(" 2 " in text for text in waiting), waiting


def test_a_refused_import_can_be_put_away_and_waits_no_longer(client, adviser):
    municipalities("0101")
    batch = imported(long_file(total("0101", "2008K1", "11,Q", 6000)))
    assert waiting_for(adviser)
    page = client.get(reverse("absence:import", args=[batch.pk])).content.decode()
    address = reverse("absence:withdraw", args=[batch.pk])
    assert f'action="{address}"' in page
    client.post(address)
    batch.refresh_from_db()
    assert (batch.state, bool(batch.withdrawn_at)) == ("withdrawn", True)
    assert waiting_for(adviser) == []


def test_errors_of_an_upload_stand_once(client, adviser):
    page = client.post(reverse("absence:upload"), {"source": "PAI"}).content.decode()
    assert page.count("ds-error-summary") == 1


def test_the_column_of_figures_is_named_tal_in_nynorsk(client, adviser, table):
    client.post(reverse("set_language"), {"language": "nn"})
    page = client.get(reverse("absence:imports")).content.decode()
    assert "Figurar" not in page
    assert "Ventar på svar" in page


def test_long_numbers_are_parted_and_years_are_not():
    assert grouped("26907 tall, 2009") == "26\N{NO-BREAK SPACE}907 tall, 2009"


def test_a_waiting_page_is_loaded_anew_when_its_file_is_read_or_refused(client, adviser):
    municipalities("0101")
    asked = {"headers": {"hx-request": "true"}}
    file = SimpleUploadedFile("pai.csv", long_file(total("0101", "2008K1", "11,Q", 6000)))
    answers = {"file": file, "source": "PAI", "vintage_on": "2010-06-01", "revision_kind": "regular"}
    address = client.post(reverse("absence:upload"), answers)["Location"]
    waiting = client.get(address, **asked)
    assert "HX-Refresh" not in waiting
    assert f'hx-get="{address}"' in waiting.content.decode()
    run_job(Job.objects.get().pk)
    assert client.get(address, **asked)["HX-Refresh"] == "true"
    page = client.get(address).content.decode()
    assert "Avvist" in page
    assert "Ferdig" not in page


def test_a_published_window_alone_is_seen_against_the_municipalitys_own_quarters(client, adviser):
    municipalities("0101", "0104", "0105")
    quarters = [f"{year}K{quarter}" for year in (2007, 2008, 2009) for quarter in (1, 2, 3, 4)]
    released(long_file(*(total("0105", one, 600, 6000) for one in quarters)), name="k.csv")
    table = imported(wide_file("Kommune;Q408-Q309", "0101 A;10,0", "0104 B;11,0", "0105 C;0,0"))
    (doubt,) = [one for group in open_groups(table) for one in group.doubts if one.suspicion.position is not None]
    assert [one.rate for one in doubt.series if one.is_marked] == [0]
    rolled = {one.rate for one in doubt.series if not one.is_marked and one.rate is not None}
    assert (rolled, bool(doubt.series_note)) == ({10}, True)
    page = client.get(reverse("absence:desk")).content.decode()
    assert "regnet av kommunens egne kvartaler" in page
    assert 'stroke="#c01b1b"' in page


def test_figures_from_before_the_programme_are_said_to_be_so(client, adviser):
    municipalities("0101")
    released(long_file(*(total("0101", f"2008K{quarter}", 600, 6000) for quarter in (1, 2, 3, 4))))
    for year, is_said in ((2011, True), (2007, False)):
        programme = ProgrammeFactory(slug=f"p-{year}", starts_on=date(year, 1, 1), ends_on=date(year + 4, 1, 1))
        page = client.get(reverse("absence:overview", args=[programme.slug])).content.decode()
        assert ("Tallene er fra før programmet startet" in page) is is_said


def test_a_date_is_never_broken_and_the_text_stays_escaped():
    shown = whole_dates("<b> uttrekk 2009-12-15, 5 av 7")
    assert shown == '&lt;b&gt; uttrekk <span class="nowrap">2009-12-15</span>, 5 av 7'
