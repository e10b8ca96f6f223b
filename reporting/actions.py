"""What is done to an edition: each in one transaction, with its event, by somebody."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from correspondence.actions import write
from jobs.actions import ask
from jobs.models import Job
from municipalities.models import AuditEvent, User
from programmes.models import Committee, CommitteeSeat
from reporting import states
from reporting.contradictions import MISTAKE, unanswered
from reporting.models import Answer, Comparison, Edition, Prose
from reporting.queries import content_checksum, contradictions_of
from reporting.reckoning import checksum


class EditionError(Exception):
    """Something the edition does not allow now; the message is for people and says what to do."""


@dataclass
class UnfinishedEdition(Exception):
    """The report has an edition that is not published yet; that is the one to go on with."""

    edition: Edition


@dataclass
class ProseConflict(Exception):
    """Somebody else saved the section since the page was read: both texts, so that nothing is lost."""

    current: Prose
    yours: str


@transaction.atomic
def start_edition(*, programme, report: str, year: int | None, language: str, by: User | None) -> Edition:
    """A new draft with the words of the last edition in the language, and a job that reckons its figures.

    Raises UnfinishedEdition while another is being written: two drafts of one report would part ways.
    """
    same = Edition.objects.filter(programme=programme, report=report, year=year, language=language)
    last = same.order_by("-number").first()
    if last and last.state != states.PUBLISHED:
        raise UnfinishedEdition(last)
    highest = same.aggregate(highest=Max("number"))["highest"] or 0
    edition = Edition.objects.create(
        programme=programme, report=report, year=year, language=language, number=highest + 1, created_by=by
    )
    if last:
        Prose.objects.bulk_create(
            Prose(edition=edition, section=prose.section, text=prose.text, edited_by=prose.edited_by)
            for prose in last.prose.all()
        )
        # The same contradiction keeps its explanation; where a figure or a word has changed, the key has too.
        Answer.objects.bulk_create(
            Answer(edition=edition, section=one.section, key=one.key, text=one.text, answered_by=one.answered_by)
            for one in last.answers.all()
        )
    AuditEvent.record("reporting.start_edition", edition, by=by)
    ask_reckoning(edition, by=by)
    return edition


def ask_reckoning(edition: Edition, *, by: User | None) -> Job:
    """Have the draft's figures reckoned anew."""
    _must_be_editable(edition)
    key = f"reporting.reckon:{edition.pk}"
    return ask("reporting.reckon", subject=f"reporting.edition:{edition.pk}", key=key, by=by, edition_id=edition.pk)


def ask_pdf(edition: Edition, *, by: User | None) -> Job:
    key = f"reporting.make_pdf:{edition.pk}:{content_checksum(edition)[:16]}"
    return ask("reporting.make_pdf", subject=f"reporting.edition:{edition.pk}", key=key, by=by, edition_id=edition.pk)


def offer_renewal(release, by: User | None) -> None:
    """After a release: see what would change in every draft and in the last published edition of each report."""
    for edition in Edition.objects.filter(computed_at__isnull=False).defer("data"):
        if edition.is_editable or edition.state == states.APPROVED or _is_last_published(edition):
            ask(
                "reporting.compare",
                subject=f"reporting.edition:{edition.pk}",
                key=f"reporting.compare:{edition.pk}:{release.pk}",
                by=by,
                edition_id=edition.pk,
            )


def _is_last_published(edition: Edition) -> bool:
    later = Edition.objects.filter(
        programme=edition.programme_id,
        report=edition.report,
        year=edition.year,
        language=edition.language,
        state=states.PUBLISHED,
        number__gt=edition.number,
    )
    return edition.state == states.PUBLISHED and not later.exists()


@transaction.atomic
def store_reckoning(edition: Edition, *, data: list[dict], vintages: dict[str, str], by: User | None) -> Edition:
    """Put reckoned figures in a draft, under a checksum; refused once the edition is approved."""
    edition = _locked(edition)
    _must_be_editable(edition)
    edition.data, edition.vintages = data, vintages
    edition.sha256 = checksum([data, vintages])
    edition.computed_at = timezone.now()
    edition.save(update_fields=["data", "vintages", "sha256", "computed_at"])
    Comparison.objects.filter(edition=edition).delete()
    AuditEvent.record("reporting.reckon", edition, by=by, sha256=edition.sha256, vintages=vintages)
    return edition


@transaction.atomic
def renew(edition: Edition, *, by: User) -> Edition:
    """Take over the figures that were reckoned after the last release. A published edition is never renewed."""
    comparison = Comparison.objects.filter(edition=edition).first()
    if comparison is None:
        raise EditionError(_("There are no newer figures to take over."))
    return store_reckoning(edition, data=comparison.data, vintages=comparison.vintages, by=by)


@transaction.atomic
def write_prose(edition: Edition, *, section: str, text: str, version: int, by: User) -> Prose:
    """Save a section's prose over ``version`` (0 for none yet). Raises ProseConflict if it is no longer that one."""
    edition = _locked(edition)
    _must_be_editable(edition)
    text = text.replace("\r\n", "\n").strip()
    prose, is_new = Prose.objects.select_for_update().get_or_create(
        edition=edition, section=section, defaults={"text": text, "edited_by": by}
    )
    if not is_new:
        saved = Prose.objects.filter(pk=prose.pk, version=version).update(
            text=text, version=F("version") + 1, edited_by=by, edited_at=timezone.now()
        )
        if not saved:
            raise ProseConflict(prose, text)
        prose.refresh_from_db()
    AuditEvent.record("reporting.write_prose", edition, by=by, section=section, version=prose.version)
    return prose


@transaction.atomic
def answer_contradiction(edition: Edition, *, section: str, key: str, text: str, by: User) -> Answer:
    """Say why two statements may stand side by side; the words are printed with them."""
    edition = _locked(edition)
    _must_be_editable(edition)
    if not text.strip():
        raise EditionError(_("Write why the two may stand side by side."))
    if key.startswith(MISTAKE):
        raise EditionError(_("A figure that does not exist cannot be explained. Correct the text."))
    if (section, key) not in {(slug, found.key) for slug, found in contradictions_of(edition)}:
        raise EditionError(_("The figures have changed, and this contradiction is gone. Load the page again."))
    answer, _new = Answer.objects.update_or_create(
        edition=edition, section=section, key=key, defaults={"text": text.strip(), "answered_by": by}
    )
    AuditEvent.record("reporting.answer_contradiction", edition, by=by, section=section, key=key)
    return answer


@transaction.atomic
def write_findings(edition: Edition, *, findings: str, is_public: bool, by: User) -> Edition:
    """What the steering group reads first, and whether the public may read the report."""
    edition = _locked(edition)
    _must_be_editable(edition)
    edition.findings, edition.is_public = findings, is_public
    edition.save(update_fields=["findings", "is_public"])
    AuditEvent.record("reporting.write_findings", edition, by=by, is_public=is_public)
    return edition


@transaction.atomic
def move(edition: Edition, act: str, *, by: User) -> Edition:
    """Take the edition through one transition of ``states.TRANSITIONS``; the row is locked, so only one wins."""
    edition = _locked(edition)
    step = states.transition(edition.state, act)
    if step is None:
        raise EditionError(_("The edition is %(state)s now. Load the page again.") % {"state": _state(edition)})
    if not by.may(step.permission):
        raise PermissionDenied(step.permission)
    guard = GUARDS.get(act)
    if guard:
        guard(edition)
    changed = {"state": step.to} | _stamps(act, by)
    for field, value in changed.items():
        setattr(edition, field, value)
    edition.save(update_fields=list(changed))
    AuditEvent.record(f"reporting.{act}", edition, by=by, sha256=edition.sha256)
    after = AFTER.get(act)
    if after:
        after(edition, by)
    return edition


def _guard_reckoned(edition: Edition) -> None:
    if not edition.sha256:
        raise EditionError(_("The figures have not been reckoned yet. Wait until the job is done."))


def _guard_answered(edition: Edition) -> None:
    left = len(unanswered(contradictions_of(edition), set(edition.explanations())))
    if left:
        words = ngettext(
            "%(n)d contradiction has no explanation. Explain it before you approve the report.",
            "%(n)d contradictions have no explanation. Explain each before you approve the report.",
            left,
        )
        raise EditionError(words % {"n": left})


def _guard_pdf(edition: Edition) -> None:
    if not edition.pdf or edition.pdf_of != content_checksum(edition):
        raise EditionError(_("The PDF is not ready. Wait until the job is done, then publish."))


def _ask_final_pdf(edition: Edition, by: User) -> None:
    ask_pdf(edition, by=by)


def _tell_steering_group(edition: Edition, by: User) -> None:
    today = timezone.localdate()
    seats = CommitteeSeat.objects.valid_on(today).filter(
        committee__programme=edition.programme, committee__kind=Committee.Kind.STEERING, user__is_active=True
    )
    path = reverse("reporting:edition", args=[edition.pk])
    for member in User.objects.filter(pk__in=seats.order_by().values("user")):
        write(
            f"reporting.published:{edition.pk}:{member.pk}",
            to=member,
            template="reporting/email/published.txt",
            context={"edition": edition, "path": path},
            about=edition,
            by=by,
        )


GUARDS = {"submit": _guard_reckoned, "approve": _guard_answered, "publish": _guard_pdf}
AFTER: dict[str, Any] = {"approve": _ask_final_pdf, "publish": _tell_steering_group}


def _stamps(act: str, by: User) -> dict[str, Any]:
    now = timezone.now()
    match act:
        case "submit":
            return {"submitted_at": now, "submitted_by": by}
        case "approve":
            return {"approved_at": now, "approved_by": by}
        case "publish":
            return {"published_at": now, "published_by": by}
    return {"submitted_at": None, "submitted_by": None, "approved_at": None, "approved_by": None}


def _locked(edition: Edition) -> Edition:
    """The row as it is now, held until the action is done: what the caller read may be old."""
    return Edition.objects.select_for_update().get(pk=edition.pk)


def _must_be_editable(edition: Edition) -> None:
    if not edition.is_editable:
        raise EditionError(
            _("The edition is %(state)s and is not changed any more. Make a new edition instead.")
            % {"state": _state(edition)}
        )


def _state(edition: Edition) -> str:
    return str(edition.get_state_display())
