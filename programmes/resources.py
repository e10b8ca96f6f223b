"""Participants as files: what is downloaded can be read in again in the admin, and changes only what differs."""

from django.utils.translation import gettext as _
from import_export import fields
from import_export.widgets import CharWidget, ForeignKeyWidget

from municipalities.models import Municipality, Organisation
from municipalities.resources import AllAtOnce, CheckedResource, Day, NeutralText, Number

from .models import Participation, Programme

# What is between the programme and the participant is no part of the public list.
INTERNAL = {"withdrawal_reason", "note"}


class Known(ForeignKeyWidget):
    """A record by its slug; the resource looks all of them up at once."""

    def __init__(self, model, field="slug", *, remedy):
        super().__init__(model, field)
        self.remedy = remedy
        self.known: dict[str, object] = {}

    def key(self, value) -> str:
        return str(value or "").strip()

    def clean(self, value, row=None, **kwargs):
        key = self.key(value)
        if key and key not in self.known:
            raise ValueError(self.remedy())
        return self.known.get(key)

    def look_up(self, found) -> None:
        self.known = {getattr(one, self.field): one for one in found}


class KnownMunicipality(Known):
    """The newest municipality that has had the number."""

    def key(self, value) -> str:
        return Number().clean(value) if str(value or "").strip() else ""


class Numbers(CharWidget):
    """Municipality numbers with semicolons between."""

    def render(self, value, obj=None, **kwargs):
        return ";".join(value or [])

    def clean(self, value, row=None, **kwargs):
        return [Number().clean(one) for one in str(value or "").split(";") if one.strip()]


def no_programme():
    return _("There is no programme with this slug.")


def no_municipality():
    return _("There is no municipality with this number in the register.")


def no_organisation():
    return _("There is no organisation with this slug.")


class ParticipationResource(CheckedResource):
    """One row a participant; it is known by programme and slug. ``cohorts`` and ``networks`` are read only."""

    programme = fields.Field("programme", "programme", Known(Programme, remedy=no_programme))
    slug = fields.Field("slug", "slug", CharWidget())
    name = fields.Field("name", "name", NeutralText())
    municipality = fields.Field(
        "municipality", "municipality_number", KnownMunicipality(Municipality, "number", remedy=no_municipality)
    )
    organisation = fields.Field("organisation", "organisation", Known(Organisation, remedy=no_organisation))
    candidate_numbers = fields.Field("candidate_numbers", "candidate_numbers", Numbers())
    starts_on = fields.Field("starts_on", "starts_on", Day())
    withdrawn_on = fields.Field("withdrawn_on", "withdrawn_on", Day())
    withdrawal_reason = fields.Field("withdrawal_reason", "withdrawal_reason", NeutralText())
    note = fields.Field("note", "note", NeutralText())
    cohorts = fields.Field(column_name="cohorts", readonly=True)
    networks = fields.Field(column_name="networks", readonly=True)
    joined = ("programme", "municipality", "organisation")

    class Meta:
        model = Participation
        instance_loader_class = AllAtOnce
        import_id_fields = ("programme", "slug")
        fields = (
            "programme",
            "slug",
            "name",
            "municipality",
            "organisation",
            "candidate_numbers",
            "starts_on",
            "withdrawn_on",
            "withdrawal_reason",
            "note",
            "cohorts",
            "networks",
        )
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True
        use_transactions = True

    def before_import(self, dataset, **kwargs):
        super().before_import(dataset, **kwargs)
        self.fields["programme"].widget.look_up(Programme.objects.all())
        self.fields["municipality"].widget.look_up(Municipality.objects.order_by("valid_from"))
        self.fields["organisation"].widget.look_up(Organisation.objects.all())

    def iter_queryset(self, queryset):
        """The list in the order it is shown, with what it has looked up already."""
        yield from queryset

    def dehydrate_cohorts(self, participation) -> str:
        return NeutralText().render(", ".join(one.cohort.name for one in participation.cohort_memberships.all()))

    def dehydrate_networks(self, participation) -> str:
        return NeutralText().render(", ".join(one.network.name for one in participation.network_memberships.all()))


def columns(*, with_internal: bool) -> list[str]:
    """The names of the fields to export."""
    return [name for name in ParticipationResource.Meta.fields if with_internal or name not in INTERNAL]
