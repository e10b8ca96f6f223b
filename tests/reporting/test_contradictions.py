"""What must be explained before a report is approved, in its figures and in what is written of them."""

import pytest

from reporting.contradictions import contradictions, in_prose, unanswered
from reporting.section_data import key_of
from tests.reporting.editions import CONTRADICTION, section

KNOWN = {"comparison.gap"}


def said(text: str) -> list[str]:
    return [one.key.partition("-")[0] for one in in_prose(text, KNOWN)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Møtet var 31. juni 2008.", ["date"]),
        ("Møtet var 30. juni 2008.", []),
        ("Fraværet gikk ned fra 10,3 til 10,2 prosent, en nedgang på 0,1 prosent.", ["percent"]),
        ("Fraværet gikk ned med 0,1 prosentpoeng.", []),
        ("Forskjellen er [[comparison.gap]].", []),
        ("Forskjellen er [[comparison.gapp]].", ["figure"]),
        ("", []),
    ],
)
def test_what_is_found_in_prose(text, kinds):
    assert said(text) == kinds


def test_an_answer_holds_for_the_words_it_was_given_for():
    (before,) = in_prose("Møtet var 31. juni 2008.", KNOWN)
    (after,) = in_prose("Møtet var 31. april 2008.", KNOWN)
    assert before.key != after.key
    assert in_prose("På nytt: møtet var 31. juni 2008.", KNOWN)[0].key == before.key


def test_the_words_are_in_the_language_of_the_report():
    prose = {"introduction": "Se [[comparison.nothing]]."}
    text = {language: contradictions([], prose, language)[0][1].text for language in ("nb", "nn", "en")}
    assert len(set(text.values())) == 3
    assert "ikkje" in text["nn"] or "ingen" in text["nn"]


def test_those_of_the_figures_stand_before_those_of_the_prose():
    found = contradictions(section(CONTRADICTION), {"introduction": "31. juni 2008"}, "nb")
    assert [place for place, _one in found] == ["comparison", "introduction"]
    assert unanswered(found, {("comparison", "mean")}) == found[1:]
    assert unanswered(found, {("introduction", "mean")}) == found


def test_an_answer_covers_the_statements_it_was_given_to_and_no_others():
    assert key_of("mean", "9,6", "10,6") == key_of("mean", "9,6", "10,6")
    assert len({key_of("mean", "9,6", "10,6"), key_of("mean", "9,6", "10,7"), key_of("sum", "9,6", "10,6")}) == 3
    assert key_of("mean", "9", "610") != key_of("mean", "96", "10")
