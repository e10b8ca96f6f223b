"""What the data hold in Norwegian, as an English edition writes it: quarters, decimals, places in documents.

Names of municipalities, cohorts and networks, titles of documents and words quoted from a print stay as they are.
"""

import re
from typing import Any

_SAID = tuple(
    (re.compile(pattern), english)
    for pattern, english in (
        (r"\b([1-4])\. kv\. (\d{4})\b", r"Q\1 \2"),
        (r"(?<![\d,.])(\d{1,3}),(\d)(?![\d,])", r"\1.\2"),
        (r"\bvedlegg (\d+(?:, \d+)*) og (\d+)", r"appendices \1 and \2"),
        (r"\bvedlegg (?=\d)", "appendix "),
        (r"\bkapittel (?=\d)", "chapter "),
        (r"\btabell (?=\d)", "table "),
        (r"\btabell over puljer\b", "table of cohorts"),
        (r", forord\b", ", preface"),
        (r"^Avtalen\b", "The agreement"),
    )
)


def in_english(data: Any) -> Any:
    """The same data with every text in it as English writes it; keys, numbers and nulls are left alone."""
    if isinstance(data, str):
        return _text(data)
    if isinstance(data, dict):
        return {key: in_english(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [in_english(value) for value in data]
    return data


def _text(text: str) -> str:
    for pattern, english in _SAID:
        text = pattern.sub(english, text)
    return text
