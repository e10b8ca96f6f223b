"""The words of suspicions: one English template a code, translated and filled by whoever shows them.

gettext(TEXTS[suspicion.code]) % shown(suspicion.params, language)
"""

import re
from collections.abc import Mapping

from absence.calculations.periods import Period
from absence.calculations.rates import MINUS

_NUMBER = re.compile(r"-?\d+\.\d+")
_PERIOD = re.compile(r"\d{4}Q[1-4](-\d{4}Q[1-4])?")


def gettext_noop(text: str) -> str:
    """Marks a text for translation; the translation happens where it is shown."""
    return text


TEXTS = {
    "zero_total": gettext_noop("The rate is 0. It is probably missing: a municipality always has some absence."),
    "zero_after_figure": gettext_noop(
        "The rate is 0, but was %(before)s percent in %(before_period)s. It is probably missing."
    ),
    "impossible": gettext_noop("%(value)s percent lies outside %(low)s–%(high)s, where a municipality can be."),
    "unusual": gettext_noop("%(value)s percent lies outside %(low)s–%(high)s, the range seen among municipalities."),
    "lost_comma": gettext_noop(
        "%(value)s percent against %(before)s in %(before_period)s: has a decimal comma been lost?"
    ),
    "too_high": gettext_noop("%(value)s percent is above 40: has a decimal comma been lost?"),
    "types_do_not_add_up": gettext_noop(
        "Self-certified %(self_certified)s and doctor-certified %(doctor_certified)s do not add up to the total of "
        "%(value)s percent."
    ),
    "sexes_do_not_bracket": gettext_noop(
        "%(value)s percent for both sexes does not lie between women (%(women)s) and men (%(men)s)."
    ),
    "far_from_others": gettext_noop(
        "%(value)s percent lies far from the others in the period (median %(median)s of %(n)s, modified z %(z)s)."
    ),
    "large_change": gettext_noop(
        "The rate went from %(before)s percent in %(before_period)s to %(value)s, a change of %(change)s percentage "
        "points."
    ),
    "carries_group": gettext_noop(
        "The change in the group “%(group)s” is %(change)s percentage points with this municipality and %(without)s "
        "without it."
    ),
    "revised": gettext_noop(
        "The figure was %(before)s percent in the vintage before and is now %(value)s (%(change)s percentage points). "
        "Write a note that says why."
    ),
    "group_revised": gettext_noop(
        "The group “%(group)s” had %(before)s percent in the vintage before and now has %(value)s (%(change)s "
        "percentage points). Write a note that says why."
    ),
    "workdays_jump": gettext_noop(
        "Possible workdays changed by %(change)s percent since %(before_period)s: a merger, or a change of payroll "
        "system?"
    ),
    "printed_row_differs": gettext_noop(
        "The file prints %(value)s percent for “%(label)s” in %(period)s, but its own figures give %(recomputed)s. The "
        "period waits until this is explained."
    ),
    "units_differ": gettext_noop(
        "%(period)s has figures for %(n)s municipalities and %(before_period)s for %(n_before)s. Comparisons use the "
        "%(n_matched)s that are in both."
    ),
}


def shown(params: Mapping[str, str], language: str = "nb") -> dict[str, str]:
    """The parameters as a reader sees them: decimal mark and minus of the language, periods as words.

    >>> shown({"before": "-9.7", "before_period": "2007Q4-2008Q3", "n": "12"})
    {'before': '−9,7', 'before_period': '4. kv. 2007–3. kv. 2008', 'n': '12'}
    """
    return {name: _shown(value, language.startswith("en")) for name, value in params.items()}


def _shown(value: str, english: bool) -> str:
    if _NUMBER.fullmatch(value):
        number = value.replace("-", MINUS)
        return number if english else number.replace(".", ",")
    if _PERIOD.fullmatch(value):
        return _english(Period.parse(value)) if english else Period.parse(value).label()
    return value


def _english(period: Period) -> str:
    ends = [f"Q{quarter % 4 + 1} {quarter // 4}" for quarter in (period.first, period.last)]
    return ends[0] if period.quarters == 1 else "–".join(ends)
