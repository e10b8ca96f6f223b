"""Prose is Markdown made safe, and its live figures cannot part from their tables."""

from reporting.prose import fact_text, render
from reporting.section_data import Fact

GAP = {"comparison.gap": Fact("0.6", "points", n=133, label="Forskjell", source="KS/PAI")}


def test_a_live_figure_is_printed_with_its_unit():
    html = render("Forskjellen er [[comparison.gap]].", GAP, "nb").html
    assert "0,6\u00a0prosentpoeng" in html
    assert 'title="Forskjell. 133 kommuner. KS/PAI"' in html


def test_a_live_figure_follows_the_language_of_the_report():
    assert fact_text(Fact("1234.56", "percent"), "nb") == "1235 prosent".replace("1235", "1234,6")
    assert fact_text(Fact("10.24", "percent"), "en") == "10.2 percent"
    assert fact_text(Fact("2010-06-01", "date"), "nn") == "1. juni 2010"


def test_a_missing_live_figure_is_a_dash_and_not_zero():
    assert fact_text(Fact(None, "percent"), "nb") == "– prosent"


def test_a_reference_that_names_nothing_stays_visible_and_is_reported():
    rendered = render("Se [[comparison.nothing]].", GAP, "nb")
    assert rendered.unknown == ("comparison.nothing",)
    assert "[[comparison.nothing]]" in rendered.html


def test_html_and_scripts_in_prose_are_words_not_code():
    html = render("<script>alert(1)</script> <img src=x onerror=y> [a](javascript:alert(1))", {}, "nb").html
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_headings_of_prose_stand_under_the_heading_of_the_section():
    html = render("# Stor\n\n### Liten", {}, "nb").html
    assert "<h3>Stor</h3>" in html
    assert "<h4>Liten</h4>" in html


def test_a_paragraph_that_begins_with_a_date_is_no_list():
    assert render("8. januar 2007 begynte det.", {}, "nb").html == "<p>8. januar 2007 begynte det.</p>\n"
    assert "<ol" in render("1. Først\n2. Så", {}, "nb").html
