"""Numbers of tables and figures, and where chapters begin."""

from dataclasses import replace

from reporting.document import Numbering, PrintedSection
from reporting.section_data import SectionData
from tests.reporting.samples import DEVELOPMENT, FOCUS, SIZE, document


def with_tables(*tables) -> SectionData:
    return SectionData(tables=tables)


def test_a_number_the_section_names_is_kept_and_not_given_twice():
    claimed = replace(SIZE, slug="claimed", number="4.1")
    free = replace(SIZE, slug="free", number="")
    sections = (
        PrintedSection("a", "A", 1, "4", data=with_tables(free)),
        PrintedSection("b", "B", 2, "4.1", data=with_tables(claimed)),
    )
    assert Numbering.of(document(sections=sections)).tables == {"free": "4.2", "claimed": "4.1"}


def test_tables_count_through_a_chapter_and_begin_again_in_the_next():
    tables = [replace(SIZE, slug=f"t{place}", number="") for place in range(4)]
    sections = (
        PrintedSection("a", "A", 1, "1", data=with_tables(tables[0])),
        PrintedSection("b", "B", 2, "1.1", data=with_tables(tables[1])),
        PrintedSection("c", "C", 1, "IV", data=with_tables(tables[2])),
        PrintedSection("d", "D", 1, "", data=with_tables(tables[3])),
    )
    assert Numbering.of(document(sections=sections)).tables == {"t0": "1.1", "t1": "1.2", "t2": "IV.1", "t3": "3.1"}


def test_an_appendix_does_not_number_as_the_chapter_of_its_number():
    sections = (PrintedSection("a", "A", 1, "Vedlegg 6", data=with_tables(FOCUS)),)
    assert Numbering.of(document(sections=sections)).tables == {"focus": "V6.1"}


def test_figures_count_by_themselves():
    data = SectionData(tables=(replace(SIZE, number=""),), figures=(DEVELOPMENT,))
    numbering = Numbering.of(document(sections=(PrintedSection("a", "A", 1, "2", data=data),)))
    assert (numbering.tables["size"], numbering.figures["development"]) == ("2.1", "2.1")


def test_chapters_begin_at_level_one():
    levels = [[section.level for section in chapter] for chapter in document().chapters()]
    assert levels == [[1, 2], [1, 2], [1], [1, 2, 3], [1], [1]]
