"""The evaluation of a gathering, answered without a name by those who were there.

How an answer is kept apart from the person who gave it:

- A link is personal, so that each person answers once. Its row (``EvaluationToken``) says for whom it is, which the
  reminder needs, and whether it has been used: not when, and not for which answer.
- An answer (``EvaluationAnswer``) has no time, no person and no number: its key is drawn at random, so that neither the
  key nor the order of the rows tells who came first. Free texts are rows of their own, tied neither to a person nor to
  the other answers of the one who wrote them.
- The database stamps each row with the transaction that wrote it, and lays rows in the order they came. So each
  answering writes all answers and all free texts of the evaluation anew, in an order drawn by lot, and all its links
  (``actions/evaluation_answer.py``); closing writes the answers and texts once more. All rows then carry one stamp, and
  the place of a row tells nothing.
- Nothing about answering goes into the audit trail or the log of jobs, which have times.
- Results are shown when the evaluation has closed: what changed from one look to the next would be one person's answer.

What remains, and is not promised against: who has two copies of the database (backups), its log (WAL) or the rows it
has not yet cleared away (until VACUUM) can see which rows came from one copy to the next, and compare them with the web
server's log, which knows when a link was used. An evaluation of one answer has nothing to be mixed with. And people may
write in a text who they are.
"""

import secrets
import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from municipalities.permissions import may
from municipalities.words import TextsField, in_language

from .gathering import Gathering
from .programme import Session
from .registration import Registration


class EvaluationQuerySet(models.QuerySet):
    def editable_by(self, user):
        return self if may(user, "gatherings.edit") else self.none()

    def results_visible_to(self, user, today: date):
        """The secretariat's all; those registered see what is shared, once it has closed."""
        visible = self.filter(gathering__in=Gathering.objects.visible_to(user))
        if may(user, "gatherings.view_all"):
            return visible
        if not user.is_authenticated:
            return self.none()
        own = Registration.objects.seated().filter(user=user).values("gathering")
        return visible.closed(today).filter(is_shared=True, gathering__in=own)

    def closed(self, today: date):
        """Those that take no more answers: closed by somebody, or past their last day."""
        return self.filter(Q(state=Evaluation.State.CLOSED) | Q(state=Evaluation.State.OPEN, closes_on__lt=today))


class Evaluation(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("evaluation", "being prepared")
        OPEN = "open", pgettext_lazy("evaluation", "open")
        CLOSED = "closed", pgettext_lazy("evaluation", "closed")

    gathering = models.OneToOneField(Gathering, models.CASCADE, related_name="evaluation", verbose_name=_("gathering"))
    state = models.CharField(_("status"), max_length=10, choices=State, default=State.DRAFT)
    intro = TextsField(_("introduction"))
    closes_on = models.DateField(_("last day to answer"))
    asks_sessions = models.BooleanField(_("ask about each session"), default=False)
    asks_party = models.BooleanField(_("ask which party people come from"), default=False)
    asks_cohort = models.BooleanField(_("ask which cohort people come from"), default=False)
    asks_network = models.BooleanField(_("ask which network people come from"), default=False)
    is_shared = models.BooleanField(_("results shared with those registered"), default=False)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("evaluation"), _("evaluations")
        ordering = ["gathering"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(opened_at__isnull=False), name="evaluation_opened_has_time"
            ),
        ]

    def __str__(self):
        return gettext("Evaluation of %(gathering)s") % {"gathering": self.gathering}

    def get_absolute_url(self) -> str:
        return reverse("gatherings:evaluation", args=[self.gathering.programme.slug, self.gathering.slug])

    @property
    def intro_text(self) -> str:
        return in_language(self.intro)

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    def is_open(self, today: date) -> bool:
        return self.state == self.State.OPEN and today <= self.closes_on

    def is_closed(self, today: date) -> bool:
        return not self.is_draft and not self.is_open(today)


class EvaluationQuestion(models.Model):
    """A question; the standard ones have their words from the portal, the adviser's own have them here."""

    class Kind(models.TextChoices):
        SCALE = "scale", _("from 1 to 6")
        YES_NO = "yes_no", _("yes, no or don't know")
        CHOICE = "choice", _("one of several")
        TEXT = "text", _("free text")

    class Standard(models.TextChoices):
        MET_EXPECTATIONS = "met_expectations", _("Did the gathering meet your expectations?")
        RELEVANCE = "relevance", _("How relevant were the themes to you?")
        NEW_KNOWLEDGE = "new_knowledge", _("Did you gain new knowledge?")
        SESSION = "session", _("How useful was the session?")
        PARTY = "party", _("Which party do you come from?")
        COHORT = "cohort", _("Which cohort is your municipality in?")
        NETWORK = "network", _("Which network is your municipality in?")

    REQUIRED = (Standard.MET_EXPECTATIONS, Standard.RELEVANCE, Standard.NEW_KNOWLEDGE)
    GROUPS = (Standard.PARTY, Standard.COHORT, Standard.NETWORK)

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="questions", verbose_name=_("evaluation"))
    standard = models.CharField(_("standard question"), max_length=20, choices=Standard, blank=True)
    kind = models.CharField(_("answered by"), max_length=10, choices=Kind)
    text = TextsField(_("question"))
    # [{"nb": …, "nn": …}, …]; an answer is kept as the number of its option.
    options = models.JSONField(_("options"), default=list, blank=True)
    session = models.ForeignKey(
        Session, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("session")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("question of an evaluation"), _("questions of evaluations")
        ordering = ["evaluation", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "standard"],
                condition=~Q(standard="") & ~Q(standard="session"),
                name="standard_question_once",
            ),
            models.UniqueConstraint(fields=["evaluation", "session"], name="session_asked_about_once"),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        if self.standard == self.Standard.SESSION and self.session:
            return gettext("How useful was “%(session)s”?") % {"session": self.session.title_text}
        return str(self.get_standard_display()) if self.standard else in_language(self.text)

    @property
    def is_required(self) -> bool:
        return self.standard in self.REQUIRED

    @property
    def is_group(self) -> bool:
        return self.standard in self.GROUPS


def new_token() -> str:
    return secrets.token_urlsafe(24)


class EvaluationToken(models.Model):
    """A person's link: whose it is and whether it has been used, nothing of what was answered."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="tokens", verbose_name=_("evaluation"))
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="evaluation_tokens", verbose_name=_("registration")
    )
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    language = models.CharField(_("language"), max_length=5, default="nb")
    is_spent = models.BooleanField(_("used"), default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("link to an evaluation"), _("links to evaluations")
        constraints = [models.UniqueConstraint(fields=["evaluation", "registration"], name="one_link_for_each_person")]

    def __str__(self):
        return str(self.evaluation)

    def get_absolute_url(self) -> str:
        return reverse("gatherings:answer_evaluation", args=[self.token])


class EvaluationAnswer(models.Model):
    """What one person answered, but free texts: {id of the question: score, word or number of an option}."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="answers", verbose_name=_("evaluation"))
    values = models.JSONField(_("answers"), default=dict)

    class Meta:
        verbose_name, verbose_name_plural = _("answer to an evaluation"), _("answers to evaluations")
        ordering = ["pk"]

    def __str__(self):
        return str(self.evaluation)


class EvaluationText(models.Model):
    """A free text, apart from the other answers of the one who wrote it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.ForeignKey(EvaluationQuestion, models.CASCADE, related_name="texts", verbose_name=_("question"))
    text = models.TextField(_("text"))

    class Meta:
        verbose_name, verbose_name_plural = _("free text of an evaluation"), _("free texts of evaluations")
        ordering = ["pk"]

    def __str__(self):
        return self.text[:60]
