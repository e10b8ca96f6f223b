"""Catalogues of translations have the head that gettext asks for, and it is the same at every run."""

import subprocess
from datetime import UTC, datetime

import pytest
from django.conf import settings

from config.catalogues import settled
from config.management.commands.makemessages import ROOMS

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NEW = (
    '#, fuzzy\nmsgid ""\nmsgstr ""\n"POT-Creation-Date: 2026-11-22 23:40+0100\\n"\n"Language: \\n"\n\n'
    'msgid "A"\nmsgstr "B"\n'
)
PLACES = (settings.BASE_DIR, *(settings.BASE_DIR / room for room in ROOMS))
CATALOGUES = [one / "locale" / name / "LC_MESSAGES" / "django.po" for one in PLACES for name in ("nb", "nn")]


def test_a_new_catalogue_gets_a_whole_head_and_keeps_its_entries():
    text = settled(NEW, "nn", NOW)
    assert '"PO-Revision-Date: 2026-11-22 12:00+0000\\n"\n' in text
    assert '"Language: nn\\n"\n' in text
    assert "fuzzy" not in text
    assert text.endswith('\n\nmsgid "A"\nmsgstr "B"\n')


def test_a_later_run_changes_nothing():
    text = settled(NEW, "nb", NOW)
    gathered = text.replace('"PO-Rev', '"POT-Creation-Date: 2027-01-01 10:00+0100\\n"\n"PO-Rev')
    assert settled(gathered, "nb", NOW.replace(year=2027)) == text


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_gettext_finds_nothing_to_say_about_a_catalogue(catalogue):
    done = subprocess.run(
        ["msgfmt", "--check", "--output-file=/dev/null", catalogue], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
