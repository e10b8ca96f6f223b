"""What is asked about grants: giving, paying, reporting on their use."""

import re
from decimal import Decimal

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..actions.grants import PaymentLine, not_paid_yet, used_too_much
from ..models import Cohort, Grant, Participation, Programme
from .filters import DateInput

NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]*)?")
# «50.000» is fifty thousand to a Norwegian and fifty to a computer, so it is asked about and never guessed.
DOTTED = re.compile(r"[-+]?[0-9]{1,3}(\.[0-9]{3})+")
MORE_THAN_NOTHING = {"min_value": _("The amount must be more than 0.")}


class AmountField(forms.DecimalField):
    """Kroner as people write them: «50 000», «50.000,50» and «50000.50» are all read; «1e6» and «50.000» are not."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Write the amount in digits, for example 50 000 or 50 000,50."),
        "dotted": _("Write thousands with a space between: %(amount)s."),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput({"class": "short", "inputmode": "decimal"}))
        super().__init__(max_digits=12, decimal_places=2, **kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            value = plain_amount(value)
            if DOTTED.fullmatch(value):
                amount = value.replace(".", "\u00a0")
                raise forms.ValidationError(self.error_messages["dotted"], code="dotted", params={"amount": amount})
            if value and not NUMBER.fullmatch(value):
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def prepare_value(self, value):
        return f"{value:.2f}".replace(".", ",").removesuffix(",00") if isinstance(value, Decimal) else value


def plain_amount(text: str) -> str:
    """«50.000,50» → «50000.50»: a comma is the decimal mark where there is one."""
    text = "".join(text.split()).replace("\u2212", "-")
    return text.replace(".", "").replace(",", ".") if "," in text else text


class GrantFilterForm(forms.Form):
    q = forms.CharField(label=_("Search"), required=False, max_length=80, widget=forms.TextInput({"type": "search"}))
    year = forms.ChoiceField(label=_("Year"), required=False)
    standing = forms.ChoiceField(
        label=_("Standing"),
        required=False,
        choices=[
            ("", _("All")),
            ("no_letter", _("letter not sent")),
            ("to_pay", _("to be paid")),
            ("overdue", _("report overdue")),
            ("to_read", _("report to read")),
            ("to_pay_back", _("money to come back")),
            ("outstanding", _("something outstanding")),
            ("settled", _("nothing outstanding")),
        ],
    )
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    all_optional = True

    def __init__(self, *args, years: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", _("All")), *((str(one), str(one)) for one in years)]

    def asked(self) -> dict:
        self.is_valid()
        return self.cleaned_data | {"search": self.cleaned_data.get("q", "")}


class GiveGrantsForm(forms.Form):
    """To all participants that take part, to one cohort's, or to those chosen."""

    year = forms.IntegerField(label=_("Year"), widget=forms.NumberInput({"class": "short"}))
    amount_nok = AmountField(
        label=_("Amount for each, NOK"), min_value=Decimal("0.01"), error_messages=MORE_THAN_NOTHING
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        required=False,
        max_length=200,
        help_text=_("A participant can have several grants of a year when their purposes differ."),
    )
    conditions = forms.CharField(
        label=_("Conditions"),
        max_length=8000,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Stand in the letter. Markdown: lists with a dash, **bold**."),
    )
    reporting_due_on = forms.DateField(label=_("Report due"), widget=DateInput())
    account_reference = forms.CharField(label=_("Reference in the accounts"), required=False, max_length=60)
    cohort = forms.ModelChoiceField(
        Cohort.objects.none(), label=_("To the participants of"), required=False, empty_label=_("All cohorts")
    )
    participations = forms.ModelMultipleChoiceField(
        Participation.objects.none(),
        label=_("Only to these"),
        required=False,
        help_text=_("Leave empty for all who take part. Hold Ctrl to choose several."),
        widget=forms.SelectMultiple({"size": 10}),
    )

    def __init__(self, *args, programme: Programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.day = min(timezone.localdate(), programme.ends_on)
        self.fields["cohort"].queryset = programme.cohorts.all()
        self.active = programme.participations.active_on(self.day).order_by("name")
        self.fields["participations"].queryset = self.active

    def clean_year(self):
        year = self.cleaned_data["year"]
        if not self.programme.starts_on.year <= year <= self.programme.ends_on.year + 1:
            raise forms.ValidationError(
                _("The programme runs from %(first)s to %(last)s. Choose a year within."),
                params={"first": self.programme.starts_on.year, "last": self.programme.ends_on.year},
            )
        return year

    def receivers(self) -> list[Participation]:
        chosen = self.cleaned_data["participations"]
        found = chosen if chosen else self.active
        if cohort := self.cleaned_data["cohort"]:
            found = found.filter(cohort_memberships__cohort=cohort).distinct()
        return list(found)


class GrantForm(forms.ModelForm):
    amount_nok = AmountField(label=_("Amount, NOK"), min_value=Decimal("0.01"), error_messages=MORE_THAN_NOTHING)

    class Meta:
        model = Grant
        fields = ["amount_nok", "purpose", "conditions", "reporting_due_on", "account_reference"]
        widgets = {"reporting_due_on": DateInput(), "conditions": forms.Textarea({"rows": 8})}


def day_that_has_come(paid_on):
    if trouble := not_paid_yet(paid_on, timezone.localdate()):
        raise forms.ValidationError(trouble)
    return paid_on


class PaymentForm(forms.Form):
    amount_nok = AmountField(label=_("Amount, NOK"), help_text=_("With a minus when the participant has paid back."))
    paid_on = forms.DateField(label=_("Paid on"), widget=DateInput())
    reference = forms.CharField(label=_("Reference"), required=False, max_length=60)

    def clean_amount_nok(self):
        if self.cleaned_data["amount_nok"] == 0:
            raise forms.ValidationError(_("Write an amount other than 0."))
        return self.cleaned_data["amount_nok"]

    def clean_paid_on(self):
        return day_that_has_come(self.cleaned_data["paid_on"])


class PaymentsForm(forms.Form):
    """Many payments: all that is due of chosen grants on one day, or lines from the accounts."""

    grants = forms.ModelMultipleChoiceField(Grant.objects.none(), required=False)
    paid_on = forms.DateField(label=_("Paid on"), required=False, widget=DateInput())
    reference = forms.CharField(label=_("Reference"), required=False, max_length=60)
    lines = forms.CharField(
        label=_("Lines from the accounts"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "One payment a line: reference of the grant in the accounts, amount, date, reference of the payment; "
            "semicolons between. For example 2009-014;50000;2009-03-15;B4711."
        ),
    )

    all_optional = True

    def __init__(self, *args, standing, **kwargs):
        """``standing``: the rows that money is due on."""
        super().__init__(*args, **kwargs)
        self.rows = {row.grant.pk: row for row in standing}
        self.fields["grants"].queryset = Grant.objects.filter(pk__in=self.rows)

    def clean_paid_on(self):
        return day_that_has_come(self.cleaned_data["paid_on"])

    def clean(self):
        answers = super().clean()
        chosen = answers.get("grants") or []
        self.payments = []
        if chosen and not answers.get("paid_on") and "paid_on" not in self.errors:
            self.add_error("paid_on", _("Write the day the money was paid."))
        elif chosen and answers.get("paid_on"):
            self.payments = [
                PaymentLine(one, self.rows[one.pk].balance.to_pay, answers["paid_on"], answers.get("reference", ""))
                for one in chosen
            ]
        for number, line in enumerate((answers.get("lines") or "").splitlines(), 1):
            if line.strip():
                self._read(number, line)
        if not self.errors and not self.payments:
            raise forms.ValidationError(_("Choose the grants that are paid, or paste the lines from the accounts."))
        return answers

    def _read(self, number: int, line: str) -> None:
        cells = [cell.strip() for cell in line.replace("\t", ";").split(";")] + ["", ""]
        known = [row.grant for row in self.rows.values() if cells[0] and row.grant.account_reference == cells[0]]
        try:
            amount, day = AmountField().clean(cells[1]), parse_date(cells[2])
        except (forms.ValidationError, ValueError):
            amount, day = None, None
        if len(known) != 1:
            text = gettext("Line %(n)d: one grant should have the reference «%(reference)s», %(count)d have.")
            self.add_error("lines", text % {"n": number, "reference": cells[0], "count": len(known)})
        elif not amount or day is None:
            text = gettext("Line %(n)d: write the amount as 50000 and the date as 2009-03-15.")
            self.add_error("lines", text % {"n": number})
        elif trouble := not_paid_yet(day, timezone.localdate()):
            self.add_error("lines", gettext("Line %(n)d: %(what)s") % {"n": number, "what": trouble})
        else:
            self.payments.append(PaymentLine(known[0], amount, day, cells[3]))


class GrantReportForm(forms.Form):
    """``version`` is the one the page was shown with; no more than ``grant``'s amount can have been used of it."""

    report_text = forms.CharField(
        label=_("What the money was used for"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 10}),
        help_text=_("Say what you did, and what came of it."),
    )
    used_nok = AmountField(
        label=_("How much is used, NOK"),
        min_value=Decimal(0),
        error_messages={"min_value": _("The amount cannot be less than 0.")},
        help_text=_("Money that is paid and not used is to be paid back."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, grant: Grant, **kwargs):
        super().__init__(*args, **kwargs)
        self.grant = grant

    def clean_used_nok(self):
        if trouble := used_too_much(self.grant, self.cleaned_data["used_nok"]):
            raise forms.ValidationError(trouble)
        return self.cleaned_data["used_nok"]


class ReturnForm(forms.Form):
    text = forms.CharField(
        label=_("What is missing"),
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Those who wrote the report get this by e-mail, and can change it."),
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)
