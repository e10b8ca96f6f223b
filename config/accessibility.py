"""The 47 success criteria of WCAG 2.1 that public bodies in Norway must meet, and how the portal stands to each.

The three left out of levels A and AA (1.2.3, 1.2.4 and 1.2.5) are excepted by the Norwegian regulation.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

MACHINE = _("met, and tested by machine")
MAKERS = _("met as far as those who made it can see")
NOTHING = _("nothing of the kind in the portal")
PARTLY = _("partly met, see above")


@dataclass(frozen=True)
class Criterion:
    number: str
    name: object
    verdict: object


@dataclass(frozen=True)
class Principle:
    name: object
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Fault:
    criterion: str
    text: object


FAULTS = (
    Fault(
        "1.3.1", _("In the PDF reports notes are not tagged as notes, and a table that runs over a page is two tables.")
    ),
    Fault("3.1.2", _("Text that people write in another language than the page is not marked with its language.")),
)

PRINCIPLES = (
    Principle(
        _("Perceivable"),
        (
            Criterion("1.1.1", _("Non-text content"), MACHINE),
            Criterion("1.2.1", _("Audio-only and video-only (prerecorded)"), NOTHING),
            Criterion("1.2.2", _("Captions (prerecorded)"), NOTHING),
            Criterion("1.3.1", _("Info and relationships"), PARTLY),
            Criterion("1.3.2", _("Meaningful sequence"), MAKERS),
            Criterion("1.3.3", _("Sensory characteristics"), MAKERS),
            Criterion("1.3.4", _("Orientation"), MAKERS),
            Criterion("1.3.5", _("Identify input purpose"), MACHINE),
            Criterion("1.4.1", _("Use of colour"), MAKERS),
            Criterion("1.4.2", _("Audio control"), NOTHING),
            Criterion("1.4.3", _("Contrast (minimum)"), MACHINE),
            Criterion("1.4.4", _("Resize text"), MAKERS),
            Criterion("1.4.5", _("Images of text"), MAKERS),
            Criterion("1.4.10", _("Reflow"), MACHINE),
            Criterion("1.4.11", _("Non-text contrast"), MAKERS),
            Criterion("1.4.12", _("Text spacing"), MAKERS),
            Criterion("1.4.13", _("Content on hover or focus"), MAKERS),
        ),
    ),
    Principle(
        _("Operable"),
        (
            Criterion("2.1.1", _("Keyboard"), MAKERS),
            Criterion("2.1.2", _("No keyboard trap"), MAKERS),
            Criterion("2.1.4", _("Character key shortcuts"), MACHINE),
            Criterion("2.2.1", _("Timing adjustable"), MAKERS),
            Criterion("2.2.2", _("Pause, stop, hide"), MAKERS),
            Criterion("2.3.1", _("Three flashes or below threshold"), NOTHING),
            Criterion("2.4.1", _("Bypass blocks"), MACHINE),
            Criterion("2.4.2", _("Page titled"), MACHINE),
            Criterion("2.4.3", _("Focus order"), MAKERS),
            Criterion("2.4.4", _("Link purpose (in context)"), MACHINE),
            Criterion("2.4.5", _("Multiple ways"), MAKERS),
            Criterion("2.4.6", _("Headings and labels"), MAKERS),
            Criterion("2.4.7", _("Focus visible"), MAKERS),
            Criterion("2.5.1", _("Pointer gestures"), NOTHING),
            Criterion("2.5.2", _("Pointer cancellation"), MAKERS),
            Criterion("2.5.3", _("Label in name"), MACHINE),
            Criterion("2.5.4", _("Motion actuation"), NOTHING),
        ),
    ),
    Principle(
        _("Understandable"),
        (
            Criterion("3.1.1", _("Language of page"), MACHINE),
            Criterion("3.1.2", _("Language of parts"), PARTLY),
            Criterion("3.2.1", _("On focus"), MAKERS),
            Criterion("3.2.2", _("On input"), MAKERS),
            Criterion("3.2.3", _("Consistent navigation"), MAKERS),
            Criterion("3.2.4", _("Consistent identification"), MAKERS),
            Criterion("3.3.1", _("Error identification"), MAKERS),
            Criterion("3.3.2", _("Labels or instructions"), MACHINE),
            Criterion("3.3.3", _("Error suggestion"), MAKERS),
            Criterion("3.3.4", _("Error prevention (legal, financial, data)"), MAKERS),
        ),
    ),
    Principle(
        _("Robust"),
        (
            Criterion("4.1.1", _("Parsing"), MACHINE),
            Criterion("4.1.2", _("Name, role, value"), MACHINE),
            Criterion("4.1.3", _("Status messages"), MAKERS),
        ),
    ),
)
