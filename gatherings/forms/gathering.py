"""A gathering as the secretariat writes it; the delegation rule is asked for in four numbers."""

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gatherings.calculations.delegation import PAID_AT, SEVEN, paid_at
from gatherings.models import Gathering
from municipalities.forms.people import MunicipalityField
from municipalities.models import Municipality
from programmes.forms import DateInput


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **kwargs):
        super().__init__(format="%H:%M", **kwargs)


class InstantInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


RULES = [
    ("seven", _("Two politicians, two of the management, two union representatives and the project leader")),
    ("anyone", _("Any of the participant's people, up to the number below")),
    ("own", _("As it is set now")),
]
FORM_TIMES = ["%Y-%m-%dT%H:%M"]


class GatheringForm(forms.ModelForm):
    title_nb = forms.CharField(label=_("Title"), max_length=160)
    title_nn = forms.CharField(label=_("Title in Nynorsk"), max_length=160, required=False)
    text_nb = forms.CharField(
        label=_("About the gathering"),
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Public. An empty line begins a new paragraph; **bold** and lists with - are understood."),
    )
    text_nn = forms.CharField(
        label=_("About the gathering, in Nynorsk"), required=False, widget=forms.Textarea({"rows": 6})
    )
    themes = forms.CharField(
        label=_("Themes"),
        required=False,
        max_length=300,
        help_text=_("With commas between. They make the table of themes in the reports."),
    )
    place_municipality = MunicipalityField(
        label=_("Which municipality is that in?"), queryset=Municipality.objects.none(), required=False
    )
    rule = forms.ChoiceField(label=_("Whom the programme pays for"), choices=RULES[:2], widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Gathering
        fields = (
            "kind",
            "starts_on",
            "starts_time",
            "ends_on",
            "ends_time",
            "place",
            "host",
            "is_for_all",
            "cohorts",
            "networks",
            "registration_opens_at",
            "registration_closes_at",
            "capacity",
            "paid_per_participant",
            "self_cost_nok",
            "support_nok",
            "is_paid_by_municipalities",
        )
        widgets = {
            "starts_on": DateInput(),
            "ends_on": DateInput(),
            "starts_time": TimeInput(),
            "ends_time": TimeInput(),
            "registration_opens_at": InstantInput(),
            "registration_closes_at": InstantInput(),
            "cohorts": forms.CheckboxSelectMultiple,
            "networks": forms.SelectMultiple({"size": 6}),
        }
        labels = {
            "capacity": _("Number of places"),
            "is_for_all": _("For everyone in the programme"),
        }
        help_texts = {
            "capacity": _("Empty: no limit. When it is full, the rest come on a waiting list that moves up by itself."),
            "registration_closes_at": _("Norwegian time. Afterwards an adviser can still register people."),
            "support_nok": _("To each municipality of a local gathering; it was 20 000 in the first programme."),
            "networks": _("Hold Ctrl to choose several."),
            "paid_per_participant": _(
                "Seven at gatherings, four at conferences, none at absence conferences. "
                "Left alone, it follows the kind."
            ),
        }

    field_order = (
        "title_nb",
        "title_nn",
        "kind",
        "starts_on",
        "starts_time",
        "ends_on",
        "ends_time",
        "place",
        "place_municipality",
        "host",
        "text_nb",
        "text_nn",
        "themes",
        "is_for_all",
        "cohorts",
        "networks",
        "registration_opens_at",
        "registration_closes_at",
        "capacity",
        "rule",
        "paid_per_participant",
        "self_cost_nok",
        "support_nok",
        "is_paid_by_municipalities",
        "version",
    )

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cohorts"].queryset = programme.cohorts.all()
        self.fields["networks"].queryset = programme.networks.all()
        self.fields["host"].queryset = programme.participations.all()
        self.fields["place_municipality"].queryset = self._places(programme)
        for name in ("registration_opens_at", "registration_closes_at"):
            self.fields[name].input_formats = FORM_TIMES
        if self.instance.pk is None:
            kind = self.initial.get("kind") or ""
            self.initial["rule"] = "anyone" if kind in PAID_AT else "seven"
            self.initial["paid_per_participant"] = paid_at(kind)
            return
        self.initial |= self._texts() | {"version": self.instance.version, "rule": self._rule()}
        if self._rule() == "own":
            self.fields["rule"].choices = RULES

    def _places(self, programme):
        """Those that there are, those of the programme's years, and the one that is chosen."""
        today = timezone.localdate()
        running = Q(valid_to=None) | Q(valid_to__gte=min(programme.starts_on, today))
        found = Municipality.objects.filter(running | Q(pk=self.instance.place_municipality_id))
        return found.order_by("norwegian_name", "valid_from")

    def _texts(self) -> dict:
        one = self.instance
        return {
            "title_nb": one.title.get("nb", ""),
            "title_nn": one.title.get("nn", ""),
            "text_nb": one.text.get("nb", ""),
            "text_nn": one.text.get("nn", ""),
            "themes": ", ".join(one.themes),
            "place_municipality": one.place_municipality_id,
        }

    def _rule(self) -> str:
        return {(): "anyone", tuple(sorted(SEVEN.items())): "seven"}.get(
            tuple(sorted(self.instance.quota.items())), "own"
        )

    def clean_themes(self) -> list[str]:
        return list(dict.fromkeys(part.strip() for part in self.cleaned_data["themes"].split(",") if part.strip()))

    def clean(self) -> dict:
        data = super().clean()
        self._follow_kind(data)
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        begins, ends = data.get("starts_time"), data.get("ends_time")
        if bool(begins) != bool(ends):
            self.add_error("ends_time", _("Give both the hour it begins and the hour it ends, or neither."))
        elif begins and first and first == last and ends <= begins:
            self.add_error("ends_time", _("It ends before it begins."))
        opens, closes = data.get("registration_opens_at"), data.get("registration_closes_at")
        if opens and closes and closes <= opens:
            self.add_error("registration_closes_at", _("The deadline is before the opening."))
        if not (data.get("is_for_all") or data.get("cohorts") or data.get("networks")):
            self.add_error("is_for_all", _("Say for whom it is: everyone, a cohort or a network."))
        return data

    def _follow_kind(self, data: dict) -> None:
        """Of a new gathering the rule is the kind's where it stands as the form showed it."""
        untouched = all(data.get(name) == self.initial.get(name) for name in ("rule", "paid_per_participant"))
        if self.instance.pk is None and data.get("kind") and untouched:
            data["paid_per_participant"] = paid_at(data["kind"])
            data["rule"] = "anyone" if data["kind"] in PAID_AT else "seven"

    def values(self) -> dict:
        """The fields of the record, ready for the action; cohorts and networks are apart."""
        data = self.cleaned_data
        plain = {name: data[name] for name in self.Meta.fields if name not in ("cohorts", "networks")}
        quotas = {"seven": dict(SEVEN), "anyone": {}, "own": self.instance.quota}
        return plain | {
            "title": self._in_languages("title", self.instance.title),
            "text": self._in_languages("text", self.instance.text),
            "themes": data["themes"],
            "place_municipality": data["place_municipality"],
            "quota": quotas[data["rule"]],
        }

    def _in_languages(self, name: str, before: dict) -> dict[str, str]:
        written = {language: self.cleaned_data[f"{name}_{language}"] for language in ("nb", "nn")}
        return {key: text for key, text in (before | written).items() if text}


class CopyForm(forms.Form):
    title_nb = forms.CharField(label=_("Title"), max_length=160)
    title_nn = forms.CharField(label=_("Title in Nynorsk"), max_length=160, required=False)
    starts_on = forms.DateField(label=_("First day"), widget=DateInput())

    def title(self) -> dict[str, str]:
        written = {language: self.cleaned_data[f"title_{language}"] for language in ("nb", "nn")}
        return {key: text for key, text in written.items() if text}
