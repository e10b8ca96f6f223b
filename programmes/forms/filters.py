"""Filters of the programmes' pages; their state stands in the address."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from programmes.models import Cohort


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class AsOfForm(forms.Form):
    """The day that counts are as of. A filter that cannot be read filters nothing, and says so at its field."""

    on = forms.DateField(label=_("Counted as of"), required=False, widget=DateInput())

    all_optional = True

    def asked(self) -> dict:
        self.is_valid()
        return self.cleaned_data


class ListForm(AsOfForm):
    q = forms.CharField(label=_("Search"), required=False, max_length=80, widget=forms.TextInput({"type": "search"}))
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ("q", "on", "sort")


class ParticipantFilterForm(ListForm):
    cohort = forms.ChoiceField(label=_("Cohort"), required=False)
    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", _("All")),
            ("active", pgettext_lazy("participant", "active")),
            ("withdrawn", pgettext_lazy("participant", "withdrawn")),
        ],
    )

    field_order = ("q", "cohort", "state", "on", "sort")

    def __init__(self, *args, cohorts: list[Cohort], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cohort"].choices = [("", _("All")), *((one.slug, one.name) for one in cohorts)]
