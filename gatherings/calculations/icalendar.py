"""Calendars as files (RFC 5545): pure text, lines of at most 75 octets, the hours of Oslo with their definition."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

ZONE = "Europe/Oslo"
LONGEST = 75
MEDIA_TYPE = "text/calendar; charset=utf-8"

# Summer time as it has been since 1996, by which every gathering of the portal is reckoned.
TIMEZONE = f"""\
BEGIN:VTIMEZONE
TZID:{ZONE}
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE""".splitlines()


@dataclass(frozen=True)
class Event:
    """``first`` and ``last`` are both days (the last one included) or both instants in the hours of Oslo.

    ``sequence`` grows when it is moved, ``stamp`` (an instant) with every change; the ``uid`` never changes.
    """

    uid: str
    sequence: int
    stamp: datetime
    first: date | datetime
    last: date | datetime
    summary: str
    location: str = ""
    description: str = ""
    url: str = ""
    cancelled: bool = False


def calendar(name: str, events: Iterable[Event]) -> str:
    """A whole calendar file, with the line ends the standard asks for."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Pulje//Gatherings//NO", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}", f"X-WR-TIMEZONE:{ZONE}"]
    lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H", *TIMEZONE]
    for event in events:
        lines += _event_lines(event)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in folded(line))


def _event_lines(event: Event) -> list[str]:
    texts = {"SUMMARY": event.summary, "LOCATION": event.location, "DESCRIPTION": event.description}
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{_utc(event.stamp)}",
        f"LAST-MODIFIED:{_utc(event.stamp)}",
        *_span(event.first, event.last),
        *(f"{name}:{escaped(text)}" for name, text in texts.items() if text),
        *([f"URL:{event.url}"] if event.url else []),
        f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}",
        *([] if isinstance(event.first, datetime) else ["TRANSP:TRANSPARENT"]),
        "END:VEVENT",
    ]


def _span(first: date | datetime, last: date | datetime) -> list[str]:
    """Whole days end before the day after the last."""
    if isinstance(first, datetime):
        return [f"DTSTART;TZID={ZONE}:{first:%Y%m%dT%H%M%S}", f"DTEND;TZID={ZONE}:{last:%Y%m%dT%H%M%S}"]
    return [f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"]


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    r"""The text as a value of a property.

    >>> escaped("Bodø; mat, kaffe")
    'Bodø\\; mat\\, kaffe'
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for mark, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(mark, written)
    return "".join(letter for letter in plain if letter >= " " or letter == "\t")


def folded(line: str) -> list[str]:
    """The line in parts of at most 75 octets, never through a letter; every part but the first begins with a space."""
    parts, part, octets = [], "", 0
    for letter in line:
        size = len(letter.encode())
        if octets + size > LONGEST:
            parts.append(part)
            part, octets = " ", 1
        part, octets = part + letter, octets + size
    return [*parts, part]
