"""A message keeps its text and what became of it; its papers are kept once, however many readers they go to."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jobs.texts import said
from municipalities.models import User
from municipalities.permissions import may

from .. import states
from ..kinds import kind_in_words

LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]


class MessageQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All of them to the secretariat; a reader has got one's own by e-mail."""
        return self if may(user, "correspondence.view") else self.none()

    def editable_by(self, user):
        return self if may(user, "correspondence.send") else self.none()

    def about(self, subject: models.Model):
        """Messages about this record, the newest first."""
        return self.filter(about=name_of(subject)).order_by("-pk")


def name_of(subject: models.Model | None) -> str:
    """``programmes.application:12``, as the audit trail names records; empty for None."""
    return f"{subject._meta.label_lower}:{subject.pk}" if subject is not None else ""


class Mailing(models.Model):
    """Messages to many, sent by one job at an even pace."""

    title = models.CharField(_("title"), max_length=200)
    about = models.CharField(_("concerns"), max_length=200, blank=True, db_index=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("mailing"), _("mailings")
        ordering = ["-pk"]

    def __str__(self):
        return self.title


class Message(models.Model):
    """``attempts`` counts the times the mail server was asked; ``last_error`` is an English msgid with its values."""

    key = models.CharField(_("key"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=100, db_index=True)
    to_email = models.CharField(_("address"), max_length=254, blank=True)
    to = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("to"))
    reply_to = models.EmailField(_("answers go to"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="nb")
    subject = models.CharField(pgettext_lazy("message", "subject"), max_length=300)
    body = models.TextField(_("text"))
    about = models.CharField(_("concerns"), max_length=200, blank=True, db_index=True)
    mailing = models.ForeignKey(Mailing, models.SET_NULL, null=True, blank=True, related_name="messages")
    state = models.CharField(_("state"), max_length=10, choices=states.STATES, default=states.QUEUED)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("what went wrong"), blank=True)
    last_error_values = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("message"), _("messages")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "-id"], name="message_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=states.SENT, sent_at__isnull=False) | (~Q(state=states.SENT) & Q(sent_at=None)),
                name="message_sent_at_when_sent",
            ),
            models.CheckConstraint(condition=~Q(state=states.FAILED, last_error=""), name="message_not_sent_says_why"),
        ]

    def __str__(self):
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("correspondence:message", args=[self.pk])

    @property
    def trouble(self) -> str:
        """What went wrong and what to do, in the reader's language."""
        return said(self.last_error, self.last_error_values)

    @property
    def kind_in_words(self) -> str:
        return kind_in_words(self.kind)

    @property
    def color(self) -> str:
        return states.COLORS[self.state]

    @property
    def addressee(self) -> str:
        return str(self.to) if self.to_id else self.to_email

    @property
    def is_unsure(self) -> bool:
        return self.state == states.UNSURE

    @property
    def is_sent(self) -> bool:
        return self.state == states.SENT


class Paper(models.Model):
    """The content of a file that goes with messages, kept once under its checksum."""

    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()

    class Meta:
        verbose_name, verbose_name_plural = _("file"), _("files")

    def __str__(self):
        return self.sha256


class MessagePaper(models.Model):
    message = models.ForeignKey(Message, models.CASCADE, related_name="papers")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("file name"), max_length=200)
    mime = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("bytes"))

    class Meta:
        verbose_name, verbose_name_plural = _("attachment"), _("attachments")
        ordering = ["message", "position"]
        constraints = [models.UniqueConstraint(fields=["message", "position"], name="paper_in_its_place")]

    def __str__(self):
        return self.name


class MessageEvent(models.Model):
    """One line of what became of a message."""

    class What(models.TextChoices):
        WAITS = "waits", _("The mail server did not take it now; it is tried again")
        SENT = "sent", _("Taken by the mail server")
        FAILED = "failed", _("Refused")
        UNSURE = "unsure", _("It is not known whether it went out")
        AGAIN = "again", _("Asked to be sent again")
        CONFIRMED = "confirmed", _("Confirmed as arrived")
        HOOK = "hook", _("Sent, but what should follow on it went wrong")

    message = models.ForeignKey(Message, models.CASCADE, related_name="events")
    what = models.CharField(_("what happened"), max_length=10, choices=What)
    at = models.DateTimeField(_("happened at"), default=timezone.now)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("person"))
    text = models.TextField(_("explanation"), blank=True)
    values = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("event"), _("events")
        ordering = ["pk"]

    def __str__(self):
        return f"{self.message_id} {self.what}"

    @property
    def said(self) -> str:
        return said(self.text, self.values)
