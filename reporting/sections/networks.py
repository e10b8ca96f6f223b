"""The cohorts and networks with their members, as of a date."""

from django.utils.translation import gettext as _

from networks.queries import NetworkRow, by_cohort, networks_with_members
from reporting.scope import Scope
from reporting.section_data import Fact, SectionData
from reporting.tables import CellNote, Column, Table


def cohorts_and_networks(scope: Scope) -> SectionData:
    rows = networks_with_members(scope.programme, scope.counted_on)
    groups = {
        cohort: members
        for cohort, members in by_cohort(rows).items()
        if cohort is None or cohort.starts_on is None or cohort.starts_on <= scope.counted_on
    }
    shown = [row for members in groups.values() for row in members]
    tables = [overview(groups, scope)] if len(groups) > 1 else []
    tables += [members_table(cohort, members, scope) for cohort, members in groups.items()]
    return SectionData(
        tables=tuple(tables),
        facts={
            "networks": Fact(
                len(shown), "count", as_of=scope.counted_on.isoformat(), label=_("Networks"), source="Pulje"
            )
        },
    )


def overview(groups, scope: Scope) -> Table:
    rows = [
        {
            "cohort": cohort.name if cohort else _("Without a cohort"),
            "networks": len(members),
            "smallest": min(len(row.members) for row in members),
            "largest": max(len(row.members) for row in members),
        }
        for cohort, members in groups.items()
    ]
    total = sum(row["networks"] for row in rows)
    rows.append({"cohort": _("Total"), "networks": total, "smallest": None, "largest": None})
    return Table(
        slug="overview",
        title=_("Networks by cohort"),
        columns=(
            Column("cohort", _("Cohort")),
            Column("networks", _("Networks, number"), "count"),
            Column("smallest", _("Members, fewest"), "count"),
            Column("largest", _("Members, most"), "count"),
        ),
        rows=tuple(rows),
        emphasis=(len(rows) - 1,),
        source=_("Pulje’s register of networks"),
        vintage=scope.counted_on.isoformat(),
        summary=_("Number of networks in each cohort, and how many members they have."),
    )


def members_table(cohort, members: list[NetworkRow], scope: Scope) -> Table:
    doubt = _("The source does not tell for certain who belonged together.")
    name = cohort.name if cohort else _("Without a cohort")
    return Table(
        slug=f"members-{cohort.slug if cohort else 'none'}",
        title=_("Networks and their members: %(cohort)s") % {"cohort": name},
        columns=(Column("network", _("Network")), Column("members", _("Members")), Column("n", _("Number"), "count")),
        rows=tuple(
            {"network": row.network.name, "members": ", ".join(row.members), "n": len(row.members)} for row in members
        ),
        cell_notes=tuple(
            CellNote(place, "network", "note", doubt) for place, row in enumerate(members) if row.uncertain
        ),
        source=_("Pulje’s register of networks"),
        vintage=scope.counted_on.isoformat(),
    )
