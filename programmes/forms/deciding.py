"""What is asked about a batch decision and about the letters that tell of it."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ..actions.deciding import Ruling, too_early
from ..models import AgendaItem, Application, Meeting
from .assessment import ReasonForm
from .filters import DateInput


class CaseField(forms.ModelChoiceField):
    def label_from_instance(self, item: AgendaItem) -> str:
        return f"{item.case_number} {item.title} ({item.meeting.held_on:%d.%m.%Y})"


class DecisionForm(forms.Form):
    """The case, the days, and one line for each application: result and reason.

    The lines are of the applications that the page was shown with, also those that somebody decided meanwhile: what
    became of them is for the action to say.
    """

    RESULTS = [("admit", _("admit")), ("decline", _("decline")), ("wait", _("not in this case"))]

    item = CaseField(AgendaItem.objects.none(), label=_("Case of the political committee"), empty_label=None)
    decided_on = forms.DateField(label=_("Decided on"), widget=DateInput())
    starts_on = forms.DateField(label=_("Participation begins"), widget=DateInput())

    def __init__(self, *args, applications: list[Application], cases, **kwargs):
        super().__init__(*args, **kwargs)
        self.applications = applications
        self.early_meeting: Meeting | None = None  # the chosen case's, where its day has not come
        self.fields["item"].queryset = cases
        for one in applications:
            self.fields[f"result_{one.pk}"] = forms.ChoiceField(
                label=_("Result for %(name)s") % {"name": one},
                choices=self.RESULTS,
                initial={True: "admit", False: "decline"}.get(one.is_recommended, "wait"),
            )
            self.fields[f"reason_{one.pk}"] = forms.CharField(
                label=_("Reason for %(name)s") % {"name": one},
                required=False,
                max_length=2000,
                initial=one.recommendation,
                widget=forms.Textarea({"rows": 2}),
            )

    def rows(self):
        return [(one, self[f"result_{one.pk}"], self[f"reason_{one.pk}"]) for one in self.applications]

    def clean(self):
        answers = super().clean()
        item = answers.get("item")
        early = too_early(item, answers.get("decided_on"), timezone.localdate())
        self.early_meeting = item.meeting if "item" in early else None
        for name, text in early.items():
            self.add_error(name, text)
        for one in self.applications:
            result = answers.get(f"result_{one.pk}")
            changed = result in ("admit", "decline") and (result == "admit") != one.is_recommended
            reason = answers.get(f"reason_{one.pk}", "")
            if changed and (not reason or reason == one.recommendation) and one.state == Application.State.RECOMMENDED:
                self.add_error(
                    f"reason_{one.pk}", _("The result differs from the recommendation. Write why the committee did so.")
                )
        return answers

    def rulings(self) -> list[Ruling]:
        answers = self.cleaned_data
        return [
            Ruling(one.pk, answers[f"result_{one.pk}"] == "admit", answers[f"reason_{one.pk}"])
            for one in self.applications
            if answers[f"result_{one.pk}"] != "wait"
        ]

    def days(self) -> tuple[date, date]:
        return self.cleaned_data["decided_on"], self.cleaned_data["starts_on"]


class ReverseToldForm(ReasonForm):
    """Why a decision is taken back of which the applicant knows: no letter takes back the one they have."""

    is_known = forms.BooleanField(
        label=_("I have told the applicant, or do so today, that the decision is taken back"),
        error_messages={"required": _("Tick that you tell the applicant, or leave the decision as it is.")},
    )


class ToldForm(forms.Form):
    """When and how an applicant was told of the decision without a letter."""

    told_on = forms.DateField(label=_("When were they told?"), widget=DateInput(attrs={"class": "short"}))
    how = forms.CharField(
        label=_("How were they told?"),
        max_length=200,
        help_text=_("For instance: by telephone to the chief executive."),
    )

    def __init__(self, *args, decided_on: date | None, **kwargs):
        super().__init__(*args, **{"initial": {"told_on": timezone.localdate()}} | kwargs)
        self.decided_on = decided_on

    def clean_told_on(self):
        day = self.cleaned_data["told_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The day has not come yet. Record it when they have been told."))
        if self.decided_on and day < self.decided_on:
            text = _("The decision was made on %(day)s. They were told on that day or later.")
            raise forms.ValidationError(text % {"day": date_format(self.decided_on)})
        return day


class LetterTextsForm(forms.Form):
    """The text of each kind of letter in each language that is needed; subject and body."""

    def __init__(
        self, *args, texts: dict[tuple[str, str], tuple[str, str]], titles: dict[tuple[str, str], str], **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.keys = list(texts)
        for key, (subject, body) in texts.items():
            name = "_".join(key)
            self.fields[f"subject_{name}"] = forms.CharField(
                label=_("Subject: %(kind)s") % {"kind": titles[key]}, initial=subject, max_length=200
            )
            self.fields[f"body_{name}"] = forms.CharField(
                label=_("Text: %(kind)s") % {"kind": titles[key]},
                initial=body,
                max_length=12_000,
                widget=forms.Textarea({"rows": 14}),
            )

    def texts(self) -> dict[tuple[str, str], tuple[str, str]]:
        answers = self.cleaned_data
        return {key: (answers["subject_" + "_".join(key)], answers["body_" + "_".join(key)]) for key in self.keys}
