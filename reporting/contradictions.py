"""What must be answered before a report is approved: contradictions in its figures, and in what is written of them."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from absence.calculations.printed import impossible_dates, percent_for_points
from reporting.prose import REFERENCE, plain_text
from reporting.reckoning import facts
from reporting.section_data import Contradiction, SectionData, key_of

MISTAKE = "figure"  # keys that begin so are faults of the text: they must be corrected, no words explain them
Found = list[tuple[str, Contradiction]]


def contradictions(data: list[dict], prose: dict[str, str], language: str) -> Found:
    """(section, contradiction): the sections' own, then those in the prose. ``prose`` is text by section."""
    found: Found = [
        (section["slug"], one)
        for section in data
        for one in SectionData.from_json({"contradictions": section["data"].get("contradictions", ())}).contradictions
    ]
    known = set(facts(data))
    with override(language):
        for section, text in prose.items():
            found += [(section, one) for one in in_prose(text, known)]
    return found


def in_prose(text: str, known: set[str]) -> list[Contradiction]:
    """A date that no calendar has, percent where percentage points must be meant, a live figure that names nothing."""
    words = plain_text(text)
    found = [
        _said("date", one.printed, _("There is no such date as “%(text)s”.") % {"text": one.printed})
        for one in impossible_dates(words)
    ]
    found += [
        _said(
            "percent",
            one.printed,
            _("“%(text)s” is a change in percent. Should it be percentage points?") % {"text": one.printed},
        )
        for one in percent_for_points(words)
    ]
    found += [
        _said(MISTAKE, name, _("“[[%(name)s]]” names no figure in this report.") % {"name": name})
        for name in REFERENCE.findall(text)
        if name not in known
    ]
    return found


def unanswered(found: Found, answered: set[tuple[str, str]]) -> Found:
    return [(section, one) for section, one in found if (section, one.key) not in answered]


def _said(kind: str, printed: str, text: str) -> Contradiction:
    return Contradiction(key=key_of(kind, printed), text=text, printed=printed)
