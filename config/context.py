"""What the frame of every page needs."""

from .frame import Frame


def frame(request):
    """One frame a request: a view that has made it already has also asked its questions."""
    if not hasattr(request, "frame"):
        request.frame = Frame(request)
    return {"frame": request.frame}
