"""Numbers of a file that have more decimals than the store holds: they are rounded half up, and that is said.

A file is not refused for it: payroll systems give hours divided by 7,5, and a hundredth of a workday changes no rate.
"""

import re

from ..calculations.columns import DAY_DIGITS, RATE_DIGITS

_FINER = {digits: re.compile(rf"\.\d{{{digits + 1}}}", re.ASCII) for digits in (DAY_DIGITS, RATE_DIGITS)}


class Rounding:
    """Counts, chunk by chunk, the numbers that were rounded; the first of each kind is kept with its place."""

    def __init__(self) -> None:
        self.found: dict[str, dict] = {}

    def look(self, chunk: dict[str, list], finer: dict[str, bool]) -> None:
        """Rates only where the file gives nothing else: with workdays the rate is made of them, and not stored.

        ``finer``: of the columns of workdays, what `has_finer` says.
        """
        for field in ("lost", "possible"):
            if finer[field]:
                fine = {text for text in set(chunk[field]) if _is_finer(text, DAY_DIGITS)}
                places = [at for at, text in enumerate(chunk[field]) if text in fine]
                if places:
                    self._count("days", field, chunk, places)
        if None in chunk["lost"]:
            rates = enumerate(zip(chunk["lost"], chunk["rate"], strict=True))
            fine_rates = [at for at, (lost, text) in rates if lost is None and _is_finer(text, RATE_DIGITS)]
            if fine_rates:
                self._count("rates", "", chunk, fine_rates)

    def _count(self, kind: str, field: str, chunk: dict[str, list], places: list[int]) -> None:
        at = places[0]
        first = {"count": 0, "row": chunk["row"][at], "field": field, "column": chunk["column"][at]}
        first["value"] = chunk[field or "rate"][at]
        known = self.found.setdefault(kind, first)
        known["count"] += len(places)

    def facts(self, columns: dict[str, str]) -> dict[str, dict]:
        """``{"days": {"count", "row", "column", "value"}, "rates": …}``; ``columns`` are the reader's letters."""
        for one in self.found.values():
            one["column"] = columns.get(one.pop("field"), one["column"])
        return self.found


def has_finer(texts: list[str | None], digits: int) -> bool:
    """Whether any of a column may have more decimals: one look over all of them."""
    return bool(_FINER[digits].search("\n".join(filter(None, texts))))


def _is_finer(text: str | None, digits: int) -> bool:
    return text is not None and len(text.partition(".")[2].rstrip("0")) > digits
