"""What is asked about a round of admission. Times are those of Norwegian clocks."""

from datetime import datetime

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from municipalities.forms.people import MunicipalityField
from municipalities.models import County, Municipality, Organisation
from municipalities.queries.people import municipalities_with_roles
from programmes.calculations.local_time import NoSuchTime, closing, in_norway, opening
from programmes.models import AdmissionRound

from .filters import DateInput

LANGUAGES = ("nb", "nn", "en")
CLOCK = ["%H:%M", "%H.%M", "%H:%M:%S"]


class ClockField(forms.TimeField):
    def __init__(self, **kwargs):
        widget = forms.TextInput({"class": "short", "placeholder": "15.00", "inputmode": "numeric"})
        super().__init__(input_formats=CLOCK, widget=widget, **kwargs)
        self.error_messages["invalid"] = _("Write the time as on a clock: 15.00.")

    def prepare_value(self, value):
        return value.strftime("%H.%M") if hasattr(value, "strftime") else value


class TimesForm(forms.Form):
    """Pairs of a day and a time, each becoming one instant: ``self.instants``, by the names in ``pairs``."""

    pairs: dict = {}

    def clean(self):
        answers = super().clean()
        for name, reckon in self.pairs.items():
            day, clock = answers.get(f"{name}_on"), answers.get(f"{name}_clock")
            if day and clock is not None:
                try:
                    answers[f"{name}_at"] = reckon(datetime.combine(day, clock))
                except NoSuchTime as gone:
                    self.add_error(
                        f"{name}_clock",
                        _("The clock is moved forward that night and never shows this. Write %(instead)s.")
                        % {"instead": gone.instead.strftime("%H.%M")},
                    )
        return answers


def day_and_clock(instant) -> tuple:
    local = in_norway(instant)
    return local.date(), local.time().replace(microsecond=0)


class RoundForm(TimesForm):
    """``choices`` fields take one line each, the languages divided by «|»."""

    pairs = {"opens": opening, "closes": closing}

    cohort = forms.ModelChoiceField(label=_("Cohort"), queryset=None)
    title_nb = forms.CharField(label=_("Title, Bokmål"), max_length=120)
    title_nn = forms.CharField(label=_("Title, Nynorsk"), max_length=120)
    title_en = forms.CharField(label=_("Title, English"), max_length=120, required=False)
    opens_on = forms.DateField(label=_("Opens on"), widget=DateInput())
    opens_clock = ClockField(label=_("Opens at"), help_text=_("Norwegian time."))
    closes_on = forms.DateField(label=_("Closes on"), widget=DateInput())
    closes_clock = ClockField(
        label=_("Closes at"), help_text=_("Norwegian time. An application must be in before this minute begins.")
    )
    decision_planned_on = forms.DateField(label=_("Decision planned"), widget=DateInput(), required=False)
    begins_on = forms.DateField(label=_("Participation begins"), widget=DateInput(), required=False)
    places_count = forms.IntegerField(label=_("Places"), min_value=1, max_value=500, required=False)
    is_open_to_all = forms.BooleanField(
        label=_("Open to all municipalities"),
        required=False,
        help_text=_("Without this only those on the list of the invited can apply."),
    )
    invitation_nb = forms.CharField(
        label=_("Invitation, Bokmål"),
        widget=forms.Textarea({"rows": 14, "data-preview": ""}),
        max_length=20000,
        help_text=_("Markdown: **bold**, *italic*, lists with a dash, ## for a heading."),
    )
    invitation_nn = forms.CharField(
        label=_("Invitation, Nynorsk"), widget=forms.Textarea({"rows": 14}), max_length=20000
    )
    invitation_en = forms.CharField(
        label=_("Invitation, English"), widget=forms.Textarea({"rows": 6}), max_length=20000, required=False
    )
    focus_areas = forms.CharField(
        label=_("Focus areas to choose among"),
        widget=forms.Textarea({"rows": 5}),
        required=False,
        help_text=_("One on each line: Bokmål | Nynorsk | English. The last may be left out."),
    )
    themes = forms.CharField(
        label=_("Themes to choose among"),
        widget=forms.Textarea({"rows": 5}),
        required=False,
        help_text=_("As the focus areas."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, programme, admission_round: AdmissionRound | None = None, **kwargs):
        self.admission_round = admission_round
        kwargs["initial"] = (initial_of(admission_round) if admission_round else {}) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = programme.cohorts.all()
        if admission_round and admission_round.announced_at:
            for name in ("closes_on", "closes_clock", "cohort"):
                del self.fields[name]  # what was promised in public has acts of its own

    def clean(self):
        answers = super().clean()
        opens, closes = answers.get("opens_at"), answers.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_on", _("The round closes before it opens. Choose a later day."))
        begins, planned = answers.get("begins_on"), answers.get("decision_planned_on")
        if planned and closes and planned < in_norway(closes).date():
            self.add_error("decision_planned_on", _("The decision is planned before the round closes."))
        if planned and begins and begins < planned:
            self.add_error("begins_on", _("Participation begins before the decision is planned."))
        return answers

    def clean_focus_areas(self):
        return choices_of(self.cleaned_data["focus_areas"], self._former("focus_areas"))

    def clean_themes(self):
        return choices_of(self.cleaned_data["themes"], self._former("themes"))

    def _former(self, name: str) -> list[dict]:
        return getattr(self.admission_round, name) if self.admission_round else []

    @property
    def values(self) -> dict:
        """The fields of an ``AdmissionRound``."""
        answers = self.cleaned_data
        plain = ("cohort", "opens_at", "closes_at", "decision_planned_on", "begins_on", "places_count")
        names = (*plain, "is_open_to_all", "focus_areas", "themes")
        values = {name: answers[name] for name in names if name in answers}
        for name in ("title", "invitation"):
            values[name] = {code: answers[f"{name}_{code}"] for code in LANGUAGES if answers.get(f"{name}_{code}")}
        return values


def initial_of(one: AdmissionRound) -> dict:
    """A stored round as the form shows it."""
    values = {f"title_{code}": one.title.get(code, "") for code in LANGUAGES}
    values |= {f"invitation_{code}": one.invitation.get(code, "") for code in LANGUAGES}
    values |= {name: lines_of(getattr(one, name)) for name in ("focus_areas", "themes")}
    plain = ("cohort", "decision_planned_on", "begins_on", "places_count", "is_open_to_all", "version")
    values |= {name: getattr(one, name) for name in plain}
    for name in ("opens", "closes"):
        values[f"{name}_on"], values[f"{name}_clock"] = day_and_clock(getattr(one, f"{name}_at"))
    return values


def lines_of(choices: list[dict]) -> str:
    return "\n".join(" | ".join(one[code] for code in LANGUAGES if one.get(code)) for one in choices)


def choices_of(text: str, former: list[dict]) -> list[dict]:
    """Lines as choices; one whose Bokmål is as before keeps its slug, so that drafts keep what they chose."""
    slugs = {one["nb"]: one["slug"] for one in former if one.get("nb")}
    found, taken = [], set()
    for line in filter(None, map(str.strip, text.splitlines())):
        words = [word.strip() for word in line.split("|")][:3]
        slug = slugs.get(words[0]) or slugify(words[0])[:50] or f"n{len(found) + 1}"
        if slug not in taken:
            taken.add(slug)
            found.append({"slug": slug} | dict(zip(LANGUAGES, words, strict=False)))
    return found


class CopyForm(TimesForm):
    """The new round's cohort and times; all else comes from the earlier one and can be changed afterwards."""

    pairs = {"opens": opening, "closes": closing}
    cohort = forms.ModelChoiceField(label=_("Cohort"), queryset=None)
    opens_on = forms.DateField(label=_("Opens on"), widget=DateInput())
    opens_clock = ClockField(label=_("Opens at"), help_text=_("Norwegian time."))
    closes_on = forms.DateField(label=_("Closes on"), widget=DateInput())
    closes_clock = ClockField(label=_("Closes at"), help_text=_("Norwegian time."))

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = programme.cohorts.all()

    def clean(self):
        answers = super().clean()
        opens, closes = answers.get("opens_at"), answers.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_on", _("The round closes before it opens. Choose a later day."))
        return answers


class ReasonedTimeForm(TimesForm):
    pairs = {"until": closing}
    until_on = forms.DateField(label=_("New deadline, day"), widget=DateInput())
    until_clock = ClockField(label=_("New deadline, time"), help_text=_("Norwegian time."))
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Kept in the log."))


class ExtensionForm(ReasonedTimeForm):
    """More time for one: a municipality or an organisation."""

    municipality = MunicipalityField(label=_("Municipality"), queryset=Municipality.objects.none(), required=False)
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.all(), required=False)
    field_order = ["municipality", "organisation", "until_on", "until_clock", "reason"]

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities_with_roles(today)

    def clean(self):
        answers = super().clean()
        places = [one for one in (answers.get("municipality"), answers.get("organisation")) if one]
        if len(places) != 1:
            self.add_error("municipality", _("Choose one: either a municipality or an organisation."))
        else:
            answers["place"] = places[0]
        return answers


class InvitedFilterForm(forms.Form):
    all_optional = True
    q = forms.CharField(label=_("Search"), required=False, max_length=80, widget=forms.TextInput({"type": "search"}))
    county = forms.ChoiceField(label=_("County"), required=False)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        counties = [(str(one.pk), one.name) for one in County.objects.valid_on(today)]
        self.fields["county"].choices = [("", _("All")), *counties]


class CriterionForm(forms.Form):
    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name_nb = forms.CharField(label=_("Criterion, Bokmål"), max_length=120, required=False)
    name_nn = forms.CharField(label=_("Criterion, Nynorsk"), max_length=120, required=False)
    guidance_nb = forms.CharField(
        label=_("Guidance, Bokmål"), widget=forms.Textarea({"rows": 2}), max_length=600, required=False
    )
    guidance_nn = forms.CharField(
        label=_("Guidance, Nynorsk"), widget=forms.Textarea({"rows": 2}), max_length=600, required=False
    )
    all_optional = True

    def clean(self):
        answers = super().clean()
        if answers.get("name_nb") and not answers.get("name_nn"):
            self.add_error("name_nn", _("Write the criterion in Nynorsk too."))
        if answers.get("guidance_nb") and not answers.get("name_nb"):
            self.add_error("name_nb", _("The criterion has guidance, but no name."))
        return answers

    @property
    def row(self) -> dict | None:
        """What ``set_criteria`` takes; None of a line that is left empty."""
        answers = self.cleaned_data
        if not answers.get("name_nb"):
            return None
        texts = {name: {"nb": answers[f"{name}_nb"], "nn": answers[f"{name}_nn"]} for name in ("name", "guidance")}
        return {"id": answers.get("pk"), **texts}


CriteriaFormSet = forms.formset_factory(CriterionForm, extra=3, max_num=12)


class AccessForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=100, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(label=_("Your e-mail at work"), widget=forms.EmailInput({"autocomplete": "email"}))
    municipality = MunicipalityField(label=_("Municipality you apply for"), queryset=Municipality.objects.none())

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = Municipality.objects.valid_on(today).order_by("norwegian_name")
