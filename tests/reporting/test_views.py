"""The pages of the reports: what is shown to whom, what is refused, how many questions they ask the database."""

import csv
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from reporting import actions
from reporting.documents import document_of
from reporting.models import Comparison, Edition, Prose
from reporting.queries import contradictions_of
from tests.counting import queries_of
from tests.factories import ProgrammeFactory, person, steering_member
from tests.reporting.editions import CONTRADICTION, VINTAGES, draft, published, section

pytestmark = pytest.mark.django_db
LIST = reverse("reporting:editions")


@pytest.fixture
def adviser():
    return person("adviser")


def at(name: str, edition: Edition, *more) -> str:
    return reverse(f"reporting:{name}", args=[edition.pk, *more])


def browser(user=None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def page(user, url: str) -> str:
    response = browser(user).get(url)
    assert response.status_code == 200
    return response.content.decode()


# --- The list --------------------------------------------------------------------------------------------------------


def test_the_list_shows_each_reader_what_is_theirs(adviser):
    programme = ProgrammeFactory()
    member = steering_member(programme)
    draft(adviser, programme=programme, year=2009)
    published(adviser, programme=programme, year=2008)
    published(adviser, programme=programme, year=2007, is_public=True)
    years = lambda user: [year for year in ("2007", "2008", "2009") if f"Årsrapport {year}" in page(user, LIST)]  # noqa: E731
    assert years(adviser) == ["2007", "2008", "2009"]
    assert years(member) == ["2007", "2008"]
    assert years(person()) == years(None) == ["2007"]


def test_the_list_is_filtered_and_the_filters_can_be_cleared(adviser):
    draft(adviser, programme=ProgrammeFactory(slug="ett"), year=2009)
    draft(adviser, programme=ProgrammeFactory(slug="to"), year=2008)
    found = page(adviser, f"{LIST}?programme=to&state=draft")
    assert "Årsrapport 2008" in found
    assert "Årsrapport 2009" not in found
    assert gettext("Clear the filters") in found
    assert "Årsrapport 20" not in page(adviser, f"{LIST}?state=published")


def test_a_nonsense_filter_or_sort_shows_everything(adviser):
    draft(adviser)
    assert "Årsrapport 2008" in page(adviser, f"{LIST}?state=x&report=y&sort=z;drop&page=99")


@pytest.mark.parametrize(("sort", "first"), [("published", 2007), ("-published", 2008)])
def test_the_list_is_sorted_by_its_headings(adviser, sort, first):
    programme = ProgrammeFactory()
    for year in (2007, 2008):
        published(adviser, programme=programme, year=year)
    found = page(adviser, f"{LIST}?sort={sort}&state=published")
    assert found.index(f"Årsrapport {first}") < found.index(f"Årsrapport {4015 - first}")
    assert f'aria-sort="{"descending" if sort[0] == "-" else "ascending"}"' in found


def test_an_empty_list_says_what_to_do_first(adviser):
    assert reverse("reporting:new") in page(adviser, LIST)
    assert reverse("reporting:new") not in page(person("network_leader"), LIST)


def test_the_list_takes_the_same_number_of_queries_for_one_and_three(adviser):
    programme = ProgrammeFactory()
    draft(adviser, programme=programme, year=2007)
    one = queries_of(adviser, LIST)
    for year in (2008, 2009):
        published(adviser, programme=programme, year=year)
    assert queries_of(adviser, LIST) == one <= 12


def test_the_exported_list_cannot_run_formulas(adviser):
    draft(adviser, programme=ProgrammeFactory(name="=1+1"))
    response = browser(adviser).get(reverse("reporting:editions_export", args=["csv"]))
    (row,) = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))[1:]
    assert row[0] == "'=1+1"
    assert "attachment" in response["Content-Disposition"]


# --- One edition -----------------------------------------------------------------------------------------------------


def test_an_edition_takes_the_same_number_of_queries_whatever_it_holds(adviser):
    small = draft(adviser)
    few = queries_of(adviser, at("edition", small))
    large = draft(adviser, CONTRADICTION, programme=small.programme, year=2009)
    for slug in ("introduction", "groups", "comparison"):
        actions.write_prose(large, section=slug, text="Tekst", version=0, by=adviser)
    assert queries_of(adviser, at("edition", large)) <= few + 1  # the edition before it is looked up, not read
    assert few <= 12


def test_a_draft_shows_what_each_section_lacks(adviser):
    found = page(adviser, at("edition", draft(adviser, CONTRADICTION)))
    assert CONTRADICTION.text in found
    assert "1 motsigelse" in found
    assert "mangler tekst" in found


def test_a_reader_of_a_published_edition_sees_the_report_and_nothing_of_how_it_was_made(adviser):
    programme = ProgrammeFactory()
    edition = published(adviser, programme=programme)
    found = page(steering_member(programme), at("edition", edition))
    assert "10,2" in found
    for words in ("Skriv teksten", "mangler tekst", "Send til gjennomsyn", '<form method="post" action="/reports'):
        assert words not in found


def test_prose_is_shown_safe_and_with_its_live_figures(adviser):
    edition = draft(adviser)
    actions.write_prose(edition, section="introduction", text="<script>x</script> **viktig**", version=0, by=adviser)
    found = page(adviser, at("edition", edition))
    assert "<script>x" not in found
    assert "<strong>viktig</strong>" in found


def test_the_table_behind_a_figure_can_be_taken_along(adviser):
    edition = draft(adviser, label="=cmd")
    response = browser(adviser).get(at("table_csv", edition, "comparison", "comparison"))
    text = response.content.decode("utf-8-sig")
    assert "10.24" in text or "10,24" in text
    assert "'=cmd" in text
    assert browser(adviser).get(at("table_csv", edition, "comparison", "nothing")).status_code == 404


def test_the_pdf_comes_under_a_name_that_says_what_it_is(adviser):
    response = browser(adviser).get(at("pdf", published(adviser, programme=ProgrammeFactory(slug="kvalitet"))))
    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    assert "kvalitet-annual-2008-nb-1.pdf" in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert browser(adviser).get(at("pdf", draft(adviser))).status_code == 404


def test_two_editions_are_compared_cell_by_cell_and_two_reports_never(adviser):
    programme = ProgrammeFactory()
    older = published(adviser, programme=programme)
    newer = draft(adviser, programme=programme, rate="10.26")
    found = page(adviser, at("against", newer, older.pk))
    assert "10,2" in found
    assert "10,3" in found
    other = draft(adviser, programme=ProgrammeFactory())
    assert browser(adviser).get(at("against", newer, other.pk)).status_code == 404


# --- Writing ---------------------------------------------------------------------------------------------------------


def test_a_section_of_no_report_does_not_exist(adviser):
    edition = draft(adviser)
    for name in ("section", "prose"):
        assert browser(adviser).get(at(name, edition, "gossip")).status_code == 404


def test_the_second_of_two_editors_gets_both_texts_and_loses_none(adviser):
    edition, client = draft(adviser), browser(person("adviser"))
    url = at("prose", edition, "introduction")
    actions.write_prose(edition, section="introduction", text="Den førstes tekst", version=0, by=adviser)
    response = client.post(url, {"text": "Den andres tekst", "version": 0})
    assert response.status_code == 409
    found = response.content.decode()
    assert "Den førstes tekst" in found
    assert "Den andres tekst" in found
    assert Prose.objects.get().text == "Den førstes tekst"
    assert client.post(url, {"text": "Begge", "version": 1}).status_code == 302
    assert Prose.objects.get().text == "Begge"


@pytest.mark.parametrize("state", ["approved", "published"])
def test_a_frozen_edition_is_seen_but_not_written(adviser, state):
    edition = published(adviser)
    if state == "approved":
        edition = draft(adviser)
        actions.move(edition, "submit", by=adviser)
        actions.move(edition, "approve", by=adviser)
    client = browser(adviser)
    assert client.get(at("edition", edition)).status_code == 200
    assert client.get(at("prose", edition, "introduction")).status_code == 403
    assert client.post(at("findings", edition), {"findings": "Nytt"}).status_code == 403
    assert client.post(at("renew", edition)).status_code == 403


def test_more_than_three_findings_are_refused_in_words(adviser):
    edition, client = draft(adviser), browser(adviser)
    response = client.post(at("findings", edition), {"findings": "a\nb\nc\nd"})
    assert response.status_code == 200
    assert "4 funn" in response.content.decode()
    client.post(at("findings", edition), {"findings": "- a\n\n• b", "is_public": "on"})
    edition.refresh_from_db()
    assert (edition.findings, edition.is_public) == ("a\nb", True)


@pytest.mark.parametrize(
    ("report", "year", "words"),
    [("annual", "", "for eksempel 2008"), ("annual", "2006", "fra 2007 til 2010"), ("annual", "x", "heltall")],
)
def test_an_annual_report_needs_a_year_of_the_programme(adviser, report, year, words):
    programme = ProgrammeFactory()
    answers = {"programme": programme.pk, "report": report, "year": year, "language": "nb"}
    response = browser(adviser).post(reverse("reporting:new"), answers)
    assert response.status_code == 200
    assert words in response.content.decode()
    assert not Edition.objects.exists()


def test_a_final_report_takes_no_year_and_a_new_edition_begins_at_once(adviser):
    answers = {"programme": ProgrammeFactory().pk, "report": "final", "year": "2008", "language": "nn"}
    response = browser(adviser).post(reverse("reporting:new"), answers)
    edition = Edition.objects.get()
    assert response.url == at("edition", edition)
    assert (edition.year, edition.language, edition.number) == (None, "nn", 1)


def test_an_explanation_needs_words_and_a_contradiction(adviser):
    edition, client = draft(adviser, CONTRADICTION), browser(adviser)
    url = at("answer", edition, "comparison")
    for answers in ({"key": "mean", "text": " "}, {"key": "gone", "text": "Ja"}):
        client.post(url, answers)
        assert not edition.answers.exists()
    client.post(url, {"key": "mean", "text": "Nullen mangler."})
    assert edition.answers.get().text == "Nullen mangler."


def test_what_is_explained_is_printed_on_the_page_and_in_the_report(adviser):
    edition, client = draft(adviser, CONTRADICTION), browser(adviser)
    text = "Fraværet gikk ned fra 10,3 til 10,2 prosent, en nedgang på 0,1 prosent."
    actions.write_prose(edition, section="comparison", text=text, version=0, by=adviser)
    (key,) = (one.key for _section, one in contradictions_of(edition) if one.key != "mean")
    client.post(at("answer", edition, "comparison"), {"key": "mean", "text": "Nullen mangler."})
    client.post(at("answer", edition, "comparison"), {"key": key, "text": "Det er endringen i forhold til nivået."})
    page = client.get(at("edition", edition)).content.decode()
    for words in ("Trykt 9,6, regnet ut 10,6. Nullen mangler.", "Det er endringen i forhold til nivået."):
        assert f"<p>{words}</p>" in page or f" {words}</p>" in page
    (printed,) = (one for one in document_of(edition).sections if one.slug == "comparison")
    assert printed.data.notes[-1].endswith(": Det er endringen i forhold til nivået.")


def test_an_act_that_the_state_does_not_allow_is_refused_in_words(adviser):
    edition, client = draft(adviser), browser(adviser)
    response = client.post(at("move", edition, "publish"), follow=True)
    assert "utkast" in response.content.decode()
    assert client.post(at("move", edition, "burn")).status_code == 404
    assert client.get(at("move", edition, "submit")).status_code == 405
    edition.refresh_from_db()
    assert edition.state == "draft"


# --- Newer figures ---------------------------------------------------------------------------------------------------


def offer(edition: Edition, rate: str, vintages: dict | None = None) -> None:
    from_now = actions.Comparison.objects
    changes = (
        [{"section": "S", "table": "T", "row": "R", "column": "K", "before": "10,2", "now": "10,3"}]
        if rate != "10.24"
        else []
    )
    from_now.create(
        edition=edition,
        data=section(rate=rate),
        vintages=vintages or VINTAGES,
        changes=changes,
        computed_at=edition.computed_at,
    )


def test_newer_figures_are_offered_shown_and_taken_over(adviser):
    edition, client = draft(adviser), browser(adviser)
    assert "Forny rapporten" not in page(adviser, at("edition", edition))
    offer(edition, "10.26")
    assert "1 trykt tall ville bli endret" in page(adviser, at("edition", edition))
    assert "10,3" in page(adviser, at("changes", edition))
    client.post(at("renew", edition))
    edition.refresh_from_db()
    assert edition.data == section(rate="10.26")
    assert not Comparison.objects.exists()


def test_a_newer_vintage_alone_is_also_offered(adviser):
    edition = draft(adviser)
    offer(edition, "10.24", {"KS/PAI": "2010-06-01"})
    found = page(adviser, at("edition", edition))
    assert "Ingen trykte tall endres" in found
    assert "Forny rapporten" in found


def test_a_published_edition_tells_of_newer_figures_and_stays_as_it_is(adviser):
    edition = published(adviser)
    offer(edition, "10.26")
    found = page(adviser, at("changes", edition))
    assert "Forny rapporten" not in found
    assert f"programme={edition.programme_id}" in found
    assert browser(adviser).post(at("renew", edition)).status_code == 403
