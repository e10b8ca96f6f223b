"""The days of a gathering: moved from one time to another, and written as a span."""

from datetime import date


def shifted(day: date, old_start: date, new_start: date) -> date:
    """The day as far from the new start as it was from the old.

    >>> shifted(date(2009, 1, 13), date(2009, 1, 12), date(2010, 3, 1))
    datetime.date(2010, 3, 2)
    """
    return day + (new_start - old_start)


def span_formats(first: date, last: date, whole: str) -> tuple[str, ...]:
    """How the first and the last day are written, as Django's date formats; one of them where it is one day.

    What the days share is written once, where the language writes the day before month and year (``whole``).

    >>> span_formats(date(2027, 1, 10), date(2027, 1, 11), "j. F Y")
    ('j.–', 'j. F Y')
    >>> span_formats(date(2027, 1, 31), date(2027, 2, 1), "j. F Y")
    ('j. F – ', 'j. F Y')
    """
    if first == last:
        return (whole,)
    day, *rest = whole.split(" ")
    if not day.startswith("j") or len(rest) != 2 or first.year != last.year:
        return (f"{whole} – ", whole)
    return (f"{day}–", whole) if first.month == last.month else (f"{day} {rest[0]} – ", whole)
