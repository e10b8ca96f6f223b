"""What leaves the house: messages by e-mail, letters in batches."""

from .messages import Mailing, Message, MessageEvent, MessagePaper, Paper

__all__ = ["Mailing", "Message", "MessageEvent", "MessagePaper", "Paper"]
