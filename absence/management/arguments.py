"""Arguments of the commands, refused in the language of the commands."""

from collections.abc import Collection
from datetime import date

from django.core.management.base import CommandError


def day(text: str | None, name: str) -> date | None:
    """A date written as 2010-05-15; None for none. CommandError for anything else."""
    if text is None or isinstance(text, date):
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{name}: «{text}» er ikke en dato. Skriv år-måned-dag, for eksempel 2010-05-15.") from None


def one_of(text: str, known: Collection[str], name: str) -> str:
    """One of the words known. CommandError for any other."""
    if text not in known:
        raise CommandError(f"{name}: «{text}» er ikke kjent. Velg en av disse: {', '.join(known)}.")
    return text
