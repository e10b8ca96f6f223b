"""Rounds of admission: which there are, who is invited, who asks to be let in."""

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.models import Municipality
from programmes.calculations.local_time import days_left
from programmes.models import AccessRequest, AdmissionRound, Application, Programme, RoundInvitation


def rounds_of(programme: Programme, user):
    """Those one may see, the newest first, each with how many have begun and how many have sent in. One query."""
    live = Q(applications__deleted_at__isnull=True)
    sent = live & ~Q(applications__state__in=(Application.State.DRAFT, Application.State.WITHDRAWN))
    found = AdmissionRound.objects.visible_to(user).filter(programme=programme).select_related("cohort")
    return found.annotate(
        drafts_count=Count("applications", filter=live & Q(applications__state="draft"), distinct=True),
        sent_count=Count("applications", filter=sent, distinct=True),
    ).order_by("-opens_at")


def open_rounds(user, programmes=None):
    """Rounds that can be applied to now, the one that closes first first. One query."""
    now = timezone.now()
    found = AdmissionRound.objects.visible_to(user).announced().filter(opens_at__lte=now, closes_at__gt=now)
    if programmes is not None:
        found = found.filter(programme__in=programmes)
    return found.select_related("programme", "cohort").order_by("closes_at")


def rounds_with_days(user, programmes=None) -> list[tuple[AdmissionRound, int]]:
    """Open rounds, each with the whole days that are left of it. One query."""
    now = timezone.now()
    return [(one, days_left(one.closes_at, now)) for one in open_rounds(user, programmes)]


def invited_to(admission_round: AdmissionRound):
    """By name; one query."""
    found = RoundInvitation.objects.filter(round=admission_round)
    return sorted(found.select_related("municipality__county", "organisation"), key=lambda one: str(one.place))


def applied_ids(admission_round: AdmissionRound) -> tuple[set[int], set[int]]:
    """Ids of the municipalities and of the organisations that stand in an application of the round. One query."""
    found = Application.objects.live().filter(round=admission_round).exclude(state=Application.State.WITHDRAWN)
    pairs = list(found.values_list("applicants__municipality", "applicants__organisation"))
    return {one for one, _ in pairs if one}, {one for _, one in pairs if one}


def not_invited(admission_round: AdmissionRound, *, county: str = "", text: str = ""):
    """Municipalities of today that can be invited still."""
    found = Municipality.objects.valid_on(timezone.localdate()).select_related("county")
    taken = RoundInvitation.objects.filter(round=admission_round, municipality__isnull=False).values("municipality")
    found = found.exclude(pk__in=taken)
    if county:
        found = found.filter(county=county)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(number=text))
    return found.order_by("county__number", "norwegian_name")


def access_requests(admission_round: AdmissionRound):
    """The open ones first, the oldest of them on top."""
    found = AccessRequest.objects.filter(round=admission_round).select_related("municipality", "decided_by")
    return sorted(found, key=lambda one: (one.decided_at is not None, one.asked_at))


def waiting_requests(user):
    """Requests for access that wait for somebody of the secretariat."""
    visible = AdmissionRound.objects.editable_by(user)
    return AccessRequest.objects.filter(decided_at__isnull=True, round__in=visible)


def asked_in_words(name: str, place: str) -> tuple[str, str]:
    """What sort of thing waits, and what to do about it."""
    return _("Request for access"), _("%(name)s asks to apply for %(place)s") % {"name": name, "place": place}
