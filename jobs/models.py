"""The job row is the truth about work that outlives a request; a broker is only a doorbell.

A row is committed together with what it is asked for. Whoever works on it holds a lease (until
when) and a fence (a number that grows with every take); only the holder of the newest fence may
commit results, and does so together with "done".
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jobs import registry
from jobs.texts import said

LEASE_SECONDS = 60


def lease_length() -> timedelta:
    """How long a take is good for without a sign of life."""
    return timedelta(seconds=getattr(settings, "JOB_LEASE_SECONDS", LEASE_SECONDS))


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs by who may see them and by what may happen to them next."""

    def visible_to(self, user: Any) -> "JobQuerySet":
        """All of them for those who look after the portal, otherwise one's own."""
        if not user.is_authenticated:
            return self.none()
        return self if user.may("jobs.view_all") else self.filter(asked_by=user)

    def editable_by(self, user: Any) -> "JobQuerySet":
        """Those a person may try again or cancel."""
        if not user.is_authenticated:
            return self.none()
        return self if user.may("jobs.retry") else self.filter(asked_by=user)

    def unfinished(self) -> "JobQuerySet":
        return self.filter(state__in=Job.UNFINISHED)

    def due(self) -> "JobQuerySet":
        """Those a worker may take now: waiting and due, or left behind with a lapsed lease."""
        now = timezone.now()
        waiting = Q(state=Job.State.QUEUED, due_at__lte=now)
        left_behind = Q(state=Job.State.RUNNING, lease_until__lt=now)
        return self.filter(waiting | left_behind).order_by("due_at", "pk")

    def about(self, subject: str) -> "JobQuerySet":
        """Jobs of one subject, `absence.importbatch:12`, newest first."""
        return self.filter(subject=subject).order_by("-pk")


class Job(models.Model):
    """One piece of work, from being asked for until it is done, failed or cancelled."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", pgettext_lazy("of one job", "Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    UNFINISHED = (State.QUEUED, State.RUNNING)
    FINISHED = (State.DONE, State.FAILED, State.CANCELLED)

    kind = models.CharField(_("kind"), max_length=100)
    subject = models.CharField(_("concerns"), max_length=200, blank=True, db_index=True)
    arguments = models.JSONField(_("arguments"), default=dict, blank=True)
    unique_key = models.CharField(_("key"), max_length=200, null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)

    due_at = models.DateTimeField(_("due at"), default=timezone.now)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    fence = models.PositiveIntegerField(_("fence"), default=0)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    max_attempts = models.PositiveIntegerField(_("attempts allowed"), default=registry.ATTEMPTS)

    progress_done = models.PositiveIntegerField(_("progress"), default=0)
    progress_total = models.PositiveIntegerField(_("total progress"), null=True, blank=True)
    progress_text = models.CharField(_("what it is doing"), max_length=300, blank=True)

    result = models.JSONField(_("result"), default=dict, blank=True)
    error = models.TextField(_("what went wrong"), blank=True)
    error_values = models.JSONField(_("values of the error"), default=dict, blank=True)
    error_detail = models.TextField(_("where in the program"), blank=True)

    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="jobs",
        verbose_name=_("asked by"),
    )
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=("queued", "running")),
                name="jobs_job_unfinished",
            ),
            models.Index(fields=["state", "-id"], name="jobs_job_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unique_key"],
                condition=Q(state__in=("queued", "running")),
                name="jobs_job_one_unfinished_of_a_key",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("queued", "running", "done", "failed", "cancelled")),
                name="jobs_job_state_known",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="running", lease_until__isnull=False, started_at__isnull=False)
                    | (~Q(state="running") & Q(lease_until__isnull=True))
                ),
                name="jobs_job_lease_while_running",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=("queued", "running"), finished_at__isnull=True)
                    | Q(state__in=("done", "failed", "cancelled"), finished_at__isnull=False)
                ),
                name="jobs_job_finished_at_end",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed", error=""),
                name="jobs_job_failed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(progress_total__isnull=True) | Q(progress_done__lte=F("progress_total")),
                name="jobs_job_progress_within_total",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("jobs:job", args=[self.pk])

    @property
    def is_finished(self) -> bool:
        return self.state in self.FINISHED

    @property
    def is_retryable(self) -> bool:
        return self.state in (self.State.FAILED, self.State.CANCELLED)

    @property
    def will_try_again(self) -> bool:
        """It waits because an attempt went wrong."""
        return self.state == self.State.QUEUED and bool(self.error)

    @property
    def look_again_seconds(self) -> int | None:
        """How often a page asks how far it is; None when there is no more to come."""
        if self.is_finished:
            return None
        waits_long = self.state == self.State.QUEUED and self.due_at > timezone.now() + timedelta(minutes=1)
        return 15 if waits_long else 1

    @property
    def title(self) -> str:
        """The kind in words, in the reader's language."""
        found = registry.known(self.kind)
        return str(found.title) if found and found.title else self.kind

    @property
    def doing(self) -> str:
        """What it is doing, «Leser rad 12 400 av 26 000»."""
        values = {"done": self.progress_done, "total": self.progress_total or 0}
        return said(self.progress_text, values)

    @property
    def trouble(self) -> str:
        """What went wrong, in the reader's language."""
        return said(self.error, self.error_values)

    @property
    def percent(self) -> int | None:
        """How far it has come, or None as long as nobody knows how much there is."""
        if not self.progress_total:
            return None
        return self.progress_done * 100 // self.progress_total

    @cached_property
    def subject_url(self) -> str:
        """The page of what the job is about, or nothing."""
        found = registry.known(self.kind)
        key = self.subject.rpartition(":")[2]
        if not found or not found.page or not key:
            return ""
        try:
            return reverse(found.page, args=[key])
        except NoReverseMatch:
            return ""


class JobEvent(models.Model):
    """One line of a job's history."""

    class What(models.TextChoices):
        ASKED = "asked", _("Asked for")
        STARTED = "started", _("Started")
        INTERRUPTED = "interrupted", _("Interrupted")
        POSTPONED = "postponed", _("Went wrong, will be tried again")
        DONE = "done", pgettext_lazy("of one job", "Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")
        RETRIED = "retried", _("Tried again")

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="events")
    what = models.CharField(_("what happened"), max_length=12, choices=What)
    at = models.DateTimeField(_("happened at"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("done by"),
    )
    text = models.TextField(_("explanation"), blank=True)
    values = models.JSONField(_("values of the explanation"), default=dict, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.job_id} {self.what}"

    @property
    def said(self) -> str:
        """What was said about it, in the reader's language."""
        return said(self.text, self.values)
