"""Gatherings: counted by kind and cohort beside what sources state, listed in order of time, and the conferences."""

from django.utils.translation import gettext as _

from gatherings.queries.counts import (
    ALL,
    GatheringCount,
    GatheringCounts,
    gathering_counts,
    gathering_list,
    stated_attendances,
)
from reporting.scope import Scope
from reporting.section_data import Fact, SectionData
from reporting.tables import CellNote, Column, Table


def gatherings(scope: Scope) -> SectionData:
    """How many of each kind for each cohort; of a whole programme also what sources state."""
    counts = gathering_counts(scope.programme, year=scope.year, until=scope.counted_on)
    if not counts.kinds:
        return SectionData()
    tables = [counts_table(counts, scope)]
    if scope.year is None:
        tables += [stated_table(counts, scope)] if any(one.stated for one in counts.counts.values()) else []
    return SectionData(
        tables=tuple(tables),
        facts={"held": _fact(counts.total, scope, _("Gatherings held"))}
        | {kind: _fact(counts.of(kind).count, scope, counts.of(kind).kind_label) for kind in counts.kinds},
        notes=tuple(_notes(counts)),
    )


def conferences(scope: Scope) -> SectionData:
    """The conferences as sources describe them: how many came, from how many municipalities, and what they thought."""
    rows = [
        one
        for one in stated_attendances(scope.programme)
        if one.starts_on <= scope.counted_on and scope.year in (None, one.starts_on.year)
    ]
    shown = [one for one in rows if one.participants_count or one.municipalities_count or one.met_expectations_percent]
    if not shown:
        return SectionData()
    table = Table(
        slug="conferences",
        title=_("The conferences"),
        columns=(
            Column("name", _("Conference")),
            Column("day", _("First day"), "date"),
            Column("people", _("Participants, number"), "count"),
            Column("municipalities", _("Municipalities, number"), "count"),
            Column("met", _("Met expectations, percent"), "percent"),
        ),
        rows=tuple(
            {
                "name": one.name,
                "day": one.starts_on.isoformat(),
                "people": one.participants_count,
                "municipalities": one.municipalities_count,
                "met": None if one.met_expectations_percent is None else str(one.met_expectations_percent),
            }
            for one in shown
        ),
        cell_notes=tuple(
            CellNote(place, "people", "note", _("The source says “over”."))
            for place, one in enumerate(shown)
            if one.qualifier == "over"
        ),
        notes=tuple(one.remark_text for one in shown if one.remark_text),
        source="; ".join(dict.fromkeys(one.source for one in shown)),
        summary=_("Participants, municipalities and share whose expectations were met, by conference."),
    )
    return SectionData(tables=(table,))


def all_gatherings(scope: Scope) -> SectionData:
    """Date, for whom and activity, year by year."""
    rows = gathering_list(scope.programme, year=scope.year, until=scope.counted_on)
    by_year: dict[int, list] = {}
    for row in rows:
        by_year.setdefault(row.gathering.starts_on.year, []).append(row)
    return SectionData(tables=tuple(_year_table(year, found) for year, found in by_year.items()))


def _year_table(year: int, rows) -> Table:
    return Table(
        slug=f"gatherings-{year}",
        title=_("Gatherings in %(year)d") % {"year": year},
        columns=(
            Column("starts_on", _("From"), "date"),
            Column("ends_on", _("To"), "date"),
            Column("whom", _("For")),
            Column("title", _("Activity")),
            Column("place", _("Place")),
        ),
        rows=tuple(
            {
                "starts_on": row.gathering.starts_on.isoformat(),
                "ends_on": row.gathering.ends_on.isoformat(),
                "whom": row.audience,
                "title": row.gathering.title_text,
                "place": row.gathering.place,
            }
            for row in rows
        ),
        source=_("Pulje’s register of gatherings"),
        summary=_("All gatherings of the year in order of time."),
    )


def counts_table(counts: GatheringCounts, scope: Scope) -> Table:
    columns = [Column("kind", _("Kind"))]
    columns += [Column(slug, name, "count") for slug, name in counts.cohorts]
    columns.append(Column(ALL, _("The programme, number"), "count"))
    rows = [
        {"kind": capital(counts.of(kind).kind_label)}
        | {slug: counts.of(kind, slug).count for slug, _name in counts.cohorts}
        | {ALL: counts.of(kind).count}
        for kind in counts.kinds
    ]
    rows.append(
        {"kind": _("Total")}
        | {slug: sum(counts.of(kind, slug).count for kind in counts.kinds) for slug, _name in counts.cohorts}
        | {ALL: counts.total}
    )
    return Table(
        slug="gatherings",
        title=_("Gatherings held, by kind and cohort"),
        columns=tuple(columns),
        rows=tuple(rows),
        emphasis=(len(rows) - 1,),
        notes=(_("A gathering for several cohorts counts under each of them, and once in the programme."),),
        source=_("Pulje’s register of gatherings"),
        vintage=scope.counted_on.isoformat(),
        summary=_("Number of gatherings of each kind, by cohort."),
    )


def stated_table(counts: GatheringCounts, scope: Scope) -> Table:
    """Every count that a source states, beside the one of the list."""
    names = dict(counts.cohorts) | {ALL: _("the whole programme")}
    places = [ALL, *(slug for slug, _name in counts.cohorts)]
    found = (counts.of(kind, place) for kind in counts.kinds for place in places)
    pairs = [(one, stated) for one in found for stated in one.stated]
    rows = [
        {
            "kind": capital(one.kind_label),
            "cohort": names.get(one.cohort, one.cohort),
            "listed": one.count,
            "stated": stated.number,
            "agrees": _agreement(one, stated),
            "source": stated.source,
        }
        for one, stated in pairs
    ]
    notes = [
        CellNote(place, "stated", "note", stated.remark_text)
        for place, (_one, stated) in enumerate(pairs)
        if stated.remark_text
    ]
    return Table(
        slug="stated-gatherings",
        title=_("Gatherings in the list and in the text of the sources"),
        columns=(
            Column("kind", _("Kind")),
            Column("cohort", _("For")),
            Column("listed", _("In the list, number"), "count"),
            Column("stated", _("Stated, number"), "shown"),
            Column("agrees", _("Agrees")),
            Column("source", _("Source")),
        ),
        rows=tuple(rows),
        cell_notes=tuple(notes),
        source=_("Pulje’s register of gatherings, and the sources named"),
        vintage=scope.counted_on.isoformat(),
        summary=_("Stated numbers of gatherings beside the numbers of the list."),
    )


def _agreement(one: GatheringCount, stated) -> str:
    agrees = stated.count <= one.count <= (stated.count_to or stated.count)
    return _("yes") if agrees else _("no")


def _notes(counts: GatheringCounts):
    for one in counts.differing:
        if one.cohort == ALL:
            for stated in one.stated:
                words = _("%(kind)s: %(source)s states %(stated)s, the list has %(listed)d. Both stand.")
                yield words % {
                    "kind": capital(one.kind_label),
                    "source": stated.source,
                    "stated": stated.number,
                    "listed": one.count,
                }


def capital(text: str) -> str:
    """The text with its first letter large, as the first word of a line."""
    return text[:1].upper() + text[1:]


def _fact(value: int, scope: Scope, label: str) -> Fact:
    return Fact(value, "count", as_of=scope.counted_on.isoformat(), label=capital(str(label)), source="Pulje")
