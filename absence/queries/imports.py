"""An import as an answer: what was read, what is held, what was refused. The form is that of `pai_import --json`."""

from decimal import Decimal

from municipalities.models import Municipality

from ..calculations.columns import percent
from ..calculations.periods import Period
from ..models import ImportBatch, PrintedRow, StagedFigure, Suspicion
from .overlaps import overlap_sentences
from .words import not_read, problem_words, rounding_sentences, suspicion_words

PREVIEWED = ("lost", "possible", "rate")


def import_answer(batch: ImportBatch, status: str = "") -> dict:
    """``status`` is the batch's own unless told another (``duplicate``)."""
    doubts = list(batch.suspicions.select_related("municipality"))
    return {
        "status": status or batch.state,
        "rows_read": batch.rows_read,
        "figures": batch.figure_count,
        "released": batch.released_count,
        "held": StagedFigure.objects.filter(batch=batch, held=True).count(),
        "warnings": sum(not one.blocking for one in doubts),
        "ignored": _ignored(batch.ignored),
        "errors": _errors(batch.errors),
        "suspicions": [_suspicion(one, one.municipality.number if one.municipality else None) for one in doubts],
        "printed_checks": [_printed(one) for one in batch.printed_rows.all()],
        "notes": [
            *rounding_sentences(batch.facts),
            *overlap_sentences(batch.source, batch.vintage_on, _periods(batch.facts), batch.pk),
        ],
        "import": batch.pk,
    }


def trial_answer(content, outcome=None, conflicts: list[dict] | None = None, notes: list[str] | None = None) -> dict:
    """The same of a file that was only tried out (``FileContent`` and ``Outcome`` of `actions`), with every figure."""
    errors = content.errors or conflicts or []
    doubts = outcome.suspicions if outcome and not errors else []
    numbers = dict(Municipality.objects.values_list("pk", "number")) if doubts else {}
    return {
        "status": "refused" if errors else "staged",
        "rows_read": content.rows_read,
        "figures": len(content.columns) if not errors else 0,
        "released": 0,
        "held": sum(outcome.held()) if doubts else 0,
        "warnings": sum(not one.blocking for one in doubts),
        "ignored": _ignored(content.ignored),
        "errors": _errors(errors),
        "suspicions": [_suspicion(one, numbers.get(one.municipality_id)) for one in doubts],
        "printed_checks": [_printed(one) for one in outcome.printed_rows()] if outcome and not errors else [],
        "notes": [*rounding_sentences(content.facts), *(notes or [])],
        "import": None,
        "preview": _preview(content.columns) if not content.errors else [],
    }


def known_file(batch: ImportBatch) -> dict:
    """The problem that the same bytes are here already, in the form in which the reader gives problems."""
    params = {"file": batch.file_name, "import": batch.pk}
    where = {"sheet": None, "row": None, "column": None, "value": ""}
    return {"code": "known_file", **where, "cells": [], "params": params}


def _periods(facts: dict) -> list[Period]:
    return [Period(*one) for one in facts.get("periods", ())]


def _ignored(found: list[dict]) -> list[dict]:
    return [{"row": one["row"], "text": " ".join(filter(None, [one["text"], not_read(one)]))} for one in found]


def _errors(problems: list[dict]) -> list[dict]:
    return [{name: one[name] for name in ("sheet", "row", "column", "value")} | problem_words(one) for one in problems]


def _suspicion(one: Suspicion, number: str | None) -> dict:
    return {
        "rule": one.rule,
        "municipality": number,
        "period": str(one.period),
        "value": plain(one.percent),
        "blocking": one.blocking,
        "message": suspicion_words(one),
    }


def _printed(one: PrintedRow) -> dict:
    return {
        "period": str(one.period),
        "label": one.label,
        "printed": plain(one.printed_percent),
        "recomputed": plain(one.recomputed_percent),
    }


def _preview(c) -> list[dict]:
    rates = c.effective_rates()
    return [
        {
            "row": c.row[i],
            "municipality": c.municipality[i],
            "period": str(Period(c.first[i], c.quarters[i])),
            "sector": c.sector[i],
            "sex": c.sex[i],
            "type": c.absence_type[i],
            "lost": _days(c.lost[i]),
            "possible": _days(c.possible[i]),
            "rate": plain(percent(c.rate[i] if c.rate[i] is not None else rates[i])),
            "mark": c.mark[i],
        }
        for i in range(len(c))
    ]


def _days(value: int | None) -> str | None:
    return None if value is None else plain(Decimal(value).scaleb(-2))


def plain(value: Decimal | None) -> str | None:
    """A decimal as text with a point, without zeros that say nothing.

    >>> plain(Decimal("9.7000")), plain(Decimal("600.00"))
    ('9.7', '600')
    """
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
