"""Where a municipality takes part, as a part of its page in the register."""

from django.template.loader import render_to_string
from django.utils import timezone

from networks.parts import parts_of


def participation_panel(request, municipality) -> str:
    parts = parts_of(municipality, request.user, timezone.localdate())
    return render_to_string("networks/_municipality.html", {"parts": parts}, request)
