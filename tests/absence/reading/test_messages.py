"""Every refusal has words in both Norwegian languages, and they name sheet, row, column, value and remedy."""

import ast
import re
from pathlib import Path

import pytest
from django.utils import translation

from absence.reading import messages
from absence.reading.annotate import safe_text
from absence.reading.messages import MESSAGES, WARNINGS, describe

READING = Path(messages.__file__).parent
NUMBER = {"code": "not_a_number", "sheet": None, "row": 14, "column": "F", "value": "11,Q", "params": {}, "cells": []}


def said(problem, language):
    with translation.override(language):
        return describe(problem, translation.gettext)


def codes_raised():
    """The codes in the source: the words in the first arguments of Problem, Refused and the parent's own refusal."""
    found = set()
    for file in READING.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Problem", "Refused", "_refusal"):
                parts = ast.walk(node.args[0]) if node.args else []
                found |= {
                    part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)
                }
    return {code for code in found if re.fullmatch(r"[a-z][a-z_0-9]+", code)}


def test_every_code_in_the_source_has_words():
    raised = codes_raised()

    assert len(raised) > 50
    assert raised <= set(MESSAGES)


def test_the_message_says_where_what_and_what_to_do():
    assert said(NUMBER, "nb")["message"] == (
        "Rad 14, kolonne F: «11,Q» er ikke et tall. Rett cellen og last opp på nytt. Ingenting er lagret."
    )
    assert said(NUMBER, "nn")["message"] == (
        "Rad 14, kolonne F: «11,Q» er ikkje eit tal. Rett cella og last opp på nytt. Ingenting er lagra."
    )
    assert said(NUMBER | {"sheet": "PAI"}, "nb")["message"].startswith("Ark «PAI», rad 14, kolonne F: «11,Q»")
    assert said(NUMBER, "nb")["expected"] == "et tall som 9,7, eller et av tegnene : .. . -"


def test_dates_and_rates_in_messages_are_norwegian():
    life = NUMBER | {
        "code": "not_yet_valid",
        "params": {"number": "1505", "name": "Kristiansund", "date": "2008-01-01", "instead": "1503 Kristiansund"},
    }
    differs = NUMBER | {"code": "rate_differs", "value": "10.7", "params": {"computed": "9.650000"}}

    assert "finnes først fra 1. januar 2008. Eldre tall hører til 1503 Kristiansund" in said(life, "nb")["message"]
    assert "sier 10,7 prosent, men dagsverkene gir 9,7." in said(differs, "nb")["message"]
    assert "lagret" not in said(differs, "nb")["message"]


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_word_is_translated(language):
    texts = {part for text in MESSAGES.values() for part in text} | set(messages._PLACES.values())
    with translation.override(language):
        same = {text for text in texts if translation.gettext(text) == text}

    assert same <= {"%(what)s", "%(instead)s"}


@pytest.mark.parametrize("code", MESSAGES)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_templates_of_a_code_ask_for_the_same_parameters_in_every_language(code, language):
    names = lambda text: set(re.findall(r"%\((\w+)\)s", text))  # noqa: E731
    with translation.override(language):
        for text in MESSAGES[code]:
            assert names(translation.gettext(text)) == names(text)


def test_only_doubts_do_not_refuse_the_file():
    assert set(WARNINGS) <= set(MESSAGES)


@pytest.mark.parametrize("text", ["=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_formulas_are_made_harmless(text):
    assert safe_text(text).startswith("'")


@pytest.mark.parametrize("text", ["-", "-1,2", "\u22121,2", "Halden", "11,Q", ""])
def test_numbers_marks_and_words_are_left_as_they_are(text):
    assert safe_text(text) == text
