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
