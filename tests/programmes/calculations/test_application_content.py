import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.calculations.application_content import (
    BINDING,
    binding_sha256,
    content_sha256,
    differences,
    step_sha256,
)

CONTENT = {name: f"{name} one" for name in BINDING} | {"contact_name": "Kari", "language": "nb"}


def test_a_new_contact_does_not_touch_what_binds():
    assert binding_sha256(CONTENT) == binding_sha256(CONTENT | {"contact_name": "Ola", "decision_case": "1/09"})


def test_what_the_parties_stand_behind_is_who_applies_with_what_goal_and_how():
    goal = {f"absence_{which}" for which in ("baseline_percent", "baseline_on", "target_percent", "target_on")}
    texts = {"challenges", "wanted_results", "work_organisation"}
    assert set(BINDING) == {"applicants", "focus_areas", "themes"} | goal | texts


@pytest.mark.parametrize("name", BINDING)
def test_every_binding_field_does(name):
    assert binding_sha256(CONTENT) != binding_sha256(CONTENT | {name: "another"})


def test_line_ends_of_another_browser_are_no_change():
    assert binding_sha256(CONTENT | {"challenges": "a \r\nb\n"}) == binding_sha256(CONTENT | {"challenges": "a\nb"})


def test_what_is_missing_and_what_is_empty_are_the_same():
    assert step_sha256({}, "goal") == step_sha256({"absence_target_on": None, "absence_target_percent": ""}, "goal")


def test_the_order_of_keys_does_not_matter():
    assert content_sha256(CONTENT) == content_sha256(dict(reversed(CONTENT.items())))


def test_a_difference_tells_word_by_word_what_was_removed_and_added():
    (one,) = differences({"challenges": "Fraværet er høyt."}, {"challenges": "Fraværet er svært høyt."})
    assert [(piece.text, piece.change) for piece in one.pieces] == [
        ("Fraværet er ", ""),
        ("svært ", "added"),
        ("høyt.", ""),
    ]


def test_the_same_content_has_no_differences():
    assert differences(CONTENT, dict(CONTENT)) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_put_together_are_the_two_texts(before, after):
    for one in differences({"challenges": before}, {"challenges": after}):
        if one.pieces:
            assert "".join(piece.text for piece in one.pieces if piece.change != "added") == before
            assert "".join(piece.text for piece in one.pieces if piece.change != "removed") == after
