"""A programme under an agreement between parties, taken in by cohorts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from municipalities.permissions import may
from municipalities.words import TextsField, in_language

from .seats import held_today_by


class Party(models.Model):
    """A party to agreements: a ministry, the employers' association, a union."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name, verbose_name_plural = _("party"), _("parties")
        ordering = ["name"]

    def __str__(self):
        return self.name


class ProgrammeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Public programmes to everyone, the others to the secretariat and to those who sit in it today."""
        if may(user, "programmes.view_all"):
            return self
        public = Q(is_public=True)
        if user.is_authenticated:
            public |= held_today_by(user, path="committees__seats__")
        return self.filter(public).distinct()

    def editable_by(self, user):
        return self if may(user, "programmes.edit") else self.none()


class Programme(models.Model):
    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=40)
    purpose = TextsField(_("purpose"))
    themes = models.JSONField(_("themes"), default=list, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    is_public = models.BooleanField(_("public"), default=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("programme"), _("programmes")
        ordering = ["starts_on"]

    def __str__(self):
        return self.name

    @property
    def purpose_text(self) -> str:
        return in_language(self.purpose)


class Agreement(models.Model):
    """Signed by the parties; a later one may extend an earlier."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="agreements", verbose_name=_("programme"))
    signed_on = models.DateField(_("signed"))
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    parties = models.ManyToManyField(Party, related_name="agreements", verbose_name=_("parties"))
    extends = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, verbose_name=_("extends"))
    note = TextsField(_("note"))

    class Meta:
        verbose_name, verbose_name_plural = _("agreement"), _("agreements")
        ordering = ["signed_on"]

    def __str__(self):
        return f"{self.programme} {self.signed_on}"

    @property
    def note_text(self) -> str:
        return in_language(self.note)


class Cohort(models.Model):
    """An intake of participants with one start date."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="cohorts", verbose_name=_("programme"))
    slug = models.SlugField(_("slug"))
    name = models.CharField(_("name"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    starts_on = models.DateField(_("start"), null=True, blank=True)
    is_by_invitation = models.BooleanField(_("by invitation"), default=False)
    note = TextsField(_("note"))

    class Meta:
        verbose_name, verbose_name_plural = _("cohort"), _("cohorts")
        ordering = ["programme", "position"]
        constraints = [models.UniqueConstraint(fields=["programme", "slug"], name="cohort_once")]

    def __str__(self):
        return self.name

    @property
    def note_text(self) -> str:
        return in_language(self.note)


class ReportedCount(models.Model):
    """A count that a source states; it stands beside the one the records give, and both are dated."""

    class Measure(models.TextChoices):
        ADMITTED = "admitted", pgettext_lazy("participants", "admitted")
        ACTIVE = "active", pgettext_lazy("participants", "active")
        WITHDRAWN = "withdrawn", pgettext_lazy("participants", "withdrawn")

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="reported_counts", verbose_name=_("programme")
    )
    cohort = models.ForeignKey(
        Cohort, models.CASCADE, null=True, blank=True, related_name="reported_counts", verbose_name=_("cohort")
    )
    measure = models.CharField(_("measure"), max_length=12, choices=Measure)
    counted_on = models.DateField(_("as of"))
    count = models.PositiveIntegerField(_("count"))
    source = models.CharField(_("source"), max_length=120)
    note = TextsField(_("note"))

    class Meta:
        verbose_name, verbose_name_plural = _("reported count"), _("reported counts")
        ordering = ["programme", "measure", "counted_on", "source"]

    @property
    def note_text(self) -> str:
        return in_language(self.note)


class UnnamedWithdrawal(models.Model):
    """Participants known to have withdrawn, though no source names them: counted, never invented as records."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="unnamed_withdrawals", verbose_name=_("programme")
    )
    count = models.PositiveIntegerField(_("count"))
    known_on = models.DateField(
        _("known on"), help_text=_("The date of the source; the date of withdrawal is unknown.")
    )
    source = models.CharField(_("source"), max_length=120)
    note = TextsField(_("note"))

    class Meta:
        verbose_name, verbose_name_plural = _("unnamed withdrawal"), _("unnamed withdrawals")

    @property
    def note_text(self) -> str:
        return in_language(self.note)


class DataNote(models.Model):
    """What a reader must know about the quality of a programme's data: a contradiction, a gap, a reading."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="data_notes", verbose_name=_("programme"))
    slug = models.SlugField(_("slug"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = TextsField(_("title"))
    text = TextsField(_("text"))
    source = models.CharField(_("source"), max_length=160, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("note on data"), _("notes on data")
        ordering = ["programme", "position"]
        constraints = [models.UniqueConstraint(fields=["programme", "slug"], name="data_note_once")]

    @property
    def title_text(self) -> str:
        return in_language(self.title)

    @property
    def text_text(self) -> str:
        return in_language(self.text)
