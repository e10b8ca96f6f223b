"""How the programme was led: meetings and cases of each committee, seats by party, and the days they met."""

from django.utils.translation import gettext as _

from programmes.models import Committee
from programmes.queries.committees import MeetingCount, meeting_counts, seats_by_year, stated_sums
from reporting.scope import Scope
from reporting.section_data import Fact, SectionData
from reporting.tables import CellNote, Column, Table


def meetings(scope: Scope) -> SectionData:
    """Meetings held and cases handled by each committee: of the year, or of every year."""
    last = scope.year or scope.counted_on.year
    rows = [one for one in meeting_counts(scope.programme, scope.year) if one.year <= last]
    if not rows:
        return SectionData()
    sums = [] if scope.year else stated_sums(scope.programme)
    facts = {f"{one.committee.slug}_meetings_{one.year}": _count(one.meetings, one, _("Meetings")) for one in rows}
    facts |= {f"{one.committee.slug}_items_{one.year}": _count(one.items, one, _("Cases")) for one in rows if one.items}
    return SectionData(
        tables=(_meetings_table(rows, scope),),
        facts=facts,
        notes=tuple(
            _("%(source)s states %(count)d %(measure)s of %(committee)s in all. %(note)s").strip()
            % {
                "source": one.source,
                "count": one.count,
                "measure": one.get_measure_display(),
                "committee": one.committee,
                "note": one.note_text,
            }
            for one in sums
        ),
    )


def _meetings_table(rows: list[MeetingCount], scope: Scope) -> Table:
    notes = []
    for place, one in enumerate(rows):
        for key, stated in (("meetings", one.stated_meetings), ("items", one.stated_items)):
            own = one.meetings_count if key == "meetings" else one.items_count
            if stated and not own:
                words = _("As stated; the source gives no dates.") if key == "meetings" else _("As stated.")
                notes.append(CellNote(place, key, "note", f"{words} {stated.note_text}".strip()))
            elif stated and own != stated.count:
                words = _("The source states %(count)d; both stand.") % {"count": stated.count}
                notes.append(CellNote(place, key, "note", f"{words} {stated.note_text}".strip()))
    return Table(
        slug="meetings",
        title=_("Meetings held and cases handled"),
        columns=(
            Column("committee", _("Committee")),
            Column("year", _("Year"), "year"),
            Column("meetings", _("Meetings, number"), "count"),
            Column("items", _("Cases, number"), "count"),
            Column("source", _("Source")),
        ),
        rows=tuple(
            {
                "committee": str(one.committee),
                "year": one.year,
                "meetings": one.meetings or None,
                "items": one.items,
                "source": one.source or "Pulje",
            }
            for one in rows
        ),
        cell_notes=tuple(notes),
        source=_("Pulje’s register of meetings, and the sources named"),
        vintage=scope.counted_on.isoformat(),
        summary=_("Number of meetings and cases of each committee."),
    )


def political_committee(scope: Scope) -> SectionData:
    return _committee(scope, Committee.Kind.POLITICAL)


def steering_committee(scope: Scope) -> SectionData:
    return _committee(scope, Committee.Kind.STEERING)


def _committee(scope: Scope, kind: str) -> SectionData:
    """Seats by party in each year, and the days of the meetings that are known."""
    years = range(scope.programme.starts_on.year, scope.counted_on.year + 1)
    tables, notes = [], []
    for committee in scope.programme.committees.filter(kind=kind):
        tables += [table for table in (_seats_table(committee, years, scope), _days_table(committee, scope)) if table]
        notes += [committee.mandate_text] if committee.mandate_text else []
    return SectionData(tables=tuple(tables), notes=tuple(notes))


def _seats_table(committee: Committee, years, scope: Scope) -> Table | None:
    found = {year: [seat for seat in seats if seat.party] for year, seats in seats_by_year(committee, years).items()}
    parties = sorted({seat.party.name for seats in found.values() for seat in seats})
    if not parties:
        return None
    return Table(
        slug=f"seats-{committee.slug}",
        title=_("%(committee)s: seats by party and year") % {"committee": committee},
        columns=(Column("party", _("Party")), *(Column(f"y{year}", str(year), "count") for year in found)),
        rows=tuple(
            {"party": party}
            | {f"y{year}": sum(seat.party.name == party for seat in seats) or None for year, seats in found.items()}
            for party in parties
        ),
        source=_("Pulje’s register of committees"),
        vintage=scope.counted_on.isoformat(),
        summary=_("Number of seats each party had, by year."),
    )


def _days_table(committee: Committee, scope: Scope) -> Table | None:
    held = committee.meetings.filter(state__in=("held", "approved"), held_on__lte=scope.counted_on).order_by("held_on")
    rows = [{"day": one.held_on.isoformat(), "place": one.place} for one in held]
    if not rows:
        return None
    return Table(
        slug=f"days-{committee.slug}",
        title=_("%(committee)s: meetings held") % {"committee": committee},
        columns=(Column("day", _("Date"), "date"), Column("place", _("Place"))),
        rows=tuple(rows),
        source=_("Pulje’s register of meetings"),
        vintage=scope.counted_on.isoformat(),
    )


def _count(number: int, one: MeetingCount, what: str) -> Fact:
    label = f"{one.committee}: {what} {one.year}"
    return Fact(number, "count", label=label, source=one.source if one.is_stated else "Pulje")
