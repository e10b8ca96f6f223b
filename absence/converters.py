"""A period in an address: ``2008Q1`` or ``2007Q4-2008Q3``."""

from .calculations.periods import Period


class PeriodConverter:
    regex = r"\d{4}Q[1-4](?:-\d{4}Q[1-4])?"

    def to_python(self, value: str) -> Period:
        return Period.parse(value)  # ValueError is «no such page»

    def to_url(self, value: Period) -> str:
        return str(value)
