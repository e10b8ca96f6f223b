"""Editions for tests: with a section of frozen data, in any state."""

import json

from django.core.files.base import ContentFile

from reporting import actions
from reporting.models import Edition
from reporting.section_data import Contradiction, SectionData
from reporting.tables import Column, Table
from tests.factories import ProgrammeFactory

VINTAGES = {"KS/PAI": "2010-05-15"}
CONTRADICTION = Contradiction("mean", "Trykt 9,6, regnet ut 10,6.", "9.6", "10.6")


def section(*contradictions: Contradiction, rate: str = "10.24", label: str = "I programmet") -> list[dict]:
    """The data of the section «comparison»: one table of one row."""
    table = Table(
        slug="comparison",
        title="Fravær i programmet",
        columns=(Column("label", "Gruppe"), Column("rate", "Fravær, prosent", "percent")),
        rows=({"label": label, "rate": rate},),
        source="KS/PAI",
    )
    data = json.loads(json.dumps(SectionData(tables=(table,), contradictions=contradictions).to_json()))
    return [{"slug": "comparison", "title": "Programmet og de andre kommunene", "data": data}]


def draft(adviser, *contradictions: Contradiction, programme=None, year=2008, language="nb", **data) -> Edition:
    """A draft whose figures are reckoned."""
    edition = actions.start_edition(
        programme=programme or ProgrammeFactory(), report="annual", year=year, language=language, by=adviser
    )
    return actions.store_reckoning(edition, data=section(*contradictions, **data), vintages=VINTAGES, by=adviser)


def published(adviser, *, is_public: bool = False, **options) -> Edition:
    """Through every step, with a PDF that stands for the one the job makes."""
    edition = draft(adviser, **options)
    if is_public:
        actions.write_findings(edition, findings="Et funn", is_public=True, by=adviser)
    actions.move(edition, "submit", by=adviser)
    edition = actions.move(edition, "approve", by=adviser)
    edition.pdf.save("report.pdf", ContentFile(b"%PDF-1.7"), save=False)
    edition.pdf_of = actions.content_checksum(edition)
    edition.save()
    return actions.move(edition, "publish", by=adviser)
