"""The chart: one SVG for page and print, named, in Norwegian, drawn once."""

import xml.etree.ElementTree as ET

import pytest

from correspondence.shelf import Shelf
from reporting.svg import svg
from tests.reporting.samples import SAMI, chart

SPEAKING = {"role", "aria-label", "aria-roledescription"}
SVG = "{http://www.w3.org/2000/svg}"


def words(drawn: str) -> list[str]:
    return ["".join(text.itertext()) for text in ET.fromstring(drawn).iter(f"{SVG}text")]


def test_the_name_of_the_chart_is_its_first_child():
    root = ET.fromstring(svg(chart(), title="Fravær <& nærvær>"))
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == "Fravær <& nærvær>"
    assert root.get("role") == "img"


def test_nothing_inside_speaks_english_over_the_title():
    drawn = svg(chart(), title="t")
    root, *inside = ET.fromstring(drawn).iter()
    said = {(key, value) for one in inside for key, value in one.attrib.items() if key in SPEAKING}
    assert said == set()
    assert set(root.attrib) & SPEAKING == {"role"}


def test_a_word_that_looks_like_a_description_stays_in_the_text():
    spec = chart()
    spec["data"]["values"][0]["group"] = 'A > role="b"'
    spec["layer"][1]["transform"] = []
    assert 'A > role="b"' in words(svg(spec, title="t"))


def test_numbers_follow_the_language():
    assert "10,0" in words(svg(chart(), title="t", language="nb"))
    assert "10,0" in words(svg(chart(), title="t", language="nn"))
    assert "10.0" in words(svg(chart(), title="t", language="en"))


def test_lines_are_named_beside_them_and_sami_letters_stand():
    spec = chart()
    spec["data"]["values"][0]["group"] = SAMI
    spec["layer"][1]["transform"] = []
    assert SAMI in words(svg(spec, title="t"))
    assert {"Alle", "Utenfor"} <= set(words(svg(chart(), title="t")))


def test_a_chart_is_drawn_once(tmp_path):
    shelf = Shelf(tmp_path)
    drawn = svg(chart(), title="t", shelf=shelf)
    (kept,) = tmp_path.iterdir()
    kept.write_text("<svg>kept</svg>")
    assert svg(chart(), title="t", shelf=shelf) == "<svg>kept</svg>"
    assert svg(chart(), title="another", shelf=shelf) == drawn.replace("<title>t</title>", "<title>another</title>")


def test_a_chart_loads_nothing_from_outside(tmp_path):
    (tmp_path / "secret.csv").write_text("x\n12345\n")
    for address in ("http://localhost:9/x.csv", f"file://{tmp_path}/secret.csv"):
        spec = {"data": {"url": address}, "mark": "text", "encoding": {"text": {"field": "x"}}}
        try:
            drawn = svg(spec, title="t")
        except ValueError:
            continue
        assert "12345" not in drawn


def test_a_specification_that_is_none_is_refused():
    with pytest.raises(ValueError):  # noqa: PT011
        svg({"mark": "no such mark"}, title="t")
