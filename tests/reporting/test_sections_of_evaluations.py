"""Evaluations in the reports: published means are marked, and both means of the courses stand."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from gatherings.models import PublishedEvaluation
from reporting.catalogue import ANNUAL, FINAL
from reporting.scope import Scope
from reporting.section_data import SectionData
from reporting.sections.evaluations import course_evaluations, evaluations
from tests.factories import ProgrammeFactory
from tests.gatherings.evaluations import closed
from tests.gatherings.worlds import world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_bokmaal():
    with override("nb"):
        yield


def published(programme, measure: str, value: str | None, item: str = "a", **values) -> None:
    defaults = {
        "label": {"nb": "Samling"},
        "month": date(2007, 11, 1),
        "year": 2008,
        "unit": "score",
        "source": "Kilde",
    }
    PublishedEvaluation.objects.create(
        programme=programme, item=item, measure=measure, value=value and Decimal(value), **(defaults | values)
    )


def scope(programme, year=None) -> Scope:
    return Scope(programme, date(2008, 12, 31) if year else date(2099, 1, 1), year)


def printed(data: SectionData, slug: str) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in data.table(slug).display_rows("nb")]


@pytest.mark.parametrize("section", [evaluations, course_evaluations])
def test_a_programme_without_evaluations_prints_nothing(section):
    assert section(scope(ProgrammeFactory(), 2008)) == SectionData()


def test_a_published_mean_is_printed_as_it_stands_and_marked():
    programme = ProgrammeFactory()
    published(programme, "met_expectations_yes", "69.9")
    published(programme, "relevant_theme_mean", "4.3", remark={"nb": "Rettet."})
    data = evaluations(scope(programme, 2008))
    assert printed(data, "evaluations") == [["Samling", "Hele programmet", "november 2007", "69,9", "4,3", "–", "–"]]
    notes = {note.text for note in data.table("evaluations").cell_notes}
    assert notes == {"Publisert snitt, ikke beregnet her: Kilden har ikke antall svar.", "Rettet."}


def test_answers_in_the_portal_are_reckoned_and_few_are_held_back():
    here = world()
    closed(here, *({"relevance": 5} for _n in range(5)))
    row = printed(evaluations(scope(here.programme)), "evaluations")[0]
    assert row[3:] == ["100,0", "5,0", "4,0", "5"]
    here.gathering.evaluation.answers.first().delete()
    data = evaluations(scope(here.programme))
    assert printed(data, "evaluations")[0][3:] == ["–", "–", "–", "–"]
    assert [note.mark for note in data.table("evaluations").cell_notes] == ["suppressed"]


def test_the_shares_stand_by_cohort_and_a_lost_one_says_why():
    programme = ProgrammeFactory()
    published(programme, "relevant_theme_4_or_better", None, remark={"nb": "Uleselig."}, month=None)
    data = evaluations(scope(programme, 2008))
    assert printed(data, "four-or-better") == [["Hele programmet", "Samling", "–", "–", "–"]]
    assert data.table("four-or-better").cell_notes[0].text == "Uleselig."


def test_both_means_of_the_courses_are_printed():
    programme = ProgrammeFactory()
    for at, value in enumerate(("4.5", "4.8", "4.8", "4.9", "4.5")):
        published(programme, "course_item", value, item=f"spc-{at}")
    published(programme, "course_mean", "4.8", item="stated", remark={"nb": "Begge står."}, label={"nb": "Oppgitt"})
    rows = printed(course_evaluations(scope(programme, 2008)), "course-evaluations")
    assert rows[-2:] == [["Snitt av de trykte skårene", "4,7"], ["Oppgitt", "4,8"]]


@pytest.mark.parametrize(("report", "numbers"), [(ANNUAL, ("2.4", "2.7")), (FINAL, ("3.2", "3.5"))])
def test_the_sections_stand_in_both_reports_and_no_number_is_given_twice(report, numbers):
    found = {section.slug: section.number for section in report.sections}
    assert (found["evaluations"], found["course-evaluations"]) == numbers
    given = [str(section.number) for section in report.sections if section.number]
    assert len(given) == len(set(given))
