"""Why an act was not done, in words for the one who tried."""

from django.utils.formats import date_format, time_format
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
    """``session`` is the full one, ``person`` the name of whom there was no place for."""

    def __init__(self, session, person: str):
        hour = f"{date_format(session.held_on, 'j. F')} {time_format(session.starts_time, 'TIME_FORMAT')}"
        values = {"title": session.title_text, "hour": hour, "person": person}
        super().__init__(
            _("“%(title)s” %(hour)s is full, so there is no place for %(person)s. Choose another session.") % values
        )
        self.session, self.person = session, person
