"""A round of admission: made, announced, its deadline moved; who is invited, who is given more time."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from correspondence.actions import MessageDraft, write_many
from municipalities.models import AuditEvent
from programmes.models import AdmissionRound, Application, Criterion, LateExtension, RoundInvitation
from programmes.queries.admission_apply import named

COPIED = ("cohort", "title", "invitation", "focus_areas", "themes", "places_count", "is_open_to_all")


class RoundRefused(Exception):
    """It cannot be done as the round stands now; ``why`` is a word for the page to explain."""

    def __init__(self, why: str):
        self.why = why
        super().__init__(why)


class RoundConflict(RoundRefused):
    """Somebody else has saved the round since it was opened."""

    def __init__(self):
        super().__init__("conflict")


@transaction.atomic
def create_round(*, programme, by, **fields) -> AdmissionRound:
    made = AdmissionRound.objects.create(programme=programme, slug=_free_slug(programme, fields["title"]), **fields)
    AuditEvent.record("admission.created_round", made, by=by)
    return made


def _free_slug(programme, title: dict) -> str:
    base = slugify(title.get("nb") or title.get("nn") or "")[:40] or "round"
    taken = set(programme.admission_rounds.values_list("slug", flat=True))
    names = [base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken and name not in ("new", "preview"))


@transaction.atomic
def edit_round(admission_round: AdmissionRound, *, version: int, by, **fields) -> None:
    """Raises RoundConflict when another has saved it meanwhile."""
    fresh = _locked(admission_round)
    if fresh.version != version:
        raise RoundConflict
    if fresh.announced_at:
        _refuse_earlier(fresh, fields)
    for name, value in fields.items():
        setattr(admission_round, name, value)
    admission_round.version = fresh.version + 1
    admission_round.save(update_fields=[*fields, "version"])
    AuditEvent.record("admission.edited_round", admission_round, by=by)


def _refuse_earlier(fresh: AdmissionRound, fields: dict) -> None:
    """What has been promised in public is not taken back; the deadline has an act of its own."""
    if fields.get("closes_at", fresh.closes_at) != fresh.closes_at:
        raise RoundRefused("deadline_is_moved_by_its_own_act")


def _locked(admission_round: AdmissionRound) -> AdmissionRound:
    return AdmissionRound.objects.select_for_update().get(pk=admission_round.pk)


@transaction.atomic
def announce(admission_round: AdmissionRound, *, by) -> None:
    """Make it public. Not taken back: a round that was announced can only be closed."""
    fresh = _locked(admission_round)
    if fresh.announced_at:
        raise RoundRefused("announced_already")
    if fresh.closes_at <= timezone.now():
        raise RoundRefused("closed_already")
    if not any(fresh.invitation.values()):
        raise RoundRefused("no_invitation")
    admission_round.announced_at, admission_round.announced_by = timezone.now(), by
    admission_round.save(update_fields=["announced_at", "announced_by"])
    AuditEvent.record("admission.announced", admission_round, by=by)


@transaction.atomic
def close_now(admission_round: AdmissionRound, *, by) -> None:
    fresh, now = _locked(admission_round), timezone.now()
    if not fresh.is_open_at(now):
        raise RoundRefused("not_open")
    admission_round.closes_at = now
    admission_round.save(update_fields=["closes_at"])
    AuditEvent.record("admission.closed_round", admission_round, by=by, closed_at=now.isoformat())


@transaction.atomic
def extend_deadline(admission_round: AdmissionRound, *, closes_at, reason: str, by) -> int:
    """Move the deadline for all, later only; those who have begun are told. Gives how many letters there are."""
    fresh = _locked(admission_round)
    if closes_at <= max(fresh.closes_at, timezone.now()):
        raise RoundRefused("not_later")
    before, admission_round.closes_at = fresh.closes_at, closes_at
    admission_round.save(update_fields=["closes_at"])
    AuditEvent.record(
        "admission.extended_round",
        admission_round,
        by=by,
        before=before.isoformat(),
        after=closes_at.isoformat(),
        reason=reason,
    )
    return _tell_those_who_have_begun(admission_round, before, reason, by)


def _tell_those_who_have_begun(admission_round, before, reason, by) -> int:
    """Each who has written in a draft, and the contact named in it."""
    drafts = Application.objects.live().filter(round=admission_round, state=Application.State.DRAFT)
    letters = {}
    for one in drafts.select_related("created_by", "saved_by"):
        path = reverse("programmes:application", args=[admission_round.programme.slug, admission_round.slug, one.pk])
        for reader in {one.created_by, one.saved_by} - {None}:
            key = f"admission-extended:{admission_round.pk}:{admission_round.closes_at.isoformat()}:{reader.pk}"
            values = {"round": admission_round, "before": before, "reason": reason, "address": address(path)}
            letters[key] = MessageDraft(
                key, reader, "programmes/email/round_extended.txt", values, about=admission_round
            )
    if letters:
        write_many(letters.values(), title=str(admission_round), about=admission_round, by=by)
    return len(letters)


def address(path: str) -> str:
    return settings.BASE_URL.rstrip("/") + path


@transaction.atomic
def give_more_time(admission_round: AdmissionRound, *, place, until, reason: str, by) -> LateExtension:
    """One applicant may send in after the round has closed, until the instant."""
    fresh = _locked(admission_round)
    if until <= fresh.closes_at:
        raise RoundRefused("not_later")
    given = LateExtension.objects.create(round=fresh, until=until, reason=reason, given_by=by, **named(place))
    AuditEvent.record(
        "admission.extended_one", admission_round, by=by, place=str(place), until=until.isoformat(), reason=reason
    )
    return given


@transaction.atomic
def copy_round(source: AdmissionRound, *, cohort, opens_at, closes_at, by) -> AdmissionRound:
    """A new round in preparation with the texts, choices and criteria of an earlier one; nobody is invited yet."""
    fields = {name: getattr(source, name) for name in COPIED} | {"cohort": cohort}
    made = AdmissionRound.objects.create(
        programme=source.programme,
        slug=_free_slug(source.programme, source.title),
        opens_at=opens_at,
        closes_at=closes_at,
        assessors_required=source.assessors_required,
        **fields,
    )
    Criterion.objects.bulk_create(
        Criterion(round=made, position=one.position, name=one.name, guidance=one.guidance)
        for one in source.criteria.all()
    )
    AuditEvent.record("admission.copied_round", made, by=by, source=source.slug)
    return made


@transaction.atomic
def set_criteria(admission_round: AdmissionRound, rows: list[dict], *, by) -> None:
    """``rows``: {"id" or None, "name": texts, "guidance": texts} in order. One that has scores keeps its place."""
    kept = [row["id"] for row in rows if row.get("id")]
    gone = admission_round.criteria.exclude(pk__in=kept)
    if gone.filter(scores__isnull=False).exists():
        raise RoundRefused("criterion_in_use")
    gone.delete()
    for position, row in enumerate(rows):
        values = {"position": position, "name": row["name"], "guidance": row["guidance"]}
        Criterion.objects.update_or_create(pk=row.get("id"), round=admission_round, defaults=values)
    AuditEvent.record("admission.edited_round", admission_round, by=by, criteria=len(rows))


@transaction.atomic
def choose_invited(admission_round: AdmissionRound, *, municipalities=(), organisations=(), by) -> int:
    """Put them on the list; those who stand there stay. Gives how many are new."""
    before = admission_round.invitations.count()
    lines = [RoundInvitation(round=admission_round, municipality=one) for one in municipalities]
    lines += [RoundInvitation(round=admission_round, organisation=one) for one in organisations]
    RoundInvitation.objects.bulk_create(lines, ignore_conflicts=True)
    added = admission_round.invitations.count() - before
    AuditEvent.record("admission.invited", admission_round, by=by, added=added)
    return added


@transaction.atomic
def change_invited(admission_round: AdmissionRound, *, emails: dict[int, str], removed=(), by) -> None:
    """Addresses by id of the line. A line whose letter has gone out stays."""
    admission_round.invitations.filter(pk__in=removed, sent_at__isnull=True).delete()
    changed = [
        RoundInvitation(pk=one.pk, email=emails[one.pk])
        for one in admission_round.invitations.filter(pk__in=emails)
        if one.email != emails[one.pk]
    ]
    RoundInvitation.objects.bulk_update(changed, ["email"])
    AuditEvent.record("admission.invited", admission_round, by=by, removed=len(removed), addresses=len(changed))


@transaction.atomic
def send_invitations(admission_round: AdmissionRound, *, by) -> int:
    """A letter to each with an address that has had none; once each, however often it is pressed."""
    fresh = _locked(admission_round)
    if not fresh.announced_at:
        raise RoundRefused("not_announced")
    unsent = fresh.invitations.filter(sent_at__isnull=True).exclude(email="")
    lines = list(unsent.select_related("municipality", "organisation"))
    path = reverse("programmes:admission_round", args=[fresh.programme.slug, fresh.slug])
    letters = [
        MessageDraft(
            f"admission-invitation:{one.pk}",
            one.email,
            "programmes/email/round_invitation.txt",
            {"round": fresh, "place": one.place, "address": address(path)},
            about=fresh,
        )
        for one in lines
    ]
    if letters:
        write_many(letters, title=str(fresh), about=fresh, by=by)
        unsent.update(sent_at=timezone.now())
        AuditEvent.record("admission.invited", fresh, by=by, letters=len(letters))
    return len(letters)
