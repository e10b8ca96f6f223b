"""What an application says, as plain values: what binds those who stand behind it, and how two versions differ.

``content`` is a dict of the names in ``FIELDS``; lists are of slugs, dates and decimals are text.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

STEP_FIELDS: dict[str, tuple[str, ...]] = {
    "applicants": ("name",),
    "focus": ("focus_areas", "themes"),
    "challenges": ("challenges", "wanted_results"),
    "goal": (
        "absence_baseline_percent",
        "absence_baseline_on",
        "absence_target_percent",
        "absence_target_on",
    ),
    "work": ("work_organisation",),
    "decision": ("decision_body", "decision_on", "decision_case"),
    "contact": ("contact_name", "contact_email", "contact_phone", "language"),
}
STEPS = (*STEP_FIELDS, "consents", "summary")
FIELDS = (
    "applicants",
    *(field for fields in STEP_FIELDS.values() for field in fields),
    "decision_file_name",
    "decision_file_stored",
)
# What the local parties put their names to; a new telephone number asks nobody again.
BINDING = (
    "applicants",
    "focus_areas",
    "themes",
    "challenges",
    "wanted_results",
    "absence_baseline_percent",
    "absence_baseline_on",
    "absence_target_percent",
    "absence_target_on",
    "work_organisation",
)


def content_sha256(content: Mapping) -> str:
    """Of all that is sent in; the order of keys does not matter."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def binding_sha256(content: Mapping) -> str:
    """Of what those who consent stand behind. Line ends and space at the ends are not content."""
    return content_sha256({name: _plain(content.get(name)) for name in BINDING})


def step_sha256(content: Mapping, step: str) -> str:
    """Of one step as it stands: who saves with another one has not seen the newest."""
    return content_sha256({name: _plain(content.get(name)) for name in STEP_FIELDS[step]})


def _plain(value):
    if isinstance(value, str):
        return "\n".join(line.rstrip() for line in value.strip().splitlines())
    return value or ""


@dataclass(frozen=True)
class Piece:
    """Some words of a text: kept, added or removed."""

    text: str
    change: str = ""


@dataclass(frozen=True)
class Difference:
    """A field that differs. ``pieces`` tell it word by word, for texts."""

    field: str
    before: object
    after: object
    pieces: tuple[Piece, ...] = ()


def differences(before: Mapping, after: Mapping) -> list[Difference]:
    """Fields of which the two contents say different things, in the order of the form."""
    found = []
    for name in FIELDS:
        old, new = before.get(name), after.get(name)
        if _plain(old) != _plain(new):
            texts = isinstance(old, str) and isinstance(new, str) and old and new
            found.append(Difference(name, old, new, tuple(_pieces(str(old), str(new))) if texts else ()))
    return found


def _pieces(before: str, after: str) -> Iterator[Piece]:
    old, new = _words(before), _words(after)
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("".join(old[a:b]))
            continue
        if b > a:
            yield Piece("".join(old[a:b]), "removed")
        if d > c:
            yield Piece("".join(new[c:d]), "added")


def _words(text: str) -> list[str]:
    """Words with the space after them, so that joined they are the text."""
    starts = [0, *(at for at in range(1, len(text)) if text[at - 1].isspace() and not text[at].isspace())]
    return [text[a:b] for a, b in pairwise([*starts, len(text)])] if text else []
