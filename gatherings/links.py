"""The address of one's own registration, which is in the e-mail: signed, so that nobody can make one up."""

from django.core import signing
from django.urls import reverse

_SIGNER = signing.Signer(salt="gatherings.registration")


def own_path(registration) -> str:
    return reverse("gatherings:own_registration", args=[_SIGNER.sign(str(registration.pk))])


def registration_of(signed: str) -> int:
    """The id of the registration; BadSignature for an address that was not given out."""
    return int(_SIGNER.unsign(signed))
