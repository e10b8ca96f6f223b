"""Why an act was not done, in words for the one who tried."""

from django.utils.translation import gettext_lazy as _


class NotPossible(Exception):
    """Nothing has been changed; ``text`` (a lazy translation) says why and what to do."""

    text = _("This cannot be done now.")

    def __init__(self, text=None):
        super().__init__(text or self.text)
        self.text = text or self.text


class ChangedMeanwhile(NotPossible):
    text = _(
        "Somebody else has changed the gathering while you were writing. Nothing of yours is saved. "
        "Open the page again to see the change, and then write yours."
    )


class NotOpen(NotPossible):
    text = _("Registration is not open. Ask your adviser, who can still register you.")


class NotInvited(NotPossible):
    text = _("This gathering is for others.")


class AlreadyRegistered(NotPossible):
    def __init__(self, name: str):
        super().__init__(_("%(name)s is already registered with this e-mail address.") % {"name": name})


class SessionFull(NotPossible):
    def __init__(self, title: str):
        super().__init__(_("There is no place left in “%(title)s”. Choose another session.") % {"title": title})
