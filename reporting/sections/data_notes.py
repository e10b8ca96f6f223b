"""What a reader must know about the quality of the data: one note each, from the programme's own list."""

from reporting.scope import Scope
from reporting.section_data import Definition, SectionData


def data_notes(scope: Scope) -> SectionData:
    """Contradictions and gaps in the sources, how they were read, and how demo figures were made."""
    notes = scope.programme.data_notes.all()
    return SectionData(definitions=tuple(Definition(note.title_text, note.text_text, note.source) for note in notes))
