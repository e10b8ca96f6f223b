"""Why a vintage says something else than the one before it."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.permissions import may

from .batches import ImportBatch
from .staging import Suspicion


class RevisionNoteQuerySet(models.QuerySet):
    def visible_to(self, user):
        """On the import it is the secretariat's; reports that stand on the vintage print it for their readers."""
        return self if may(user, "absence.decide") else self.none()


class RevisionNote(models.Model):
    """What an adviser writes where V9 asks for a note. Never overwritten: a later one stands above the earlier."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="revision_notes", verbose_name=_("import"))
    text = models.TextField(_("note"))
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("written by")
    )

    objects = RevisionNoteQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("note on a revision"), _("notes on revisions")
        ordering = ["-written_at", "-pk"]

    def __str__(self):
        return self.text[:80]


def without_note(batches: models.QuerySet[ImportBatch]) -> models.QuerySet[ImportBatch]:
    """Those of the imports that revise an older vintage so much that a note is required, and have none."""
    asked = Suspicion.objects.filter(batch=OuterRef("pk"), note_required=True)
    written = RevisionNote.objects.filter(batch=OuterRef("pk"))
    live = (ImportBatch.State.STAGED, ImportBatch.State.RELEASED)
    return batches.filter(Exists(asked), ~Exists(written), state__in=live)
