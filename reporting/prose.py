"""The advisers' prose: Markdown in, safe HTML out, with live figures.

A live figure is written ``[[section.fact]]`` and becomes the figure as printed, with its unit: «10,2 prosent». So a
number in a sentence cannot part from its table. What is not known stays visible and is reported, never dropped.
"""

import re
from dataclasses import dataclass
from html import escape

import nh3
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from markdown_it import MarkdownIt

from reporting.numbers import MONTHS, date_text, number_text
from reporting.section_data import Fact

REFERENCE = re.compile(r"\[\[\s*([\w-]+\.[\w.-]+)\s*\]\]")
TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "blockquote", "h3", "h4", "br", "table", "thead", "tbody", "tr"}
TAGS |= {"th", "td", "span"}
ATTRIBUTES = {"a": {"href"}, "th": {"scope"}, "span": {"class", "title"}}
# A paragraph that begins with a date is no item number 31 of a list.
_DATE_FIRST = re.compile(rf"(?m)^( {{0,3}}\d{{1,2}})\.(?=\s+(?:{'|'.join(MONTHS)})\b)")
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class RenderedProse:
    """``html`` is safe to print; ``unknown`` lists references that name no fact."""

    html: str
    unknown: tuple[str, ...] = ()


def fact_text(fact: Fact, language: str) -> str:
    """A fact as it stands in a sentence: «10,2 prosent», «0,4 prosentpoeng», «138», «1. juni 2010»."""
    with override(language):
        match fact.unit:
            case "percent":
                return _("%(number)s percent") % {"number": number_text(fact.value, 1, language)}
            case "points":
                number = number_text(fact.value, 1, language)
                return _("%(number)s percentage points") % {"number": number}
            case "count":
                return number_text(fact.value, 0, language)
            case "decimal":
                return number_text(fact.value, 1, language)
            case "date":
                return date_text(str(fact.value) if fact.value else None, language)
    return str(fact.value or "")


def fact_basis(fact: Fact, language: str) -> str:
    """Where a fact comes from, in one line: label, n, source."""
    with override(language):
        count = ngettext("%(n)s municipality", "%(n)s municipalities", fact.n) % {"n": fact.n} if fact.n else ""
    return ". ".join(part for part in (fact.label, count, fact.source) if part)


def render(text: str, facts: dict[str, Fact], language: str) -> RenderedProse:
    """Markdown with live figures as sanitised HTML; headings start at the third level, under the section's."""
    unknown: list[str] = []

    def replaced(match: re.Match[str]) -> str:
        name = match[1]
        if name not in facts:
            unknown.append(name)
            return f'<span class="unknown-figure">{escape(match[0])}</span>'
        basis = escape(fact_basis(facts[name], language), quote=True)
        value = escape(fact_text(facts[name], language).replace(" ", "\u00a0"))
        return f'<span class="live-figure" title="{basis}">{value}</span>'

    # Headings of the text become the third and fourth level, so that the page never skips one.
    text = re.sub(r"(?m)^#{1,2}\s", "### ", re.sub(r"(?m)^#{3,}\s", "#### ", text))
    html = nh3.clean(_parsed(text), tags=TAGS, attributes=ATTRIBUTES, link_rel=None)
    return RenderedProse(REFERENCE.sub(replaced, html), tuple(unknown))


def plain_text(text: str) -> str:
    """The words of the prose without marks, for checks that read sentences."""
    return nh3.clean(_parsed(text), tags=set())


def _parsed(text: str) -> str:
    return _MARKDOWN.render(_DATE_FIRST.sub(r"\1\.", text))
