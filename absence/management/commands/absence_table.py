"""The reports' absence tables on the command line."""

import json
from datetime import date
from decimal import Decimal

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from absence import queries
from absence.calculations.periods import Period
from absence.management.arguments import day
from programmes.models import Programme

TABLES = ("comparison", "size", "focus", "groups")
FOUR_DECIMALS = -4


class Command(BaseCommand):
    help = "Show one of the absence tables of the reports, from released figures."

    def add_arguments(self, parser):
        parser.add_argument("table", choices=TABLES)
        parser.add_argument("--programme", required=True, help="the programme's slug")
        parser.add_argument("--vintage", help="as of this vintage, ISO")
        parser.add_argument("--periods", default="", help="Q407-Q308,… or 2007Q4-2008Q3,…")
        parser.add_argument("--json", action="store_true", help="only JSON on standard output")

    def handle(self, *args, **options):
        vintage = day(options["vintage"], "--vintage")
        with translation.override("nb"):
            table = _table(options["table"], _programme(options["programme"]), _periods(options), vintage)
            self.stdout.write(json.dumps(answer(table), ensure_ascii=False) if options["json"] else in_words(table))


def _programme(slug: str) -> Programme:
    try:
        return Programme.objects.get(slug=slug)
    except Programme.DoesNotExist:
        known = ", ".join(Programme.objects.values_list("slug", flat=True))
        raise CommandError(f"Finner ikke programmet «{slug}». Kjente programmer: {known}.") from None


def _periods(options) -> list[Period]:
    return [_period(text.strip()) for text in options["periods"].split(",") if text.strip()]


def _period(text: str) -> Period:
    try:
        return Period.parse(text.replace("–", "-"))
    except ValueError:
        raise CommandError(
            f"«{text}» er ikke en periode på ett, to eller fire hele kvartaler. "
            "Skriv for eksempel Q407-Q308 eller 2007Q4-2008Q3."
        ) from None


def _table(name: str, programme: Programme, periods: list[Period], as_of: date | None) -> queries.AbsenceTable:
    if name == "comparison":
        return queries.comparison(programme, periods, as_of=as_of)
    if name == "size":
        return queries.size_association(programme, periods[-1] if periods else None, as_of=as_of)
    if name == "focus":
        return queries.focus_table(programme, periods, as_of=as_of)
    return queries.groups_table(programme, periods, as_of=as_of)


def answer(table: queries.AbsenceTable) -> dict:
    return {
        "columns": list(table.columns),
        "rows": [
            {"label": row.label, "values": [_text(value) for value in row.values], "n": row.n} for row in table.rows
        ],
        "weighting": table.weighting,
        "vintage": table.vintage.isoformat() if table.vintage else None,
        "notes": [*table.notes, table.source_line],
    }


def _text(value: Decimal | None) -> str | None:
    """At least four decimals, and never an exponent."""
    if value is None:
        return None
    exponent = value.as_tuple().exponent
    return f"{value if exponent <= FOUR_DECIMALS else value.quantize(Decimal('0.0001')):f}"


def in_words(table: queries.AbsenceTable) -> str:
    lines = ["\t".join(("", *table.columns, "n"))]
    lines += [
        "\t".join((row.label, *(_text(one) or "–" for one in row.values), str(row.n or ""))) for row in table.rows
    ]
    return "\n".join([*lines, *table.notes, table.source_line])
