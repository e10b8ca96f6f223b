"""``manage.py demo --no-serve`` from nothing, as a stranger runs it: tables, desk, reports, and a second run."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from config.demo.register import read_data

ROOT = Path(__file__).resolve().parents[3]
NEAR = Decimal("0.05")
PRINTED = read_data("published_tables.csv")
FOCUS = read_data("focus_municipalities.csv")
KEPT = ("absence_", "programmes_", "networks_", "municipalities_", "reporting_", "jobs_", "account_")


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def manage(home) -> Callable[..., str]:
    """Give a function that runs a command of manage.py on the demo's own SQLite database and gives what it prints."""
    environment = {name: value for name, value in os.environ.items() if name != "REDIS_URL"}
    environment |= {"DATABASE_URL": f"sqlite:///{home / 'portal.sqlite3'}", "MEDIA_ROOT": str(home / "media")}

    def manage(*arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return manage


@pytest.fixture(scope="module")
def told(home, manage) -> str:
    return manage("demo", "--no-serve", "--folder", str(home / "demo"))


@pytest.fixture
def table(told, manage) -> Callable[..., dict]:
    def table(kind: str, *options: str) -> dict:
        return json.loads(manage("absence_table", kind, "--programme", "kvalitetskommuner", "--json", *options))

    return table


def rows_of(home: Path) -> dict[str, list]:
    with sqlite3.connect(home / "portal.sqlite3") as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in names if name.startswith(KEPT)}


def test_it_tells_the_address_a_sign_in_for_each_role_and_where_the_reports_lie(told, home):
    assert "http://localhost:8000/" in told
    for role in ("administrator", "adviser", "network_leader", "project_leader", "steering_member", "no role"):
        assert role in told
    for name in ("arsrapport-2008.pdf", "sluttrapport-2010.pdf"):
        assert str(home / "demo" / "reports" / name) in told
        assert (home / "demo" / "reports" / name).read_bytes().startswith(b"%PDF")


def test_table_46_comes_out_of_the_portal(table):
    answer = table("comparison")
    printed = [Decimal(row["value"]) for row in PRINTED if row["table"] == "4.6"]
    values = [Decimal(value) for row in answer["rows"] for value in row["values"]]
    assert answer["columns"] == ["2007Q4-2008Q3", "2008Q3-2009Q2", "2008Q4-2009Q3"]
    assert answer["weighting"] == "weighted_days"
    assert [row["n"] for row in answer["rows"]] == [409, 276, 133]
    assert all(abs(value - print_) <= NEAR for value, print_ in zip(values, printed, strict=True))


def test_table_47_comes_out_of_the_portal_with_the_sizes_of_the_register(table):
    rows = table("size")["rows"]
    printed = [row for row in PRINTED if row["table"] == "4.7" and row["column"] == "Snitt fravær"]
    for row, print_ in zip(rows, printed, strict=True):
        assert abs(Decimal(row["values"][0]) - Decimal(print_["value"])) <= NEAR
    assert [round(Decimal(row["values"][1])) for row in rows[:2]] == [52_386, 2_106]


def test_appendix_6_comes_out_of_the_portal(table):
    answer = table("focus")
    values = {
        (row["label"], column): value
        for row in answer["rows"]
        for column, value in zip(answer["columns"], row["values"], strict=True)
    }
    windows = dict(zip(dict.fromkeys(row["period"] for row in FOCUS), answer["columns"], strict=True))
    for row in FOCUS:
        if row["status"] in ("printed", "placed"):
            value = Decimal(values[row["municipality"], windows[row["period"]]])
            assert abs(value - Decimal(row["absence_percent"])) <= NEAR, row


def test_the_pai_table_comes_out_for_all_municipalities(table):
    answer = table("groups", "--periods", "Q406-Q307,Q407-Q308")
    whole = answer["rows"][0]
    assert [round(Decimal(value), 1) for value in whole["values"][:2]] == [Decimal("9.4"), Decimal("9.7")]
    assert whole["n"] == 360


def test_the_desk_holds_the_zero_and_nothing_of_the_quarterly_files(told, home):
    with sqlite3.connect(home / "portal.sqlite3") as database:
        blocking = database.execute(
            "SELECT rule, number, value FROM absence_suspicion doubt LEFT JOIN municipalities_municipality place "
            "ON place.id = doubt.municipality_id WHERE blocking AND decision = ''"
        ).fetchall()
        held = database.execute("SELECT DISTINCT first_quarter, quarters FROM absence_stagedfigure").fetchall()
    assert ("V1", "1505", 0) in blocking
    assert {number for _, number, _ in blocking} == {"1505", None}
    assert held == [(2008 * 4 + 3, 4)]


def test_the_warnings_of_the_quarterly_files_are_few(told, home):
    with sqlite3.connect(home / "portal.sqlite3") as database:
        counts = database.execute(
            "SELECT file_name, COUNT(*) FROM absence_suspicion doubt JOIN absence_importbatch batch "
            "ON batch.id = doubt.batch_id WHERE file_name LIKE 'pai-%' GROUP BY file_name"
        ).fetchall()
    assert all(count <= 10 for _, count in counts), counts


def test_a_second_run_changes_nothing(told, home, manage):
    before, files = rows_of(home), {path: path.stat().st_mtime_ns for path in (home / "demo").rglob("*")}
    manage("demo", "--no-serve", "--folder", str(home / "demo"))
    after = rows_of(home)
    assert [name for name in before if before[name] != after[name]] == []
    assert {path: path.stat().st_mtime_ns for path in (home / "demo").rglob("*")} == files


def test_the_document_beside_the_print_says_what_the_portal_gives(table):
    """Every cell as it comes out, and no difference without a word about it."""
    written = document_beside_the_print()
    assert all(printed == ours or why for rows in written.values() for _row, _column, printed, ours, why in rows)
    values = {kind: [row["values"] for row in table(kind)["rows"]] for kind in ("comparison", "size")}
    groups = table("groups", "--periods", "Q406-Q307,Q407-Q308")["rows"]
    focus = table("focus")["rows"][:13]  # twelve municipalities and their mean, summed from quarters
    expected = {
        "Table 4.6 of the final report": {shown(value) for row in values["comparison"] for value in row},
        "Table 4.7 of the final report": {shown(row[0]) for row in values["size"]} | {"52 386", "2 106"},
        "Appendix 6 of the final report": {(row["label"], shown(value)) for row in focus for value in row["values"]},
        "The PAI table of the report for 2008": {shown(value) for row in groups for value in row["values"]}
        | {str(row["n"]) for row in groups},
    }
    for title, rows in written.items():
        keyed = title.startswith("Appendix")
        assert {(row, ours) if keyed else ours for row, _column, _printed, ours, _why in rows} == expected[title]


def document_beside_the_print() -> dict[str, list[list[str]]]:
    """Title of each table → its rows: row, column, printed, ours, explanation."""
    found: dict[str, list[list[str]]] = {}
    for part in (ROOT / "docs/comparison-with-print.md").read_text().split("\n## ")[1:]:
        lines = [line for line in part.splitlines() if line.startswith("|")][2:]
        found[part.partition("\n")[0]] = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    return found


def shown(value: str) -> str:
    return str(Decimal(value).quantize(Decimal("0.1"), ROUND_HALF_UP)).replace(".", ",")
