"""The register as files: what is downloaded can be read in again, and changes only what differs."""

from datetime import date, datetime

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from import_export import fields, resources
from import_export.instance_loaders import BaseInstanceLoader
from import_export.widgets import CharWidget, DateWidget, ForeignKeyWidget

from municipalities.models import County, Municipality

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
DATE_PATTERNS = ("%Y-%m-%d", "%d.%m.%Y")


def neutral(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would otherwise run it as a formula."""
    return "'" + text if text.lstrip("'").startswith(FORMULA_STARTS) else text


class NeutralText(CharWidget):
    """Text that a spreadsheet will not run: an apostrophe before it, taken away again when it is read."""

    def render(self, value, obj=None, **kwargs):
        return neutral(super().render(value, obj, **kwargs) or "")

    def clean(self, value, row=None, **kwargs):
        text = (super().clean(value, row, **kwargs) or "").strip()
        if text.startswith("="):
            raise ValueError(_("The cell holds a formula. Write the text itself."))
        return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS) else text


class Number(CharWidget):
    """A municipality number; a spreadsheet that took its leading zero gets it back."""

    def clean(self, value, row=None, **kwargs):
        text = str(value or "").strip().removesuffix(".0").zfill(4)
        if len(text) != 4 or not text.isascii() or not text.isdigit():
            raise ValueError(_("A municipality number has four digits, as 0301."))
        return text


class Day(DateWidget):
    """A date, written as 2010-06-01; 1.6.2010 and the dates of spreadsheets are understood too."""

    def __init__(self):
        super().__init__(DATE_PATTERNS[0])

    def clean(self, value, row=None, **kwargs):
        if isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value
        text = str(value or "").strip()
        for pattern in DATE_PATTERNS if text else ():
            try:
                return datetime.strptime(text, pattern).date()
            except ValueError:
                continue
        if text:
            raise ValueError(_("This is not a date. Write it as 2010-06-01."))
        return None


class CountyByNumber(ForeignKeyWidget):
    """The county of that number; the resource looks all of them up at once."""

    def __init__(self):
        super().__init__(County, "number")
        self.counties: dict[str, County] = {}

    def clean(self, value, row=None, **kwargs):
        number = str(value or "").strip().removesuffix(".0").zfill(2)
        if number not in self.counties:
            raise ValueError(_("There is no county with this number. Correct it, or add the county first."))
        return self.counties[number]


class AllAtOnce(BaseInstanceLoader):
    """Looks up every record by the resource's identity in one query instead of one for each row."""

    def __init__(self, resource, dataset=None):
        super().__init__(resource, dataset)
        self.identity = [resource.fields[name] for name in resource.get_import_id_fields()]
        self.known = {self._key(one): one for one in resource.get_queryset().select_related(*resource.joined)}

    def _key(self, instance) -> tuple:
        return tuple(field.get_value(instance) for field in self.identity)

    def get_instance(self, row):
        return self.known.get(tuple(field.clean(row) for field in self.identity))


class CheckedResource(resources.ModelResource):
    """Every fault of a row is told under the heading of its column; a record stands in one row only."""

    joined: tuple[str, ...] = ()

    def before_import(self, dataset, **kwargs):
        self.seen: set[tuple] = set()

    def before_import_row(self, row, **kwargs):
        faults = {}
        for field in self.get_import_fields():
            try:
                if field.column_name in row:
                    field.clean(row)
            except ValueError as fault:
                faults[field.column_name] = [str(fault)]
        if faults:
            raise ValidationError(faults)
        key = tuple(self.fields[name].clean(row) for name in self.get_import_id_fields())
        if key in self.seen:
            raise ValidationError(_("The same record stands in an earlier row too. Keep one of them."))
        self.seen.add(key)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """As Django checks it, with the columns' headings instead of the fields' names."""
        try:
            super().validate_instance(instance, import_validation_errors, validate_unique)
        except ValidationError as found:
            columns = {field.attribute: field.column_name for field in self.get_import_fields()}
            told = {columns.get(name, NON_FIELD_ERRORS): texts for name, texts in found.message_dict.items()}
            raise ValidationError(told) from None


class MunicipalityResource(CheckedResource):
    """One row a municipality; it is known by number and first day. Dates are ISO."""

    number = fields.Field("number", "municipality_number", Number())
    name = fields.Field("name", "name", NeutralText())
    norwegian_name = fields.Field("norwegian_name", "norwegian_name", NeutralText())
    distinct_name = fields.Field("distinct_name", "name_with_county", NeutralText())
    county = fields.Field("county", "county_number", CountyByNumber())
    valid_from = fields.Field("valid_from", "valid_from", Day())
    valid_to = fields.Field("valid_to", "valid_to", Day())
    note = fields.Field("note", "note", NeutralText())
    joined = ("county",)

    class Meta:
        model = Municipality
        instance_loader_class = AllAtOnce
        import_id_fields = ("number", "valid_from")
        fields = ("number", "name", "norwegian_name", "distinct_name", "county", "valid_from", "valid_to", "note")
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True
        use_transactions = True

    def before_import(self, dataset, **kwargs):
        super().before_import(dataset, **kwargs)
        self.fields["county"].widget.counties = {one.number: one for one in County.objects.order_by("valid_from")}

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        if instance.valid_from and instance.valid_to and instance.valid_to < instance.valid_from:
            raise ValidationError({"valid_to": [_("The last day is before the first. Correct one of them.")]})
        super().validate_instance(instance, import_validation_errors, validate_unique)


class ChangedRows(MunicipalityResource):
    """The same when a file is looked through: it keeps the records before and after, and makes no HTML of them."""

    class Meta(MunicipalityResource.Meta):
        store_instance = True
        skip_html_diff = True
