"""What is asked while applications are assessed and recommended."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..actions.assessment import Mark
from ..calculations.application_states import ANSWER_DAYS
from ..models import Assessment, Criterion
from ..models.application_labels import SECRETARIAT_LABELS
from .filters import DateInput

SCORES = [("", _("not scored")), *((str(n), str(n)) for n in range(1, 7))]


def text_area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class ApplicationFilterForm(forms.Form):
    """Filters of the table of applications; a filter that cannot be read filters nothing."""

    q = forms.CharField(label=_("Search"), required=False, max_length=80, widget=forms.TextInput({"type": "search"}))
    state = forms.ChoiceField(label=pgettext_lazy("of an application", "State"), required=False)
    focus = forms.ChoiceField(label=_("Focus area"), required=False)
    county = forms.ChoiceField(label=_("County"), required=False)
    assessor = forms.ChoiceField(label=_("Assessed by"), required=False)
    disagreement = forms.ChoiceField(
        label=_("Disagreement"), required=False, choices=[("", _("All")), ("yes", _("Only where advisers disagree"))]
    )
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    all_optional = True

    def __init__(self, *args, rows, **kwargs):
        """``rows``: all of the round, since the choices are what there is to choose from."""
        super().__init__(*args, **kwargs)
        states = _choices(SECRETARIAT_LABELS, {row.state for row in rows})
        special = [("overdue", _("Answer overdue"))] if any(row.is_overdue for row in rows) else []
        self.fields["state"].choices = [*states, *special]
        self.fields["focus"].choices = _named({one for row in rows for one in row.focus_areas})
        self.fields["county"].choices = _named({row.county for row in rows if row.county})
        names = {one for row in rows for one in row.assessors}
        special = [("mine", _("Waits for me")), ("none", _("Nobody yet"))]
        self.fields["assessor"].choices = [("", _("All")), *special, *_named(names)[1:]]

    def asked(self) -> dict:
        self.is_valid()
        asked = self.cleaned_data
        return asked | {"search": asked.get("q", "")}


def _choices(labels: dict, there: set[str]) -> list[tuple]:
    return [("", _("All")), *((key, label) for key, label in labels.items() if key in there)]


def _named(names: set[str]) -> list[tuple]:
    return [("", _("All")), *((one, one) for one in sorted(names))]


class AssessmentForm(forms.Form):
    """A score and a comment for each criterion, advice, and a comment on the whole. Saved half-filled as it grows."""

    advice = forms.ChoiceField(
        label=_("Your advice"),
        required=False,
        choices=Assessment.Advice.choices,
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(label=_("Comment on the whole"), required=False, max_length=6000, widget=text_area(5))

    all_optional = True

    def __init__(self, *args, criteria: list[Criterion], own: Assessment | None = None, **kwargs):
        self.criteria = criteria
        given = {one.criterion_id: one for one in own.scores.all()} if own else {}
        initial = {"advice": own.advice, "comment": own.comment} if own else {}
        for one in criteria:
            score = given.get(one.pk)
            initial[f"score_{one.pk}"] = str(score.value or "") if score else ""
            initial[f"comment_{one.pk}"] = score.comment if score else ""
        super().__init__(*args, initial=initial, **kwargs)
        for one in criteria:
            self.fields[f"score_{one.pk}"] = forms.ChoiceField(
                label=one.name_text,
                help_text=one.guidance_text,
                required=False,
                choices=SCORES,
                widget=forms.RadioSelect({"class": "scores"}),
            )
            self.fields[f"comment_{one.pk}"] = forms.CharField(
                label=_("Comment on «%(criterion)s»") % {"criterion": one.name_text},
                required=False,
                max_length=4000,
                widget=text_area(2),
            )
        self.order_fields([name for one in criteria for name in (f"score_{one.pk}", f"comment_{one.pk}")])

    def answers(self) -> dict:
        """As ``actions.assessment.save_assessment`` takes them."""
        given = self.cleaned_data
        marks = [
            Mark(one, int(given[f"score_{one.pk}"]) if given[f"score_{one.pk}"] else None, given[f"comment_{one.pk}"])
            for one in self.criteria
        ]
        return {"marks": marks, "advice": given["advice"], "comment": given["comment"]}


class AskForMoreForm(forms.Form):
    text = forms.CharField(
        label=_("What the municipality should add or explain"),
        max_length=4000,
        widget=text_area(7),
        help_text=_("The contact gets this by e-mail, and the application is opened for changes."),
    )
    due_on = forms.DateField(
        label=_("Answer by"),
        widget=DateInput(attrs={"class": "short"}),
        help_text=_("The last day. Nothing is closed when it has passed; it is marked in your list."),
    )

    def __init__(self, *args, **kwargs):
        due_on = timezone.localdate() + timedelta(days=ANSWER_DAYS)
        super().__init__(*args, **{"initial": {"due_on": due_on}} | kwargs)

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("The day has passed. Choose today or a later day."))
        return day


class RecommendationForm(forms.Form):
    admit = forms.ChoiceField(
        label=_("The secretariat recommends to"),
        choices=[("yes", _("admit")), ("no", _("decline"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=4000,
        widget=text_area(5),
        help_text=_("The committee reads it. The municipality does not, until it is a part of the decision."),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=text_area(3))
