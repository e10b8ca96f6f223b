"""What the programmes let jobs do; each part registers its handlers when it is imported."""

from . import committees

__all__ = ["committees"]
