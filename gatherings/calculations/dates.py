"""Moving a gathering from one time to another."""

from datetime import date


def shifted(day: date, old_start: date, new_start: date) -> date:
    """The day as far from the new start as it was from the old.

    >>> shifted(date(2009, 1, 13), date(2009, 1, 12), date(2010, 3, 1))
    datetime.date(2010, 3, 2)
    """
    return day + (new_start - old_start)
