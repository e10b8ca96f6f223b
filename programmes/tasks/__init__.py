"""What the programmes let jobs do; each part registers its handlers when it is imported."""

from . import admission, committees

__all__ = ["admission", "committees"]
