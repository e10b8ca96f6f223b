"""Changes of the register."""

from django.db import transaction
from tablib import Dataset

from municipalities.models import AuditEvent, User
from municipalities.resources import MunicipalityResource


class RegisterFileRefused(Exception):
    """The file was not taken in; ``result`` holds what was wrong with which row."""

    def __init__(self, result):
        super().__init__("refused")
        self.result = result


@transaction.atomic
def import_register(table: Dataset, *, by: User):
    """Take in the file whole or not at all. Raises RegisterFileRefused."""
    result = MunicipalityResource().import_data(table, use_transactions=True, rollback_on_validation_errors=True)
    if result.has_errors() or result.has_validation_errors():
        raise RegisterFileRefused(result)
    counts = {kind: number for kind, number in result.totals.items() if number}
    AuditEvent.record("municipalities.import_register", by, by=by, **counts)
    return result
