"""What is printed of a report, under which numbers, and which chapters share a page."""

from dataclasses import replace
from itertools import pairwise

import pytest

from reporting.catalogue import REPORTS
from reporting.chapters import FILLED, PAGE, chapters_of, lines_of
from reporting.document import Numbering, PrintedSection
from reporting.documents import printed_sections
from reporting.section_data import SectionData
from tests.reporting.samples import SIZE, document

TABLE = SectionData(tables=(SIZE,))
LONG = "<p>Ord.</p>" * 150


def printed(*sections: tuple) -> list[tuple]:
    made = chapters_of(PrintedSection(number, number, level, number, prose=prose) for level, number, prose in sections)
    return [(one.slug, one.number) for one in made]


def test_what_is_left_out_counts_nowhere():
    shown = printed((1, "1", "A"), (2, "1.1", ""), (2, "1.2", "B"), (1, "2", ""), (1, "3", ""), (2, "3.1", "C"))
    assert shown == [("1", "1"), ("1.2", "1.1"), ("3", "2"), ("3.1", "2.1")]


def test_a_heading_whose_parts_are_all_empty_is_left_out_too():
    assert printed((1, "1", ""), (2, "1.1", ""), (1, "2", "A")) == [("2", "1")]


def test_appendices_count_by_themselves_and_what_has_no_number_gets_none():
    shown = printed(
        (1, "", "Forord"), (1, "1", "A"), (1, "Vedlegg 1", ""), (1, "Vedlegg 2", "B"), (1, "Vedlegg 10", "C")
    )
    assert [number for _slug, number in shown] == ["", "1", "Vedlegg 1", "Vedlegg 2"]


@pytest.mark.parametrize("report", REPORTS)
def test_each_report_numbers_its_sections_without_a_gap(report):
    slugs = [one.slug for one in REPORTS[report].sections]
    left_out = {"grants", "courses", "political"}
    shown = printed_sections(report, [], {slug: "Tekst" for slug in slugs if slug not in left_out}, {}, "nb")
    numbers = [one.number for one in shown if one.number and " " not in one.number]
    for before, after in pairwise(numbers):
        chapter, _dot, part = before.partition(".")
        assert after in (f"{chapter}.{int(part or 0) + 1}", str(int(chapter) + 1))
    appendices = [one.number for one in shown if " " in one.number]
    assert appendices == [f"Vedlegg {n}" for n in range(1, len(appendices) + 1)]


def test_a_chapter_goes_on_where_the_one_before_leaves_room_and_else_opens_a_page():
    made = chapters_of(
        [
            PrintedSection("foreword", "Forord", prose="Kort"),
            PrintedSection("a", "A", 1, "1", prose="Kort"),
            PrintedSection("b", "B", 1, "2", data=TABLE),
            PrintedSection("b1", "B", 2, "2.1", prose=LONG),
            PrintedSection("c", "C", 1, "3", prose="Kort"),
            PrintedSection("x", "X", 1, "Vedlegg 1", data=TABLE),
            PrintedSection("y", "Y", 1, "Vedlegg 2", data=TABLE),
        ]
    )
    assert [one.slug for one in made if one.runs_on] == ["b", "y"]
    assert sum(map(lines_of, made[1:4])) % PAGE > FILLED


def test_tables_of_chapters_that_share_a_page_bear_the_number_of_their_own_chapter():
    data = [SectionData(tables=(replace(SIZE, slug=slug, number=""),)) for slug in "ab"]
    made = chapters_of([PrintedSection(str(n), "A", 1, f"{n}", data=data[n - 1]) for n in (1, 2)])
    assert made[1].runs_on
    assert Numbering.of(document(sections=made)).tables == {"a": "1.1", "b": "2.1"}
