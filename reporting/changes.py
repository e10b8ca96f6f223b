"""Which printed figures differ between two reckonings of a report: what a reader would see change."""

from dataclasses import asdict, dataclass
from typing import Any

from reporting.section_data import SectionData
from reporting.tables import Table


@dataclass(frozen=True)
class Change:
    """One printed cell; ``before`` and ``now`` are as printed, «–» where there is none."""

    section: str
    table: str
    row: str
    column: str
    before: str
    now: str

    def to_json(self) -> dict[str, str]:
        return asdict(self)


Place = tuple[str, str, str]


@dataclass(frozen=True)
class Cell:
    """A printed cell under the words a reader finds it by."""

    table: str
    row: str
    column: str
    text: str


def printed_changes(before: list[dict], now: list[dict], language: str = "nb") -> list[Change]:
    """The cells whose printed text differs, in the order of the newer report.

    A cell is known by the keys of its table, row and column, so that a new wording of a label is no changed figure.
    """
    earlier = {section["slug"]: _cells(section, language) for section in before}
    changes = []
    for section in now:
        later = _cells(section, language)
        old = earlier.pop(section["slug"], {})
        for place in dict.fromkeys([*later, *old]):
            cell, was = later.get(place) or old[place], old.get(place)
            is_now = later.get(place)
            texts = was.text if was else "–", is_now.text if is_now else "–"
            if texts[0] != texts[1]:
                changes.append(Change(section["title"], cell.table, cell.row, cell.column, *texts))
    return changes


def _cells(section: dict[str, Any], language: str) -> dict[Place, Cell]:
    data = SectionData.from_json(section["data"])
    return {place: cell for table in data.tables for place, cell in _table_cells(table, language)}


def _table_cells(table: Table, language: str):
    for values, row in zip(table.rows, table.display_rows(language), strict=True):
        label = row.cells[0].text if row.cells else ""
        key = str(values.get("key") or label)
        for column, cell in zip(table.columns[1:], row.cells[1:], strict=True):
            heading = f"{column.group} {column.label}".strip()
            yield (table.slug, key, column.key), Cell(table.title, label, heading, cell.text)
