"""Uploading a file, filtering lists, answering suspicions."""

from decimal import Decimal

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .actions import Correction
from .calculations.columns import DAY_DIGITS, RATE_DIGITS, scaled_days, scaled_rate
from .models import ImportBatch, Source, Suspicion

KINDS = (".csv", ".txt", ".xlsx", ".ods")
DATE = {"format": "%Y-%m-%d", "attrs": {"type": "date"}}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File with absence figures"),
        help_text=_("CSV, Excel (.xlsx) or OpenDocument (.ods). Drop the file here or choose it."),
        widget=forms.FileInput({"accept": ",".join(KINDS)}),
        max_length=200,
    )
    source = forms.ChoiceField(label=_("Where are the figures from?"), choices=Source, initial=Source.PAI)
    vintage_on = forms.DateField(
        label=_("When were they taken out?"),
        help_text=_("The date of the extract. A newer extract for the same periods becomes a new vintage."),
        widget=forms.DateInput(**DATE),
        initial=timezone.localdate,
    )
    revision_kind = forms.ChoiceField(
        label=_("What kind of extract is it?"), choices=ImportBatch.RevisionKind, initial="regular"
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(limit)s MB. Split it by year and upload the parts."),
                params={"limit": settings.IMPORT_MAX_BYTES // 1024 // 1024},
            )
        return file


class BatchFilterForm(forms.Form):
    all_optional = True

    q = forms.CharField(label=_("Search"), required=False, max_length=80, widget=forms.TextInput({"type": "search"}))
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *ImportBatch.State.choices])
    source = forms.ChoiceField(label=_("Source"), required=False, choices=[("", _("All")), *Source.choices])
    sort = forms.CharField(required=False, widget=forms.HiddenInput)


class NoteForm(forms.Form):
    """Why a vintage was revised."""

    text = forms.CharField(
        label=_("Why are the figures others than in the vintage before?"),
        help_text=_("Reports that use the figures print the note. Write no names of persons."),
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Write why the figures are others than in the vintage before.")},
    )


class DeskFilterForm(forms.Form):
    all_optional = True

    q = forms.CharField(
        label=_("Municipality"), required=False, max_length=80, widget=forms.TextInput({"type": "search"})
    )
    rule = forms.ChoiceField(label=_("What is doubted"), required=False)

    def __init__(self, *args, rules: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [("", _("All")), *rules]


class DecimalCommaField(forms.DecimalField):
    """Takes the decimal mark of any of our languages."""

    def to_python(self, value):
        if isinstance(value, str):
            value = value.replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", ".")
        return super(forms.DecimalField, self).to_python(value) if value in self.empty_values else self._number(value)

    def _number(self, value) -> Decimal:
        try:
            number = Decimal(str(value))
            return number if number.is_nan() else number.normalize()  # zeros at the end are no decimals too many
        except ArithmeticError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class DecisionForm(forms.Form):
    """One answer to one suspicion or to several."""

    suspicion = forms.ModelMultipleChoiceField(Suspicion.objects.none())
    decision = forms.ChoiceField(choices=Suspicion.Decision.choices[1:])
    reason = forms.CharField(
        max_length=2000, error_messages={"required": _("Write a reason. It is kept with the figure.")}
    )
    rate = DecimalCommaField(required=False, min_value=0, max_value=100, decimal_places=RATE_DIGITS)
    lost = DecimalCommaField(required=False, min_value=0, decimal_places=DAY_DIGITS)
    possible = DecimalCommaField(required=False, min_value=0, decimal_places=DAY_DIGITS)

    def __init__(self, *args, allowed, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["suspicion"].queryset = allowed
        self.fields["suspicion"].error_messages = {"required": _("Choose at least one figure.")}

    def clean(self):
        answers = super().clean()
        if answers.get("decision") == Suspicion.Decision.CORRECTED:
            self._check_correction(answers)
        return answers

    def _check_correction(self, answers: dict) -> None:
        if any(one.position is None for one in answers.get("suspicion") or ()):
            raise forms.ValidationError(_("Only a single figure can be corrected: accept this one, or leave it out."))
        has_days = answers.get("lost") is not None and answers.get("possible")
        if answers.get("rate") is None and not has_days:
            raise forms.ValidationError(_("Write the right figure."))
        if has_days and answers["lost"] > answers["possible"]:
            raise forms.ValidationError(_("Lost workdays cannot be more than possible workdays."))

    @property
    def correction(self) -> Correction | None:
        answers = self.cleaned_data
        if answers["decision"] != Suspicion.Decision.CORRECTED:
            return None
        if answers.get("lost") is not None and answers.get("possible"):
            return Correction(lost=scaled_days(answers["lost"]), possible=scaled_days(answers["possible"]))
        return Correction(rate=scaled_rate(answers["rate"]))
