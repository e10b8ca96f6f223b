"""Numbers as a reader sees them: half up, one decimal, the decimal mark of the language, «–» where there is none."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

MISSING = "–"
MINUS = "−"
THIN = "\u00a0"  # a space that does not break, between thousands

_MONTHS = {
    "nb": "januar februar mars april mai juni juli august september oktober november desember".split(),
    "nn": "januar februar mars april mai juni juli august september oktober november desember".split(),
    "en": "January February March April May June July August September October November December".split(),
}
MONTHS = tuple(_MONTHS["nb"])


def rounded(value: str | int | Decimal, decimals: int = 1) -> Decimal:
    """``value`` rounded half up: ``rounded("9.25") == Decimal("9.3")``."""
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def number_text(
    value: str | int | Decimal | None, decimals: int = 1, language: str = "nb", *, signed: bool = False
) -> str:
    """``"10.24"`` → ``10,2``; 12400 with no decimals → ``12 400``; None → ``–``. ``signed`` writes + before rises."""
    if value is None or value == "":
        return MISSING
    number = rounded(value, decimals)
    mark, group = (".", ",") if language == "en" else (",", THIN)
    whole, _, fraction = f"{abs(number):f}".partition(".")
    if len(whole) > 4 or (len(whole) == 4 and group == ","):
        whole = f"{int(whole):,}".replace(",", group)
    sign = MINUS if number < 0 else "+" if signed and number > 0 else ""
    return sign + whole + (mark + fraction if fraction else "")


def date_text(value: str | date | None, language: str = "nb") -> str:
    """``2010-06-01`` → ``1. juni 2010`` (English: ``1 June 2010``)."""
    if not value:
        return MISSING
    day = date.fromisoformat(value) if isinstance(value, str) else value
    month = _MONTHS[language][day.month - 1]
    return f"{day.day} {month} {day.year}" if language == "en" else f"{day.day}. {month} {day.year}"


def unbroken(text: str) -> str:
    """A text in which no quarter is broken over lines, but a window is, after its dash: «4. kv. 2006–|3. kv. 2007»."""
    joined = re.sub(r"(\d\.) (kv\.|kvartal) (\d{4})", "\\1\u00a0\\2\u00a0\\3", text)
    joined = re.sub(r"\b(Q[1-4]) (\d{4})", "\\1\u00a0\\2", joined)
    return joined.replace("–", "–\u200b")
