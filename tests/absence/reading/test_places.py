import pytest

from absence.reading.places import Places, row_label_kind
from tests.absence.bestiary.register import REGISTER

IN_2008 = (8032, 1)


@pytest.fixture(scope="module")
def places():
    return Places(REGISTER)


def resolved(places, number, name, period=IN_2008):
    found = places.candidates(number, name)
    return places.on(found, *period) if type(found) is tuple else found


@pytest.mark.parametrize(
    ("number_cell", "name_cell", "number"),
    [
        ("0101", None, "0101"),
        ("101", None, "0101"),
        (101.0, None, "0101"),
        ("0101 Halden", None, "0101"),
        (None, "0101 Halden", "0101"),
        ("0101", "Halden", "0101"),
        ("0722", "Ngttergy", "0722"),
        (None, "Halden", "0101"),
        (None, "HALDEN", "0101"),
        (None, "Halden kommune", "0101"),
        (None, "Nord-Aurdal", "0542"),
        (None, "Herøy i Nordland", "1818"),
        (None, "Herøy\u00a0i Nordland", "1818"),
        (None, "Herøy (Nordland)", "1818"),
        (None, "Herøy (Nordl.)", "1818"),
        (None, "Herøy (Møre og R.)", "1515"),
        (None, "Våler (Østfold)", "0137"),
        (None, "Bø i Telemark", "0821"),
        ("0137", "Våler", "0137"),
        (None, "Tana", "2025"),
        (None, "Deatnu-Tana", "2025"),
        (None, "Deatnu – Tana", "2025"),
        (None, "Aarborte - Hattfjelldal", "1826"),
    ],
)
def test_a_municipality_is_found_by_number_name_or_both(places, number_cell, name_cell, number):
    assert resolved(places, number_cell, name_cell) == number


def test_a_name_told_with_its_county_is_found_also_by_the_register_s_own_form(places):
    assert resolved(places, None, "Våler i Viken", (2021 * 4, 1)) == "3018"


@pytest.mark.parametrize("name", ["Våler", "Bø", "Os", "Herøy"])
def test_a_name_borne_by_several_is_refused_and_the_candidates_are_named(places, name):
    problem = resolved(places, None, name)

    assert problem.code == "ambiguous_name"
    assert f"{name} (" in problem.params["candidates"]


def test_a_name_is_ambiguous_only_while_several_bear_it(places):
    assert resolved(places, None, "Os", (2021 * 4, 1)) == "3430"


@pytest.mark.parametrize(
    ("number_cell", "name_cell", "code"),
    [
        (None, "Ngttergy", "unknown_name_near"),
        (None, "Langtvekkistan", "unknown_name"),
        (None, "Bydel Alna", "city_district"),
        ("0301", "Bydel Alna", "city_district"),
        (None, "Oslo - Alna", "unknown_name"),
        (None, "Østfold", "county"),
        ("9999", None, "unknown_number"),
        ("0301 10", None, "unknown_name"),
        ("0101", "Moss", "number_name_conflict"),
        ("0101", "0104 Moss", "two_numbers"),
        (None, "", "no_municipality"),
        ("", None, "no_municipality"),
    ],
)
def test_what_is_not_clearly_one_municipality_is_refused(places, number_cell, name_cell, code):
    assert resolved(places, number_cell, name_cell).code == code


def test_a_scanned_name_is_answered_with_the_nearest_names(places):
    assert "Nøtterøy" in resolved(places, None, "Ngttergy").params["candidates"]


@pytest.mark.parametrize(
    ("number", "period", "found"),
    [
        ("1505", (8032, 1), "1505"),
        ("1505", (8031, 4), "1505"),  # a window that crosses the merger belongs to the new one
        ("1503", (8031, 1), "1503"),
        ("0706", (2016 * 4, 4), "0706"),
    ],
)
def test_a_number_holds_on_the_days_it_was_in_use(places, number, period, found):
    assert resolved(places, number, None, period) == found


@pytest.mark.parametrize(
    ("number", "period", "code", "instead"),
    [
        ("1505", (8031, 1), "not_yet_valid", "1503 Kristiansund"),
        ("1505", (8023, 4), "not_yet_valid", "1503 Kristiansund"),
        ("1503", (8032, 1), "no_longer_valid", "1505 Kristiansund"),
        ("0706", (2018 * 4, 1), "no_longer_valid", "0710 Sandefjord"),
        ("0706", (2021 * 4, 1), "no_longer_valid", "3804"),
    ],
)
def test_a_number_outside_its_life_names_the_one_that_held_then(places, number, period, code, instead):
    problem = resolved(places, number, None, period)

    assert (problem.code, problem.params["instead"]) == (code, instead)


def test_one_name_may_mean_one_number_after_another(places):
    assert resolved(places, None, "Inderøy", (2011 * 4, 1)) == "1729"
    assert resolved(places, None, "Inderøy", (2012 * 4, 1)) == "1756"
    assert resolved(places, None, "Inderøy", (2011 * 4 + 2, 4)) == "1756"


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Snitt", "mean"),
        ("SNITT 12 kommuner", "mean"),
        ("Gjennomsnitt", "mean"),
        ("I ALT", "total"),
        ("Totalt", "total"),
        ("Hele landet", "total"),
        ("Uoppgitt", "unstated"),
        ("Differanse", "diff"),
        ("Halden", None),
        ("Sumba", None),
        ("", None),
    ],
)
def test_rows_that_are_no_municipality_are_known_by_their_label(label, kind):
    assert row_label_kind(label) == kind
