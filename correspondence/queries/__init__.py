"""Reading what leaves the house."""

from .letters import Neighbours, batch_counts, batch_events, batch_list, letter_rows, neighbours, print_key, programmes
from .messages import MessageCounts, message_counts, message_list, subject_of

__all__ = [
    "MessageCounts",
    "Neighbours",
    "batch_counts",
    "batch_events",
    "batch_list",
    "letter_rows",
    "message_counts",
    "message_list",
    "neighbours",
    "print_key",
    "programmes",
    "subject_of",
]
