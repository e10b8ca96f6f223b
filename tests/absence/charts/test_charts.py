"""The specifications are drawn by the library that draws them in the portal, and looked into."""

import re
from decimal import Decimal
from itertools import pairwise

import pytest
import vl_convert
from hypothesis import given
from hypothesis import strategies as st

from absence.calculations.periods import Period
from absence.calculations.series import Break
from absence.charts.drawing import ACCENT, LINE_HEIGHT, spread_out
from absence.charts.lines import Line, programme_against_others
from absence.charts.rows import Row, group_bars, municipality_dots
from absence.charts.scatter import BandMean, Place, size_scatter
from absence.charts.small_series import small_series

WINDOWS = [Period.parse(text) for text in ("Q407-Q308", "Q308-Q209", "Q408-Q309")]
NOW, BEFORE = "4. kv. 2007–3. kv. 2008", "4. kv. 2006–3. kv. 2007"
LOCALE = {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", ""], "minus": "−"}


def table_46(outside=("9.3", "9.6", "9.6")):
    rows = {
        "Alle kommuner": ("9.8", "9.8", "9.9"),
        "Kommuner utenfor programmet": outside,
        "Kommuner i programmet": ("10.3", "10.2", "10.2"),
    }
    return [
        Line(label, dict(zip(WINDOWS, map(decimal, values), strict=True)), accent=label.endswith("i programmet"))
        for label, values in rows.items()
    ]


def decimal(text):
    return None if text is None else Decimal(text)


def drawn(spec):
    """The words of the chart, in order, and the SVG."""
    svg = vl_convert.vegalite_to_svg(spec, format_locale=LOCALE, allowed_base_urls=[])
    return [re.sub("<[^>]+>", "", text) for text in re.findall(r"<text[^>]*>(.*?)</text>", svg)], svg


def test_each_group_is_named_at_the_end_of_its_line_with_its_last_value():
    words, _ = drawn(programme_against_others(table_46(), y_title="Prosent"))
    assert {"Alle kommuner 9,9", "Kommuner utenfor programmet 9,6", "Kommuner i programmet 10,2"} <= set(words)
    assert {"3. kv. 2008", "2. kv. 2009", "3. kv. 2009"} <= set(words)


def test_in_english_numbers_and_quarters_are_english():
    words, _ = drawn(programme_against_others(table_46(), y_title="Percent", language="en"))
    assert {"Alle kommuner 9.9", "Q3 2008"} <= set(words)


def test_the_programme_is_told_from_the_others_by_more_than_colour():
    line = programme_against_others(table_46(), y_title="Prosent")["layer"][0]["encoding"]
    dashes = line["strokeDash"]["scale"]["range"]
    assert dashes[2] == [1, 0]
    assert len({tuple(dash) for dash in dashes}) == 3
    assert line["color"]["scale"]["range"].count(ACCENT) == 1
    assert max(line["strokeWidth"]["scale"]["range"]) == line["strokeWidth"]["scale"]["range"][2]


def test_a_missing_figure_is_a_gap_and_not_a_zero():
    rows = programme_against_others(table_46(outside=("9.3", None, "9.6")), y_title="Prosent")["data"]["values"]
    outside = [row for row in rows if "utenfor" in row["series"]]
    assert [row["value"] for row in outside] == [9.3, 9.6]
    assert len({row["piece"] for row in outside}) == 2
    assert all(row["alone"] for row in outside)


def test_a_group_without_figures_is_left_out():
    words, _ = drawn(programme_against_others(table_46(outside=(None, None, None)), y_title="Prosent"))
    assert not [word for word in words if "utenfor" in word]
    drawn(programme_against_others([], y_title="Prosent"))


def test_a_break_is_a_gap_with_its_reason():
    quarters = {Period(8030 + i): Decimal(10 + i) for i in range(4)}
    spec = programme_against_others([Line("Alle", quarters)], y_title="Prosent", breaks=[Break(8032, "sammenslåing")])
    assert len({row["piece"] for row in spec["data"]["values"]}) == 2
    assert "sammenslåing" in drawn(spec)[0]


def test_with_many_periods_only_one_quarter_a_year_is_labelled():
    quarters = {Period(8020 + i): Decimal(10) for i in range(16)}
    axis = programme_against_others([Line("Alle", quarters)], y_title="%")["layer"][0]["encoding"]["x"]["axis"]
    assert axis["values"] == [8023, 8027, 8031, 8035]


def test_a_small_series_marks_one_point_and_says_its_value():
    values = {Period(8030): Decimal("10.1"), Period(8031): None, Period(8032): Decimal("0")}
    words, svg = drawn(small_series(values, beside={Period(8030): Decimal("9.4"), Period(8032): Decimal("9.5")}))
    assert words == ["0,0"]
    assert 'stroke-dasharray="3,2"' in svg
    assert drawn(small_series(values, marked=Period(8030)))[0] == ["10,1"]
    assert drawn(small_series(values, marked=Period(8031)))[0] == []


def test_bars_begin_at_zero_and_say_their_values():
    rows = [Row("Innsatskommuner", Decimal("10.8"), Decimal("10.7"), accent=True), Row("Pulje 1", None, Decimal("11"))]
    spec = group_bars(rows, x_title="Prosent", now=NOW, before=BEFORE)
    assert spec["layer"][0]["encoding"]["x"]["scale"]["zero"] is True
    words, svg = drawn(spec)
    assert {"10,8", "10,7", "11,0", "–", NOW, BEFORE, "Pulje 1"} <= set(words)
    assert ACCENT in svg
    assert NOW not in drawn(group_bars(rows, x_title="Prosent", now=NOW))[0]


def test_dots_stand_with_the_highest_first_and_the_missing_last():
    rows = [
        Row("Kristiansund", None, Decimal("10.1")),
        Row("Mandal", Decimal("7.7"), Decimal("6.9")),
        Row("Notodden", Decimal("12.1"), Decimal("13.9")),
    ]
    spec = municipality_dots(rows, x_title="%", now=NOW, before=BEFORE, mean=Decimal("10.6"), mean_label="Snitt")
    words, _ = drawn(spec)
    assert [word for word in words if word in ("Notodden", "Mandal", "Kristiansund")] == [
        "Notodden",
        "Mandal",
        "Kristiansund",
    ]
    assert {"Snitt 10,6", "12,1", "7,7", "–"} <= set(words)


def test_sizes_are_on_a_logarithmic_axis_with_the_bands_named():
    places = [Place("Utsira", 200, Decimal("6.1")), Place("Oslo", 560_000, Decimal("10.2"), False, True)]
    spec = size_scatter(places, x_title="Innbyggere", y_title="%", bands=[BandMean("Minste", 200, 900, Decimal("8.9"))])
    words, _ = drawn(spec)
    assert {"Minste 8,9", "Oslo", "1\u00a0000"} <= set(words)
    assert "Utsira" not in words


@pytest.mark.parametrize("width", [320, 640])
def test_a_chart_is_as_wide_as_it_is_asked_to_be(width):
    _, svg = drawn(programme_against_others(table_46(), y_title="Prosent", width=width))
    assert f'width="{width}"' in svg


@given(st.lists(st.floats(5, 15), min_size=1, max_size=6), st.integers(100, 400))
def test_labels_never_cover_each_other_and_keep_their_order(values, pixels):
    placed = spread_out(values, pixels)
    order = sorted(range(len(values)), key=lambda i: -values[i])
    gap = (max(values) - min(values)) * LINE_HEIGHT / pixels
    for above, below in pairwise(order):
        assert placed[above] - placed[below] >= min(gap, 1e-9) * 0.999
