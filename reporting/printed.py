"""What other reports printed, beside what the portal reckons: every difference is said, with what is known of it."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from programmes.models import Programme
from reporting.models import PrintedFigure
from reporting.section_data import Contradiction, key_of
from reporting.tables import CellNote, Column, Table


@dataclass(frozen=True)
class Difference:
    """A cell that another report printed otherwise, both as printed; ``remark`` is what is known about it."""

    printed: PrintedFigure
    ours: str
    theirs: str

    @property
    def sentence(self) -> str:
        words = {
            "document": self.printed.document,
            "table": self.printed.table,
            "row": self.printed.row,
            "column": self.printed.column,
            "theirs": self.theirs,
            "ours": self.ours,
        }
        said = _("%(document)s, table %(table)s, prints %(theirs)s for “%(row)s”, %(column)s; here it is %(ours)s.")
        return " ".join(part for part in (said % words, self.printed.remark_text) if part)


def differences(programme: Programme, table_name: str, table: Table) -> list[Difference]:
    """The printed cells of ``table_name`` that come out otherwise in ``table``, whose rows carry their ``key``."""
    language = (get_language() or "nb")[:2]
    columns = {column.key: column for column in table.columns}
    rows = {row["key"]: row for row in table.rows if row.get("key")}
    found = []
    printed = list(PrintedFigure.objects.filter(programme=programme, table=table_name).exclude(value="").order_by("pk"))
    if not _same_periods({one.column_key for one in printed}, set(columns)):
        return []
    for one in printed:
        row, column = rows.get(one.row_key), columns.get(one.column_key)
        if row is None or column is None:
            continue
        ours, theirs = (column.display(value, language) for value in (row.get(column.key), one.value))
        if ours != theirs:
            found.append(Difference(one, ours, theirs))
    return found


def _same_periods(printed: set[str], ours: set[str]) -> bool:
    """Whether the two tables are about the same time: a count or a change says nothing without its periods."""
    periods = {key for key in printed if "Q" in key}
    return periods <= ours


def notes(found: list[Difference]) -> tuple[str, ...]:
    return tuple(one.sentence for one in found)


def differences_table(slug: str, found: list[Difference]) -> Table:
    """The cells that another report printed otherwise, each with what is known of it as a note."""
    return Table(
        slug=slug,
        title=_("Figures that %(document)s prints otherwise") % {"document": found[0].printed.document},
        columns=(
            Column("row", _("Row")),
            Column("column", _("Column")),
            Column("theirs", _("Printed"), "shown"),
            Column("ours", _("Here"), "shown"),
        ),
        rows=tuple(
            {"row": one.printed.row, "column": one.printed.column, "theirs": one.theirs, "ours": one.ours}
            for one in found
        ),
        cell_notes=tuple(
            CellNote(place, "row", "note", one.printed.remark_text)
            for place, one in enumerate(found)
            if one.printed.remark_text
        ),
        source=found[0].printed.document,
    )


def unexplained(found: list[Difference]) -> tuple[Contradiction, ...]:
    """Those without a word about why: they must be answered before the report is approved."""
    return tuple(
        Contradiction(
            key=key_of(
                f"printed-{one.printed.table}-{one.printed.row_key}-{one.printed.column_key}", one.theirs, one.ours
            ),
            text=one.sentence,
            printed=one.theirs,
            computed=one.ours,
        )
        for one in found
        if not one.printed.remark_text
    )
