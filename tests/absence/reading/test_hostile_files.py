"""Files made to harm are refused in words, and the parent lives on."""

import os

import pytest
from openpyxl import Workbook, load_workbook

from absence.reading.personal import holds_identity_number, is_identity_number
from absence.reading.process import Limits, _lines
from absence.reading.read import read_file
from absence.reading.sheet_parts import uncomputed_formulas
from tests.absence.bestiary.hostile import BAD_NAMES, CSV, HOSTILE, IDENTITY_NUMBER, persons
from tests.absence.bestiary.register import REGISTER
from tests.absence.bestiary.writers import csv_file, raw_ods, text_file, xlsx_file


@pytest.mark.parametrize(("make", "code"), HOSTILE.items(), ids=lambda value: getattr(value, "__name__", value))
def test_a_hostile_file_is_refused_with_a_clear_reason(tmp_path, read, make, code):
    found = read(make(tmp_path))

    assert found.reading.errors[0]["code"] == code
    assert found.figures == []


def test_a_cell_far_away_and_a_row_too_wide_are_named(tmp_path, read):
    path = tmp_path / "far.xlsx"
    book = Workbook()
    book.active.title = "Forside"
    book.create_sheet("Tall æøå")["XFD1048576"] = 1
    book.save(path)

    found = read(path)

    assert found.errors == [("far_cell", 1_048_576, "XFD")]
    assert found.reading.errors[0]["sheet"] == "Tall æøå"
    assert read(csv_file(tmp_path, [["Tittel"], ["x"] * 1_000])).errors == [("too_many_columns", 2, None)]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_leads_elsewhere_or_hides_its_ending_is_refused(tmp_path, read, name):
    assert read(text_file(tmp_path, CSV), file_name=name).errors == [("file_name", None, None)]


@pytest.mark.parametrize(
    ("name", "code"),
    [("pai.xls", "old_xls"), ("pai.xlsm", "macros"), ("pai.ods", "content_differs"), ("pai", "unknown_kind")],
)
def test_the_name_must_fit_the_content(tmp_path, read, name, code):
    assert read(xlsx_file(tmp_path, [["Knr"]]), file_name=name).errors == [(code, None, None)]


def test_reading_that_takes_too_long_is_stopped(tmp_path, read):
    rows = [["Knr", "Kvartal", "Prosent"], *(["0101", f"{year}K1", "9,7"] for year in range(1900, 2000))]

    before = _children()
    found = read(csv_file(tmp_path, rows), limits=Limits(seconds=0.001))

    assert found.errors == [("too_slow", None, None)]
    assert set(_children()) <= set(before)


def test_a_child_that_keeps_talking_is_stopped_too():
    reader, writer = os.pipe()
    with open(reader, "rb") as pipe, open(writer, "wb") as talker:
        talker.write(b"{}\n")
        talker.flush()

        with pytest.raises(TimeoutError):
            next(_lines(pipe, seconds=0))


def test_reading_that_needs_too_much_memory_is_stopped(tmp_path, read):
    rows = [["Knr", "Kvartal", "Prosent"], *([f"x{row}", "2008K1" * 3_000, "9,7"] for row in range(2_000))]

    found = read(csv_file(tmp_path, rows), limits=Limits(memory_mb=40))

    assert found.errors == [("too_much_memory", None, None)]


def test_a_child_that_cannot_even_start_is_told_of(tmp_path, read):
    assert read(text_file(tmp_path, CSV), limits=Limits(memory_mb=1)).errors == [("too_much_memory", None, None)]


def test_a_file_that_is_too_large_is_not_opened(tmp_path, read):
    assert read(text_file(tmp_path, CSV), limits=Limits(file_mb=0)).errors == [("file_too_large", None, None)]


def test_a_reading_that_is_left_early_leaves_no_process_behind(tmp_path):
    """So many rows that the child would wait for ever for someone to take them."""
    quarters = [f"{year}K{quarter}" for year in range(1900, 2000) for quarter in range(1, 5)]
    sectors = ["Undervisning", "Barnehage", "Administrasjon", "Annet", "Alle"]
    slices = [(sector, sex) for sector in sectors for sex in ("Kvinner", "Menn", "Begge")]
    units = ["0101", "0104", "0216", "0301", "1515", "1818", "1826"]
    rows = [[unit, period, *part, "9,7"] for unit in units for period in quarters for part in slices]
    rows = [["Knr", "Kvartal", "Sektor", "Kjønn", "Prosent"], *rows]
    before = _children()
    reading = iter(read_file(csv_file(tmp_path, rows), REGISTER))

    next(reading)
    assert set(_children()) > set(before)
    reading.close()

    assert set(_children()) <= set(before)


LINE = "0101;2008K1;alle;begge;samlet;600;6000\n"
LONG_HEAD = "kommunenr;kvartal;sektor;kjønn;fraværstype;tapte dagsverk;mulige dagsverk\n"


def test_two_million_equal_rows_are_refused_without_being_read_to_the_end(tmp_path, read):
    """To read them all takes six seconds of the processor; a third of that is allowed here."""
    found = read(text_file(tmp_path, LONG_HEAD + LINE * 2_000_000), limits=Limits(seconds=2, seconds_per_mb=0))

    assert found.errors[0] == ("same_cell_twice", 3, "F")
    assert found.reading.error_count > 1_000


def test_persons_at_the_end_of_a_hopeless_file_are_found_all_the_same(tmp_path, read):
    content = LONG_HEAD + LINE * 400_000 + f"{IDENTITY_NUMBER};2008K1;alle;begge;samlet;1;2\n"

    found = read(text_file(tmp_path, content))

    assert found.errors == [("personal_data", None, None)]


@pytest.mark.parametrize(
    "kind",
    [
        "identity numbers",
        "with a space",
        "in a note",
        "in a title",
        "as workdays",
        "without a table",
        "names",
        "a column for them",
        "names beside figures",
    ],
)
def test_a_file_about_persons_is_refused_and_nothing_of_it_repeated(tmp_path, read, kind):
    found = read(persons(tmp_path, kind))

    assert [error[0] for error in found.errors] == ["personal_data"]
    assert found.reading.error_count == 1
    said = str(vars(found.reading)).replace(str(tmp_path), "")
    assert IDENTITY_NUMBER not in said
    assert "Nordmann" not in said
    assert found.figures == []


@pytest.mark.parametrize("digits", ["01010112377", "41010112360", "01410112430", "01810112332"])
def test_identity_numbers_are_known_by_date_and_check_digits(digits):
    assert is_identity_number(digits)
    assert holds_identity_number([f"nr. {digits}"])


@pytest.mark.parametrize("digits", ["01010112378", "99999999999", "00000000000", "12345678901"])
def test_other_eleven_digits_are_workdays(digits):
    assert not is_identity_number(digits)


def test_an_identity_number_stored_as_a_number_is_known():
    assert holds_identity_number([41010112360.0])


def test_numbers_that_lost_their_first_zero_are_known_when_they_are_many():
    assert not holds_identity_number([1010112377.0])
    assert holds_identity_number([1010112377.0] * 3)


def _children():
    with open(f"/proc/self/task/{os.getpid()}/children") as file:
        return file.read().split()


def test_formulas_without_results_are_all_named_with_sheet_row_column_and_formula(tmp_path, read):
    path = xlsx_file(
        tmp_path,
        [
            ["Knr", "Kvartal", "Prosent"],
            ["0101", "2008K1", "9,7"],
            ["0104", "2008K1", "=4+5"],
            ["0105", "2008K1", "=C3*2"],
        ],
        Forklaring=[["Tall", "=1+1"]],
    )

    found = read(path)

    places = [(error["sheet"], error["row"], error["column"], error["value"]) for error in found.reading.errors]
    assert places == [("Ark1", 3, "C", "=4+5"), ("Ark1", 4, "C", "=C3*2"), ("Forklaring", 1, "B", "=1+1")]
    assert found.reading.errors[0]["cells"] == ["0104", "2008K1", "=4+5"]
    assert found.figures == []


def test_a_formula_shared_by_cells_and_one_without_a_place_are_no_blanks():
    data = (
        b'<sheetData><row r="2"><c r="C2"><f t="shared" ref="C2:C3" si="0">A2&lt;B2</f><v>1</v></c></row>'
        b'<row r="3"><c r="C3"><f t="shared" si="0"/></c><c><f>1+1</f><v/></c>'
        b'<c r="E3" t="str"><f>""</f><v></v></c><c r="F3"><f>2</f><v>2</v></c></row></sheetData>'
    )

    assert uncomputed_formulas(data) == [(2, 2, "=A2<B2"), (None, None, "=1+1")]


def test_an_ods_formula_without_a_result_is_named_too(tmp_path, read):
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    row = "<table:table-row>{}</table:table-row>".format
    rows = row("".join(map(text.format, ["Knr", "Kvartal", "Prosent"])))
    rows += row("".join(map(text.format, ["0101", "2008K1"])) + '<table:table-cell table:formula="of:=4+5"/>')

    found = read(raw_ods(tmp_path, f'<table:table table:name="Tall">{rows}</table:table>'))

    (error,) = found.reading.errors
    assert (error["code"], error["sheet"], error["row"], error["column"]) == ("formula_without_value", "Tall", 2, "C")
    assert error["value"] == "=4+5"


def test_a_hidden_sheet_with_formulas_is_not_read_and_refuses_nothing(tmp_path, read):
    path = xlsx_file(tmp_path, [["Knr", "Kvartal", "Prosent"], ["0101", "2008K1", "9,7"]], Skjult=[["=1+1"]])
    book = load_workbook(path)
    book["Skjult"].sheet_state = "hidden"
    book.save(path)

    assert read(path).errors == []
