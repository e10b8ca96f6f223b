"""The register as files: what is downloaded can be read in again, and changes only what differs."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export import fields, resources
from import_export.widgets import CharWidget, DateWidget, ForeignKeyWidget

from municipalities.models import County, Municipality

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class NeutralText(CharWidget):
    """Text that a spreadsheet will not run as a formula: an apostrophe before it, taken away again when it is read."""

    def render(self, value, obj=None, **kwargs):
        text = super().render(value, obj, **kwargs)
        return "'" + text if text and text.startswith(FORMULA_STARTS) else text

    def clean(self, value, row=None, **kwargs):
        text = super().clean(value, row, **kwargs)
        return text[1:] if text and text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text


class Number(CharWidget):
    """A municipality number; a spreadsheet that took its leading zero gets it back."""

    def clean(self, value, row=None, **kwargs):
        text = str(value or "").strip().removesuffix(".0").zfill(4)
        if len(text) != 4 or not text.isdigit():
            raise ValidationError(_("«%(value)s» is not a municipality number of four digits.") % {"value": value})
        return text


class CountyByNumber(ForeignKeyWidget):
    def clean(self, value, row=None, **kwargs):
        number = str(value or "").strip().removesuffix(".0").zfill(2)
        try:
            return County.objects.get(number=number)
        except County.DoesNotExist:
            raise ValidationError(_("There is no county with the number «%(value)s».") % {"value": value}) from None
        except County.MultipleObjectsReturned:
            return County.objects.filter(number=number).order_by("-valid_from").first()


class MunicipalityResource(resources.ModelResource):
    """One row a municipality; it is known by number and first day. Dates are ISO."""

    number = fields.Field("number", "municipality_number", Number())
    name = fields.Field("name", "name", NeutralText())
    norwegian_name = fields.Field("norwegian_name", "norwegian_name", NeutralText())
    distinct_name = fields.Field("distinct_name", "name_with_county", NeutralText())
    county = fields.Field("county", "county_number", CountyByNumber(County, "number"))
    valid_from = fields.Field("valid_from", "valid_from", DateWidget("%Y-%m-%d"))
    valid_to = fields.Field("valid_to", "valid_to", DateWidget("%Y-%m-%d"))
    note = fields.Field("note", "note", NeutralText())

    class Meta:
        model = Municipality
        import_id_fields = ("number", "valid_from")
        fields = ("number", "name", "norwegian_name", "distinct_name", "county", "valid_from", "valid_to", "note")
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True
        use_transactions = True
