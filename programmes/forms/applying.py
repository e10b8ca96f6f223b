"""The application, one form for each step. A draft may be half filled in: what is lacking is said in the summary."""

from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.forms.people import MunicipalityField
from municipalities.models import Municipality, Organisation
from municipalities.words import in_language
from programmes.calculations.application_content import STEP_FIELDS
from programmes.models import Application
from programmes.models.application_labels import FIELD_LABELS

from .filters import DateInput

LONGEST = 8000
LARGEST_FILE_MB = 10


class PercentField(forms.DecimalField):
    """8,4 and 8.4 and «8,4 %» are the same; shown with a comma."""

    default_error_messages = {
        "invalid": _("Write a number with at most one decimal: 8,4."),
        "max_decimal_places": _("Write at most one decimal: 8,4."),
        "max_value": _("A percentage is at most 100."),
        "min_value": _("A percentage cannot be below 0."),
    }

    def __init__(self, **kwargs):
        widget = forms.TextInput({"class": "short", "inputmode": "decimal"})
        super().__init__(min_value=0, max_value=100, decimal_places=1, widget=widget, **kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            value = value.replace("%", "").replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", ".")
        if value in self.empty_values:
            return None
        try:
            return Decimal(str(value))
        except ArithmeticError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None

    def prepare_value(self, value):
        return f"{value:.1f}".replace(".", ",") if isinstance(value, Decimal) else value


class StepForm(forms.ModelForm):
    """``base`` tells what the writer saw, so that nobody overwrites another unseen."""

    base = forms.CharField(widget=forms.HiddenInput, max_length=64)
    step = ""
    help_texts: dict = {}
    all_optional = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.required = False
            field.label = FIELD_LABELS.get(name, field.label)
            field.help_text = self.help_texts.get(name, "")
            if isinstance(field.widget, forms.Textarea):
                field.max_length = LONGEST
                field.widget.attrs |= {"rows": 10, "maxlength": LONGEST}

    def _post_clean(self):
        """Nothing is set on the record here: an action does it, once it is known that nobody else has written."""

    @property
    def values(self) -> dict:
        """The answers that could be read."""
        return {name: self.cleaned_data[name] for name in STEP_FIELDS[self.step] if name in self.cleaned_data}


class NameForm(StepForm):
    step = "applicants"
    help_texts = {"name": _("The name the application goes by in lists and letters.")}

    class Meta:
        model, fields = Application, STEP_FIELDS["applicants"]

    def clean_name(self):
        return self.cleaned_data["name"] or self.instance.name


def choice_field(label):
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple)


class FocusForm(StepForm):
    step = "focus"
    focus_areas = choice_field(FIELD_LABELS["focus_areas"])
    themes = choice_field(FIELD_LABELS["themes"])

    class Meta:
        model, fields = Application, ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in STEP_FIELDS["focus"]:
            choices = [(one["slug"], in_language(one)) for one in getattr(self.instance.round, name)]
            self.fields[name].choices = choices
            self.initial.setdefault(name, getattr(self.instance, name))
            if not choices:
                del self.fields[name]


class ChallengesForm(StepForm):
    step = "challenges"
    help_texts = {
        "challenges": _("Where is absence high, in which services, and what do you believe it comes from?"),
        "wanted_results": _("What shall be different for the employees and for those who use the services?"),
    }

    class Meta:
        model, fields = Application, STEP_FIELDS["challenges"]


class GoalForm(StepForm):
    step = "goal"
    absence_baseline_percent = PercentField(required=False)
    absence_target_percent = PercentField(required=False)
    help_texts = {
        "absence_baseline_percent": _(
            "Percent of possible workdays in the whole municipality, four quarters together. Take the figure from your "
            "own statistics, with one decimal."
        ),
        "absence_baseline_on": _("The last day of the period it is measured over."),
        "absence_target_percent": _("The goal binds: it must be lower than the absence today."),
        "absence_target_on": _("A day within the period of the programme."),
    }

    class Meta:
        model, fields = Application, STEP_FIELDS["goal"]
        widgets = {name: DateInput(attrs={"class": "short"}) for name in ("absence_baseline_on", "absence_target_on")}


class WorkForm(StepForm):
    step = "work"
    help_texts = {
        "work_organisation": _(
            "Who leads, who sits in the local steering group for each of the three parties, and how much time is set "
            "aside for the project leader?"
        )
    }

    class Meta:
        model, fields = Application, STEP_FIELDS["work"]


class DecisionForm(StepForm):
    step = "decision"
    help_texts = {
        "decision_body": _("The municipal council, the executive committee or the board."),
        "decision_case": _("As in the minutes, for instance 42/26."),
    }

    class Meta:
        model, fields = Application, STEP_FIELDS["decision"]
        widgets = {"decision_on": DateInput(attrs={"class": "short"})}


class ContactForm(StepForm):
    step = "contact"
    help_texts = {"contact_email": _("The receipt and our letters go here.")}

    class Meta:
        model, fields = Application, STEP_FIELDS["contact"]
        widgets = {"language": forms.RadioSelect}

    def clean_language(self):
        return self.cleaned_data["language"] or self.instance.language


STEP_FORMS = {
    form.step: form for form in (NameForm, FocusForm, ChallengesForm, GoalForm, WorkForm, DecisionForm, ContactForm)
}


class DecisionFileForm(forms.Form):
    file = forms.FileField(
        label=_("Choose the PDF file"),
        help_text=_("At most 10 MB."),
        widget=forms.FileInput({"accept": ".pdf,application/pdf"}),
        max_length=200,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE_MB * 1024 * 1024:
            raise forms.ValidationError(
                _("The file is larger than 10 MB. Save it as a smaller PDF and choose it again. Nothing is saved.")
            )
        head, tail = file.read(1024), b""
        file.seek(max(0, file.size - 2048))
        tail = file.read()
        file.seek(0)
        if not head.lstrip().startswith(b"%PDF-") or b"%%EOF" not in tail:
            raise forms.ValidationError(
                _("«%(name)s» is not a whole PDF file. Save it as PDF and choose it again. Nothing is saved."),
                params={"name": file.name},
            )
        return file


class AddApplicantForm(forms.Form):
    municipality = MunicipalityField(label=_("Municipality"), queryset=Municipality.objects.none(), required=False)
    organisation = forms.ModelChoiceField(
        label=_("City district, joint municipality or regional council"),
        queryset=Organisation.objects.all(),
        required=False,
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = Municipality.objects.valid_on(today).order_by("norwegian_name")

    def clean(self):
        answers = super().clean()
        places = [one for one in (answers.get("municipality"), answers.get("organisation")) if one]
        if len(places) != 1:
            self.add_error("municipality", _("Choose one: either a municipality or an organisation."))
        else:
            answers["place"] = places[0]
        return answers


class ConfirmationForm(forms.Form):
    """One who applies with others has said so in a meeting, by letter or by telephone."""

    name = forms.CharField(label=_("Who confirmed?"), max_length=100, help_text=_("Name and title."))
    confirmed_on = forms.DateField(label=_("When did they confirm?"), widget=DateInput(attrs={"class": "short"}))
    how = forms.CharField(
        label=_("How did they confirm?"),
        max_length=500,
        help_text=_("For instance: in the meeting of the council, case 42/26."),
    )

    def clean_confirmed_on(self):
        day = self.cleaned_data["confirmed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The day has not come yet. Write the day they confirmed."))
        return day


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why do you withdraw?"),
        widget=forms.Textarea({"rows": 3}),
        max_length=500,
        help_text=_("The secretariat reads this."),
    )
