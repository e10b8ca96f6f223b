"""Preparing an evaluation, and the form that those who were there answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gatherings.models import Evaluation, EvaluationQuestion
from programmes.forms import DateInput

Kind = EvaluationQuestion.Kind
LONGEST_TEXT = 4000
MOST_OPTIONS = 12


class EvaluationForm(forms.ModelForm):
    intro_nb = forms.CharField(
        label=_("Introduction"),
        required=False,
        max_length=1500,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Stands in the e-mail and over the questions."),
    )
    intro_nn = forms.CharField(
        label=_("Introduction in Nynorsk"), required=False, max_length=1500, widget=forms.Textarea({"rows": 4})
    )

    class Meta:
        model = Evaluation
        fields = ("closes_on", "asks_sessions", "asks_party", "asks_cohort", "asks_network")
        widgets = {"closes_on": DateInput()}
        help_texts = {
            "closes_on": _("The links work until midnight of this day. The results are shown afterwards."),
            "asks_party": _("Answering it is voluntary. Groups with fewer than five answers are never shown."),
        }

    field_order = ("closes_on", "intro_nb", "intro_nn", "asks_sessions", "asks_party", "asks_cohort", "asks_network")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {f"intro_{key}": self.instance.intro.get(key, "") for key in ("nb", "nn")}
        if not self.instance.is_draft:
            for name in ("asks_sessions", "asks_party", "asks_cohort", "asks_network"):
                del self.fields[name]

    def values(self) -> dict:
        data = dict(self.cleaned_data)
        intro = {key: text for key in ("nb", "nn") if (text := data.pop(f"intro_{key}"))}
        return data | {"intro": intro}


class QuestionForm(forms.ModelForm):
    text_nb = forms.CharField(label=_("Question"), max_length=300)
    text_nn = forms.CharField(label=_("Question in Nynorsk"), max_length=300)
    options_nb = forms.CharField(
        label=_("Options"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("For one of several: one on each line."),
    )
    options_nn = forms.CharField(
        label=_("Options in Nynorsk"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("In the same order."),
    )

    class Meta:
        model = EvaluationQuestion
        fields = ("kind",)
        widgets = {"kind": forms.RadioSelect}

    field_order = ("text_nb", "text_nn", "kind", "options_nb", "options_nn")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Kind.choices
        one = self.instance
        self.initial |= {f"text_{key}": one.text.get(key, "") for key in ("nb", "nn")}
        for key in ("nb", "nn"):
            self.initial[f"options_{key}"] = "\n".join(option.get(key, "") for option in one.options)

    def clean(self) -> dict:
        data = super().clean()
        lines = {key: _lines(data.get(f"options_{key}", "")) for key in ("nb", "nn")}
        if data.get("kind") == Kind.CHOICE:
            if not 2 <= len(lines["nb"]) <= MOST_OPTIONS:
                self.add_error("options_nb", _("Write from two to twelve options, one on each line."))
            elif len(lines["nn"]) != len(lines["nb"]):
                self.add_error("options_nn", _("Write as many options as in Bokmål, in the same order."))
        data["options"] = [{"nb": nb, "nn": nn} for nb, nn in zip(lines["nb"], lines["nn"], strict=False)]
        return data

    def values(self) -> dict:
        data = self.cleaned_data
        return {
            "kind": data["kind"],
            "text": {key: data[f"text_{key}"] for key in ("nb", "nn")},
            "options": data["options"] if data["kind"] == Kind.CHOICE else [],
        }


def _lines(text: str) -> list[str]:
    return [line.strip()[:120] for line in text.splitlines() if line.strip()]


class ScaleSelect(forms.RadioSelect):
    """From 1 to 6 in a row, with words at both ends."""

    template_name = "gatherings/evaluation/scale.html"


class AnswerForm(forms.Form):
    """One field for each question; only the three standard questions must be answered."""

    def __init__(self, *args, asked: list[tuple[EvaluationQuestion, list[tuple[str, str]]]], **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = asked
        for question, options in asked:
            self.fields[f"q{question.pk}"] = _field(question, options)

    def values(self) -> dict[str, int | str]:
        """What was chosen, by the id of the question; scores are whole numbers."""
        found = {}
        for question, _options in self.asked:
            value = self.cleaned_data[f"q{question.pk}"]
            if question.kind != Kind.TEXT and value != "":
                found[str(question.pk)] = int(value) if question.kind == Kind.SCALE else value
        return found

    def texts(self) -> dict[int, str]:
        return {
            question.pk: self.cleaned_data[f"q{question.pk}"]
            for question, _o in self.asked
            if question.kind == Kind.TEXT
        }


def _field(question: EvaluationQuestion, options: list[tuple[str, str]]) -> forms.Field:
    if question.kind == Kind.TEXT:
        return forms.CharField(
            label=question.label,
            required=False,
            max_length=LONGEST_TEXT,
            widget=forms.Textarea({"rows": 4}),
            help_text=_("Do not write names, or anything that tells who you are."),
        )
    widget = ScaleSelect if question.kind == Kind.SCALE else forms.RadioSelect
    return forms.ChoiceField(
        label=question.label,
        required=question.is_required,
        choices=options,
        widget=widget,
        error_messages={"required": _("Choose an answer.")},
    )
