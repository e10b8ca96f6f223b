"""What an adviser fills in about a report."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programmes.models import Programme
from reporting.models import LANGUAGES, Edition


class NewEditionForm(forms.Form):
    """Which report, of which programme, for which year, in which language."""

    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Programme"), empty_label=None)
    report = forms.ChoiceField(label=_("Report"), choices=Edition.Report.choices)
    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        min_value=1990,
        help_text=_("Only for the annual report: the year it is about."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = Programme.objects.editable_by(user)

    def clean(self):
        cleaned = super().clean()
        programme, year = cleaned.get("programme"), cleaned.get("year")
        if cleaned.get("report") == Edition.Report.FINAL:
            cleaned["year"] = None
        elif year is None and "year" not in self.errors:
            self.add_error("year", _("Write the year the annual report is about, for example 2008."))
        elif programme and year and not programme.starts_on.year <= year <= programme.ends_on.year:
            self.add_error(
                "year",
                _("%(programme)s ran from %(first)d to %(last)d. Choose a year within.")
                % {"programme": programme, "first": programme.starts_on.year, "last": programme.ends_on.year},
            )
        if year and year > timezone.localdate().year:
            self.add_error("year", _("The year has not come yet."))
        return cleaned


class ProseForm(forms.Form):
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "Markdown: **bold**, *italic*, lists with a dash, ## for a heading. Insert a figure from the list."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class AnswerForm(forms.Form):
    key = forms.CharField(widget=forms.HiddenInput, max_length=100)
    text = forms.CharField(
        label=_("Why both may stand"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The explanation is printed in the report."),
        error_messages={"required": _("Write why the two may stand side by side.")},
    )


class FindingsForm(forms.Form):
    findings = forms.CharField(
        label=_("Findings in words"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One finding a line, at most three. The steering group reads them first."),
    )
    is_public = forms.BooleanField(
        label=_("Open to the public"),
        required=False,
        help_text=_("When published, everyone can read the report without signing in."),
    )

    def clean_findings(self):
        lines = [line.strip("-• \t") for line in self.cleaned_data["findings"].splitlines() if line.strip()]
        if len(lines) > 3:
            raise forms.ValidationError(
                _("There are %(n)d findings. Keep the three most important."), params={"n": len(lines)}
            )
        return "\n".join(lines)
