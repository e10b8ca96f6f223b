"""What a reader must know about the quality of the data: one note each, from the programme's own list."""

from datetime import timedelta

from django.utils.translation import gettext as _

from absence.queries import notes_on_revisions
from reporting.scope import Scope
from reporting.section_data import Definition, SectionData

TWO_YEARS = timedelta(days=730)  # what the programme is compared with began before it


def data_notes(scope: Scope) -> SectionData:
    """Contradictions and gaps in the sources, how they were read, how demo figures were made, why some are revised."""
    notes = scope.programme.data_notes.all()
    found = [Definition(note.title_text, note.text_text, note.source) for note in notes]
    since = scope.programme.starts_on - TWO_YEARS
    revisions = notes_on_revisions(since, scope.counted_on, scope.vintage)
    found += [Definition(_("Revised absence figures"), one.text, one.source) for one in revisions]
    return SectionData(definitions=tuple(found))
