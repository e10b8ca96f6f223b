"""Visits by year and courses: what was counted here beside what sources state."""

from django.utils.translation import gettext as _

from networks.models import StatedActivity
from networks.queries.activity import VisitCount, visit_counts
from reporting.scope import Scope
from reporting.section_data import Fact, SectionData
from reporting.tables import CellNote, Column, Table

COURSES = ("spc_courses", "spc_participants", "spc_municipalities", "spc_mean_score")
COURSES += ("cooperation_course_municipalities", "cooperation_course_municipalities_agreed")


def visits(scope: Scope) -> SectionData:
    """Of an annual report its year and the years before, so that the reader sees the change."""
    last = scope.year or scope.counted_on.year
    rows = [one for one in visit_counts(scope.programme) if one.year <= last and (one.counted or one.stated)]
    if not rows:
        return SectionData()
    facts = {f"visits_{one.year}": _fact(one) for one in rows if _number(one) is not None}
    return SectionData(tables=(_visits_table(rows),), facts=facts)


def courses(scope: Scope) -> SectionData:
    """Courses exist as stated numbers only."""
    found = StatedActivity.objects.filter(
        programme=scope.programme, key__in=COURSES, period_from__lte=scope.counted_on
    ).order_by("period_from", "pk")
    rows = [one for one in found if scope.year in (None, one.period_from.year)]
    if not rows:
        return SectionData()
    table = Table(
        slug="courses",
        title=_("Courses"),
        columns=(
            Column("item", _("What was counted")),
            Column("period", _("Period")),
            Column("value", _("Number"), "shown"),
            Column("source", _("Source")),
        ),
        rows=tuple(
            {"item": one.item_text, "period": _period(one), "value": _shown(one), "source": one.source} for one in rows
        ),
        cell_notes=tuple(
            CellNote(place, "value", "note", one.remark_text) for place, one in enumerate(rows) if one.remark_text
        ),
        source=_("the sources named in the table"),
        summary=_("Number of courses, people and municipalities."),
    )
    return SectionData(
        tables=(table,),
        facts={
            f"{one.key}_{one.period_from.year}": Fact(
                str(one.value), "count", label=one.item_text, source=one.source, as_of=one.period_to.isoformat()
            )
            for one in rows
            if one.value is not None and one.value == one.value.to_integral_value()
        },
    )


def _visits_table(rows: list[VisitCount]) -> Table:
    notes = []
    for place, one in enumerate(rows):
        texts = [stated.remark for stated in one.stated if stated.remark]
        if texts:
            notes.append(CellNote(place, "stated", "missing" if _stated(one) is None else "note", " ".join(texts)))
    return Table(
        slug="visits",
        title=_("Visits to municipalities, by year"),
        columns=(
            Column("year", _("Year"), "year"),
            Column("registered", _("Registered in Pulje, number"), "count"),
            Column("stated", _("Stated by the sources, number"), "count"),
            Column("source", _("Source")),
        ),
        rows=tuple(
            {
                "year": one.year,
                # What happened before the portal was there was never registered: that is not nought visits.
                "registered": one.counted or None,
                "stated": _stated(one),
                "source": "; ".join(dict.fromkeys(stated.source for stated in one.stated)),
            }
            for one in rows
        ),
        cell_notes=tuple(notes),
        source=_("Pulje’s register of visits, and the sources named"),
        summary=_("Number of visits in each year."),
    )


def _stated(one: VisitCount) -> int | None:
    values = [stated.value for stated in one.stated if stated.value is not None]
    return int(sum(values)) if values else None


def _number(one: VisitCount) -> int | None:
    return one.counted or _stated(one)


def _fact(one: VisitCount) -> Fact:
    source = "Pulje" if one.counted else "; ".join(dict.fromkeys(stated.source for stated in one.stated))
    label = _("Visits in %(year)d") % {"year": one.year}
    return Fact(_number(one), "count", label=label, source=source)


def _period(one: StatedActivity) -> str:
    first, last = one.period_from, one.period_to
    if first.year == last.year and (first.month, last.month) == (1, 12):
        return str(first.year)
    return f"{first:%m.%Y}" if (first.year, first.month) == (last.year, last.month) else f"{first:%m.%Y}–{last:%m.%Y}"


def _shown(one: StatedActivity) -> str | None:
    if one.value is None:
        return None
    number = f"{one.value.normalize():f}".replace(".", ",")
    words = {"about": _("about %(number)s"), "over": _("over %(number)s"), "up to": _("up to %(number)s")}
    return words.get(one.qualifier, "%(number)s") % {"number": number}
