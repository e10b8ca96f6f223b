"""A gathering: when, where, for whom, how many, and what the programme pays."""

import uuid
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from municipalities.models import Municipality
from municipalities.permissions import may
from municipalities.words import TextsField, in_language
from networks.models import Network, NetworkMembership, NetworkPost
from programmes.models import Cohort, CohortMembership, Participation, Programme

from ..calculations.delegation import DelegationRule

OSLO = ZoneInfo("Europe/Oslo")


class GatheringQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Every one that is announced, in the programmes one sees; drafts to the secretariat only."""
        open_to_user = self.filter(programme__in=Programme.objects.visible_to(user))
        return open_to_user if may(user, "gatherings.view_all") else open_to_user.exclude(state=Gathering.State.DRAFT)

    def editable_by(self, user):
        return self if may(user, "gatherings.edit") else self.none()

    def concerning(self, user):
        """Those meant for the municipalities and networks that the user's roles are for; all to the secretariat."""
        if may(user, "gatherings.view_all"):
            return self
        if not user.is_authenticated:
            return self.none()
        return self.meant_for(own_participations(user)) | self.led_by(user)

    def meant_for(self, participations):
        """Those to which at least one of the participations is invited."""
        cohorts = CohortMembership.objects.filter(participation__in=participations).values("cohort")
        networks = NetworkMembership.objects.filter(participation__in=participations).values("network")
        return self.filter(
            Q(pk__in=_through(Gathering.cohorts, "cohort", cohorts))
            | Q(pk__in=_through(Gathering.networks, "network", networks))
            | Q(is_for_all=True, programme__in=participations.values("programme"))
        )

    def led_by(self, user):
        """Those of the networks the user looks after today."""
        posts = NetworkPost.objects.valid_on(timezone.localdate()).filter(user=user)
        return self.filter(pk__in=_through(Gathering.networks, "network", posts.values("network")))

    def attendance_taken_by(self, user):
        """Those at whose door the user may stand."""
        if not may(user, "gatherings.take_attendance"):
            return self.none()
        return self if may(user, "gatherings.view_all") else self.led_by(user)

    def coming(self, today: date):
        return self.filter(ends_on__gte=today)

    def in_order(self):
        return self.order_by("starts_on", F("starts_time").asc(nulls_first=True), "pk")


def own_participations(user):
    """The participations that the user's roles are for, through a municipality or an organisation.

    One that a decision has made counts from when the applicant is told: an invitation before that would tell it.
    """
    places = user.own_municipality_ids
    return Participation.objects.told().filter(
        Q(pk__in=Participation.objects.filter(municipality__in=places).values("pk"))
        | Q(pk__in=Participation.objects.filter(organisation__members__in=places).values("pk"))
    )


def _through(relation, name: str, ids):
    return relation.through.objects.filter(**{f"{name}__in": ids}).values("gathering")


class Gathering(models.Model):
    class Kind(models.TextChoices):
        STARTUP = "startup", _("start-up gathering")
        CENTRAL_NETWORK = "central_network", _("central network gathering")
        NETWORK = "network", _("network gathering")
        LOCAL_NETWORK = "local_network", _("local network gathering")
        PROJECT_LEADER = "project_leader", _("project leader gathering")
        LOCAL_PROJECT_LEADER = "local_project_leader", _("local project leader gathering")
        THEME_DAY = "theme_day", _("theme day")
        COURSE = "course", _("course")
        QUALITY_CONFERENCE = "quality_conference", _("quality conference")
        ABSENCE_CONFERENCE = "absence_conference", _("absence conference")
        CONFERENCE = "conference", _("conference")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("gathering", "draft")
        ANNOUNCED = "announced", pgettext_lazy("gathering", "announced")
        HELD = "held", pgettext_lazy("gathering", "held")
        CANCELLED = "cancelled", pgettext_lazy("gathering", "cancelled")

    # From a state, the acts that are possible and where they lead. All of them ask for ``gatherings.edit``.
    TRANSITIONS = {
        State.DRAFT: {"announce": State.ANNOUNCED},
        State.ANNOUNCED: {"mark_held": State.HELD, "cancel": State.CANCELLED, "take_back": State.DRAFT},
        State.HELD: {"reopen": State.ANNOUNCED},
        State.CANCELLED: {"restore": State.ANNOUNCED},
    }

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="gatherings", verbose_name=_("programme"))
    slug = models.SlugField(_("slug"), max_length=80)
    uid = models.UUIDField(_("calendar identifier"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=24, choices=Kind)
    is_for_all = models.BooleanField(_("for the whole programme"), default=False)
    cohorts = models.ManyToManyField(Cohort, blank=True, related_name="gatherings", verbose_name=_("cohorts"))
    networks = models.ManyToManyField(Network, blank=True, related_name="gatherings", verbose_name=_("networks"))
    title = TextsField(_("title"))
    text = TextsField(_("text"))
    themes = models.JSONField(_("themes"), default=list, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    starts_time = models.TimeField(_("begins at"), null=True, blank=True)
    ends_time = models.TimeField(_("ends at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    place_municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="gatherings",
        verbose_name=_("municipality of the place"),
    )
    host = models.ForeignKey(
        Participation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="hosted_gatherings",
        verbose_name=_("host"),
    )
    state = models.CharField(_("status"), max_length=10, choices=State, default=State.DRAFT)
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    quota = models.JSONField(
        _("paid places by party"), default=dict, blank=True, help_text=_("Empty: any of the participant's people.")
    )
    paid_per_participant = models.PositiveSmallIntegerField(_("paid for each participant"), default=7)
    self_cost_nok = models.PositiveIntegerField(_("what others pay (kroner)"), null=True, blank=True)
    support_nok = models.PositiveIntegerField(_("support to each municipality (kroner)"), default=0)
    is_paid_by_municipalities = models.BooleanField(_("paid by the municipalities themselves"), default=False)
    source = models.CharField(_("source"), max_length=160, blank=True)
    source_key = models.CharField(_("key in the source"), max_length=20, blank=True)
    note = TextsField(_("note"))
    is_generated = models.BooleanField(_("made up for the demonstration"), default=False)
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies", verbose_name=_("copied from")
    )
    # Grows with every saved change, so that of two editors the second is told.
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    # Grows when date, time or place change: calendars then move the entry they have (RFC 5545, 3.8.7.4).
    sequence = models.PositiveIntegerField(_("calendar sequence"), default=0, editable=False)
    # The next number in the line of registrations; given out under the lock on this row.
    next_number = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )

    objects = GatheringQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("gathering"), _("gatherings")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="gathering_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="gathering_dates_in_order"),
        ]
        indexes = [models.Index(fields=["programme", "starts_on"], name="gathering_calendar")]

    def __str__(self):
        return in_language(self.title) or self.slug

    def get_absolute_url(self) -> str:
        return reverse("gatherings:gathering", args=[self.programme.slug, self.slug])

    @property
    def title_text(self) -> str:
        return in_language(self.title)

    @property
    def body_text(self) -> str:
        return in_language(self.text)

    @property
    def note_text(self) -> str:
        return in_language(self.note)

    @property
    def starts_at(self) -> datetime | None:
        """The instant it begins, where the hour is known."""
        return _instant(self.starts_on, self.starts_time)

    @property
    def ends_at(self) -> datetime | None:
        return _instant(self.ends_on, self.ends_time)

    @property
    def ends_by(self) -> datetime:
        """The instant by which it is over: the end of the last day where no hour is known."""
        return self.ends_at or datetime.combine(self.ends_on + timedelta(days=1), time.min, OSLO)

    @property
    def rule(self) -> DelegationRule:
        return DelegationRule(self.paid_per_participant, dict(self.quota))

    def allows(self, act: str) -> bool:
        return act in self.TRANSITIONS[self.state]

    def takes_registrations(self, now: datetime) -> bool:
        """Whether those invited can register; an adviser can until it has been held."""
        return (
            self.state == self.State.ANNOUNCED
            and self.registration_opens_at is not None
            and self.registration_opens_at <= now
            and (self.registration_closes_at is None or now < self.registration_closes_at)
        )


def _instant(day: date, hour: time | None) -> datetime | None:
    return datetime.combine(day, hour, OSLO) if hour else None
