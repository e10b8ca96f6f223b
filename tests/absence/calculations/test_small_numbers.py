from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absence.calculations.small_numbers import (
    Counts,
    Relation,
    computable,
    hidden_cells,
    hidden_in_any,
    is_small,
    lowest,
    staff_counts,
)
from tests import oracles


@pytest.mark.parametrize(
    ("cell", "hidden"),
    [
        (Counts(4), True),
        (Counts(5), False),
        (Counts(40, person_years=9.9), True),
        (Counts(40, person_years=10), False),
        (Counts(40, person_years=9.9, whole_municipality=True), False),
        (Counts(40, sick=4), True),
        (Counts(40, sick=0), False),
        (Counts(40, sick=5), False),
        (Counts(9, rate=0), True),
        (Counts(9, rate=100), True),
        (Counts(9, rate=7), False),
        (Counts(10, rate=0), False),
        (Counts(None), True),
        (Counts(None, whole_municipality=True), False),
    ],
)
def test_a_cell_about_few_is_hidden(cell, hidden):
    assert is_small(cell) is hidden


def test_a_four_quarter_sum_is_judged_by_its_lowest_quarter():
    quarters = [Counts(12), Counts(9), Counts(4), Counts(11)]
    assert lowest(quarters) == Counts(4)
    assert is_small(lowest(quarters))
    assert is_small(lowest([Counts(12), Counts(None), Counts(11)]))


@pytest.mark.parametrize(
    ("days", "quarters", "hidden"),
    [
        (Decimal("649.99"), 1, True),
        (Decimal(650), 1, False),
        (Decimal(2599), 4, True),
        (Decimal(2600), 4, False),
        (None, 1, True),
    ],
)
def test_ten_person_years_are_650_workdays_a_quarter(days, quarters, hidden):
    assert is_small(staff_counts(days, quarters, whole_municipality=False)) is hidden
    assert not is_small(staff_counts(Decimal(650), 1, whole_municipality=True))


def test_the_smallest_sibling_is_hidden_too():
    office = {"Administrasjon": Counts(40), "Barnehage": Counts(25), "Teknikk": Counts(3), "Alle": Counts(68)}
    relation = Relation("Alle", ("Administrasjon", "Barnehage", "Teknikk"))
    assert hidden_cells(office, [relation]) == {"Teknikk", "Barnehage"}


def test_hiding_goes_on_until_nothing_can_be_computed():
    cells = {"women": Counts(30), "men": Counts(3), "unit": Counts(33), "other": Counts(50), "all": Counts(83)}
    relations = [Relation("unit", ("women", "men")), Relation("all", ("unit", "other"))]
    assert hidden_cells(cells, relations) == {"women", "men"}
    three = {"a": Counts(3), "b": Counts(9), "a1": Counts(2), "a2": Counts(1), "all": Counts(12)}
    found = hidden_cells(three, [Relation("a", ("a1", "a2")), Relation("all", ("a", "b"))])
    assert found == {"a", "a1", "a2", "b"}


def test_an_empty_cell_protects_nothing():
    cells = {"a": Counts(3), "b": Counts(0), "c": Counts(20), "all": Counts(23)}
    assert hidden_cells(cells, [Relation("all", ("a", "b", "c"))]) == {"a", "b", "c"}


def test_two_overlapping_windows_do_not_give_the_quarter_between_them():
    # 4. kv. 2008–3. kv. 2009 minus 3. kv. 2008–2. kv. 2009 is 3. kv. 2009 minus 3. kv. 2008
    windows = [Relation("w1", ("q308", "q408", "q109", "q209")), Relation("w2", ("q408", "q109", "q209", "q309"))]
    published = {"w1": Counts(40), "w2": Counts(40), "q308": Counts(40), "q309": Counts(3)}
    assert hidden_cells(published, windows) == {"q309", "w2"}


def test_a_cell_hidden_in_one_vintage_is_hidden_in_all():
    assert hidden_in_any([{"a"}, {"b"}, set()]) == {"a", "b"}


NAMES = [f"{sector}{sex}" for sector in "ptx" for sex in "wma"]
TABLE = [Relation(f"{sector}a", (f"{sector}w", f"{sector}m")) for sector in "ptx"]
TABLE += [Relation(f"x{sex}", (f"p{sex}", f"t{sex}")) for sex in "wma"]


@given(st.sets(st.sampled_from(NAMES)))
def test_what_can_be_computed_equals_linear_algebra(hidden):
    relations = [(one.whole, one.parts) for one in TABLE]
    assert computable(hidden, TABLE) == oracles.can_be_computed(hidden, relations)


@given(st.fixed_dictionaries({name: st.integers(1, 30) for name in NAMES if "a" not in name and "x" not in name}))
def test_no_hidden_cell_of_a_table_can_be_computed(persons):
    for sex in "wm":
        persons[f"x{sex}"] = persons[f"p{sex}"] + persons[f"t{sex}"]
    for sector in "ptx":
        persons[f"{sector}a"] = persons[f"{sector}w"] + persons[f"{sector}m"]
    cells = {name: Counts(number) for name, number in persons.items()}
    hidden = hidden_cells(cells, TABLE)
    assert {name for name, number in persons.items() if number < 5} <= hidden
    assert not oracles.can_be_computed(hidden, [(one.whole, one.parts) for one in TABLE])
