"""What may be done with what leaves the house."""

from .letters import (
    LetterConflict,
    ask_print,
    ask_print_letter,
    date_letters,
    edit_letter,
    make_letters,
    mark_posted,
    mark_read,
    put_back_letter,
    send_letters,
    withdraw_letter,
)
from .sending import confirm_sent, is_left, send_again
from .writing import MessageDraft, write, write_many

__all__ = [
    "LetterConflict",
    "MessageDraft",
    "ask_print",
    "ask_print_letter",
    "confirm_sent",
    "date_letters",
    "edit_letter",
    "is_left",
    "make_letters",
    "mark_posted",
    "mark_read",
    "put_back_letter",
    "send_again",
    "send_letters",
    "withdraw_letter",
    "write",
    "write_many",
]
