"""The local parties of an application as the page lists them: who was asked, what they answered, to which text."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from programmes.models import Applicant, LocalParty, PartyConsent
from programmes.queries.admission_apply import Standing


@dataclass(frozen=True)
class ConsentLine:
    consent: PartyConsent
    state: str
    colour: str
    is_current: bool


@dataclass(frozen=True)
class ConsentGroup:
    """One party of one applicant; ``may_ask`` when the reader answers for that applicant."""

    applicant: Applicant
    party: LocalParty
    lines: list[ConsentLine]
    may_ask: bool


def consent_groups(standing: Standing, own: set[int]) -> list[ConsentGroup]:
    """Every party of every applicant, also those nobody is named for."""
    return [
        ConsentGroup(
            applicant,
            party,
            [
                line_of(one, standing)
                for one in standing.consents
                if one.applicant_id == applicant.pk and one.party == party
            ],
            applicant.pk in own,
        )
        for applicant in standing.applicants
        for party in LocalParty
    ]


def line_of(consent: PartyConsent, standing: Standing) -> ConsentLine:
    is_current = bool(consent.answer) and consent.content_sha256 == standing.binding
    if consent.answer and not is_current:
        return ConsentLine(consent, _("answered to an earlier text"), "warning", False)
    if consent.answer == PartyConsent.Answer.YES:
        return ConsentLine(consent, _("stands behind the application"), "success", True)
    if consent.answer == PartyConsent.Answer.NO:
        return ConsentLine(consent, _("does not stand behind the application"), "danger", True)
    if consent.asked_at:
        return ConsentLine(consent, _("asked, has not answered"), "info", True)
    return ConsentLine(consent, _("not asked yet"), "neutral", True)
