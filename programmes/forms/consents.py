"""Asking the local parties, and their answers."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programmes.models import LocalParty, PartyConsent

from .filters import DateInput


class AskPartyForm(forms.Form):
    """Who answers for a party of one of the applicants."""

    applicant = forms.ModelChoiceField(label=_("For"), queryset=None)
    party = forms.ChoiceField(label=_("Party"), choices=LocalParty.choices)
    union_name = forms.CharField(
        label=_("Union"), max_length=80, required=False, help_text=_("For the unions: one line for each union present.")
    )
    person_name = forms.CharField(label=_("Name"), max_length=100)
    person_title = forms.CharField(label=_("Title"), max_length=100, required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("The link is sent here. Without an address you record the answer yourselves."),
    )

    def __init__(self, *args, applicants, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["applicant"].queryset = applicants
        self.fields["applicant"].empty_label = None
        if applicants.count() == 1:
            self.fields["applicant"].widget = forms.HiddenInput()
            self.fields["applicant"].initial = applicants.first()

    def clean(self):
        answers = super().clean()
        if answers.get("party") == LocalParty.UNIONS and not answers.get("union_name"):
            self.add_error("union_name", _("Write the name of the union."))
        if answers.get("party") not in (None, LocalParty.UNIONS):
            answers["union_name"] = ""
        return answers


class RecordForm(forms.Form):
    """An answer given in a meeting or on paper."""

    answer = forms.ChoiceField(label=_("Answer"), choices=PartyConsent.Answer.choices, widget=forms.RadioSelect)
    answered_on = forms.DateField(label=_("When was it said?"), widget=DateInput(attrs={"class": "short"}))
    comment = forms.CharField(
        label=_("How was it said?"),
        max_length=500,
        help_text=_("For instance: in the meeting of the council, case 42/26."),
    )

    def clean_answered_on(self):
        day = self.cleaned_data["answered_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The day has not come yet. Write the day the answer was given."))
        return day


class ConsentForm(forms.Form):
    """The person's own answer, on the page the link opens."""

    answer = forms.ChoiceField(
        label=_("What do you answer?"),
        choices=[
            ("yes", _("Yes, we stand behind the application")),
            ("no", _("No, we do not stand behind it")),
        ],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=_("Comment"),
        widget=forms.Textarea({"rows": 3}),
        max_length=1000,
        required=False,
        help_text=_("Read by those who apply and by the secretariat."),
    )
    is_me = forms.BooleanField(error_messages={"required": _("Confirm who you are. The answer is not saved yet.")})
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args, consent: PartyConsent, **kwargs):
        super().__init__(*args, **kwargs)
        named = ", ".join(filter(None, [consent.person_name, consent.person_title]))
        self.fields["is_me"].label = _("I am %(name)s") % {"name": named}
