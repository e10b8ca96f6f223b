"""One file and what came of it."""

import secrets

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.permissions import may

from ..calculations.columns import percent
from .dimensions import Periodic, Slice


class Source(models.TextChoices):
    """Where figures come from. Sources differ and are never mixed in one series."""

    PAI = "PAI", _("KS/PAI")
    SSB = "SSB", _("Statistics Norway")
    NAV = "NAV", _("NAV")
    OWN = "own", _("the municipality's own figures")


def private_storage() -> FileSystemStorage:
    # Without a place of its own it follows MEDIA_ROOT, also where tests move it.
    return FileSystemStorage()


def generated_name(batch: "ImportBatch", file_name: str) -> str:
    """Nothing of the uploader's name reaches the file system."""
    return f"absence/{secrets.token_hex(16)}"


class ImportBatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The secretariat's own work; to others it does not exist."""
        return self if may(user, "absence.import") else self.none()

    editable_by = visible_to


class ImportBatch(models.Model):
    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Waiting to be read")
        STAGED = "staged", _("Waits for release")
        RELEASED = "released", _("Released")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    # state → the states that may follow it. How far the reading is, and whether it failed, is the job's to say.
    TRANSITIONS = {
        State.UPLOADED: {State.STAGED, State.REFUSED, State.WITHDRAWN},
        State.STAGED: {State.RELEASED, State.WITHDRAWN},
        State.RELEASED: {State.RELEASED},
        State.REFUSED: {State.WITHDRAWN},
        State.WITHDRAWN: set(),
    }
    # The file counts as taken in while its batch is in one of these.
    LIVE = (State.UPLOADED, State.STAGED, State.RELEASED)

    class RevisionKind(models.TextChoices):
        PRELIMINARY = "preliminary", _("preliminary")
        REGULAR = "regular", _("regular")
        DEFINITION = "definition", _("new definition")
        ERROR = "error", _("correction of an error")

    source = models.CharField(_("source"), max_length=4, choices=Source, default=Source.PAI)
    vintage_on = models.DateField(_("vintage"), help_text=_("The day the figures were taken out of the source."))
    revision_kind = models.CharField(
        _("kind of vintage"), max_length=12, choices=RevisionKind, default=RevisionKind.REGULAR
    )
    file = models.FileField(_("file"), storage=private_storage, upload_to=generated_name, max_length=120)
    file_name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True, editable=False)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.UPLOADED)

    shape = models.CharField(max_length=8, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    rows_read = models.PositiveIntegerField(_("rows read"), default=0)
    figure_count = models.PositiveIntegerField(_("figures"), default=0)
    released_count = models.PositiveIntegerField(_("released"), default=0)
    ignored = models.JSONField(default=list, blank=True)
    errors = models.JSONField(default=list, blank=True)
    error_count = models.PositiveIntegerField(_("errors"), default=0)

    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    released_at = models.DateTimeField(_("first released"), null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("released by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("withdrawn by")
    )

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("import"), _("imports")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"],
                condition=Q(state__in=("uploaded", "staged", "released")),
                name="absence_file_once",
            ),
            models.CheckConstraint(
                condition=Q(state="released", released_at__isnull=False)
                | (~Q(state="released") & Q(released_at__isnull=True)),
                name="absence_batch_released_at",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="absence_batch_withdrawn_at",
            ),
        ]

    def __str__(self):
        return self.file_name

    @property
    def job_subject(self) -> str:
        return f"absence.importbatch:{self.pk}"

    def may_become(self, state: str) -> bool:
        return state in self.TRANSITIONS[self.State(self.state)]


class PrintedRow(Slice, Periodic):
    """A cell of a mean or total row of the file, beside what we make of the rows above it."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="printed_rows", verbose_name=_("import"))
    label = models.CharField(_("label"), max_length=100)
    kind = models.CharField(max_length=8)
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=4)
    printed = models.IntegerField(_("printed"), null=True)
    recomputed = models.IntegerField(_("recomputed"), null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("printed row"), _("printed rows")
        ordering = ["batch", "row", "first_quarter"]

    @property
    def printed_percent(self):
        return percent(self.printed)

    @property
    def recomputed_percent(self):
        return percent(self.recomputed)
