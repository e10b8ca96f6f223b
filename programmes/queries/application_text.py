"""An application in words, as it is read: on its page, by those who are asked to consent, and in the receipt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from municipalities.words import in_language
from programmes.calculations.application_content import STEP_FIELDS, Piece, differences
from programmes.models import AdmissionRound
from programmes.models.application_labels import FIELD_LABELS, STEP_LABELS

PERCENT = {"absence_baseline_percent", "absence_target_percent"}
DAYS = {"absence_baseline_on", "absence_target_on", "decision_on"}
LONG = {"challenges", "wanted_results", "work_organisation"}
READ = STEP_FIELDS | {
    "applicants": ("name", "applicants"),
    "decision": (*STEP_FIELDS["decision"], "decision_file_name"),
}


@dataclass(frozen=True)
class Line:
    field: str
    label: str
    value: str
    is_long: bool = False


@dataclass(frozen=True)
class Part:
    """A step, with what was written in it; an empty value is «–»."""

    step: str
    label: str
    lines: list[Line]


def parts_of(content: Mapping, admission_round: AdmissionRound) -> list[Part]:
    """The whole application, in the order of the form."""
    return [
        Part(
            step,
            str(STEP_LABELS[step]),
            [
                Line(name, str(FIELD_LABELS[name]), in_words(name, content.get(name), admission_round), name in LONG)
                for name in fields
            ],
        )
        for step, fields in READ.items()
    ]


def in_words(name: str, value, admission_round: AdmissionRound) -> str:
    if not value:
        return "–"
    if name in ("focus_areas", "themes"):
        named = {one["slug"]: in_language(one) for one in getattr(admission_round, name)}
        return ", ".join(named.get(slug, slug) for slug in value)
    if name in PERCENT:
        return _("%(number)s percent") % {"number": str(value).replace(".", ",")}
    if name in DAYS:
        return date_format(date.fromisoformat(value))
    if name == "language":
        return {"nb": "Bokmål", "nn": "Nynorsk"}.get(value, value)
    return ", ".join(value) if isinstance(value, list) else str(value)


@dataclass(frozen=True)
class Change:
    """A field of which two submissions say different things; ``pieces`` where it can be told word by word."""

    label: str
    before: str
    after: str
    pieces: tuple[Piece, ...]


def changes_between(before: Mapping, after: Mapping, admission_round: AdmissionRound) -> list[Change]:
    return [
        Change(
            str(FIELD_LABELS[one.field]),
            in_words(one.field, one.before, admission_round),
            in_words(one.field, one.after, admission_round),
            one.pieces if one.field in LONG else (),
        )
        for one in differences(before, after)
        if one.field in FIELD_LABELS
    ]
