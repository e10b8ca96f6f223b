"""Part 2 of the domain specification: the wide shape, as the programme's appendix of focus municipalities has it."""

import datetime

import pytest

from tests.absence.bestiary.writers import csv_file, ods_file, text_file, xlsx_file

WINDOWS = ["Q405-Q306", "Q406-Q307", "Q407-Q308", "Q108-Q408", "Q308-Q209", "Q408-Q309"]
PERIODS = [(8023, 4), (8027, 4), (8031, 4), (8032, 4), (8034, 4), (8035, 4)]
APPENDIX = [
    ["Vedlegg 6: Sykefravær i innsatskommunene, prosent"],
    [],
    ["Nr", "Kommune", *WINDOWS],
    [1, "Nord-Aurdal", "11,3", "10,3", "11,6", "11,9", "11,7", "11,1"],
    [2, "Kristiansund", "", "", "", "", "", "0,0"],
    [3, "Tana", "11,4", "10,4", "8,9", "9,5", "10,6", "10,6"],
    ["", "Snitt", "11,4", "10,4", "10,3", "10,7", "11,2", "7,2"],
    [],
    ["Kilde: KS/PAI. Periodene overlapper hverandre."],
]
RATES = [
    "11.3",
    "10.3",
    "11.6",
    "11.9",
    "11.7",
    "11.1",
    *[None] * 5,
    "0.0",
    "11.4",
    "10.4",
    "8.9",
    "9.5",
    "10.6",
    "10.6",
]


@pytest.mark.parametrize("write", [csv_file, xlsx_file, ods_file])
def test_the_appendix_of_focus_municipalities_is_read(tmp_path, read, write):
    found = read(write(tmp_path, APPENDIX))

    assert found.errors == []
    assert found.reading.shape == "wide"
    assert found.values("municipality") == ["0542"] * 6 + ["1505"] * 6 + ["2025"] * 6
    assert found.values("first", "quarters") == PERIODS * 3
    assert found.values("rate") == RATES
    assert found.values("mark") == [None if rate else "missing" for rate in RATES]
    assert found.figures[11]["row"] == 5
    assert found.figures[11]["column"] == "H"
    assert {(figure["sector"], figure["sex"], figure["absence_type"]) for figure in found.figures} == {
        ("all", "all", "total")
    }
    assert [(row["label"], row["kind"], row["row"], row["column"], row["rate"]) for row in found.reading.printed] == [
        ("Snitt", "mean", 7, letter, rate)
        for letter, rate in zip("CDEFGH", ["11.4", "10.4", "10.3", "10.7", "11.2", "7.2"], strict=True)
    ]
    assert [(entry["row"], entry["reason"]) for entry in found.reading.ignored] == [
        (1, "title"),
        (3, "unknown_column"),
        (9, "note"),
    ]
    assert found.reading.rows_read == 3


@pytest.mark.parametrize(
    "headings",
    [
        [["Kommune", "4.kv.2006-3.kv.2007", "4.kv.2007-3.kv.2008"]],
        [["Kommune", "Q406-Q307", "Q407-Q3081"]],
        [["Kommune", "Q406", "Q407"], ["", "-Q307", "-Q308"]],
        [["", "Q406-", "Q407-"], ["Kommune", "Q307", "Q308"]],
        [["Kommune", "4. kv. 2006 –", "4. kv. 2007 –"], ["", "3. kv. 2007", "3. kv. 2008"]],
        [["Kommune", "Sykefravær i prosent", ""], ["", "Q406-Q307", "Q407-Q308"]],
        [["", "Q406-Q307", "Q407-Q308"]],
        [["Innsatskommuner", "Q406-Q307", "Q407-Q308"]],
    ],
)
@pytest.mark.parametrize("write", [csv_file, xlsx_file])
def test_periods_stand_in_one_heading_row_or_two(tmp_path, read, write, headings):
    found = read(write(tmp_path, [*headings, ["Halden", "9,7", "9,8"], ["Moss", "8,7", "8,8"]]))

    assert found.values("municipality", "first", "quarters", "rate") == [
        ("0101", 8027, 4, "9.7"),
        ("0101", 8031, 4, "9.8"),
        ("0104", 8027, 4, "8.7"),
        ("0104", 8031, 4, "8.8"),
    ]


@pytest.mark.parametrize("quarter", ["1. kvartal", "K1", "1. kv."])
def test_a_year_may_span_its_quarters(tmp_path, read, quarter):
    rows = [
        ["Kommune", 2008, "", 2009, ""],
        ["", quarter, quarter.replace("1", "2"), quarter.replace("1", "2"), quarter.replace("1", "3")],
        ["Halden", 9.7, 9.8, 9.9, 10],
    ]

    for path in (xlsx_file(tmp_path, rows, merged=["B1:C1", "D1:E1", "A1:A2"]), csv_file(tmp_path, rows)):
        assert read(path).values("first", "quarters", "rate") == [
            (8032, 1, "9.7"),
            (8033, 1, "9.8"),
            (8037, 1, "9.9"),
            (8038, 1, "10"),
        ]


def test_whole_years_above_figures_are_years_not_half_of_a_heading(tmp_path, read):
    found = read(text_file(tmp_path, "Kommune;2007;2008\nHalden;9;8\nMoss;7;-\n"))

    assert found.values("first", "quarters", "rate", "mark") == [
        (8028, 4, "9", None),
        (8032, 4, "8", None),
        (8028, 4, "7", None),
        (8032, 4, None, "nil"),
    ]


def test_a_footnote_digit_glued_to_a_heading_is_seen_through(tmp_path, read):
    found = read(
        text_file(tmp_path, "Kommune;4. kvartal 2008;1. kvartal 20091\nHalden;9,7;9,8\n1) Foreløpige tall;;\n")
    )

    assert found.values("first") == [8035, 8036]
    assert [entry["text"] for entry in found.reading.ignored] == ["1) Foreløpige tall"]


def test_a_wide_table_may_have_sectors(tmp_path, read):
    rows = [
        ["Kommune", "Sektor", "2008K1"],
        ["Halden", "Undervisning", 9.7],
        ["", "I alt", 9.8],
        ["Moss", "I alt", 9.9],
    ]

    found = read(xlsx_file(tmp_path, rows, merged=["A2:A3"]))

    assert found.values("municipality", "sector", "rate") == [
        ("0101", "teaching", "9.7"),
        ("0101", "all", "9.8"),
        ("0104", "all", "9.9"),
    ]


def test_fractions_become_percent_in_the_whole_table(tmp_path, read):
    found = read(xlsx_file(tmp_path, [["Kommune", "2008K1", "2008K2"], ["Halden", 0.097, 0.1], ["Snitt", 0.097, 0.1]]))

    assert found.values("rate") == ["9.7", "10"]
    assert [row["rate"] for row in found.reading.printed] == ["9.7", "10"]
    assert found.reading.facts["rate_scale"] == "fraction"


def test_a_name_may_be_one_municipality_in_one_column_and_its_successor_in_the_next(tmp_path, read):
    found = read(text_file(tmp_path, "Kommune;4. kvartal 2011;1. kvartal 2012\nInderøy;9,7;9,8\n"))

    assert found.values("municipality") == ["1729", "1756"]


def test_rows_of_no_unit_are_known(tmp_path, read):
    text = "Kommune;2008K1\nHalden;9,7\nI ALT;9,7\nUoppgitt;5,0\nDifferanse;\u22120,2\nHele landet;9,6\n"

    found = read(text_file(tmp_path, text))

    assert found.values("municipality") == ["0101"]
    assert [(row["label"], row["kind"], row["rate"]) for row in found.reading.printed] == [
        ("I ALT", "total", "9.7"),
        ("Uoppgitt", "unstated", "5.0"),
        ("Hele landet", "total", "9.6"),
    ]
    assert [(entry["text"], entry["reason"]) for entry in found.reading.ignored] == [
        ("Uoppgitt 5,0", "not_a_unit"),
        ("Differanse \u22120,2", "difference_unchecked"),
    ]


@pytest.mark.parametrize(
    ("above", "difference"),
    [
        ("Halden;9,7\nMoss;9,1\nRygge;8,0\nSnitt;9,4\nI ALT;9,2\n", "-0.2"),
        ("Halden;9,7\nMoss;9,5\n", "-0.2"),
        ("Halden;9,7\nMoss;\n", None),
    ],
)
def test_a_difference_is_kept_with_what_the_two_rows_above_it_give(tmp_path, read, above, difference):
    found = read(text_file(tmp_path, f"Kommune;2008K1\n{above}Differanse;0,2\n"))

    assert [(row["rate"], row["difference"]) for row in found.reading.printed if row["kind"] == "diff"] == (
        [("0.2", difference)] if difference else []
    )
    assert [entry["reason"] for entry in found.reading.ignored] == ([] if difference else ["difference_unchecked"])


def test_a_difference_under_many_municipalities_is_said_not_to_be_checked(tmp_path, read):
    found = read(text_file(tmp_path, "Kommune;2008K1\nHalden;9,7\nMoss;9,1\nRygge;8,0\nDifferanse;0,2\n"))

    assert found.reading.printed == []
    assert [entry["reason"] for entry in found.reading.ignored] == ["difference_unchecked"]


def test_a_title_with_a_year_is_not_taken_for_a_heading(tmp_path, read):
    rows = [["Sykefravær", 2009], ["Uttrekk", datetime.date(2009, 12, 15)], ["Kommune", "2008K1"], ["Halden", 9.7]]

    assert read(xlsx_file(tmp_path, rows)).values("municipality", "first") == [("0101", 8032)]


def test_a_municipality_with_only_blanks_is_counted_but_has_no_figures(tmp_path, read):
    """1503 Kristiansund became 1505 in 2008: one row is one municipality, whichever number its figures have."""
    facts = read(
        csv_file(tmp_path, [["Kommune", "2007K1", "2008K1"], ["Moss", "", ".."], ["Kristiansund", "9,7", "9,8"]])
    ).reading.facts

    assert (facts["municipalities"], facts["with_figures"]) == (2, 1)
