"""Markdown as plain text for an e-mail: no marks, a heading on a line of its own, points with a dash, links in full."""

from collections.abc import Sequence

from markdown_it.token import Token

from .markdown import MARKDOWN

POINT = "– "
CELLS = "   "


def plain_text(text: str) -> str:
    """Every line as the writer broke it, one empty line between paragraphs, none between the points of a list.

    >>> plain_text("## Frist\\n\\n- *Svar* innen [fristen](https://pulje.no/f)")
    'Frist\\n\\n– Svar innen fristen (https://pulje.no/f)'
    """
    return _Writer().write(MARKDOWN.parse(text or ""))


class _Writer:
    """Collects lines; ``lists`` are the open ones, each the number its next point has, or None for a dash."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.lists: list[int | None] = []
        self.indent: list[str] = []
        self.mark = ""
        self.cells: list[str] | None = None

    def write(self, tokens: Sequence[Token]) -> str:
        for token in tokens:
            self._take(token)
        return "\n".join(self.lines).strip()

    def _take(self, token: Token) -> None:
        kind = token.type
        if kind in ("inline", "fence", "code_block"):
            said = _inline(token.children or []) if kind == "inline" else token.content.rstrip("\n")
            self._say(said)
        elif kind in ("bullet_list_open", "ordered_list_open"):
            first = int(token.attrs.get("start", 1)) if kind == "ordered_list_open" else None
            self._paragraph()
            self.lists.append(first)
        elif kind == "list_item_open":
            self._begin_point()
        elif kind == "list_item_close":
            self.indent.pop()
            self.mark = ""
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
        elif kind in ("paragraph_open", "heading_open", "table_open") and not token.hidden:
            self._paragraph()
        elif kind == "tr_open":
            self.cells = []
        elif kind == "tr_close":
            row, self.cells = CELLS.join(self.cells or []), None
            self._say(row)
        elif kind == "hr":
            self._paragraph()

    def _begin_point(self) -> None:
        number = self.lists[-1]
        self.mark = POINT if number is None else f"{number}. "
        if number is not None:
            self.lists[-1] = number + 1
        self.indent.append(" " * len(self.mark))

    def _paragraph(self) -> None:
        """An empty line before what comes, but not between a point's mark and its text, nor inside a tight list."""
        if self.lines and self.lines[-1] and not self.mark and not (self.lists and self.indent):
            self.lines.append("")

    def _say(self, said: str) -> None:
        if self.cells is not None:
            self.cells.append(" ".join(said.split()))
            return
        for line in said.split("\n"):
            before = "".join(self.indent)
            if self.mark:
                before, self.mark = before[: -len(self.mark)] + self.mark, ""
            self.lines.append((before + line).rstrip())


def _inline(tokens: Sequence[Token]) -> str:
    """Words only; the address of a link follows its words unless they are the address."""
    said, opened = [""], []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            said[-1] += "\n"
        elif token.type == "link_open":
            opened.append(str(token.attrs.get("href", "")))
            said.append("")
        elif token.type == "link_close":
            words, address = said.pop(), opened.pop()
            said[-1] += words if not address or _same(words, address) else f"{words} ({address})"
        else:
            said[-1] += token.content
    return "".join(said)


def _same(words: str, address: str) -> bool:
    return words.strip().rstrip("/") == address.removeprefix("mailto:").rstrip("/")
