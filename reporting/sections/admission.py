"""Applications by round, and grants by year."""

from datetime import date

from django.utils.translation import gettext as _

from programmes.queries.assessment import admission_by_round
from programmes.queries.grants import grants_by_year
from reporting.scope import Scope
from reporting.section_data import Fact, SectionData
from reporting.tables import Column, Table


def admission(scope: Scope) -> SectionData:
    """Applied, admitted, declined and withdrawn by round, of rounds that had closed."""
    rounds = [one for one in admission_by_round(scope.programme) if _closed_by(one.round, scope)]
    if not rounds:
        return SectionData()
    keys = ("applied", "admitted", "declined", "withdrawn", "undecided")
    labels = (
        _("Applied, number"),
        _("Admitted, number"),
        _("Declined, number"),
        _("Withdrawn, number"),
        _("Undecided, number"),
    )
    rows = [{"round": str(one.round)} | {key: getattr(one, key) for key in keys} for one in rounds]
    table = Table(
        slug="admission",
        title=_("Applications and admission, by round"),
        columns=(
            Column("round", _("Round")),
            *(Column(k, label, "count") for k, label in zip(keys, labels, strict=True)),
        ),
        rows=tuple(rows),
        source=_("Pulje’s register of applications"),
        vintage=scope.counted_on.isoformat(),
        summary=_("Number of applications by outcome and round."),
    )
    return SectionData(
        tables=(table,), facts={key: Fact(sum(row[key] for row in rows), "count", label=str(key)) for key in keys}
    )


def _closed_by(admission_round, scope: Scope) -> bool:
    closed = admission_round.closes_at.date()
    return closed <= scope.counted_on and scope.year in (None, closed.year)


def grants(scope: Scope) -> SectionData:
    """Grants by year: given, paid, reported and outstanding as of the day of counting."""
    last = scope.year or scope.counted_on.year
    years = [one for one in grants_by_year(scope.programme, min(scope.counted_on, date.today())) if one.year <= last]
    if not years:
        return SectionData()
    table = Table(
        slug="grants",
        title=_("Grants to participants, by year"),
        columns=(
            Column("year", _("Year"), "year"),
            Column("count", _("Grants, number"), "count"),
            Column("amount", _("Given, NOK"), "count"),
            Column("paid", _("Paid, NOK"), "count"),
            Column("reported", _("Reported, number"), "count"),
            Column("outstanding", _("Outstanding, NOK"), "count"),
        ),
        rows=tuple(
            {
                "year": one.year,
                "count": one.count,
                "amount": str(one.amount),
                "paid": str(one.paid),
                "reported": one.reported,
                "outstanding": str(one.outstanding),
            }
            for one in years
        ),
        source=_("Pulje’s register of grants"),
        vintage=scope.counted_on.isoformat(),
        summary=_("Number and amounts of grants by year."),
    )
    return SectionData(tables=(table,))
