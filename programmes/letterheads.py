"""What a programme calls itself on its letters."""

from programmes.models import Programme


def sender_name(slug: str) -> str:
    """The programme's name; empty where there is none of this slug."""
    return Programme.objects.filter(slug=slug).values_list("name", flat=True).first() or ""
