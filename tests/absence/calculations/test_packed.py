"""Packed columns come back as they were."""

from hypothesis import given
from hypothesis import strategies as st

from absence.calculations.packed import packed, unpacked

NUMBERS = st.integers(-(2**62), 2**62)
TEXTS = st.sampled_from(["all", "women", "men", "Ø", ""]) | st.integers(0, 400).map(str)
COLUMNS = st.lists(NUMBERS) | st.lists(NUMBERS | st.none()) | st.lists(TEXTS) | st.lists(TEXTS | st.none())


@given(st.dictionaries(st.sampled_from(["lost", "sex", "mark", "row"]), COLUMNS))
def test_every_column_comes_back_as_it_was(columns):
    assert unpacked(packed(columns)) == columns


def test_more_texts_than_a_byte_can_tell_apart_come_back():
    column = [str(number) for number in range(1000)]
    assert unpacked(packed({"column": column})) == {"column": column}


def test_a_run_of_places_comes_back_as_a_list():
    assert unpacked(packed({"row": range(2, 5), "none": range(0)})) == {"row": [2, 3, 4], "none": []}
