from municipalities.markdown import safe_html


def test_paragraphs_lists_and_links_become_html():
    html = safe_html("Hei **alle**.\n\n- ein\n- to\n\n[Lenkje](https://example.no)")

    assert "<strong>alle</strong>" in html
    assert html.count("<li>") == 2
    assert 'href="https://example.no"' in html


def test_html_in_the_text_is_shown_and_never_run():
    html = safe_html("<script>alert(1)</script> og <b>feit</b>")

    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_link_that_runs_something_loses_its_address():
    assert "javascript:" not in safe_html("[her](javascript:alert(1))").replace("(javascript:", "")
    assert "href" not in safe_html("[her](data:text/html,<b>x</b>)")


def test_headings_begin_at_the_level_of_the_place_where_they_stand():
    assert "<h3>Sak</h3>" in safe_html("# Sak", top_level=3)
    assert "<h4>Djupt</h4>" in safe_html("# Sak\n\n#### Djupt", top_level=3)


def test_no_level_is_skipped_whatever_the_writer_chose():
    html = safe_html("## Bakgrunn\n\n#### Tal\n\n## Vurdering\n\n# Til slutt", top_level=3)

    assert [line[1:3] for line in html.splitlines() if line.startswith("<h")] == ["h3", "h4", "h3", "h3"]


def test_a_line_ends_where_the_writer_ended_it_only_where_that_is_asked_for():
    text = "Vennlig hilsen\nsekretariatet"

    assert "<br>" in safe_html(text, keeps_lines=True)
    assert "<br>" not in safe_html(text)
