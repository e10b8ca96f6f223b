"""Whether an e-mail address can be one."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from jobs.texts import source

from . import errors


def address_fault(address: str) -> tuple[str, dict[str, str]]:
    """What is wrong with an address, as msgid and values; ("", {}) when it may be one.

    Line breaks, which would let an address write headers of its own, are no part of any valid address.
    """
    if not address:
        return source(errors.NO_ADDRESS), {}
    try:
        validate_email(address)
    except ValidationError:
        return source(errors.BAD_ADDRESS), {"address": " ".join(address.split())}
    return "", {}
