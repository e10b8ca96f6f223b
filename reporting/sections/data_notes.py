"""What a reader must know about the quality of the data: one paragraph a note, from the programme's own list."""

from django.utils.translation import gettext as _

from reporting.scope import Scope
from reporting.section_data import SectionData
from reporting.tables import Column, Table


def data_notes(scope: Scope) -> SectionData:
    notes = list(scope.programme.data_notes.all())
    if not notes:
        return SectionData()
    return SectionData(
        tables=(
            Table(
                slug="notes",
                title=_("Notes on the data"),
                columns=(
                    Column("title", _("About")),
                    Column("text", _("What is known")),
                    Column("source", _("Source")),
                ),
                rows=tuple({"title": note.title_text, "text": note.text_text, "source": note.source} for note in notes),
                summary=_("Contradictions and gaps in the sources, and how they were read."),
            ),
        )
    )
