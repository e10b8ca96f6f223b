"""A report as one web page that stands alone: the same sections as the print, styles within, charts as data."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import override

from reporting.document import Document, Numbering
from reporting.numbers import date_text
from reporting.printing import section_anchor, section_html


def report_html(document: Document, numbering: Numbering) -> str:
    """The page as text; nothing in it is fetched from elsewhere."""
    style = (settings.BASE_DIR / "static/css/report_page.css").read_text()
    with override(document.language):
        context = {
            "document": document,
            "style": mark_safe(style),
            "sections": [section_html(one, numbering, document.language) for one in document.sections],
            "contents": [(section, section_anchor(section)) for section in document.sections],
            "vintages": [(source, date_text(day, document.language)) for source, day in document.vintages],
        }
        return render_to_string("reporting/page.html", context)
