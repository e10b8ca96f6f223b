"""Where a municipality takes part, as a part of its page in the register."""

from django.template.loader import render_to_string
from django.utils import timezone

from networks.queries import parts_taken


def participation_panel(request, municipality) -> str:
    parts = parts_taken(municipality, request.user, timezone.localdate())
    return render_to_string("networks/_municipality.html", {"parts": parts}, request)
