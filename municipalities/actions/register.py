"""Changes of the register."""

from dataclasses import dataclass

from django.db import transaction
from tablib import Dataset

from municipalities.models import AuditEvent, User
from municipalities.resources import ChangedRows, MunicipalityResource

ROW = "row"


class RegisterFileRefused(Exception):
    """The file was not taken in: nothing is changed."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row, numbered as a spreadsheet shows it; no ``column`` when it is the row as a whole."""

    row: int
    column: str
    value: str
    message: str


@dataclass(frozen=True)
class Change:
    """A field of a municipality before and after; ``before`` is None for a municipality that is new."""

    municipality: str
    column: str
    before: str | None
    after: str


@dataclass(frozen=True)
class Preview:
    """What a file would do to the register."""

    changes: tuple[Change, ...]
    new: int
    changed: int
    unchanged: int
    faults: tuple[Fault, ...]


def look_through(table: Dataset) -> Preview:
    """What the table would change, with nothing changed. Each row has its number in the file under ``ROW``."""
    resource = ChangedRows()
    result = resource.import_data(table, dry_run=True, raise_errors=False)
    faults = [fault for row in result.invalid_rows for fault in _faults(row, table.dict[row.number - 1])]
    return Preview(
        changes=tuple(change for row in result.rows for change in _changes(resource, row)),
        new=result.totals["new"],
        changed=result.totals["update"],
        unchanged=result.totals["skip"],
        faults=tuple(sorted(faults, key=lambda fault: fault.row)),
    )


def _faults(row, values: dict):
    """One fault for each thing that is wrong with the row."""
    number = int(values[ROW])
    for column, texts in row.field_specific_errors.items():
        for text in texts:
            yield Fault(number, column, str(values.get(column, "")), text)
    for text in row.non_field_specific_errors:
        yield Fault(number, "", "", text)


def _changes(resource: ChangedRows, row):
    """The fields that differ; of a new municipality all that are filled in."""
    if row.import_type not in {"new", "update"}:
        return
    name = f"{row.instance.number} {row.instance.name}"
    for field in resource.get_import_fields():
        after = field.export(row.instance)
        before = None if row.import_type == "new" else field.export(row.original)
        if after != (before or ""):
            yield Change(name, field.column_name, before, after)


@transaction.atomic
def import_register(table: Dataset, *, by: User):
    """Take in the file whole or not at all. Raises RegisterFileRefused."""
    result = MunicipalityResource().import_data(table, use_transactions=True, rollback_on_validation_errors=True)
    if result.has_errors() or result.has_validation_errors():
        raise RegisterFileRefused
    counts = {kind: number for kind, number in result.totals.items() if number}
    AuditEvent.record("municipalities.import_register", by, by=by, **counts)
    return result
