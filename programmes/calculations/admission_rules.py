"""What an application must say before it can be sent in, and who must stand behind it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

PARTIES = ("politicians", "management", "unions")
# (step, field) in the order of the form; the file of the decision is asked for by its name.
REQUIRED = (
    ("applicants", "name"),
    ("focus", "focus_areas"),
    ("focus", "themes"),
    ("challenges", "challenges"),
    ("challenges", "wanted_results"),
    ("goal", "absence_baseline_percent"),
    ("goal", "absence_baseline_on"),
    ("goal", "absence_target_percent"),
    ("goal", "absence_target_on"),
    ("work", "work_organisation"),
    ("decision", "decision_body"),
    ("decision", "decision_on"),
    ("decision", "decision_case"),
    ("decision", "decision_file_name"),
    ("contact", "contact_name"),
    ("contact", "contact_email"),
)


@dataclass(frozen=True)
class Consent:
    """One that has been asked: of which applicant and party, the answer ("yes", "no" or ""), and to which text."""

    applicant: int
    party: str
    answer: str
    binding_sha256: str
    union: str = ""


@dataclass(frozen=True)
class Missing:
    """What is lacking: ``why`` is ``empty``, a rule's name, or of a consent ``nobody``, ``waits``, ``no``, ``earlier``.

    ``applicant`` and ``party`` are set for consents; of one who has not confirmed (``unconfirmed``) the applicant.
    """

    step: str
    field: str
    why: str
    applicant: int | None = None
    party: str = ""
    union: str = ""

    @property
    def is_fault(self) -> bool:
        """A field that is filled in and does not hold; what is empty, or for others to say, is left alone meanwhile."""
        return self.why not in ("empty", "unconfirmed") and self.step != "consents"


def goal_faults(content: Mapping, *, starts_on: date, ends_on: date, today: date) -> list[Missing]:
    """What is wrong with the result goal as far as it is filled in: a goal is lower than the baseline and in time."""
    baseline, target = _number(content, "absence_baseline_percent"), _number(content, "absence_target_percent")
    measured, until = _day(content, "absence_baseline_on"), _day(content, "absence_target_on")
    faults = [
        ("absence_baseline_percent", "range", baseline is not None and not 0 < baseline <= 100),
        ("absence_baseline_on", "future", measured is not None and measured > today),
        ("absence_target_percent", "range", target is not None and not 0 < target <= 100),
        ("absence_target_percent", "not_lower", baseline is not None and target is not None and target >= baseline),
        ("absence_target_on", "outside", until is not None and not starts_on <= until <= ends_on),
        ("absence_target_on", "not_after", measured is not None and until is not None and until <= measured),
    ]
    return [Missing("goal", field, why) for field, why, is_so in faults if is_so]


def decision_faults(content: Mapping, *, today: date) -> list[Missing]:
    decided = _day(content, "decision_on")
    return [Missing("decision", "decision_on", "future")] if decided is not None and decided > today else []


def consents_missing(applicants: Iterable[int], consents: Iterable[Consent], binding: str) -> list[Missing]:
    """Of each applicant every party must say yes to the text as it stands, of the unions every one that is named."""
    asked = list(consents)
    found = []
    for applicant in applicants:
        for party in PARTIES:
            ours = [one for one in asked if one.applicant == applicant and one.party == party]
            if not ours:
                found.append(Missing("consents", party, "nobody", applicant, party))
            for one in ours:
                why = _why_not(one, binding)
                if why:
                    found.append(Missing("consents", party, why, applicant, party, one.union))
    return found


def _why_not(consent: Consent, binding: str) -> str:
    if not consent.answer:
        return "waits"
    if consent.binding_sha256 != binding:
        return "earlier"
    return "" if consent.answer == "yes" else "no"


def missing(
    content: Mapping,
    *,
    applicants: Iterable[int],
    unconfirmed: Iterable[int] = (),
    consents: Iterable[Consent],
    binding: str,
    choices: Mapping[str, Iterable],
    starts_on: date,
    ends_on: date,
    today: date,
) -> list[Missing]:
    """All that stands between the application and its being sent in; empty when nothing does.

    ``unconfirmed`` are those of the applicants who have not said that they apply with the one who leads: nobody is
    applied for without knowing. ``choices`` are what the round offers of ``focus_areas`` and ``themes``; where it
    offers none, none is asked for.
    """
    asked = [(step, field) for step, field in REQUIRED if field not in choices or list(choices[field])]
    found = [Missing(step, field, "empty") for step, field in asked if not content.get(field)]
    found += goal_faults(content, starts_on=starts_on, ends_on=ends_on, today=today)
    found += decision_faults(content, today=today)
    order = [step for step, _field in REQUIRED]
    found.sort(key=lambda one: order.index(one.step))
    found += [Missing("applicants", "confirmed", "unconfirmed", one) for one in unconfirmed]
    return found + consents_missing(applicants, consents, binding)


def _number(content: Mapping, name: str) -> Decimal | None:
    return Decimal(content[name]) if content.get(name) else None


def _day(content: Mapping, name: str) -> date | None:
    return date.fromisoformat(content[name]) if content.get(name) else None


def may_send_in(now, *, opens_at, closes_at, extended_until=None) -> bool:
    """From the opening until, not including, the deadline: the round's, or the applicant's own when it is later."""
    return opens_at <= now < max(closes_at, extended_until or closes_at)
