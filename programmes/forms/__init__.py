"""What the pages of the programmes ask for."""

from .filters import AsOfForm, DateInput, ListForm, ParticipantFilterForm

__all__ = ["AsOfForm", "DateInput", "ListForm", "ParticipantFilterForm"]
