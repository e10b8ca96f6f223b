"""Part 2 of the domain specification: the long shape."""

import datetime
import unicodedata

import pytest

from tests.absence.bestiary.writers import csv_file, ods_file, text_file, xlsx_file

HEADER = ["Kommunenr", "Kommune", "Kvartal", "Sektor", "Kjønn", "Fraværstype", "Tapte dagsverk", "Mulige dagsverk"]
COMMA = [
    ["0101", "Halden", "2008K1", "Undervisning", "Kvinner", "Egenmeldt", "123,4", "12 345,5"],
    ["0722", "Nøtterøy", "2008K1", "Undervisning", "Menn", "Legemeldt", "50", "1000"],
]
POINT = [[cell.replace(",", ".") if index > 5 else cell for index, cell in enumerate(row)] for row in COMMA]
FIGURES = [
    ("0101", 8032, 1, "teaching", "women", "self_certified", "123.4", "12345.5", "0.999554", None),
    ("0722", 8032, 1, "teaching", "men", "doctor_certified", "50", "1000", "5", None),
]
FIELDS = "municipality first quarters sector sex absence_type lost possible rate mark".split()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize(("delimiter", "rows"), [(";", COMMA), ("\t", COMMA), (",", POINT), (";", POINT)])
def test_every_encoding_delimiter_and_decimal_mark_is_read(tmp_path, read, encoding, delimiter, rows):
    found = read(csv_file(tmp_path, [HEADER, *rows], delimiter=delimiter, encoding=encoding))

    assert found.values(*FIELDS) == FIGURES
    assert found.values("sheet", "row", "column") == [(None, 2, "G"), (None, 3, "G")]
    facts = found.reading.facts
    assert (facts["kind"], facts["encoding"], facts["delimiter"]) == ("csv", encoding, delimiter)
    assert facts["decimal_mark"] == ("," if rows is COMMA else ".")
    assert (found.reading.shape, facts["rate_scale"], facts["header_row"]) == ("long", None, 1)
    assert (facts["periods"], facts["municipalities"]) == ([[8032, 1]], 2)
    assert (found.reading.rows_read, found.reading.figure_count) == (2, 2)
    assert facts["columns"]["lost"] == "G"


@pytest.mark.parametrize("write", [xlsx_file, ods_file])
@pytest.mark.parametrize("as_numbers", [True, False])
def test_workbooks_are_read_with_numbers_and_with_numbers_as_text(tmp_path, read, write, as_numbers):
    rows = COMMA
    if as_numbers:
        rows = [[101, *COMMA[0][1:6], 123.4, 12345.5], ["0722", *COMMA[1][1:6], 50, 1000]]

    found = read(write(tmp_path, [HEADER, *rows]))

    assert found.values(*FIELDS) == FIGURES
    assert found.values("sheet", "row", "column") == [("Ark1", 2, "G"), ("Ark1", 3, "G")]


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
@pytest.mark.parametrize("minus", ["-", "\u2212"])
def test_thousand_spaces_and_both_minus_signs_are_read(tmp_path, read, space, minus):
    text = f"Knr;Kvartal;Tapte dagsverk;Mulige dagsverk\n0101;2008K1;{minus}1{space}234,5;1{space}234{space}567\n"

    found = read(text_file(tmp_path, text))

    assert found.values("lost", "possible") == [("-1234.5", "1234567")]
    assert [warning["code"] for warning in found.reading.warnings] == ["negative_number"]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Kommunenr", "number"),
        ("KOMMUNENUMMER", "number"),
        ("knr", "number"),
        ("Komm. nr.", "number"),
        ("Kommune", "name"),
        ("Kommunenavn", "name"),
        ("navn", "name"),
        ("Region", "name"),
    ],
)
def test_the_municipality_goes_under_many_headings(tmp_path, read, heading, field):
    cell = "0101" if field == "number" else "Halden"
    found = read(text_file(tmp_path, f"{heading};Kvartal;Prosent\n{cell};2008K1;9,7\n"))

    assert found.values("municipality", "rate") == [("0101", "9.7")]
    assert found.reading.facts["columns"][field] == "A"


@pytest.mark.parametrize("heading", ["Kvartal", "Periode", "Tid", "tid.", "Kvartal1", "Kvartal 1)", "Kvartal¹"])
def test_the_period_goes_under_many_headings_and_footnotes_are_seen_through(tmp_path, read, heading):
    assert read(text_file(tmp_path, f"Knr;{heading};Prosent\n0101;2008K1;9,7\n")).values("first") == [8032]


@pytest.mark.parametrize(
    "heading",
    [
        "Prosent",
        "Fraværsprosent",
        "Sykefraværsprosent",
        "Sykefravær (%)",
        "Sykefravær (%) 1)",
        "Sykefravær i prosent",
        "Sjukefråværsprosent",
    ],
)
def test_the_rate_goes_under_many_headings(tmp_path, read, heading):
    found = read(text_file(tmp_path, f"Knr;Kvartal;{heading}\n0101;2008K1;9,7\n"))

    assert found.values("lost", "possible", "rate", "column") == [(None, None, "9.7", "C")]


@pytest.mark.parametrize("lost", ["Fraværsdagsverk", "Tapte dagsverk", "Sykefraværsdagsverk"])
@pytest.mark.parametrize("possible", ["Mulige dagsverk", "Avtalte dagsverk"])
def test_workdays_go_under_many_headings(tmp_path, read, lost, possible):
    found = read(text_file(tmp_path, f"Knr;Kvartal;{lost};{possible}\n0101;2008K1;97;1000\n"))

    assert found.values("lost", "possible", "rate") == [("97", "1000", "9.7")]


@pytest.mark.parametrize("heading", ["Sektor", "Tjenesteområde", "Sektor/tjeneste"])
@pytest.mark.parametrize(
    ("word", "sector"),
    [
        ("Undervisning", "teaching"),
        ("Barnehage", "kindergarten"),
        ("Barnehager", "kindergarten"),
        ("Helse/pleie/omsorg", "health_care"),
        ("Helse, pleie og omsorg", "health_care"),
        ("Samferdsel og teknikk", "technical"),
        ("administrasjon", "administration"),
        ("Annet", "other"),
        ("ALLE", "all"),
        ("I alt", "all"),
    ],
)
def test_sectors_are_known_by_their_norwegian_terms(tmp_path, read, heading, word, sector):
    found = read(text_file(tmp_path, f"Knr;Kvartal;{heading};Prosent\n0101;2008K1;{word};9,7\n"))

    assert found.values("sector", "sex", "absence_type") == [(sector, "all", "total")]


@pytest.mark.parametrize(
    ("sex_word", "sex", "type_word", "absence_type"),
    [
        ("Kvinner", "women", "Egenmeldt", "self_certified"),
        ("kvinne", "women", "Legemeldt", "doctor_certified"),
        ("Menn", "men", "Legemeldte", "doctor_certified"),
        ("Mann", "men", "Samlet", "total"),
        ("Begge", "all", "Arbeidsgiverperioden", "employer_period"),
        ("Begge kjønn", "all", "I alt", "total"),
    ],
)
def test_sexes_and_types_are_known_by_their_norwegian_terms(tmp_path, read, sex_word, sex, type_word, absence_type):
    text = f"Knr;Kvartal;Kjønn;Type fravær;Prosent\n0101;2008K1;{sex_word};{type_word};9,7\n"

    assert read(text_file(tmp_path, text)).values("sex", "absence_type") == [(sex, absence_type)]


@pytest.mark.parametrize(("year", "quarter"), [("2008", "1"), ("2008", "1. kvartal"), ("2008", "K1"), (2008, 1)])
def test_year_and_quarter_may_be_two_columns(tmp_path, read, year, quarter):
    found = read(xlsx_file(tmp_path, [["Knr", "År", "Kvartal", "Prosent"], ["0101", year, quarter, 9.7]]))

    assert found.values("first", "quarters") == [(8032, 1)]


def test_a_column_for_the_year_alone_gives_years(tmp_path, read):
    assert read(text_file(tmp_path, "Knr;År;Prosent\n0101;2008;9,7\n")).values("first", "quarters") == [(8032, 4)]


def test_marks_and_blanks_leave_no_number(tmp_path, read):
    cells = [(":", "suppressed"), ("..", "missing"), (".", "not_possible"), ("-", "nil"), ("", "missing")]
    lines = [f"0101;2008K{index};{cell}" for index, (cell, _) in enumerate(cells[:4], 1)] + [
        "0101;2009K1;",
        "0104;2008K1;9,7",
    ]

    found = read(text_file(tmp_path, "Knr;Kvartal;Prosent\n" + "\n".join(lines)))

    assert found.values("mark") == [mark for _, mark in cells] + [None]
    assert found.values("rate") == [None] * 5 + ["9.7"]


@pytest.mark.parametrize(
    ("cells", "figure"),
    [
        (":;1000;", (None, None, None, "suppressed")),
        ("97;:;", (None, None, None, "suppressed")),
        (";;:", (None, None, None, "suppressed")),
        (";;", (None, None, None, "missing")),
        (":;:;9,7", (None, None, None, "suppressed")),
        ("97;1000;:", (None, None, None, "suppressed")),
        ("97;..;:", (None, None, None, "suppressed")),
        ("97;1000;..", (None, None, None, "missing")),
        ("-;1000;9,7", (None, None, None, "nil")),
        (".;.;.", (None, None, None, "not_possible")),
        ("97;1000;", ("97", "1000", "9.7", None)),
        (";;9,7", (None, None, "9.7", None)),
        ("0;1000;0,0", ("0", "1000", "0.0", None)),
        ("0;0;", (None, None, None, "not_possible")),
        ("0;0;0,0", (None, None, None, "not_possible")),
    ],
)
def test_workdays_need_each_other_and_a_mark_leaves_no_number(tmp_path, read, cells, figure):
    text = f"Knr;Kvartal;Tapte dagsverk;Mulige dagsverk;Prosent\n0104;2008K1;1;10;10,0\n0101;2008K1;{cells}\n"

    assert read(text_file(tmp_path, text)).values("lost", "possible", "rate", "mark")[1] == figure


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("97;1000;..", [("number_set_aside", 2, "C", "97")]),
        ("-;1000;-", [("number_set_aside", 2, "D", "1000")]),
        ("..;..;9,7", [("number_set_aside", 2, "E", "9.7")]),
        ("97;1000;:", []),
        (".;.;.", []),
    ],
)
def test_a_number_beside_a_mark_is_told_unless_it_is_hidden(tmp_path, read, cells, said):
    text = f"Knr;Kvartal;Tapte dagsverk;Mulige dagsverk;Prosent\n0101;2008K1;{cells}\n0104;2008K1;1;10;10,0\n"

    reading = read(text_file(tmp_path, text)).reading

    assert [tuple(one[name] for name in ("code", "row", "column", "value")) for one in reading.warnings] == said


def test_a_total_with_a_hidden_cell_is_hidden_whole(tmp_path, read):
    text = "Kommune;Kvartal;Tapte dagsverk;Mulige dagsverk;Prosent\nMoss;2008K1;1;10;10\nI ALT;2008K1;100;2000;:\n"

    reading = read(text_file(tmp_path, text)).reading

    assert reading.printed == []
    assert [(one["row"], one["text"]) for one in reading.ignored] == [(3, "I ALT")]


def test_zero_stays_zero_and_a_lost_comma_stays_as_it_was_written(tmp_path, read):
    lines = [f"0101;2008K{quarter};{rate}" for quarter, rate in enumerate(["9,4", "10,9", "0,0", "57"], 1)]

    found = read(text_file(tmp_path, "Knr;Kvartal;Prosent\n" + "\n".join(lines)))

    assert found.values("rate", "mark") == [("9.4", None), ("10.9", None), ("0.0", None), ("57", None)]


def test_a_column_of_fractions_becomes_percent(tmp_path, read):
    found = read(text_file(tmp_path, "Knr;Kvartal;Prosent\n0101;2008K1;0,097\n0104;2008K1;0,1\n0101;2008K2;0\n"))

    assert found.values("rate") == ["9.7", "10", "0"]
    assert found.reading.facts["rate_scale"] == "fraction"


@pytest.mark.parametrize("cells", [["9,7", "0,8"], ["0,8", "0,9"], ["0,85", "0,95", "0,75"]])
def test_small_percents_are_no_fractions(tmp_path, read, cells):
    lines = [f"0101;2008K{quarter};Egenmeldt;{cell}" for quarter, cell in enumerate(cells, 1)]

    found = read(text_file(tmp_path, "Knr;Kvartal;Fraværstype;Prosent\n" + "\n".join(lines)))

    assert found.errors == []
    assert found.reading.facts["rate_scale"] == "percent"


def test_a_printed_rate_that_its_workdays_do_not_give_is_doubted_not_changed(tmp_path, read):
    text = "Knr;Kvartal;Tapte dagsverk;Mulige dagsverk;Prosent\n0101;2008K1;97;1000;9,7\n0104;2008K1;97;1000;10,7\n"

    found = read(text_file(tmp_path, text))

    assert found.values("rate") == ["9.7", "10.7"]
    (warning,) = found.reading.warnings
    assert (warning["code"], warning["row"], warning["column"]) == ("rate_differs", 3, "E")
    assert warning["params"] == {"computed": "9.7"}


def test_titles_notes_and_unknown_columns_are_listed_as_ignored(tmp_path, read):
    text = (
        "PAI – sykefravær i kommunene\n\nKnr;Kvartal;Prosent;Merknad\n0101;2008K1;9,7;god\n"
        ";;;\n\nKilde: KS/PAI\n1) Foreløpige tall;;;\n"
    )

    found = read(text_file(tmp_path, text))

    assert found.values("municipality") == ["0101"]
    assert [(entry["row"], entry["text"], entry["reason"]) for entry in found.reading.ignored] == [
        (1, "PAI – sykefravær i kommunene", "title"),
        (3, "Merknad", "unknown_column"),
        (7, "Kilde: KS/PAI", "note"),
        (8, "1) Foreløpige tall", "note"),
    ]
    assert found.reading.rows_read == 1


def test_totals_and_what_is_unstated_are_kept_apart(tmp_path, read):
    text = (
        "Knr;Kommune;Kvartal;Tapte dagsverk;Mulige dagsverk\n0101;Halden;2008K1;97;1000\n0104;Moss;2008K1;3;1000\n"
        ";I ALT;2008K1;100;2000\n;Uoppgitt;2008K1;1;10\n;Differanse;2008K1;-1;0\n"
    )

    found = read(text_file(tmp_path, text))

    assert found.values("municipality") == ["0101", "0104"]
    total, unstated = found.reading.printed
    assert (total["label"], total["kind"], total["row"], total["first"]) == ("I ALT", "total", 4, 8032)
    assert (total["lost"], total["possible"], total["rate"]) == ("100", "2000", "5")
    assert (unstated["kind"], unstated["row"], unstated["lost"], unstated["possible"]) == ("unstated", 5, "1", "10")
    assert [(entry["text"], entry["reason"]) for entry in found.reading.ignored] == [
        ("Uoppgitt 2008K1 1 10", "not_a_unit"),
        ("Differanse 2008K1 -1 0", "difference_unchecked"),
    ]
    assert found.reading.rows_read == 2


def test_a_blank_cell_before_a_municipality_was_there_is_no_error(tmp_path, read):
    text = "Knr;Kvartal;Prosent\n1505;2005K4;\n1505;2006K1;..\n1505;2008K1;9,7\n"

    found = read(text_file(tmp_path, text))

    assert found.errors == []
    assert found.values("municipality", "first", "mark") == [
        ("1505", 8023, "missing"),
        ("1505", 8024, "missing"),
        ("1505", 8032, None),
    ]


def test_several_sheets_are_read_and_those_without_a_table_named(tmp_path, read):
    header = ["Knr", "Kvartal", "Prosent"]
    path = xlsx_file(
        tmp_path,
        [header, ["0101", "2008K1", 9.7]],
        Andre=[header, ["0101", "2008K2", 9.8]],
        Forklaring=[["Om tallene"]],
    )

    found = read(path)

    assert found.values("sheet", "first", "rate") == [("Ark1", 8032, "9.7"), ("Andre", 8033, "9.8")]
    assert [(entry["text"], entry["reason"]) for entry in found.reading.ignored] == [("Forklaring", "no_table")]


def test_a_sector_cell_that_spans_its_rows_is_accepted(tmp_path, read):
    rows = [
        ["Knr", "Sektor", "Kvartal", "Prosent"],
        ["0101", "Undervisning", "2008K1", 9.7],
        ["0104", "", "2008K1", 8.7],
        ["0101", "Barnehager", "2008K1", 7.7],
    ]
    expected = [("0101", "teaching"), ("0104", "teaching"), ("0101", "kindergarten")]

    assert read(xlsx_file(tmp_path, rows, merged=["B2:B3"])).values("municipality", "sector") == expected
    assert read(ods_file(tmp_path, rows, spans={(1, 1): 2})).values("municipality", "sector") == expected


def test_a_quoted_cell_of_two_lines_keeps_the_rows_in_step(tmp_path, read):
    found = read(text_file(tmp_path, 'Knr;Merknad;Kvartal;Prosent\n0101;"to\nlinjer";2008K1;9,7\n0104;;2008K1;8,7\n'))

    assert found.values("row", "municipality") == [(2, "0101"), (3, "0104")]


def test_dates_in_a_workbook_are_dates(tmp_path, read):
    path = xlsx_file(tmp_path, [["Knr", "Kvartal", "Prosent"], ["0101", datetime.date(2008, 3, 31), 9.7]])

    assert read(path).errors == [("date_as_period", 2, "B")]


@pytest.mark.parametrize(
    ("tops", "bottoms"),
    [
        (["Knr", "Kvartal", "Dagsverk", ""], ["", "", "Tapte", "Mulige"]),
        (["Enhet", "", "Dagsverk", ""], ["Knr", "Kvartal", "Tapte", "Mulige"]),
    ],
)
@pytest.mark.parametrize("write", [csv_file, xlsx_file])
def test_a_long_table_may_have_two_heading_rows(tmp_path, read, write, tops, bottoms):
    found = read(write(tmp_path, [tops, bottoms, ["0101", "2008K1", 97, 1000]]))

    assert found.values("row", "municipality", "lost", "possible") == [(3, "0101", "97", "1000")]
    assert found.reading.facts["header_row"] == 1


def test_merged_headings_over_and_beside_each_other_are_read(tmp_path, read):
    rows = [["Knr", "Kvartal", "Dagsverk", ""], ["", "", "Tapte", "Mulige"], ["0101", "2008K1", 97, 1000]]
    path = xlsx_file(tmp_path, rows, merged=["A1:A2", "B1:B2", "C1:D1"])

    assert read(path).values("municipality", "lost", "possible") == [("0101", "97", "1000")]


def test_letters_written_as_letter_and_accent_are_read(tmp_path, read):
    text = unicodedata.normalize("NFD", "Kommune;År;Kvartal;Prosent\nVåler i Østfold;2008;1;9,7\n")

    assert read(text_file(tmp_path, text)).values("municipality", "first") == [("0137", 8032)]


def test_workdays_of_one_kind_beside_a_rate_are_said_not_to_be_used(tmp_path, read):
    rows = [["Knr", "Kvartal", "Tapte dagsverk", "Mulige dagsverk", "Prosent"]]
    rows += [["0101", "2008K1", "", "1000", "9,7"], ["0104", "2008K1", "", "2000,5", "9,6"]]
    rows += [["0101", "2008K2", "97", "", "9,7"], ["0104", "2008K2", "100", "1000", "10,0"]]

    found = read(csv_file(tmp_path, rows))

    assert found.values("lost", "possible", "rate")[0] == (None, None, "9.7")
    assert [(one["reason"], one["row"], one["column"], one["text"], one["count"]) for one in found.reading.ignored] == [
        ("lone_count", 2, "D", "1000", 2),
        ("lone_count", 4, "C", "97", 1),
    ]


def test_the_municipalities_with_figures_are_counted_apart(tmp_path, read):
    rows = [["Knr", "Kvartal", "Prosent"], ["0101", "2008K1", "9,7"], ["0104", "2008K1", ".."], ["0216", "2008K1", ""]]

    facts = read(csv_file(tmp_path, rows)).reading.facts

    assert (facts["municipalities"], facts["with_figures"]) == (3, 1)
