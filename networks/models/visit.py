"""Visits: planned, made, written up; whom one met, what was found, and what was agreed."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import User
from municipalities.permissions import may
from programmes.models import LocalParty, Participation

from ..states import CANCELLED, MADE, PLANNED, PUBLIC_STATES, STATES, WRITTEN_UP
from ..themes import theme_label
from .network import Network, NetworkPost
from .reach import led_participations, of_own_municipality, sees_all


class VisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The secretariat's all; a network leader's members'; to a municipality the notes shared with it."""
        if not may(user, "follow_up.view"):
            return self.none()
        if sees_all(user):
            return self
        shared = Q(pk__in=Visit.objects.filter(of_own_municipality(user), shared_at__isnull=False).values("pk"))
        return self.filter(Q(participation__in=led_participations(user)) | shared)

    def editable_by(self, user):
        if not may(user, "follow_up.edit"):
            return self.none()
        return self if sees_all(user) else self.filter(participation__in=led_participations(user))

    def made(self):
        return self.filter(state__in=(MADE, WRITTEN_UP))

    def counted(self):
        """Those that numbers are made of: made, and not made up for the demonstration."""
        return self.made().filter(is_generated=False)


class Visit(models.Model):
    """The secretariat at a participant's. ``version`` grows with every saved change; who saves on an old one is told.

    ``is_generated`` marks visits that the demonstration made up: they are shown, and counted nowhere.
    """

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="visits", verbose_name=_("participant")
    )
    state = models.CharField(_("status"), max_length=12, choices=STATES, default=PLANNED)
    planned_on = models.DateField(_("planned for"))
    made_on = models.DateField(_("made on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    advisers = models.ManyToManyField(User, related_name="visits", verbose_name=_("from the secretariat"))
    purpose = models.TextField(_("purpose"), blank=True)
    topics = models.JSONField(_("topics"), default=list, blank=True)
    other_topics = models.CharField(_("other topics"), max_length=200, blank=True)
    expected_of_municipality = models.TextField(_("what the programme expects of the municipality"), blank=True)
    expected_of_programme = models.TextField(_("what the municipality expects of the programme"), blank=True)
    findings = models.TextField(_("findings"), blank=True)
    cancel_reason = models.TextField(_("reason for cancelling"), blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now, editable=False)
    saved_by = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+")
    written_up_at = models.DateTimeField(_("written up"), null=True, blank=True)
    written_up_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    shared_at = models.DateTimeField(_("shared with the municipality"), null=True, blank=True)
    shared_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    is_generated = models.BooleanField(_("generated for the demonstration"), default=False)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("visit"), _("visits")
        ordering = ["-planned_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=(PLANNED, CANCELLED)) | Q(made_on__isnull=False), name="visit_made_on_a_day"
            ),
            models.CheckConstraint(
                condition=Q(shared_at__isnull=True) | Q(written_up_at__isnull=False), name="visit_shared_when_written"
            ),
        ]
        indexes = [models.Index(fields=["participation", "made_on"], name="visit_of_participant")]

    def __str__(self):
        return f"{self.participation} {self.day}"

    @property
    def day(self):
        """When it was made, or is to be."""
        return self.made_on or self.planned_on

    @property
    def is_made(self) -> bool:
        return self.state in (MADE, WRITTEN_UP)

    @property
    def public_state(self) -> str:
        return PUBLIC_STATES[self.state]

    @property
    def topic_labels(self) -> list[str]:
        return [theme_label(one) for one in self.topics] + ([self.other_topics] if self.other_topics else [])


class VisitParticipant(models.Model):
    """One or several that were met, of one of the three local parties."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="met", verbose_name=_("visit"))
    party = models.CharField(_("local party"), max_length=12, choices=LocalParty)
    who = models.CharField(_("name or title"), max_length=160)
    count = models.PositiveSmallIntegerField(_("how many"), default=1)

    class Meta:
        verbose_name, verbose_name_plural = _("met at a visit"), _("met at visits")
        ordering = ["visit", "pk"]

    def __str__(self):
        return self.who


class VisitDraft(models.Model):
    """What a person has typed and not yet saved: ``values`` are the fields of the form, as lists of texts.

    ``version`` is the visit's when the typing began. A draft is its writer's own; nobody else's is touched by it.
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="drafts", verbose_name=_("visit"))
    user = models.ForeignKey(User, models.CASCADE, related_name="visit_drafts", verbose_name=_("person"))
    version = models.PositiveIntegerField(default=0)
    values = models.JSONField(default=dict)
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("draft of a visit's note"), _("drafts of visits' notes")
        constraints = [models.UniqueConstraint(fields=["visit", "user"], name="visit_draft_once")]


class ActionPointQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With the visit: the municipality sees what was agreed once the note is shared."""
        return self.filter(visit__in=Visit.objects.visible_to(user).values("pk"))

    def editable_by(self, user):
        return self.filter(visit__in=Visit.objects.editable_by(user).values("pk"))

    def reportable_by(self, user):
        """Those that the person may say are done: a municipality its own, the secretariat and leaders theirs too."""
        if not may(user, "follow_up.report_done"):
            return self.none()
        own = Visit.objects.filter(of_own_municipality(user), shared_at__isnull=False).values("pk")
        theirs = Q(visit__in=own, side=ActionPoint.Side.MUNICIPALITY)
        return self.filter(theirs | Q(visit__in=Visit.objects.editable_by(user).values("pk")))

    def open(self):
        return self.filter(done_at__isnull=True)

    def overdue_on(self, day):
        return self.open().filter(due_on__lt=day)

    def held_by(self, user, day):
        """The secretariat's that are this person's on the day: by the post that owns them, or by name."""
        held = Q(pk__in=[])
        for kind in NetworkPost.Kind.values:
            posts = NetworkPost.objects.valid_on(day).filter(user=user, kind=kind)
            held |= Q(network__in=posts.values("network"), post=kind)
        return self.filter(Q(owner=user) | held, side=ActionPoint.Side.SECRETARIAT)


class ActionPoint(models.Model):
    """What was agreed at a visit, who does it, and by when.

    On the secretariat's side it is owned by a post of a network, and then goes with the post to whoever holds it; or
    by a named person who has no such post. On the municipality's side the owner is a role or a person in words.
    """

    class Side(models.TextChoices):
        MUNICIPALITY = "municipality", _("the municipality")
        SECRETARIAT = "secretariat", _("the secretariat")

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="action_points", verbose_name=_("visit"))
    text = models.CharField(_("what was agreed"), max_length=300)
    side = models.CharField(_("side"), max_length=12, choices=Side)
    network = models.ForeignKey(
        Network, models.SET_NULL, null=True, blank=True, related_name="action_points", verbose_name=_("network")
    )
    post = models.CharField(_("post"), max_length=10, choices=NetworkPost.Kind, blank=True)
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="action_points", verbose_name=_("person")
    )
    owner_text = models.CharField(_("role or person in the municipality"), max_length=120, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    done_note = models.TextField(_("note on what was done"), blank=True)
    agreed_at = models.DateTimeField(_("agreed"), default=timezone.now)

    objects = ActionPointQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("agreed task"), _("agreed tasks")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["done_at", "due_on"], name="action_point_due")]

    def __str__(self):
        return self.text

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    def is_overdue_on(self, day) -> bool:
        return self.done_at is None and self.due_on is not None and self.due_on < day
