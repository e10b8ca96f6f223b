"""Letters made together: read through, then sent together. Each keeps every text it has had."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from municipalities.models import User
from municipalities.permissions import may

from .. import states
from ..addresses import address_fault
from ..letters import known, letter_html, letter_text, merged, unfilled
from .messages import LANGUAGES, Mailing, Message


class BatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if may(user, "correspondence.view") else self.none()

    def editable_by(self, user):
        return self if may(user, "correspondence.write") else self.none()


class LetterBatch(models.Model):
    """``released_at`` is when sending was asked for: from then on no letter of the batch changes."""

    kind = models.CharField(_("kind"), max_length=60, db_index=True)
    programme_slug = models.CharField(_("programme"), max_length=60, blank=True, db_index=True)
    title = models.CharField(_("title"), max_length=200)
    sender = models.CharField(_("sender"), max_length=200)
    dated_on = models.DateField(_("date of the letters"), default=timezone.localdate)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    released_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    mailing = models.OneToOneField(Mailing, models.SET_NULL, null=True, blank=True, related_name="batch")
    pdf = models.FileField("PDF", upload_to="letters/", blank=True)
    pdf_of = models.CharField(max_length=64, blank=True, help_text="Fingerprint of what the PDF was made from.")

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("batch of letters"), _("batches of letters")
        ordering = ["-pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("correspondence:batch", args=[self.pk])

    @property
    def kind_in_words(self) -> str:
        return str(known(self.kind).title)

    @property
    def is_released(self) -> bool:
        return self.released_at is not None


class LetterQuerySet(models.QuerySet):
    def standing(self):
        """Those that are to go out: not withdrawn."""
        return self.filter(withdrawn_at=None)


class Letter(models.Model):
    """``version`` counts its texts; who read it through has read this one, since a new text is unread."""

    batch = models.ForeignKey(LetterBatch, models.CASCADE, related_name="letters")
    position = models.PositiveIntegerField()
    about = models.CharField(_("concerns"), max_length=200, blank=True, db_index=True)
    addressee = models.TextField(_("addressee"))
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="nb")
    subject = models.CharField(pgettext_lazy("message", "subject"), max_length=300)
    body = models.TextField(_("text"))
    fields = models.JSONField(_("merge fields"), default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    read_at = models.DateTimeField(_("read through"), null=True, blank=True)
    read_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    message = models.OneToOneField(Message, models.SET_NULL, null=True, blank=True, related_name="letter")
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    on_paper = models.BooleanField(_("sent on paper"), default=False)
    pdf = models.FileField("PDF", upload_to="letters/", blank=True)
    pdf_of = models.CharField(max_length=64, blank=True, help_text="Fingerprint of what the PDF was made from.")

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("letter"), _("letters")
        ordering = ["batch", "position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="letter_in_its_place"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(sent_at=None), name="letter_withdrawn_is_not_sent"
            ),
        ]

    def __str__(self):
        return f"{self.subject_text} ({self.name})"

    def get_absolute_url(self) -> str:
        return reverse("correspondence:letter", args=[self.batch_id, self.pk])

    @property
    def name(self) -> str:
        """Who it is to, in one line."""
        return self.addressee.strip().partition("\n")[0].strip()

    @property
    def subject_text(self) -> str:
        return merged(self.subject, self.fields)

    @property
    def text(self) -> str:
        """The text as it goes in an e-mail: plain, filled in."""
        return letter_text(self.body, self.fields)

    @property
    def html(self) -> SafeString:
        return mark_safe(letter_html(self.body, self.fields))

    @property
    def sheet_html(self) -> SafeString:
        """The same for a page, whose own heading and the letter's subject come first."""
        return mark_safe(letter_html(self.body, self.fields, top_level=3))

    @property
    def unfilled(self) -> list[str]:
        return unfilled(self)

    @property
    def is_open(self) -> bool:
        """Whether it may still be changed; needs ``batch``."""
        return not self.batch.is_released and self.withdrawn_at is None

    @property
    def may_be_posted(self) -> bool:
        """It was to go out and did not, by e-mail, or has no address to go to; needs ``batch`` and ``message``."""
        refused = self.message is not None and self.message.state in (states.FAILED, states.UNSURE)
        return self.batch.is_released and self.sent_at is None and (not self.email or refused)

    @property
    def has_bad_address(self) -> bool:
        """It has something where the address should be, but that is none."""
        return bool(self.email) and bool(address_fault(self.email)[0])


class LetterText(models.Model):
    """A text that a letter has had, or one that was written at the same time and lost the race (``is_aside``)."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="texts")
    version = models.PositiveIntegerField()
    is_aside = models.BooleanField(default=False)
    subject = models.CharField(pgettext_lazy("message", "subject"), max_length=300)
    body = models.TextField(_("text"))
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("text of a letter"), _("texts of a letter")
        ordering = ["letter", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "version"], condition=Q(is_aside=False), name="letter_text_once_a_version"
            )
        ]

    def __str__(self):
        return f"{self.letter_id}, {self.version}"
