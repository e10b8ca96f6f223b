"""From a catalogue and a scope to the frozen data of an edition."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.utils.translation import override

from reporting.english import in_english
from reporting.scope import Report, Scope
from reporting.section_data import Fact


def reckon(report: Report, scope: Scope, language: str) -> list[dict]:
    """Every section with a query, in order: ``{"slug", "title", "data"}``, texts in the language of the edition.

    One snapshot: figures released while it runs are in all sections or in none. So no progress is told in between: it
    would be a write inside the snapshot.
    """
    with override(language), snapshot():
        data = [
            {"slug": section.slug, "title": str(section.title), "data": section.query(scope).to_json()}
            for section in report.sections
            if section.query is not None
        ]
    return in_english(data) if language == "en" else data


@contextmanager
def snapshot() -> Iterator[None]:
    """A transaction that sees the database as it was at the first query. Within another one, that one's view."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def checksum(data: Any) -> str:
    """SHA-256 of the data as canonical JSON."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def facts(data: list[dict]) -> dict[str, Fact]:
    """All live figures of an edition under ``section.fact``, the names that prose uses."""
    return {
        f"{section['slug']}.{key}": Fact(**fact)
        for section in data
        for key, fact in section["data"].get("facts", {}).items()
    }
