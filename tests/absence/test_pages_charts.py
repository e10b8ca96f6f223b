"""Charts of the pages: a window stands at its end, and on a phone every name is whole."""

import re
from decimal import Decimal

from absence.calculations.periods import Period
from absence.views.line_chart import PHONE, Line, line_chart

LONG = "Nettverk for kommuner med et navn som er langt"


def drawn() -> tuple[str, str]:
    windows = [Period(2007 * 4 + quarter, 4) for quarter in range(6)]
    lines = [Line(LONG, {one: Decimal(9 + at) for at, one in enumerate(windows)}), Line("B", {windows[0]: Decimal(8)})]
    desk, phone = str(line_chart(lines, "Fravær")).split("</svg>")[:2]
    return desk, phone


def test_a_window_of_four_quarters_is_named_by_its_last():
    for drawing in drawn():
        assert re.findall(r">(\d\. kv\. \d+)<", drawing) == ["1. kv. 2009", "1. kv. 2008"]


def test_on_a_phone_names_stand_whole_below_and_nothing_outside_the_drawing():
    _, phone = drawn()
    assert LONG in phone
    width, height = map(int, re.search(r'viewBox="0 0 (\d+) (\d+)"', phone).groups())
    assert width == PHONE.width
    assert all(0 <= float(y) <= height for y in re.findall(r'<text x="[^"]+" y="([^"]+)"', phone))


def programme_and_others(**asked) -> str:
    windows = [Period(2008 * 4 + quarter, 4) for quarter in range(3)]
    lines = [Line("Kvalitet", {one: Decimal("9.6") for one in windows}, is_accent=True)]
    lines += [Line("De andre", {one: Decimal("9.5") for one in windows})]
    return str(line_chart(lines, "Fravær", **asked))


def test_the_last_window_is_marked_over_its_four_quarters_and_named():
    for drawing in programme_and_others(mark_last=True).split("</svg>")[:2]:
        assert "3. kv. 2008–2. kv. 2009" in drawing
        x, width = map(float, re.search(r'<rect x="([^"]+)"[^>]* width="([^"]+)"', drawing).groups())
        ends = [points.split()[-1].split(",")[0] for points in re.findall(r'points="([^"]+)"', drawing)]
        assert {float(at) for at in ends} == {round(x + width, 1)}
    assert "<rect" not in programme_and_others()


def test_lines_are_told_apart_without_colour():
    drawing = programme_and_others().split("</svg>")[0]
    accent, other = sorted(re.findall(r"<polyline[^>]*>", drawing), key=lambda one: "dasharray" in one)
    assert "dasharray" not in accent
    assert 'stroke-dasharray="6 3"' in other
