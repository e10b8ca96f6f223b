"""The table as a value: what is printed, what goes into the CSV, and its way through JSON."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.section_data import Contradiction, Fact, Figure, SectionData
from reporting.tables import FORMULA_STARTS, CellNote, Column, Table, neutral

PERCENT = Column("absence", "Sykefravær, prosent", "percent")
NAME = Column("name", "Kommune")


def table(*rows, columns=(NAME, PERCENT), **facts) -> Table:
    return Table("t", "Sykefravær", columns, rows, **facts)


def texts(table: Table, language: str = "nb") -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.display_rows(language)]


@pytest.mark.parametrize(
    ("kind", "value", "printed"),
    [
        ("percent", "10.24", "10,2"),
        ("percent", "9.25", "9,3"),
        ("points", "-0.1", "−0,1"),
        ("points", "0.3", "+0,3"),
        ("points", "0.04", "0,0"),
        ("points", "-0.04", "0,0"),
        ("count", 68340, "68\u00a0340"),
        ("count", 138, "138"),
        ("year", 2008, "2008"),
        ("date", "2010-06-01", "1. juni 2010"),
        ("text", "Tromsø", "Tromsø"),
        ("percent", None, "–"),
        ("count", None, "–"),
        ("percent", "0", "0,0"),
    ],
)
def test_a_value_is_printed_by_its_kind(kind, value, printed):
    assert Column("c", "C", kind).display(value) == printed


def test_english_numbers_have_a_point():
    assert Column("c", "C", "percent").display("10.24", "en") == "10.2"
    assert Column("c", "C", "count").display(68340, "en") == "68,340"


def test_missing_is_a_dash_and_never_zero():
    assert texts(table({"name": "Kristiansund", "absence": None}, {"name": "Odda"})) == [
        ["Kristiansund", "–"],
        ["Odda", "–"],
    ]


def test_cells_with_the_same_note_share_a_sign_in_the_order_of_the_page():
    held = "Holdt tilbake."
    shown = table(
        {"name": "Odda", "absence": "9.1"},
        {"name": "Voss", "absence": None},
        {"name": "Mandal", "absence": None},
        cell_notes=(
            CellNote(2, "absence", "held", held),
            CellNote(1, "absence", "held", held),
            CellNote(0, "name", "note", "Deltok til 2009."),
        ),
    )
    assert shown.signed_notes() == (("a", "Deltok til 2009."), ("b", held))
    assert [[cell.sign for cell in row.cells] for row in shown.display_rows()] == [["a", ""], ["", "b"], ["", "b"]]


def test_csv_opens_in_norwegian_spreadsheets_with_unrounded_numbers():
    raw = table({"name": "Ørsta", "absence": "10.2456"}, {"name": "Voss", "absence": None}).csv()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").splitlines() == ["Kommune;Sykefravær, prosent", "Ørsta;10,2456", "Voss;"]


def test_csv_headings_carry_the_group():
    columns = (NAME, Column("w", "2007/08", "percent", group="Prosent"))
    assert table(columns=columns).csv().decode("utf-8-sig").splitlines() == ["Kommune;Prosent: 2007/08"]


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_csv_text_that_would_run_as_a_formula_is_neutralised(start):
    raw = table({"name": f"{start}1+1", "absence": "-1.5"}).csv().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(raw, newline=""), delimiter=";"))
    assert rows[1] == [f"'{start}1+1", "-1,5"]


@given(st.text())
def test_no_neutralised_text_begins_as_a_formula(text):
    assert not neutral(text).startswith(FORMULA_STARTS)
    assert neutral(text).endswith(text)


def test_section_data_survives_json():
    whole = SectionData(
        tables=(
            table(
                {"name": "Odda", "absence": "9.1"},
                emphasis=(0,),
                notes=("n",),
                cell_notes=(CellNote(0, "absence", "held", "x"),),
            ),
        ),
        figures=(Figure("f", "F", {"mark": "line"}, "alt", notes=("n",)),),
        facts={"active": Fact(138, "count", 138, "Pulje", "2010-06-01")},
        notes=("Laget med fast frø.",),
        contradictions=(Contradiction("k", "29 og 30 nettverk", "29", "30"),),
    )
    assert SectionData.from_json(json.loads(json.dumps(whole.to_json()))) == whole


def test_a_missing_table_is_a_key_error():
    with pytest.raises(KeyError):
        SectionData().table("nowhere")
