"""What may be done with what leaves the house."""

from .sending import confirm_sent, send_again
from .writing import MessageDraft, write, write_many

__all__ = ["MessageDraft", "confirm_sent", "send_again", "write", "write_many"]
