"""What the programme had to work with: posts of the secretariat, budget and accounts."""

from decimal import Decimal

from django.utils.translation import gettext as _

from municipalities.queries.register import thousands
from programmes.models import AccountLine
from programmes.queries.accounts import YearOfAccounts, account_years, programme_months, staffing
from reporting.scope import Scope
from reporting.section_data import Fact, SectionData
from reporting.tables import CellNote, Column, Row, Table


def posts(scope: Scope) -> SectionData:
    """Posts with percent and full-time years. An annual report shows also the month after the year, in which it is
    written: what is known of the staffing is often as of that month."""
    if scope.year:
        first, last = (scope.year, 1), (scope.year + 1, 1)
    else:
        first, last = programme_months(scope.programme, scope.counted_on)
    found = staffing(scope.programme, first, last)
    if not found.posts:
        return SectionData()
    rows: list[Row] = [
        {
            "post": row.post.title,
            "office": row.post.office or None,
            "percent": str(next(one for one in reversed(row.percents) if one)),
            "months": sum(bool(one) for one in row.percents),
        }
        for row in found.posts
    ]
    most = max(found.full_posts)
    rows.append(
        {"post": _("Total, in the month with most"), "office": None, "percent": str(most * 100), "months": None}
    )
    notes = dict.fromkeys(row.post.note_text for row in found.posts)
    table = Table(
        slug="staffing",
        title=_("Staffing of the secretariat"),
        columns=(
            Column("post", _("Post")),
            Column("office", _("Office")),
            Column("percent", _("Percent of a full post"), "percent", decimals=0),
            Column("months", _("Months, number"), "count"),
        ),
        rows=tuple(rows),
        emphasis=(len(rows) - 1,),
        notes=tuple(note for note in notes if note),
        source="; ".join(dict.fromkeys(row.post.source for row in found.posts if row.post.source)) or "Pulje",
        vintage=scope.counted_on.isoformat(),
        summary=_("The posts of the secretariat with their percent of a full post."),
    )
    return SectionData(
        tables=(table,),
        facts={"full_posts": Fact(f"{most.normalize():f}", "decimal", label=_("Full posts"), source="Pulje")},
    )


def accounts(scope: Scope) -> SectionData:
    years = [
        one for one in account_years(scope.programme, scope.year) if one.year <= (scope.year or scope.counted_on.year)
    ]
    return SectionData(tables=tuple(_accounts_table(one) for one in reversed(years)))


def _accounts_table(year: YearOfAccounts) -> Table:
    rows, notes = [], []
    for place, row in enumerate(year.rows):
        rows.append(
            {
                "line": row.name,
                "budget": _amount(row.budget),
                "accounts": _amount(row.accounts),
                "deviation": None if row.deviation_nok is None else str(row.deviation_nok),
            }
        )
        for key, line in (("budget", row.budget), ("accounts", row.accounts)):
            if line and line.amount_nok is None:
                notes.append(CellNote(place, key, "missing", _span(line)))
            elif line and line.qualifier == AccountLine.Qualifier.ESTIMATE:
                notes.append(CellNote(place, key, "note", _("Estimate.")))
    totals = {kind: year.total(kind, income=False) for kind in ("budget", "accounts")}
    rows.append(
        {"line": _("Sum of expenses"), "deviation": None}
        | {kind: None if total is None else str(total) for kind, total in totals.items()}
    )
    return Table(
        slug=f"accounts-{year.year}",
        title=_("Budget and accounts for %(year)d, NOK") % {"year": year.year},
        columns=(
            Column("line", _("Line")),
            Column("budget", _("Budget, NOK"), "count"),
            Column("accounts", _("Accounts, NOK"), "count"),
            Column("deviation", _("Accounts less budget, NOK"), "count"),
        ),
        rows=tuple(rows),
        cell_notes=tuple(notes),
        emphasis=(len(rows) - 1,),
        source="; ".join(dict.fromkeys(row.source for row in year.rows if row.source)) or "Pulje",
        summary=_("Budget and accounts by line."),
    )


def _amount(line: AccountLine | None) -> str | None:
    return None if line is None or line.amount_nok is None else str(line.amount_nok)


def _span(line: AccountLine) -> str:
    def nok(amount: Decimal | None) -> str:
        return thousands(None if amount is None else int(amount))

    if line.smallest_nok is None:
        return _("The source says up to %(most)s NOK.") % {"most": nok(line.largest_nok)}
    return _("The source says between %(least)s and %(most)s NOK.") % {
        "least": nok(line.smallest_nok),
        "most": nok(line.largest_nok),
    }
