import io

import pytest
from openpyxl import load_workbook

from absence.reading.annotate import annotated_copy
from tests.absence.bestiary.hostile import far_cell, persons
from tests.absence.bestiary.writers import csv_file, ods_file, text_file, xlsx_file

ROWS = [
    ["PAI"],
    ["Knr", "Kommune", "Kvartal", "Prosent"],
    ["0101", "=HYPERLINK(1)", "2008K1", "11,Q"],
    ["0104", "Moss", "2008K1", "9,7"],
]


def copy_of(path, read):
    content = annotated_copy(path, read(path).reading.errors, str)
    return load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("write", [csv_file, xlsx_file, ods_file])
def test_the_copy_stands_as_the_file_with_the_bad_cell_marked(tmp_path, read, write):
    rows = [[cell.lstrip("=") for cell in row] for row in ROWS]

    book = copy_of(write(tmp_path, rows), read)

    sheet = book.worksheets[1]
    bad = sheet["D3"]
    assert (bad.value, bad.fill.fgColor.rgb) == ("11,Q", "00F9D2CE")
    assert "“11,Q” is not a number." in bad.comment.text
    assert sheet["A2"].value == "Knr"
    assert sheet["D4"].value == "9,7"
    assert sheet["D4"].comment is None
    assert "“11,Q” is not a number." in book.worksheets[0]["A1"].value


def test_no_cell_of_the_copy_is_a_formula(tmp_path, read):
    sheet = copy_of(csv_file(tmp_path, ROWS), read).worksheets[1]

    assert sheet["B3"].value == "'=HYPERLINK(1)"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_a_whole_row_is_marked_when_no_cell_of_it_is_named(tmp_path, read):
    path = text_file(tmp_path, "Knr;Kvartal;Prosent\n0101;2008K1;9,7\n0101;2008K1;9,7\n")
    (twin,) = read(path).reading.errors
    marked = [cell.fill.fgColor.rgb == "00F9D2CE" for cell in copy_of(path, read).worksheets[1][3]]
    sheet = load_workbook(io.BytesIO(annotated_copy(path, [twin | {"column": None}], str))).worksheets[1]

    assert marked == [False, False, True]
    assert [cell.fill.fgColor.rgb for cell in sheet[3]] == ["00F9D2CE"] * 3
    assert sheet["A3"].comment is not None


def test_a_cell_that_is_missing_is_marked_where_it_should_stand(tmp_path, read):
    sheet = copy_of(text_file(tmp_path, "Knr;Kvartal;Prosent\n0101;2008K1;9,7\n0104;2008K1\n"), read).worksheets[1]

    assert sheet["C3"].comment is not None


def test_numbers_stay_numbers(tmp_path, read):
    path = xlsx_file(tmp_path, [["Knr", "Kvartal", "Prosent"], ["0101", "2008K1", 9.7], ["9999", "2008K1", 8.7]])

    assert copy_of(path, read).worksheets[1]["C2"].value == 9.7


def test_a_file_about_persons_or_one_that_cannot_be_opened_has_no_copy(tmp_path, read):
    for path in (persons(tmp_path, "identity numbers"), far_cell(tmp_path)):
        assert annotated_copy(path, read(path).reading.errors, str) is None


def test_a_file_about_persons_has_no_copy_even_when_asked_without_its_errors(tmp_path):
    assert annotated_copy(persons(tmp_path, "in a note"), [], str) is None
