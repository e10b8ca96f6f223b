"""Editions: one frozen printing of a report, with prose round its figures and answers to its contradictions."""

from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from municipalities.models import User
from municipalities.permissions import may
from municipalities.words import TextsField, in_language
from programmes.models import Programme, held_today_by
from reporting.section_data import SectionData
from reporting.states import APPROVED, DRAFT, EDITABLE, PUBLISHED, REVIEW, STATES

LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]


class EditionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Drafts and all to the secretariat; published ones to the programme's members of today, public ones to all."""
        if may(user, "reporting.view_drafts"):
            return self
        published = self.filter(state=PUBLISHED)
        if user.is_authenticated and may(user, "reporting.view"):
            has_seat = held_today_by(user, path="programme__committees__seats__")
            return published.filter(Q(is_public=True) | has_seat).distinct()
        return published.filter(is_public=True)

    def editable_by(self, user):
        return self.filter(state__in=EDITABLE) if may(user, "reporting.edit") else self.none()

    def without_data(self):
        """For lists: the frozen sections are large and no list shows them."""
        return self.defer("data")


class Edition(models.Model):
    """``data`` is a list of ``{"slug", "title", "data"}``, each ``data`` a ``SectionData`` as JSON.

    While the edition is a draft, ``data`` is the last reckoning and can be renewed; approving freezes it.
    """

    class Report(models.TextChoices):
        ANNUAL = "annual", _("annual report")
        FINAL = "final", _("final report")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="editions", verbose_name=_("programme"))
    report = models.CharField(_("report"), max_length=10, choices=Report)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="nb")
    number = models.PositiveSmallIntegerField(_("edition"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=STATES, default=DRAFT)
    is_public = models.BooleanField(_("open to the public"), default=False)
    findings = models.TextField(_("findings in words"), blank=True)

    data = models.JSONField(default=list, blank=True)
    vintages = models.JSONField(_("vintages"), default=dict, blank=True)
    sha256 = models.CharField(_("checksum of the data"), max_length=64, blank=True)
    computed_at = models.DateTimeField(_("figures reckoned"), null=True, blank=True)

    pdf = models.FileField("PDF", upload_to="reports/", blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_of = models.CharField(max_length=64, blank=True, help_text="Checksum of what the PDF was made from.")
    page_count = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)

    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("edition"), _("editions")
        ordering = ["programme", "report", "-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "report", "year", "language", "number"],
                name="edition_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(report="annual", year__isnull=False) | Q(report="final", year__isnull=True),
                name="annual_report_has_a_year",
            ),
            models.CheckConstraint(
                condition=~Q(state=PUBLISHED) | Q(published_at__isnull=False, pdf__gt="", sha256__gt=""),
                name="published_edition_is_frozen",
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.number})"

    @property
    def title(self) -> str:
        """«Årsrapport 2008», «Sluttrapport»."""
        name = capfirst(self.get_report_display())
        return f"{name} {self.year}" if self.year else name

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def is_frozen(self) -> bool:
        return self.state in {APPROVED, PUBLISHED}

    @property
    def is_in_review(self) -> bool:
        return self.state == REVIEW

    def texts(self) -> dict[str, str]:
        """The advisers' prose by section; asks the database unless it was prefetched."""
        return {prose.section: prose.text for prose in self.prose.all()}

    def explanations(self) -> dict[tuple[str, str], str]:
        """(section, key of the contradiction) → why it may stand; asks the database unless it was prefetched."""
        return {(answer.section, answer.key): answer.text for answer in self.answers.all()}

    def section_data(self, slug: str) -> SectionData:
        """The frozen data of a section; empty for one made of prose only."""
        found = next((section for section in self.data if section["slug"] == slug), None)
        return SectionData.from_json(found["data"]) if found else SectionData()


class Prose(models.Model):
    """What an adviser writes in a section. ``version`` rises with each change: two editors notice each other."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="prose")
    section = models.SlugField(_("section"))
    text = models.TextField(_("text"), blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(auto_now=True)
    edited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "section"], name="prose_once")]


class Answer(models.Model):
    """Why a contradiction may stand: given once, printed with the notes, needed before an edition is approved."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="answers")
    section = models.SlugField(_("section"))
    key = models.CharField(max_length=100)
    text = models.TextField(_("explanation"))
    answered_at = models.DateTimeField(auto_now=True)
    answered_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "section", "key"], name="answer_once")]


class Comparison(models.Model):
    """What an edition would print if it were reckoned with the figures released since: the offer to renew it."""

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="comparison")
    data = models.JSONField(default=list)
    vintages = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    computed_at = models.DateTimeField()


class PrintedFigure(models.Model):
    """A cell of a report that was printed elsewhere, to stand beside what the portal reckons.

    ``row_key`` and ``column_key`` name the same cell in the portal's own table; empty where there is none.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="printed_figures")
    document = models.CharField(_("document"), max_length=120)
    table = models.CharField(_("table"), max_length=60)
    row = models.CharField(_("row"), max_length=160)
    column = models.CharField(_("column"), max_length=60)
    row_key = models.CharField(_("row in Pulje"), max_length=80, blank=True)
    column_key = models.CharField(_("column in Pulje"), max_length=40, blank=True)
    value = models.CharField(
        _("printed value"), max_length=40, blank=True, help_text="With a point; empty if unreadable."
    )
    unit = models.CharField(_("unit"), max_length=40)
    remark = TextsField(_("remark"))

    class Meta:
        verbose_name, verbose_name_plural = _("printed figure"), _("printed figures")
        ordering = ["document", "table", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "document", "table", "row", "column"], name="printed_figure_once"
            )
        ]

    @property
    def remark_text(self) -> str:
        return in_language(self.remark)
