"""Pages of the programmes; what the pages of other rooms are also built of is given on from here."""

from .asking import day_asked, visible_programme, with_cohorts, with_day
from .lists import openable_among

__all__ = [
    "day_asked",
    "openable_among",
    "visible_programme",
    "with_cohorts",
    "with_day",
]
