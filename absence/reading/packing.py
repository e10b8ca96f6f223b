"""Columns on their way from the child to the parent: a long list of short texts goes ten times as fast as one text."""

from collections.abc import Sequence

SAMPLE = 500  # of a column: enough to see that it has many words
# One letter for each of few words; none that JSON writes otherwise than it stands.
LETTERS = "".join(chr(code) for code in range(35, 127) if chr(code) != "\\")


def pack(values: Sequence) -> dict:
    """A column of strings and None, or of integers, as a small JSON object."""
    if not values or (values[0] == values[-1] and values.count(values[0]) == len(values)):
        return {"same": values[0] if values else None, "count": len(values)}
    if type(values[0]) is int:
        contiguous = values[-1] - values[0] == len(values) - 1 and values == list(range(values[0], values[-1] + 1))
        return {"from": values[0], "count": len(values)} if contiguous else {"list": values}
    if len(set(values[:SAMPLE])) <= len(LETTERS) and len(words := dict.fromkeys(values)) <= len(LETTERS):
        letter_of = dict(zip(words, LETTERS, strict=False))
        return {"words": list(words), "letters": "".join(map(letter_of.__getitem__, values))}
    try:
        return {"text": "\n".join(values)}
    except TypeError:
        return {"text": "\n".join(["" if value is None else value for value in values]), "blanks": True}


def unpack(packed: dict) -> list:
    """The column again; its strings hold no line breaks and, where None may stand, are not empty."""
    if "same" in packed:
        return [packed["same"]] * packed["count"]
    if "from" in packed:
        return list(range(packed["from"], packed["from"] + packed["count"]))
    if "list" in packed:
        return packed["list"]
    if "words" in packed:
        return list(map(dict(zip(LETTERS, packed["words"], strict=False)).__getitem__, packed["letters"]))
    values = packed["text"].split("\n")
    return [value or None for value in values] if packed.get("blanks") else values
