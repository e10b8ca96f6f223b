"""What the frame of every page needs."""

from .frame import Frame


def frame(request):
    return {"frame": Frame(request)}
