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


def printed_changes(before: list[dict], now: list[dict], language: str = "nb") -> list[Change]:
    """The cells whose printed text differs, in the order of the newer report; rows are known by their first cell."""
    earlier = {section["slug"]: _cells(section, language) for section in before}
    changes = []
    for section in now:
        later = _cells(section, language)
        old = earlier.pop(section["slug"], {})
        for key in dict.fromkeys([*later, *old]):
            was, is_now = old.get(key, "–"), later.get(key, "–")
            if was != is_now:
                changes.append(Change(section["title"], *key, was, is_now))
    return changes


def _cells(section: dict[str, Any], language: str) -> dict[tuple[str, str, str], str]:
    data = SectionData.from_json(section["data"])
    return {key: text for table in data.tables for key, text in _table_cells(table, language)}


def _table_cells(table: Table, language: str):
    for row in table.display_rows(language):
        label = row.cells[0].text if row.cells else ""
        for column, cell in zip(table.columns[1:], row.cells[1:], strict=True):
            heading = f"{column.group} {column.label}".strip()
            yield (table.title, label, heading), cell.text
