"""Whoever reads the list of e-mails sees what each is, in words."""

from pathlib import Path

from django.conf import settings

from correspondence.kinds import NAMES, kind_of

# Texts that are parts of others, and the invitation, which the lowest room sends itself.
NOT_SENT_HERE = {"municipalities"}


def test_every_e_mail_of_every_room_has_a_name_for_people():
    templates = Path(settings.BASE_DIR) / "templates"
    found = {
        kind_of(path.relative_to(templates).as_posix())
        for path in templates.glob("*/email/[!_]*.txt")
        if path.parts[-3] not in NOT_SENT_HERE
    }
    assert found
    assert found <= set(NAMES), sorted(found - set(NAMES))
