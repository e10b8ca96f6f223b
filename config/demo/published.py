"""Load the figures that the programme's reports printed, to stand beside what the portal reckons."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from absence.calculations.periods import Period
from config.demo.register import read_data
from config.demo.rows import ensured
from programmes.models import Programme
from reporting.models import PrintedFigure

FINAL_REPORT = "Sluttrapporten 2010"
_PLACED = ("printed", "placed", "placed_not_a_measurement", "printed_mean")
_ZERO = {
    "nb": "Trykt 0,0: en manglende verdi som er regnet som null.",
    "nn": "Trykt 0,0: ein manglande verdi som er rekna som null.",
    "en": "Printed 0.0: a missing value counted as zero.",
}
_MEAN_WITH_ZERO = {
    "nb": "Snittet regner nullen for Kristiansund med.",
    "nn": "Snittet reknar nullen for Kristiansund med.",
    "en": "The mean counts the zero of Kristiansund.",
}


# The same rows and columns in the portal's tables.
_ROW_KEYS = {
    "Alle kommuner (95% av alle kommuner)": "all",
    "Kommuner utenfor programmet": "outside",
    "Kommuner i programmet": "in",
    "25 største kommunene": "largest",
    "25 minste": "smallest",
    "Differanse": "difference",
    "Totalt alle kommuner": "all",
    "Innsatskommuner": "cohort:innsats",
    "Innsatsk. uten Ringerike": "cohort:innsats:without:0605",
    "Pulje 1": "cohort:pulje-1",
    "Pulje 2": "cohort:pulje-2",
    "Pulje 2 uten Trondheim": "cohort:pulje-2:without:1601",
}
_COLUMN_KEYS = {
    "Snitt fravær": "mean_rate",
    "Snitt størrelse": "mean_size",
    "Antall kommuner": "n",
    "Endring i prosentpoeng": "change",
    "4.kv.2006-3.kv.2007": "2006Q4-2007Q3",
    "4.kv.2007-3.kv.2008": "2007Q4-2008Q3",
}


def _keys(row: str, column: str) -> dict[str, str]:
    period = str(Period.parse(column)) if column.startswith("Q") else ""
    return {"row_key": _ROW_KEYS.get(row, ""), "column_key": _COLUMN_KEYS.get(column, period)}


@transaction.atomic
def load_published() -> None:
    """Tables 4.6 and 4.7 and appendix 6 of the final report, and the PAI table of 2008. Idempotent."""
    programme = Programme.objects.get(slug="kvalitetskommuner")
    rows = (row | {"programme_id": programme.pk} for row in [*_tables(), *_appendix()])
    ensured(PrintedFigure, ("programme_id", "document", "table", "row", "column"), rows)


def _tables() -> Iterator[dict[str, Any]]:
    for row in read_data("published_tables.csv"):
        remark = {language: row[f"remark_{language}"] for language in ("nb", "nn", "en") if row[f"remark_{language}"]}
        cell = {name: row[name] for name in ("document", "table", "row", "column", "value", "unit")}
        yield cell | _keys(row["row"], row["column"]) | {"remark": remark}


def _appendix() -> Iterator[dict[str, Any]]:
    """Cells whose column the print does not show have no value."""
    for row in read_data("focus_municipalities.csv"):
        yield {
            "document": FINAL_REPORT,
            "table": "Vedlegg 6",
            "row": row["municipality"],
            "column": row["period"],
            "row_key": "mean" if row["status"] == "printed_mean" else row["municipality_number"],
            "column_key": str(Period.parse(row["period"])),
            "value": row["absence_percent"] if row["status"] in _PLACED else "",
            "unit": "percent",
            "remark": _remark(row),
        }


def _remark(row: dict[str, str]) -> dict[str, str]:
    if row["status"] == "placed_not_a_measurement":
        return _ZERO
    return _MEAN_WITH_ZERO if row["status"] == "printed_mean" and row["period"] == "Q408-Q309" else {}
