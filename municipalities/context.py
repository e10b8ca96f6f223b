"""What templates may ask about the person who reads."""

from .permissions import PUBLIC


class Permissions:
    """``{% if may.reporting_edit %}``: a permission's name with ``_`` for the first dot."""

    def __init__(self, names: frozenset[str]):
        self._names = {name.replace(".", "_", 1) for name in names}

    def __getitem__(self, name: str) -> bool:
        return name in self._names


def permissions(request):
    user = getattr(request, "user", None)
    names = user.permissions if user is not None and user.is_authenticated else PUBLIC
    return {"may": Permissions(frozenset(names))}
