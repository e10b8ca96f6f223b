"""Committees: who sits in them, when they met, what was on the agenda and what they decided."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from municipalities.models import User
from municipalities.permissions import may
from municipalities.words import TextsField, in_language

from .programme import Party, Programme
from .seats import held_today_by, holding


class CommitteeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The secretariat's all; to others the committees in which they have a seat today."""
        if not may(user, "committees.view"):
            return self.none()
        if may(user, "committees.view_all"):
            return self
        return self.filter(pk__in=CommitteeSeat.objects.filter(held_today_by(user)).values("committee"))

    def editable_by(self, user):
        return self if may(user, "committees.edit") else self.none()


class Committee(models.Model):
    class Kind(models.TextChoices):
        POLITICAL = "political", _("political contact meeting")
        STEERING = "steering", _("administrative steering group")
        COUNCIL = "council", _("programme council")
        RESOURCE = "resource", _("resource group")
        EXPERT = "expert", _("expert body")
        SECRETARIAT = "secretariat", _("secretariat")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="committees", verbose_name=_("programme"))
    slug = models.SlugField(_("slug"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = TextsField(_("name"))
    mandate = TextsField(_("mandate"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("committee"), _("committees")
        ordering = ["programme", "position", "slug"]
        constraints = [models.UniqueConstraint(fields=["programme", "slug"], name="committee_once")]

    def __str__(self):
        return self.name_text or self.get_kind_display()

    @property
    def name_text(self) -> str:
        return in_language(self.name)

    @property
    def mandate_text(self) -> str:
        return in_language(self.mandate)


class CommitteeSeatQuerySet(models.QuerySet):
    def valid_on(self, day):
        return self.filter(holding(day))


class CommitteeSeat(models.Model):
    """A party's seat from day to day. ``user`` is who holds it, where that person signs in; ``holder`` a title."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="seats", verbose_name=_("committee"))
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="seats", verbose_name=_("party")
    )
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="committee_seats", verbose_name=_("person")
    )
    holder = models.CharField(_("position held"), max_length=120, blank=True)
    is_chair = models.BooleanField(_("chair"), default=False)
    is_deputy = models.BooleanField(_("deputy"), default=False)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True, help_text=_("The last day."))
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = CommitteeSeatQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("seat in a committee"), _("seats in committees")
        ordering = ["committee", "is_deputy", "party__name", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="committee_seat_dates_in_order",
            )
        ]

    def __str__(self):
        return " · ".join(str(one) for one in (self.party, self.user or self.holder) if one) or str(self.pk)


class Meeting(models.Model):
    """A meeting of a committee. Of historic ones often only the day is known."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        CALLED = "called", _("called")
        HELD = "held", _("held")
        APPROVED = "approved", _("minutes approved")
        CANCELLED = "cancelled", _("cancelled")

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="meetings", verbose_name=_("committee"))
    held_on = models.DateField(_("date"))
    starts_at = models.TimeField(_("begins"), null=True, blank=True)
    ends_at = models.TimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    minutes = models.TextField(_("minutes"), blank=True, help_text=_("Markdown."))
    papers_pdf = models.FileField(_("meeting papers"), upload_to="meetings/%Y/", blank=True)
    reading_copy = models.FileField(_("reading copy of the papers"), upload_to="meetings/%Y/", blank=True)
    papers_made_at = models.DateTimeField(_("papers made"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    source = models.CharField(_("source"), max_length=120, blank=True)
    note = TextsField(_("note"))

    class Meta:
        verbose_name, verbose_name_plural = _("meeting"), _("meetings")
        ordering = ["-held_on", "-starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "held_on", "starts_at"], name="meeting_once"),
        ]

    def __str__(self):
        return f"{self.committee} {self.held_on}"


class AgendaItem(models.Model):
    """A case, numbered within its committee and year: ``09/5`` is the fifth of 2009."""

    class Kind(models.TextChoices):
        DECISION = "decision", _("for decision")
        DISCUSSION = "discussion", _("for discussion")
        INFORMATION = "information", _("for information")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items", verbose_name=_("meeting"))
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="items", verbose_name=_("committee"))
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.DECISION)
    title = models.CharField(_("title"), max_length=200)
    case_text = models.TextField(_("presentation of the case"), blank=True, help_text=_("Markdown."))
    proposal = models.TextField(_("proposed decision"), blank=True)
    decision = models.TextField(_("decision"), blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("agenda item"), _("agenda items")
        ordering = ["meeting", "position", "number"]
        constraints = [models.UniqueConstraint(fields=["committee", "year", "number"], name="agenda_number_once")]

    def __str__(self):
        return f"{self.case_number} {self.title}"

    @property
    def case_number(self) -> str:
        return f"{self.year % 100:02d}/{self.number}"


class MeetingPaper(models.Model):
    """A file that members read before a meeting, of the meeting as a whole or of one item."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="papers", verbose_name=_("meeting"))
    item = models.ForeignKey(
        AgendaItem, models.CASCADE, null=True, blank=True, related_name="papers", verbose_name=_("agenda item")
    )
    title = models.CharField(_("title"), max_length=160)
    file = models.FileField(_("file"), upload_to="meetings/%Y/")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("meeting paper"), _("meeting papers")
        ordering = ["meeting", "position", "pk"]

    def __str__(self):
        return self.title


class Attendance(models.Model):
    """Who met: for a seat, or a guest by name."""

    class Presence(models.TextChoices):
        PRESENT = "present", _("present")
        ABSENT = "absent", _("absent")
        DEPUTY = "deputy", _("represented by the deputy")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances", verbose_name=_("meeting"))
    seat = models.ForeignKey(
        CommitteeSeat, models.CASCADE, null=True, blank=True, related_name="attendances", verbose_name=_("seat")
    )
    guest = models.CharField(_("guest"), max_length=120, blank=True)
    presence = models.CharField(_("presence"), max_length=8, choices=Presence)

    class Meta:
        verbose_name, verbose_name_plural = _("attendance"), _("attendances")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="attendance_once"),
            models.CheckConstraint(
                condition=Q(seat__isnull=False, guest="") | Q(seat__isnull=True) & ~Q(guest=""),
                name="attendance_of_seat_or_guest",
            ),
        ]


class StatedMeetingCount(models.Model):
    """How many meetings or cases a source states for a year; it stands beside what the records count."""

    class Measure(models.TextChoices):
        MEETINGS = "meetings", _("meetings")
        ITEMS = "items", _("cases")

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="stated_counts", verbose_name=_("committee"))
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True, help_text=_("Empty for all years."))
    measure = models.CharField(_("measure"), max_length=10, choices=Measure)
    count = models.PositiveIntegerField(_("count"))
    qualifier = models.CharField(_("qualifier"), max_length=40, blank=True)
    source = models.CharField(_("source"), max_length=120)
    note = TextsField(_("note"))

    class Meta:
        verbose_name, verbose_name_plural = _("stated count of meetings"), _("stated counts of meetings")
        ordering = ["committee", "year", "measure"]

    @property
    def note_text(self) -> str:
        return in_language(self.note)
