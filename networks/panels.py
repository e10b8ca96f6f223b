"""Where a municipality takes part, and how it is followed up, as parts of its page in the register."""

from django.template.loader import render_to_string
from django.utils import timezone

from municipalities.permissions import may
from networks.parts import parts_of


def participation_panel(request, municipality) -> str:
    parts = parts_of(municipality, request.user, timezone.localdate())
    return render_to_string("networks/_municipality.html", {"parts": parts}, request)


def follow_up_panel(request, municipality) -> str:
    """It comes after the page, which has much to ask about already."""
    if not may(request.user, "follow_up.view"):
        return ""
    return render_to_string("networks/_follow_up_later.html", {"municipality": municipality}, request)
