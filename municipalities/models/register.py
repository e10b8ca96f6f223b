"""The register: municipalities with dated validity, what became of them, and how many live there."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..permissions import may


class Dated(models.QuerySet):
    def valid_on(self, day):
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class County(models.Model):
    number = models.CharField(_("number"), max_length=2)
    name = models.CharField(_("name"), max_length=100)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True, help_text=_("The last day."))

    objects = Dated.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("county"), _("counties")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["number", "name"], name="county_once")]

    def __str__(self):
        return self.name


class MunicipalityQuerySet(Dated):
    def visible_to(self, user):
        """All of them to the secretariat, to others the ones their roles are for (``municipalities/scopes.py``)."""
        if not may(user, "municipalities.view"):
            return self.none()
        if may(user, "municipalities.view_all"):
            return self
        return self.filter(pk__in=user.municipality_ids)

    def editable_by(self, user):
        return self if may(user, "municipalities.edit") else self.none()


class Municipality(models.Model):
    """A municipality under one number. A new number is a new row, joined to the old by a ``MunicipalityChange``."""

    number = models.CharField(_("municipality number"), max_length=4)
    name = models.CharField(_("name"), max_length=100)
    norwegian_name = models.CharField(_("Norwegian name"), max_length=100)
    distinct_name = models.CharField(
        _("name with county"), max_length=140, help_text=_("With the county in brackets where a name occurs twice.")
    )
    county = models.ForeignKey(County, models.PROTECT, verbose_name=_("county"), related_name="municipalities")
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True, help_text=_("The last day."))
    note = models.TextField(_("note"), blank=True)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("municipality"), _("municipalities")
        ordering = ["number", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["number", "valid_from"], name="municipality_number_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
                name="municipality_dates_in_order",
            ),
        ]
        indexes = [models.Index(fields=["norwegian_name"], name="municipality_name")]

    def __str__(self):
        return self.distinct_name


class MunicipalityChange(models.Model):
    """What became of a municipality on a day: one row for each pair of old and new."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("merger")
        SPLIT = "split", _("split")
        RENAME = "rename", _("new name")
        RECODE = "recode", _("new number")
        TRANSFER = "transfer", _("transfer of an area")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    happened_on = models.DateField(_("date"))
    predecessor = models.ForeignKey(
        Municipality, models.PROTECT, related_name="changes_after", verbose_name=_("before")
    )
    successor = models.ForeignKey(Municipality, models.PROTECT, related_name="changes_before", verbose_name=_("after"))

    class Meta:
        verbose_name, verbose_name_plural = _("change of municipality"), _("changes of municipalities")
        ordering = ["happened_on", "predecessor__number"]
        constraints = [models.UniqueConstraint(fields=["happened_on", "predecessor", "successor"], name="change_once")]


class Organisation(models.Model):
    """A participant that is not one whole municipality."""

    class Kind(models.TextChoices):
        DISTRICT = "district", _("city district")
        JOINT_MUNICIPALITY = "joint_municipality", _("joint municipality")
        REGIONAL_COUNCIL = "regional_council", _("regional council")
        EMPLOYER_REGION = "employer_region", _("region of the employers' association")
        JOINT_ENTRY = "joint_entry", _("municipalities that take part together")

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    statistical_code = models.CharField(_("statistical code"), max_length=6, blank=True)
    members = models.ManyToManyField(
        Municipality, related_name="organisations", verbose_name=_("municipalities"), blank=True
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("organisation"), _("organisations")
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def kind_beside_name(self) -> str:
        """What it is, for beside its name; empty where the name says so itself, as «Bydel Alna» does."""
        label = str(self.get_kind_display())
        return "" if label.casefold() in self.name.casefold() else label


class Population(models.Model):
    """Inhabitants on a day, of a municipality or of a district."""

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, null=True, blank=True, related_name="populations", verbose_name=_("municipality")
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="populations", verbose_name=_("organisation")
    )
    counted_on = models.DateField(_("date"))
    inhabitants_count = models.PositiveIntegerField(_("inhabitants"))

    class Meta:
        verbose_name, verbose_name_plural = _("population"), _("populations")
        ordering = ["counted_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(municipality__isnull=True) ^ Q(organisation__isnull=True), name="population_of_one"
            ),
            models.UniqueConstraint(fields=["municipality", "counted_on"], name="municipality_population_once"),
            models.UniqueConstraint(fields=["organisation", "counted_on"], name="organisation_population_once"),
        ]
