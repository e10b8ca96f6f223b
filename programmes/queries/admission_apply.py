"""An application as its own people see it: what it says, what it lacks, until when it can be sent in."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from municipalities.models import Municipality, MunicipalityChange, Organisation, RoleAssignment, User
from municipalities.permissions import Role, granted
from programmes.calculations.admission_rules import Consent, Missing, consents_missing, missing
from programmes.calculations.application_content import FIELDS, binding_sha256
from programmes.calculations.application_states import are_told
from programmes.models import (
    AdmissionRound,
    Applicant,
    Application,
    ApplicationStep,
    LateExtension,
    PartyConsent,
    RoundInvitation,
)

Place = Municipality | Organisation


def content_of(application: Application, applicants: list[Applicant] | None = None) -> dict:
    """The application as plain values, see ``calculations.application_content``. One query unless they are given."""
    lines = applicants_of(application) if applicants is None else applicants
    reckoned = {
        "applicants": [str(one) for one in lines],
        "decision_file_stored": application.decision_file.name.rpartition("/")[2] if application.decision_file else "",
    }
    return {name: reckoned[name] if name in reckoned else _plain(getattr(application, name)) for name in FIELDS}


def _plain(value):
    if isinstance(value, Decimal):
        return f"{value:.1f}"
    return value.isoformat() if isinstance(value, date) else value


def applicants_of(application: Application) -> list[Applicant]:
    """The lead first."""
    return list(application.applicants.select_related("municipality", "organisation", "confirmed_by"))


def consents_of(application: Application) -> list[PartyConsent]:
    """Those that count: not withdrawn, not replaced by a newer request."""
    found = application.consents.filter(withdrawn_at__isnull=True, replaced_by__isnull=True)
    return list(found.select_related("recorded_by", "asked_by"))


def as_rule(consents: list[PartyConsent]) -> list[Consent]:
    return [
        Consent(one.applicant_id, one.party, one.answer, one.content_sha256, one.union_name or one.person_name)
        for one in consents
    ]


@dataclass(frozen=True)
class Standing:
    """An application with all that its pages need: one look at the records."""

    application: Application
    applicants: list[Applicant]
    consents: list[PartyConsent]
    content: dict
    binding: str
    missing: list[Missing]
    extended_until: datetime | None

    @property
    def deadline(self) -> datetime:
        closes = self.application.round.closes_at
        return max(closes, self.extended_until or closes)

    def lacks(self, step: str) -> list[Missing]:
        return [one for one in self.missing if one.step == step]


def standing_of(application: Application) -> Standing:
    """Three queries, when the application has its round and programme with it."""
    applicants, consents = applicants_of(application), consents_of(application)
    content = content_of(application, applicants)
    binding = binding_sha256(content)
    lacking = missing(
        content,
        applicants=[one.pk for one in applicants],
        unconfirmed=[one.pk for one in applicants if not one.is_lead and one.confirmed_at is None],
        consents=as_rule(consents),
        binding=binding,
        choices={"focus_areas": application.round.focus_areas, "themes": application.round.themes},
        starts_on=application.round.programme.starts_on,
        ends_on=application.round.programme.ends_on,
        today=timezone.localdate(),
    )
    until = extended_until(application.round, applicants)
    return Standing(application, applicants, consents, content, binding, lacking, until)


def consents_lacking(standing: Standing) -> list[Missing]:
    return consents_missing([one.pk for one in standing.applicants], as_rule(standing.consents), standing.binding)


def extended_until(admission_round: AdmissionRound, applicants: list[Applicant]) -> datetime | None:
    """The latest that one of the applicants has been given; None when none has."""
    of_one = LateExtension.objects.filter(round=admission_round).filter(
        Q(municipality__in=[one.municipality_id for one in applicants if one.municipality_id])
        | Q(organisation__in=[one.organisation_id for one in applicants if one.organisation_id])
    )
    return max(of_one.values_list("until", flat=True), default=None)


def extension_of(admission_round: AdmissionRound, place: Place) -> datetime | None:
    found = LateExtension.objects.filter(round=admission_round, **named(place))
    return max(found.values_list("until", flat=True), default=None)


def named(place: Place) -> dict:
    """How a record names the place: ``{"municipality": …}`` or ``{"organisation": …}``."""
    return {"municipality" if isinstance(place, Municipality) else "organisation": place}


def places_of(user) -> list[Place]:
    """What one may apply for: the places of one's roles, those that are no more left out."""
    today = timezone.localdate()
    found = {}
    for role in user.current_roles:
        place = role.municipality or role.organisation
        gone = role.municipality and role.municipality.valid_to and role.municipality.valid_to < today
        if place and not gone:
            found[type(place), place.pk] = place
    return list(found.values())


def applicants_for(place: Place):
    """The people whose roles today let them apply for the place itself, in order of their names."""
    roles = RoleAssignment.objects.valid_on(timezone.localdate()).filter(**named(place))
    able = [role for role in Role if "admission.apply" in granted({role.value}, signed_in=True)]
    return (
        User.objects.filter(is_active=True, role_assignments__in=roles.filter(role__in=able))
        .distinct()
        .order_by("name", "pk")
    )


def may_apply(admission_round: AdmissionRound, place: Place) -> bool:
    """Open to all, or this place is invited: by its own name or with a body it is a member of."""
    if admission_round.is_open_to_all:
        return True
    named_here = Q(**named(place))
    if isinstance(place, Municipality):
        named_here |= Q(organisation__members=place)
    return RoundInvitation.objects.filter(round=admission_round).filter(named_here).exists()


def application_of(admission_round: AdmissionRound, place: Place) -> Application | None:
    """The application in the round that the place stands in, unless it is withdrawn or deleted."""
    live = Application.objects.live().filter(round=admission_round).exclude(state=Application.State.WITHDRAWN)
    mine = Applicant.objects.filter(application=OuterRef("pk"), **named(place))
    return live.filter(Exists(mine)).first()


def successor_of(municipality: Municipality | None, today: date) -> Municipality | None:
    """What the municipality has become, once it has; None while it stands."""
    if municipality is None or municipality.valid_to is None or municipality.valid_to >= today:
        return None
    kinds = MunicipalityChange.Kind
    change = (
        municipality.changes_after.filter(
            kind__in=(kinds.MERGE, kinds.RENAME, kinds.RECODE), happened_on__lte=today + timedelta(days=1)
        )
        .select_related("successor")
        .first()
    )
    return change.successor if change else None


def own_applications(user):
    """Where one's own places stand: the newest round first. One query.

    ``to_confirm``: a place of one's own stands in it beside others, and has not confirmed that it applies.
    """
    own = Applicant.objects.of(user).filter(application=OuterRef("pk"), is_lead=False, confirmed_at__isnull=True)
    found = Application.objects.visible_to(user).annotate(to_confirm=Exists(own))
    found = found.select_related("round__programme", "round__cohort")
    return found.order_by("-round__closes_at", "name")


def applications_to_answer(user):
    """Those one writes in, of which the secretariat has asked for more (``asked_at``)."""
    asked = ApplicationStep.objects.filter(application=OuterRef("pk"), to_state=Application.State.MORE_ASKED)
    found = Application.objects.editable_by(user).filter(state=Application.State.MORE_ASKED)
    return found.annotate(asked_at=Subquery(asked.order_by("-at").values("at")[:1]))


def told_steps(application: Application) -> list[ApplicationStep]:
    """What has happened, as far as those who applied have been told."""
    steps = list(application.steps.select_related("by"))
    shown = are_told((one.from_state, one.to_state, one.told_at) for one in steps)
    return [one for one, is_shown in zip(steps, shown, strict=True) if is_shown]


def asked_for(application: Application) -> str:
    """What the secretariat asked for when it last asked; empty when it has not."""
    step = application.steps.filter(to_state=Application.State.MORE_ASKED).last()
    return step.text if step else ""
