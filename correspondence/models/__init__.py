"""What leaves the house: messages by e-mail, letters in batches."""

from .letters import Letter, LetterBatch, LetterText
from .messages import Mailing, Message, MessageEvent, MessagePaper, Paper

__all__ = ["Letter", "LetterBatch", "LetterText", "Mailing", "Message", "MessageEvent", "MessagePaper", "Paper"]
