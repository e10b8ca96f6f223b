"""Text files are split in the quick way where that gives what `csv` gives, and by `csv` everywhere else."""

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absence.reading.packing import pack, unpack
from absence.reading.problems import Refused
from absence.reading.text_file import CELL_LENGTH, TextSheet

CELLS = st.text(st.sampled_from("aø0,;\t \"'-"), max_size=4)
LINES = st.lists(CELLS, min_size=1, max_size=5).map(";".join)


def sheet(path, chunk_rows=20_000):
    return TextSheet(path, path.stat().st_size, chunk_rows)


def rows_of(path, chunk_rows):
    found, at = [], 0
    for chunk in sheet(path, chunk_rows).chunks():
        assert chunk.start == at
        assert len(chunk) == len(chunk.rows)
        at += len(chunk.rows)
        found += map(list, chunk.rows)
    return found


@given(st.lists(LINES, min_size=1), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans(), st.integers(1, 4))
def test_the_rows_are_those_that_csv_gives(tmp_path_factory, lines, end, is_ended, chunk_rows):
    path = tmp_path_factory.mktemp("text") / "file.csv"
    path.write_text(end.join(lines) + (end if is_ended else ""), encoding="utf-8", newline="")
    if not path.read_text(encoding="utf-8").strip():
        return
    with path.open(encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file, delimiter=";"))
    assert rows_of(path, chunk_rows) == expected


def test_a_cell_that_is_too_long_is_named_by_its_row_also_after_plain_lines(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("a;b\n" * 5 + f"{'x' * (CELL_LENGTH + 1)};b\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        list(sheet(path, 3).chunks())
    assert (refused.value.problem.code, refused.value.place["row"]) == ("cell_too_long", 6)


@given(st.text(st.sampled_from("0123456789 ;a"), min_size=1, max_size=40))
def test_long_numbers_are_seen_wherever_an_identity_number_could_stand(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("text") / "file.csv"
    path.write_text(text + "x", encoding="utf-8")
    assert sheet(path).has_long_numbers() == bool(re.search(r"\d{6} ?\d{4}", text))


@given(
    st.lists(st.integers(0, 10**6))
    | st.lists(st.sampled_from(["alle", "kvinner", "menn", None]))
    | st.lists(st.integers(1, 200).map(str))
)
def test_a_column_on_its_way_to_the_parent_comes_as_it_was(values):
    assert unpack(pack(values)) == values
