"""The whole print: opened, validated, and read as a reader and a machine would."""

import io
import itertools
import os
import subprocess
import sys
from dataclasses import replace

import page
import pypdf
import pytest
from django.test import override_settings

from correspondence.shelf import Shelf
from reporting.document import Numbering
from reporting.pdf import report_pdf
from reporting.printing import attachment_name
from reporting.section_data import SectionData
from tests.reporting.samples import COMPARISON, FOCUS, SAMI, SIZE, document, sections

SAMPLE = document()


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    return Shelf(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(scope="module")
def printed(shelf, tmp_path_factory):
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        return report_pdf(SAMPLE, shelf)


@pytest.fixture(scope="module")
def reader(printed):
    return pypdf.PdfReader(io.BytesIO(printed.pdf))


def faults(pdf: bytes) -> list[str]:
    profiles = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)
    return [fault.message for profile in profiles for fault in page.validate_pdf_bytes(pdf, profile=profile).failures]


def tags(reader) -> list[tuple[str, dict]]:
    """The tag tree in reading order, as (name, element)."""
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object()]
    while waiting:
        element = waiting.pop(0)
        if not isinstance(element, dict) or "/S" not in element:
            continue
        found.append((element["/S"], element))
        kids = element.get("/K", [])
        waiting[:0] = [kid.get_object() for kid in kids if isinstance(kid, pypdf.generic.IndirectObject)]
    return found


def text_of(reader, number: int) -> str:
    return " ".join(reader.pages[number - 1].extract_text().split())


def test_it_is_pdf_a_3a_and_pdf_ua_1(printed):
    assert faults(printed.pdf) == []


def test_it_says_its_title_language_and_frozen_time(reader):
    assert reader.metadata.title == "Sluttrapport"
    assert reader.metadata.author == "Sekretariatet for Kvalitetskommuneprogrammet"
    assert reader.trailer["/Root"]["/Lang"] == "nb"
    assert reader.metadata.creation_date.isoformat().startswith("2010-06-15T")
    assert reader.metadata.creation_date == reader.metadata.modification_date


def test_the_title_page_names_programme_period_edition_and_vintage(reader):
    words = text_of(reader, 1)
    for part in ("Kvalitetskommuneprogrammet", "Sluttrapport", "2007–2010", "1. utgave", "15. juni 2010"):
        assert part in words
    assert "PAI-registeret, uttrekk 1. juni 2010" in words


def test_the_contents_tell_the_page_on_which_each_heading_stands(reader):
    lines = reader.pages[1].extract_text().splitlines()
    for title in ("Gjennomføring", "Resultater", "Læring og anbefaling", "Innsatskommunene"):
        line = next(line for line in lines if title in line)
        number = int(line.rsplit(maxsplit=1)[1]) if line[-1].isdigit() else int(lines[lines.index(line) + 1])
        assert title in text_of(reader, number)


def test_every_page_but_the_first_bears_its_number_and_the_short_title(reader):
    assert "Kvalitetskommuneprogrammet · Sluttrapport" not in text_of(reader, 1)
    for number in range(2, len(reader.pages) + 1):
        words = text_of(reader, number)
        assert words.endswith(f"Kvalitetskommuneprogrammet · Sluttrapport {number}"), words[-80:]


def test_feet_are_artifacts_that_readers_do_not_hear(reader):
    content = reader.pages[3].get_contents().get_data()
    assert b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC q /Foot4 Do Q EMC" in content.replace(b"\n", b" ")


def test_headings_never_skip_a_level_and_follow_the_sections(reader):
    levels = [int(name[2]) for name, _ in tags(reader) if name in ("/H1", "/H2", "/H3", "/H4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    contents = [1, 2, 2]
    assert levels == contents + [section.level for section in SAMPLE.sections]


def test_tables_have_captions_header_cells_and_ids_of_their_own(reader):
    names = [name for name, _ in tags(reader)]
    assert names.count("/Caption") == 3
    ids = [element["/ID"] for name, element in tags(reader) if name == "/TH"]
    assert len(ids) == len(set(ids)) > 50
    cells = [element for name, element in tags(reader) if name == "/TD" and element["/A"].get("/Headers")]
    assert all(header in ids for cell in cells for header in cell["/A"]["/Headers"])


def test_the_chart_says_in_words_what_it_shows(reader):
    (figure,) = [element for name, element in tags(reader) if name == "/Figure"]
    assert figure["/Alt"] == sections()[6].data.figures[0].alt


def test_tables_are_numbered_and_tell_source_and_vintage_under_them(reader):
    whole = " ".join(text_of(reader, number) for number in range(3, len(reader.pages) + 1))
    for label in ("Tabell 4.6", "Tabell 4.7", "Tabell V6.1", "Figur 4.1"):
        assert label in whole
    assert whole.count("Kilde: KS, PAI-registeret. Uttrekk 1. juni 2010.") == 2
    assert "Kilde: Sluttrapporten, vedlegg 6. Uttrekk 1. juni 2010." in whole


def test_a_long_table_repeats_its_head_and_prints_missing_as_a_dash_with_its_reason(reader):
    first, second = text_of(reader, 9), text_of(reader, 10)
    assert "2004/05" in first
    assert "2004/05" in second
    assert "10,6 –a 9,9" in second
    assert "Trykt som 0,0 i sluttrapporten." in second


def test_each_table_lies_in_the_file_as_data(reader):
    numbering = Numbering.of(SAMPLE)
    expected = {attachment_name(table, numbering): table.csv() for table in (COMPARISON, SIZE, FOCUS)}
    assert sorted(expected) == ["tabell-4-6-comparison.csv", "tabell-4-7-size.csv", "tabell-V6-1-focus.csv"]
    assert {name: content[0] for name, content in reader.attachments.items()} == expected
    files = [file.get_object() for file in reader.trailer["/Root"]["/AF"]]
    assert [file["/AFRelationship"] for file in files] == ["/Data"] * 3
    assert [file["/Desc"] for file in files] == [COMPARISON.title, SIZE.title, FOCUS.title]


def test_the_outline_leads_to_the_pages_of_the_headings(reader):
    def flat(items):
        for item in items:
            yield from flat(item) if isinstance(item, list) else [item]

    found = {item.title: reader.get_destination_page_number(item) + 1 for item in flat(reader.outline)}
    assert found["4 Resultater"] == 6
    assert found["4.1.1 Størrelse og fravær"] == 7
    assert found["Vedlegg 6 Innsatskommunene"] == 9
    assert "4.1 Sykefravær i og utenfor programmet" not in [
        item.title for item in reader.outline if hasattr(item, "title")
    ]


def test_links_cross_chapters_and_say_where_they_lead(reader):
    links = [
        link.get_object()
        for number in range(2, len(reader.pages))
        for link in reader.pages[number].get("/Annots", [])
        if link.get_object()["/Subtype"] == "/Link"
    ]
    assert {link["/Contents"] for link in links} == {f"Tabell 4.6 {COMPARISON.title}"}
    assert {link["/Dest"] for link in links} == {"table-comparison"}
    assert reader.get_destination_page_number(reader.named_destinations["table-comparison"]) + 1 == 7


def test_no_link_leads_out_of_the_file(reader):
    addresses = [
        link.get_object().get("/A", {}).get("/URI")
        for one in reader.pages
        for link in one.get("/Annots", [])
        if link.get_object().get("/A")
    ]
    assert addresses == []


def test_sami_letters_stand_in_embedded_fonts(reader):
    assert SAMI in text_of(reader, 8)
    assert "Porsáŋgu" in text_of(reader, 10)
    fonts = {
        (str(font["/BaseFont"]), "/FontFile2" in descriptor or "/FontFile3" in descriptor)
        for one in reader.pages
        for font in (entry.get_object() for entry in one["/Resources"]["/Font"].values())
        for descriptor in [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()]
    }
    assert all(embedded for _, embedded in fonts)
    assert {name.split("+")[1].rstrip(",") for name, _ in fonts} <= {
        "Charis-SIL",
        "Charis-SIL-Bold",
        "Source-Sans-3",
        "Source-Sans-3-Semi-Bold",
    }


def test_the_same_report_has_the_same_bytes_in_another_process(printed, tmp_path):
    program = (
        "import sys, django; django.setup()\n"
        "from reporting.pdf import report_pdf\n"
        "from tests.reporting.samples import document\n"
        "print(report_pdf(document()).sha256)"
    )
    surroundings = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "MEDIA_ROOT": str(tmp_path / "other")}
    done = subprocess.run([sys.executable, "-c", program], env=surroundings, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == printed.sha256


def test_only_a_changed_chapter_is_set_anew(printed, shelf):
    changed = list(sections())
    changed[2] = replace(changed[2], prose="<p>Et nytt avsnitt.</p>" + changed[2].prose)
    again = report_pdf(replace(SAMPLE, sections=tuple(changed)), shelf)
    assert (printed.chapters_set, again.chapters_set) == (6, 1)
    assert faults(again.pdf) == []
    new = pypdf.PdfReader(io.BytesIO(again.pdf))
    assert "Et nytt avsnitt." in text_of(new, 4)


def test_pages_after_a_chapter_that_grew_are_numbered_anew_without_being_set_anew(printed, shelf):
    grown = list(sections())
    grown[2] = replace(grown[2], prose=grown[2].prose * 6)
    again = report_pdf(replace(SAMPLE, sections=tuple(grown)), shelf)
    new = pypdf.PdfReader(io.BytesIO(again.pdf))
    assert again.chapters_set == 1
    assert again.pages > printed.pages
    assert text_of(new, again.pages).endswith(str(again.pages))
    assert new.get_destination_page_number(new.named_destinations["section-results"]) == 5 + again.pages - printed.pages


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", ["Innhold", "Tabell 4.6", "Kilde:", "9,6"]),
        ("nn", ["Innhald", "Tabell 4.6", "Kjelde:", "9,6"]),
        ("en", ["Contents", "Table 4.6", "Source:", "9.6"]),
    ],
)
def test_the_printed_words_follow_the_language(language, words, tmp_path):
    short = (replace(sections()[5], data=SectionData()), replace(sections()[6], data=SectionData(tables=(COMPARISON,))))
    done = report_pdf(document(language=language, sections=short), Shelf(tmp_path))
    new = pypdf.PdfReader(io.BytesIO(done.pdf))
    whole = " ".join(text_of(new, number) for number in range(1, done.pages + 1))
    assert new.trailer["/Root"]["/Lang"] == language
    assert [word for word in words if word not in whole] == []
    assert faults(done.pdf) == []


def test_a_draft_says_so_on_every_page(tmp_path):
    done = report_pdf(document(draft=True, sections=sections()[:1]), Shelf(tmp_path))
    new = pypdf.PdfReader(io.BytesIO(done.pdf))
    assert all("Utkast" in text_of(new, number) for number in range(2, done.pages + 1))
