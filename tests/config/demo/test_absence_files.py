"""The eighteen files: how many figures, under which numbers, in which shapes, and that their parts add up."""

import json

import openpyxl
import pytest

from config.demo.absence import vintage, write_files
from config.demo.coverage import QUARTERS
from config.demo.register import places
from config.demo.shapes import SHAPES
from tests.config.demo.conftest import raw_rows

COUNTRIES = {"i alt", "hele landet", "totalt"}


def test_eighteen_files_hold_about_26_000_figures_each(figures, files):
    counts = [sum(1 for key in figures if key[1] == quarter) for quarter in QUARTERS]
    assert len(files) == 18
    assert min(counts) >= 25_000
    assert max(counts) <= 28_000


def test_all_municipalities_of_the_time_report_or_are_known_not_to(figures):
    for quarter in QUARTERS:
        units = {key[0] for key in figures if key[1] == quarter} - COUNTRIES
        assert 400 <= len(units) <= 430


def test_a_number_is_valid_on_the_dates_of_its_figures(figures):
    for unit, quarter, *_ in figures:
        if unit not in COUNTRIES:
            assert places()[unit].valid_on(f"{quarter // 4}-{quarter % 4 * 3 + 1:02}-01"), (unit, quarter)


def test_kristiansund_stands_under_its_old_number_before_2008(figures):
    numbers = {quarter: {key[0] for key in figures if key[1] == quarter} for quarter in (2007 * 4 + 3, 2008 * 4)}
    assert {"1503", "1556"} <= numbers[2007 * 4 + 3]
    assert "1505" in numbers[2008 * 4]
    assert not {"1503", "1556"} & numbers[2008 * 4]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_totals_are_the_exact_sums_of_their_parts(figures, quarter):
    cells = {(key[0], *key[2:]): value for key, value in figures.items() if key[1] == quarter}
    sectors = {sector for _, sector, _, _ in cells} - {"alle"}
    assert len(sectors) == 6
    for unit in {key[0] for key in cells} - COUNTRIES:
        whole = cells[unit, "alle", "begge", "samlet"]
        assert whole[0] == sum(
            cells[unit, sector, sex, kind][0]
            for sector in sectors
            for sex in ("kvinner", "menn")
            for kind in ("egenmeldt", "legemeldt")
        )
        for kind in ("egenmeldt", "legemeldt", "samlet"):
            parts = [cells[unit, sector, sex, kind] for sector in sectors for sex in ("kvinner", "menn")]
            assert whole[1] == sum(possible for _, possible in parts)
            assert cells[unit, "alle", "begge", kind][0] == sum(lost for lost, _ in parts)
            assert all(lost > 0 for lost, _ in parts)


def test_a_printed_country_row_is_the_sum_of_the_municipalities(figures):
    printed = [key for key in figures if key[0] in COUNTRIES]
    assert len(printed) == 3
    for country, quarter, *dimensions in printed:
        units = [value for key, value in figures.items() if key[1:] == (quarter, *dimensions) and key[0] != country]
        assert figures[country, quarter, *dimensions] == tuple(map(sum, zip(*units, strict=True)))


def test_no_two_files_look_alike(files):
    assert len({repr(shape) for shape in SHAPES.values()}) == 18
    assert {path.suffix for path in files} == {".csv", ".xlsx", ".ods"}
    assert b"\xef\xbb\xbf" in files[1].read_bytes()[:3]
    assert "kjønn".encode("cp1252") in files[0].read_bytes().lower()
    assert raw_rows(files[3])[1][0] == 101.0


def test_a_spreadsheet_program_opens_the_workbooks(files):
    sheet = openpyxl.load_workbook(files[3], read_only=True).active
    assert next(sheet.values)[:3] == ("Kommunenr", "Kommune", "Kvartal")


def test_a_second_run_writes_nothing(folder, files):
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert write_files(folder) == files
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_the_same_files_come_out_again(folder, files, tmp_path):
    write_files(tmp_path)
    for path in sorted(folder.iterdir()):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_damaged_file_is_written_anew(folder, files):
    good = files[0].read_bytes()
    files[0].write_bytes(b"damaged")
    write_files(folder)
    assert files[0].read_bytes() == good


def test_a_file_is_dated_a_month_and_a_half_after_its_quarter():
    assert vintage(2009 * 4 + 3).isoformat() == "2010-02-15"
    assert vintage(QUARTERS[-1]).isoformat() == "2010-05-15"


def test_the_calibration_report_lies_beside_the_files(folder):
    report = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
    assert all(line["within"] for table in ("table 4.6", "table 4.7") for line in report[table])
    assert [line["column"] for line in report["appendix 6"] if not line["within"]] == ["Q408-Q309"]
    assert all(line["why"] for line in report["PAI table 2008"] if not line["within"])
