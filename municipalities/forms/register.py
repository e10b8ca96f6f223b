"""Filters of the register, and the file that is read into it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from municipalities.queries.register import counties_with_municipalities


class MunicipalityFilterForm(forms.Form):
    q = forms.CharField(label=_("Search"), required=False, max_length=80, widget=forms.TextInput({"type": "search"}))
    county = forms.ChoiceField(label=_("County"), required=False)
    on = forms.DateField(
        label=_("As of"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        counties = counties_with_municipalities().values_list("number", "name")
        self.fields["county"].choices = [("", _("All")), *counties]


class RegisterFileForm(forms.Form):
    """A file of the kind that the list is downloaded as."""

    KINDS = ("csv", "xlsx", "ods")
    MAX_BYTES = 5 * 1024 * 1024

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, Excel or OpenDocument with the columns of the downloaded list."),
        widget=forms.ClearableFileInput({"accept": ".csv,.xlsx,.ods"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        kind = file.name.rsplit(".", 1)[-1].lower()
        if kind not in self.KINDS:
            raise forms.ValidationError(
                _("«%(name)s» is not a CSV, Excel or OpenDocument file. Save the list as one of them and try again."),
                params={"name": file.name},
            )
        if file.size > self.MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB. A register of all municipalities is far smaller."))
        return file
