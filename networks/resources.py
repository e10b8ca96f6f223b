"""Who was in which network and when, as files: what is downloaded can be read in again in the admin."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export import fields
from import_export.widgets import BooleanWidget

from municipalities.resources import AllAtOnce, CheckedResource, Day, NeutralText
from programmes.models import Participation
from programmes.resources import Known

from .models import Network, NetworkMembership


class InProgramme(Known):
    """A record known by its slug within a programme: «programme/slug»."""

    def render(self, value, obj=None, **kwargs):
        return f"{value.programme.slug}/{value.slug}" if value else ""

    def look_up(self, found) -> None:
        self.known = {self.render(one): one for one in found.select_related("programme")}


class YesNo(BooleanWidget):
    """1 or 0; anything else is refused instead of taken for a no."""

    def clean(self, value, row=None, **kwargs):
        text = str(value).strip()
        if text not in {"1", "0"}:
            raise ValueError(_("Write 1 for certain or 0 for not certain."))
        return text == "1"


def no_network():
    return _("There is no network with this address. It is written as programme/network.")


def no_participant():
    return _("There is no participant with this address. It is written as programme/participant.")


class MembershipResource(CheckedResource):
    """One row a membership, known by network, participant and first day; the names beside them are read only."""

    network = fields.Field("network", "network", InProgramme(Network, remedy=no_network))
    participation = fields.Field("participation", "participant", InProgramme(Participation, remedy=no_participant))
    starts_on = fields.Field("starts_on", "starts_on", Day())
    ends_on = fields.Field("ends_on", "ends_on", Day())
    is_certain = fields.Field("is_certain", "is_certain", YesNo())
    reason = fields.Field("reason", "reason", NeutralText())
    end_reason = fields.Field("end_reason", "end_reason", NeutralText())
    note = fields.Field("note", "note", NeutralText())
    cohort_name = fields.Field("network__cohort__name", "cohort_name", NeutralText(), readonly=True)
    network_name = fields.Field("network__name", "network_name", NeutralText(), readonly=True)
    participant_name = fields.Field("participation__name", "participant_name", NeutralText(), readonly=True)
    municipality_number = fields.Field("participation__municipality__number", "municipality_number", readonly=True)
    joined = ("network__programme", "network__cohort", "participation__programme", "participation__municipality")

    class Meta:
        model = NetworkMembership
        instance_loader_class = AllAtOnce
        import_id_fields = ("network", "participation", "starts_on")
        fields = (
            "network",
            "participation",
            "starts_on",
            "ends_on",
            "is_certain",
            "reason",
            "end_reason",
            "note",
            "cohort_name",
            "network_name",
            "participant_name",
            "municipality_number",
        )
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True
        use_transactions = True

    def before_import(self, dataset, **kwargs):
        super().before_import(dataset, **kwargs)
        self.fields["network"].widget.look_up(Network.objects.all())
        self.fields["participation"].widget.look_up(Participation.objects.all())

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """One programme's network takes one programme's participants."""
        if instance.network.programme_id != instance.participation.programme_id:
            raise ValidationError({"participant": [_("The participant is in another programme than the network.")]})
        super().validate_instance(instance, import_validation_errors, validate_unique)


# Why somebody joined or left is the secretariat's own.
INTERNAL = {"reason", "end_reason"}


def exported(memberships, *, with_internal: bool = True):
    """The memberships as a table, joined with everything that its columns show: one query."""
    names = [name for name in MembershipResource.Meta.fields if with_internal or name not in INTERNAL]
    joined = memberships.select_related(*MembershipResource.joined)
    return MembershipResource().export(joined, export_fields=names)
