"""Files that are refused, and where they say it is wrong."""

import datetime

import pytest

from absence.reading.read import Limits
from tests.absence.bestiary.writers import csv_file, text_file, xlsx_file

LONG = "Knr;Kvartal;Prosent\n0104;2008K1;9,6\n"
WIDE = "Kommune;2008K1;2008K2\nMoss;9,6;9,7\n"


@pytest.mark.parametrize("cell", ["11,Q", "10|7", "1O,2"])
@pytest.mark.parametrize(
    ("text", "place"), [(LONG + "0101;2008K1;{}\n", (3, "C")), (WIDE + "Halden;9,5;{}\n", (3, "C"))]
)
def test_scanned_cells_are_refused_not_coerced(tmp_path, read, cell, text, place):
    found = read(text_file(tmp_path, text.format(cell)))

    assert found.errors == [("not_a_number", *place)]
    assert found.reading.errors[0]["value"] == cell
    assert cell in found.reading.errors[0]["cells"]
    assert found.figures == []


@pytest.mark.parametrize("name", ["Våler", "Bø", "Os", "Herøy"])
def test_ambiguous_names_are_refused_also_in_a_blank_row(tmp_path, read, name):
    for text in (
        f"{WIDE}{name};9,5;\n",
        f"{WIDE}{name};;\n",
        f"Kommune;Kvartal;Prosent\n{name};2008K1;\nMoss;2008K1;9,7\n",
    ):
        (error, *_) = read(text_file(tmp_path, text)).reading.errors
        assert (error["code"], error["column"], error["value"]) in {
            ("ambiguous_name", column, value) for column, value in [("A", name), ("B", "9,5"), ("B", ""), ("C", "")]
        }


def test_a_scanned_name_is_refused_with_the_nearest_names(tmp_path, read):
    (error,) = read(text_file(tmp_path, WIDE + "Ngttergy;9,5;9,6\n")).reading.errors

    assert (error["code"], error["row"], error["column"]) == ("unknown_name_near", 3, "A")
    assert "Nøtterøy" in error["params"]["candidates"]


def test_a_city_district_is_no_municipality(tmp_path, read):
    assert read(text_file(tmp_path, WIDE + "Bydel Alna;9,5;9,6\n")).errors == [("city_district", 3, "A")]


def test_a_figure_before_the_municipality_was_there_is_refused(tmp_path, read):
    (error,) = read(text_file(tmp_path, "Kommune;Knr;Q405-Q306;Q408-Q309\n;1505;10,1;10,0\n")).reading.errors

    assert (error["code"], error["row"], error["column"], error["value"]) == ("not_yet_valid", 2, "C", "10,1")
    assert error["params"]["instead"] == "1503 Kristiansund"


@pytest.mark.parametrize(
    ("headings", "column"),
    [
        ("1. kvartal 2006;2. kvartal 2006;3. kvartal 2007;4. kvartal 2006;1. kvartal 2007", "D"),
        ("2008K1;2008K3;2008K2;2008K4", "D"),
        ("2008K1;2008K1", "C"),
        ("Q406-Q307;Q405-Q306", "B"),
    ],
)
def test_periods_that_do_not_increase_are_refused_with_the_cell_named(tmp_path, read, headings, column):
    count = headings.count(";") + 1
    (error,) = read(text_file(tmp_path, f"Kommune;{headings}\nHalden{';9,7' * count}\n")).reading.errors

    assert (error["code"], error["row"]) == ("periods_not_increasing", 1)
    assert column in (error["column"], error["params"]["other"])


def test_the_heading_that_jumped_ahead_is_the_one_named(tmp_path, read):
    headings = "1. kvartal 2006;2. kvartal 2006;3. kvartal 2007;4. kvartal 2006;1. kvartal 2007"
    (error,) = read(text_file(tmp_path, f"Kommune;{headings}\nHalden{';9,7' * 5}\n")).reading.errors

    assert (error["column"], error["value"]) == ("D", "3. kvartal 2007")


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Q408-Q209", "window_length"),
        ("Q309-Q408", "window_reversed"),
        ("Q408-", "not_a_period"),
        ("-Q309", "not_a_period"),
    ],
)
def test_a_heading_that_is_no_whole_window_is_refused(tmp_path, read, heading, code):
    assert read(text_file(tmp_path, f"Kommune;Q406-Q307;{heading}\nHalden;9,7;9,8\n")).errors == [(code, 1, "C")]


def test_a_window_of_three_quarters_is_refused_in_a_long_file(tmp_path, read):
    (error,) = read(text_file(tmp_path, LONG + "0101;Q408-Q209;9,7\n")).reading.errors

    assert (error["code"], error["row"], error["column"]) == ("window_length", 3, "B")
    assert error["params"] == {"quarters": 3}


def test_dates_where_periods_belong_are_refused(tmp_path, read):
    date = datetime.date(2008, 3, 31)

    assert read(xlsx_file(tmp_path, [["Kommune", "2007K4", date], ["Halden", 9.7, 9.8]])).errors == [
        ("date_as_period", 1, "C")
    ]
    assert read(text_file(tmp_path, LONG + "0101;2008-03-31;9,7\n")).errors == [("date_as_period", 3, "B")]


@pytest.mark.parametrize(
    ("cells", "row", "code"),
    [
        (["9,7", "10,2", "0,097"], 4, "fraction_among_percents"),
        (["9,70", "10,21", "0,09"], 4, "fraction_among_percents"),
        (["0,097", "0,102", "9,7"], 4, "percent_among_fractions"),
    ],
)
def test_fractions_among_percents_are_refused_with_the_cell(tmp_path, read, cells, row, code):
    lines = [f"0101;2008K{quarter};{cell}" for quarter, cell in enumerate(cells, 1)]

    assert read(text_file(tmp_path, "Knr;Kvartal;Prosent\n" + "\n".join(lines))).errors == [(code, row, "C")]


@pytest.mark.parametrize(
    ("headings", "cells", "error"),
    [
        ("Tapte dagsverk;Mulige dagsverk", "100;", ("counts_incomplete", 3, "D")),
        ("Tapte dagsverk;Mulige dagsverk", ";1000", ("counts_incomplete", 3, "C")),
        ("Tapte dagsverk;Mulige dagsverk;Prosent", "100;;", ("counts_incomplete", 3, "D")),
        ("Tapte dagsverk;Mulige dagsverk", "100;0", ("absence_of_nothing", 3, "D")),
        ("Tapte dagsverk;Mulige dagsverk;Prosent", "0;0;9,7", ("absence_of_nothing", 3, "D")),
    ],
)
def test_workdays_that_give_no_rate_are_refused_with_the_cell(tmp_path, read, headings, cells, error):
    blank = ";" * headings.count(";")
    found = read(text_file(tmp_path, f"Knr;Kvartal;{headings}\n0104;2008K1;{blank}\n0101;2008K1;{cells}\n"))

    assert found.errors == [error]
    assert found.reading.errors[0]["cells"][:2] == ["0101", "2008K1"]


def test_two_decimal_marks_in_one_file_are_refused(tmp_path, read):
    assert read(text_file(tmp_path, LONG + "0101;2008K1;9,7\n0101;2008K2;9.8\n")).errors == [
        ("other_decimal_mark", 4, "C")
    ]


@pytest.mark.parametrize(
    ("line", "column"), [("0101;2008K1\n", "C"), ("0101;2008K1;9,7;8\n", "D"), ("0101;2008K1;9,7;;x\n", "E")]
)
def test_ragged_rows_are_refused_with_row_and_column(tmp_path, read, line, column):
    assert read(text_file(tmp_path, LONG + line)).errors == [("ragged_row", 3, column)]


def test_a_figure_outside_the_table_of_a_workbook_is_refused(tmp_path, read):
    rows = [["Knr", "Kvartal", "Prosent"], ["0101", "2008K1", 9.7], ["0104", "2008K1", "", 9.8]]

    assert read(xlsx_file(tmp_path, rows)).errors == [("ragged_row", 3, "D")]


@pytest.mark.parametrize(
    "text", ["Knr;Kvartal;Prosent\n", "Knr;Kvartal;Prosent\n0101;2008K1;\n", "Kommune;2008K1\nHalden;\n"]
)
def test_a_header_and_no_figure_is_refused(tmp_path, read, text):
    assert read(text_file(tmp_path, text)).errors == [("no_figures", None, None)]


@pytest.mark.parametrize("second", ["9,6", "9,7", ""])
def test_the_same_cell_twice_is_refused_and_both_rows_named(tmp_path, read, second):
    (error,) = read(text_file(tmp_path, LONG + f"0101;2008K1;9,7\n0104;1. kvartal 2008;{second}\n")).reading.errors

    assert (error["code"], error["row"], error["params"]["other"]) == ("same_cell_twice", 4, 2)
    assert (error["column"], error["value"]) == ("C", second.replace(",", "."))


def test_the_same_municipality_twice_in_a_wide_file_is_refused_at_each_cell(tmp_path, read):
    errors = read(text_file(tmp_path, WIDE + "Halden;1;2\nMoss;9,6;9,7\n")).reading.errors

    assert [(error["code"], error["row"], error["column"], error["params"]["other"]) for error in errors] == [
        ("same_cell_twice", 4, "B", 2),
        ("same_cell_twice", 4, "C", 2),
    ]


def test_reading_stops_when_errors_are_far_too_many(tmp_path, read):
    rows = [["Knr", "Kvartal", "Prosent"], *(["0101", "2008K1", f"x{row}"] for row in range(60_000))]

    reading = read(csv_file(tmp_path, rows)).reading

    assert len(reading.errors) == 100
    assert 1_000 < reading.error_count < 60_000


def test_the_same_cell_on_two_sheets_is_refused(tmp_path, read):
    rows = [["Knr", "Kvartal", "Prosent"], ["0101", "2008K1", 9.7]]
    (error,) = read(xlsx_file(tmp_path, rows, Kopi=rows)).reading.errors

    assert (error["code"], error["sheet"], error["row"]) == ("same_cell_on_two_sheets", "Kopi", 2)
    assert error["params"] == {"other": 2, "other_sheet": "Ark1"}


@pytest.mark.parametrize("merged", ["C2:C3", "B2:C2", "C2:D2"])
def test_a_merged_cell_over_numbers_is_refused(tmp_path, read, merged):
    rows = [["Kommune", "Sektor", "2008K1", "2008K2"], ["Halden", "I alt", 9.7, 9.8], ["Moss", "I alt", 8.7, 8.8]]

    assert ("merged_numbers", 2, "C") in read(xlsx_file(tmp_path, rows, merged=[merged])).errors


def test_a_note_merged_across_the_table_is_no_merged_figure(tmp_path, read):
    rows = [["Kommune", "2008K1", "2008K2"], ["Halden", 9.7, 9.8], ["Kilde: KS/PAI", "", ""]]

    assert read(xlsx_file(tmp_path, rows, merged=["A3:C3"])).errors == []


@pytest.mark.parametrize(
    ("header", "column", "other"),
    [
        ("Knr;Kommunenr;Kvartal;Prosent", "B", "A"),
        ("Kommune;Region;Kvartal;Prosent", "B", "A"),
        ("Knr;Kvartal;Periode;Prosent", "C", "B"),
        ("Knr;Kvartal;Prosent;Fraværsprosent", "D", "C"),
    ],
)
def test_two_columns_that_could_be_the_same_thing_are_refused(tmp_path, read, header, column, other):
    (error,) = read(text_file(tmp_path, f"{header}\n0101;2008K1;2008K1;9,7\n")).reading.errors

    assert (error["code"], error["row"], error["column"]) == ("same_field_twice", 1, column)
    assert error["params"]["other"] == other


def test_one_heading_used_twice_is_refused(tmp_path, read):
    text = "Knr;Merknad;Kvartal;Prosent;Merknad\n0101;a;2008K1;9,7;b\n"

    assert read(text_file(tmp_path, text)).errors == [("duplicate_header", 1, "E")]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Kvartal;Prosent;Sektor", "no_municipality_column"),
        ("Knr;Kommune;Prosent", "no_period_column"),
        ("Knr;Kvartal;Sektor", "no_figure_column"),
        ("Dette;er;ingenting", "no_header"),
    ],
)
def test_a_missing_column_is_named(tmp_path, read, header, code):
    assert [error[0] for error in read(text_file(tmp_path, f"{header}\n1;2;3\n")).errors] == [code]


@pytest.mark.parametrize(
    ("sector", "code"), [("Rådhuset", "dimension_unknown"), ("", "dimension_blank"), ("   ", "dimension_blank")]
)
def test_an_unknown_or_blank_sector_is_refused(tmp_path, read, sector, code):
    assert read(text_file(tmp_path, f"Knr;Kvartal;Sektor;Prosent\n0101;2008K1;{sector};9,7\n")).errors == [
        (code, 2, "C")
    ]


def test_all_errors_come_at_once_in_the_order_of_the_file(tmp_path, read):
    lines = [
        "0101;2008K1;9,7",
        "9999;2008K1;9,7",
        "0104;2008K5;9,7",
        "0104;2008K2;11,Q",
        "0137;2008K9;x",
        "0104;2008K3",
    ]

    found = read(text_file(tmp_path, "Knr;Kvartal;Prosent\n" + "\n".join(lines)))

    assert found.errors == [
        ("unknown_number", 3, "A"),
        ("not_a_period", 4, "B"),
        ("not_a_number", 5, "C"),
        ("not_a_period", 6, "B"),
        ("not_a_number", 6, "C"),
        ("ragged_row", 7, "C"),
    ]
    assert found.reading.error_count == 6


def test_errors_are_listed_up_to_a_limit_and_counted_beyond_it(tmp_path, read):
    rows = [["Knr", "Kvartal", "Prosent"], *(["0101", "2008K1", f"x{row}"] for row in range(300))]

    reading = read(csv_file(tmp_path, rows)).reading
    few = read(csv_file(tmp_path, rows), limits=Limits(errors=5)).reading

    assert (len(reading.errors), reading.error_count) == (100, 300)
    assert (len(few.errors), few.error_count) == (5, 300)


def test_one_error_on_many_rows_does_not_hide_another(tmp_path, read):
    rows = [["Knr", "Kvartal", "Prosent"], *(["9999", f"{year}K1", 9.7] for year in range(1900, 2050))]

    reading = read(csv_file(tmp_path, [*rows, ["0101", "2008K1", "11,Q"]])).reading

    assert {error["code"] for error in reading.errors} == {"unknown_number", "not_a_number"}


def test_no_figure_of_a_refused_file_is_handed_on_after_the_first_error(tmp_path, read):
    rows = [
        ["Knr", "Kvartal", "Prosent"],
        ["0101", "2008K1", "11,Q"],
        *(["0104", f"{year}K1", "9,7"] for year in range(1900, 2010)),
    ]

    assert read(csv_file(tmp_path, rows)).figures == []


TWO_LEVELS = [
    ("Kommune;2008;;2009;\n;Kvinner;Menn;Kvinner;Menn\nMoss;9,6;5,5;9,7;5,6\n", (2, "B", "Kvinner", "2008")),
    (";2008;;2009;\nKommune;Kvinner;Menn;Kvinner;Menn\nMoss;9,6;5,5;9,7;5,6\n", (2, "B", "Kvinner", "2008")),
    ("Kommune;2008K1;2008K1\n;Undervisning;Barnehage\nMoss;9,6;5,5\n", (2, "B", "Undervisning", "2008K1")),
    ("Knr;Kvinner;;Menn;\n;2008;2009;2008;2009\n0104;9,6;5,5;9,7;5,6\n", (1, "B", "Kvinner", "Kvinner 2008")),
    (";Kvinner;;Menn;\nKnr;2008;2009;2008;2009\n0104;9,6;5,5;9,7;5,6\n", (1, "B", "Kvinner", "2008")),
]


@pytest.mark.parametrize(("text", "place"), TWO_LEVELS)
def test_sex_or_sector_in_a_heading_row_of_its_own_is_named(tmp_path, read, text, place):
    (error,) = read(text_file(tmp_path, text)).reading.errors

    assert error["code"] == "parts_in_headings"
    assert (error["row"], error["column"], error["value"], error["params"]["period"]) == place


def test_one_word_above_all_periods_is_a_title(tmp_path, read):
    found = read(text_file(tmp_path, "Kommune;Totalt;\n;2008K1;2008K2\nMoss;9,6;5,5\n"))

    assert found.errors == []
    assert found.values("rate") == ["9.6", "5.5"]
