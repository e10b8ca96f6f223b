"""The letters of the programmes: admission and grants, in bokmål and nynorsk, and the merge fields they are made from.

The texts are templates ``programmes/letters/<name>.<language>.md``: the subject on the first line, the body after a
blank line. An adviser may change them before the letters are made, and each letter after.
"""

import re
from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from correspondence.letters import LetterDraft, LetterKind

from .actions.grants import letter_sent
from .actions.telling import letter_sent as applicant_told
from .models import Application, Grant

LANGUAGES = ("nb", "nn")
ADMISSION = "opptak"
GRANT = "tilskudd"
# Where the standard texts name the purpose: in brackets in the subject, on a line of its own in the body.
PURPOSE_IN_SUBJECT = re.compile(r" *\(\[\[purpose\]\]\)")
PURPOSE_LINE = re.compile(r"^[^\n:.]*:\** *\[\[purpose\]\] *\n*", re.MULTILINE)


def grant_letter_sent(letter) -> None:
    """``about`` names the grant: ``programmes.grant:12``."""
    model, _colon, pk = letter.about.partition(":")
    grant = Grant.objects.filter(pk=pk).first() if model == Grant._meta.label_lower and pk.isdecimal() else None
    if grant is not None:
        letter_sent(grant, at=letter.sent_at)


KINDS = (
    LetterKind(
        ADMISSION,
        _("Answer to an application"),
        {
            "name": _("the applicants"),
            "contact": _("the contact"),
            "programme": _("the programme"),
            "cohort": _("the cohort"),
            "case": _("number of the case"),
            "decided_on": _("day of the decision"),
            "starts_on": _("day the participation begins"),
            "reason": _("reason of the decision"),
        },
        applicant_told,
    ),
    LetterKind(
        GRANT,
        pgettext_lazy("letter", "Grant"),
        {
            "name": _("the participant"),
            "programme": _("the programme"),
            "year": _("the year"),
            "amount": _("the amount"),
            "purpose": _("the purpose"),
            "conditions": _("the conditions"),
            "report_due": _("when the report is due"),
            "reference": _("reference in the accounts"),
        },
        grant_letter_sent,
    ),
)


def standard_text(name: str, language: str) -> tuple[str, str]:
    """Subject and body, with their merge fields."""
    text = render_to_string(f"programmes/letters/{name}.{language}.md")
    subject, _line, body = text.strip().partition("\n")
    return subject.strip(), body.strip()


def letter_language(language: str) -> str:
    """Letters are written in one of the two forms of Norwegian."""
    return language if language in LANGUAGES else "nb"


def admission_drafts(
    applications: Iterable[Application], texts: dict[tuple[str, str], tuple[str, str]]
) -> list[LetterDraft]:
    """A letter for each decided application. ``texts[state, language]`` is (subject, body)."""
    drafts = []
    for one in applications:
        language = letter_language(one.language)
        subject, body = texts[one.state, language]
        fields = _admission_fields(one, language)
        drafts.append(
            LetterDraft(one, f"{one.name}\nv/ {one.contact_name}", one.contact_email, language, subject, body, fields)
        )
    return drafts


def _admission_fields(application: Application, language: str) -> dict[str, str]:
    round = application.round
    events = application.participation_events.filter(undone_at__isnull=True).order_by("happened_on")
    first = events.values_list("happened_on", flat=True).first()
    with translation.override(language):
        return {
            "name": application.name,
            "contact": application.contact_name,
            "programme": round.programme.name,
            "cohort": round.cohort.name,
            "case": application.decided_item.case_number if application.decided_item else "",
            "decided_on": date_format(application.decided_on) if application.decided_on else "",
            "starts_on": date_format(first) if first else "",
            "reason": application.decision_reason,
        }


def grant_drafts(
    grants: Iterable[Grant],
    texts: dict[tuple[str, str], tuple[str, str]],
    contacts: dict[int, tuple[str, str, str]],
) -> list[LetterDraft]:
    """A letter for each grant; without a contact it goes on paper. ``texts["grant", language]``.

    A grant without a purpose says nothing of one.
    """
    drafts = []
    for one in grants:
        name, email, language = contacts.get(one.participation_id, ("", "", "nb"))
        language = letter_language(language)
        subject, body = texts["grant", language]
        addressee = f"{one.participation.name}\nv/ {name}" if name else one.participation.name
        fields = _grant_fields(one, language)
        # The conditions are Markdown of their own; a merge field holds plain text only.
        body = body.replace("\r\n", "\n")
        if not one.purpose:
            subject, body = PURPOSE_IN_SUBJECT.sub("", subject), PURPOSE_LINE.sub("", body)
        body = body.replace("[[conditions]]", one.conditions or "")
        drafts.append(LetterDraft(one, addressee, email, language, subject, body, fields))
    return drafts


def _grant_fields(grant: Grant, language: str) -> dict[str, str]:
    with translation.override(language):
        return {
            "name": grant.participation.name,
            "programme": grant.participation.programme.name,
            "year": str(grant.year),
            "amount": number_format(grant.amount_nok, 0 if grant.amount_nok % 1 == 0 else 2, force_grouping=True),
            "purpose": grant.purpose,
            "conditions": grant.conditions,
            "report_due": date_format(grant.reporting_due_on) if grant.reporting_due_on else "",
            "reference": grant.account_reference,
        }
