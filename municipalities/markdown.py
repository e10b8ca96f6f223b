"""What people write in Markdown: as HTML that is safe to show, with paragraphs, lists, headings, links and tables.

The same as plain text is in ``municipalities.plain_text``.
"""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.utils import OptionsDict

TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "a", "blockquote", "h2", "h3", "h4"}
TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
DEEPEST = 4
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def safe_html(text: str, *, top_level: int = 2, keeps_lines: bool = False) -> SafeString:
    """``text`` as HTML whose headings begin at ``top_level`` (2, 3 or 4) and skip no level, whatever the writer chose.

    With ``keeps_lines`` a line ends where the writer ended it, as under a letter; else lines run on in a paragraph.
    HTML in the text is shown as text, addresses other than http, https and mailto lose their link.
    """
    tokens = MARKDOWN.parse(text or "")
    above: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            written = int(token.tag[1])
            while above and above[-1] >= written:
                above.pop()
            above.append(written)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(top_level + len(above) - 1, DEEPEST)}"
    html = MARKDOWN.renderer.render(tokens, OptionsDict({**MARKDOWN.options, "breaks": keeps_lines}), {})
    return mark_safe(nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}))
