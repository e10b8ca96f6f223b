"""What the frame of every page needs."""

from django.conf import settings


def frame(request):
    return {"languages": settings.LANGUAGES, "debug": settings.DEBUG}
