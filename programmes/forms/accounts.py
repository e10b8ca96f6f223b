"""What is asked about the secretariat's posts and about lines of budget and accounts."""

import calendar
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..models import AccountLine, StaffPeriod, StaffPost


class MonthInput(forms.TextInput):
    input_type = "month"


class MonthField(forms.CharField):
    """A month, typed or chosen as «2008-03»; its value is the first day of the month."""

    widget = MonthInput({"class": "short", "placeholder": "2008-03", "pattern": r"\d{4}-\d{2}"})

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        try:
            year, month = map(int, text.split("-"))
            return date(year, month, 1)
        except ValueError:
            raise ValidationError(
                _("«%(text)s» is not a month. Write the year and the month as 2008-03."), params={"text": text}
            ) from None

    def prepare_value(self, value):
        return f"{value:%Y-%m}" if isinstance(value, date) else value


def last_day_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


class PostForm(forms.ModelForm):
    class Meta:
        model = StaffPost
        fields = ["title", "office", "employer", "user", "allocation", "position"]


class PeriodForm(forms.Form):
    first = MonthField(label=_("From"), required=False)
    last = MonthField(label=_("To and including"), required=False)
    percent = forms.DecimalField(
        label=_("Percent of a full post"),
        min_value=1,
        max_value=100,
        decimal_places=2,
        required=False,
        localize=True,
        widget=forms.TextInput({"class": "short", "inputmode": "decimal"}),
    )

    def clean(self):
        answers = super().clean()
        first, last, percent = (answers.get(one) for one in ("first", "last", "percent"))
        if (first is None) != (percent is None) and not self.errors:
            self.add_error("percent" if first else "first", _("A period needs both the first month and the percent."))
        if first and last and last < first:
            self.add_error("last", _("The last month is before the first."))
        return answers

    def period(self) -> StaffPeriod | None:
        answers = self.cleaned_data
        if not answers.get("first"):
            return None
        last = last_day_of_month(answers["last"]) if answers.get("last") else None
        return StaffPeriod(starts_on=answers["first"], ends_on=last, release_percent=answers["percent"])


PeriodFormSet = forms.formset_factory(PeriodForm, extra=2, max_num=40)


class LineForm(forms.ModelForm):
    name_nb = forms.CharField(label=_("What it is for, in bokmål"), max_length=120)
    name_nn = forms.CharField(label=_("What it is for, in nynorsk"), max_length=120, required=False)

    class Meta:
        model = AccountLine
        fields = ["year", "kind", "is_income", "amount_nok", "qualifier", "smallest_nok", "largest_nok", "slug"]
        fields += ["position", "source"]
        localized_fields = ["amount_nok", "smallest_nok", "largest_nok"]
        widgets = {
            name: forms.TextInput({"class": "short", "inputmode": "decimal"})
            for name in ("amount_nok", "smallest_nok", "largest_nok")
        }
        labels = {"slug": _("Key"), "kind": _("Budget or accounts")}
        help_texts = {
            "slug": _("Budget and accounts of one thing have the same key, as «secretariat»."),
            "smallest_nok": _("Only when the source gives a span."),
        }

    field_order = ["year", "kind", "is_income", "name_nb", "name_nn", "slug", "amount_nok", "qualifier"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for language in ("nb", "nn"):
            self.initial[f"name_{language}"] = self.instance.name.get(language, "")

    def clean(self):
        answers = super().clean()
        amounts = [answers.get(one) for one in ("amount_nok", "smallest_nok", "largest_nok")]
        if all(one is None for one in amounts) and not self.errors:
            self.add_error("amount_nok", _("Write the amount, or the least and the most that a source gives."))
        low, high = amounts[1:]
        if low is not None and high is not None and high < low:
            self.add_error("largest_nok", _("The most is less than the least."))
        return answers

    def save(self, commit=True):
        written = {one: self.cleaned_data[f"name_{one}"] for one in ("nb", "nn")}
        kept = {k: v for k, v in self.instance.name.items() if k not in ("nb", "nn")}
        self.instance.name = kept | {one: text for one, text in written.items() if text}
        return super().save(commit)
