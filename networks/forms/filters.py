"""Filters of the lists; their state stands in the address."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from networks.models import Contact
from networks.queries.networks import NetworkChoices
from networks.states import STATES
from networks.themes import theme_choices
from programmes.forms import AsOfForm, ListForm

ALL = ("", _("All"))


class SearchForm(forms.Form):
    """A filter that cannot be read filters nothing, and says so at its field."""

    q = forms.CharField(label=_("Search"), required=False, max_length=80, widget=forms.TextInput({"type": "search"}))
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    all_optional = True

    def asked(self) -> dict:
        self.is_valid()
        return self.cleaned_data


def choices_of(records, name=str, key=lambda one: str(one.pk)) -> list[tuple[str, str]]:
    return [ALL, *((key(one), name(one)) for one in records)]


def by_slug(records) -> list[tuple[str, str]]:
    return choices_of(records, key=lambda one: one.slug)


class NetworkFilterForm(ListForm):
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    cohort = forms.ChoiceField(label=_("Cohort"), required=False)
    adviser = forms.ChoiceField(label=_("Adviser"), required=False)
    county = forms.ChoiceField(label=_("County"), required=False)

    field_order = ("q", "theme", "cohort", "adviser", "county", "on", "sort")

    def __init__(self, *args, choices: NetworkChoices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = [ALL, *theme_choices(choices.themes)]
        self.fields["cohort"].choices = by_slug(choices.cohorts)
        self.fields["adviser"].choices = choices_of(choices.advisers)
        self.fields["county"].choices = [ALL, *((one, one) for one in choices.counties)]


class YearField(forms.TypedChoiceField):
    def __init__(self, **kwargs):
        super().__init__(label=_("Year"), required=False, coerce=int, empty_value=None, **kwargs)


class VisitFilterForm(SearchForm):
    year = YearField()
    network = forms.ChoiceField(label=_("Network"), required=False)
    adviser = forms.ChoiceField(label=_("Adviser"), required=False)
    state = forms.ChoiceField(
        label=_("Status"), required=False, choices=[ALL, *((state, capfirst(label)) for state, label in STATES)]
    )

    field_order = ("q", "year", "network", "adviser", "state", "sort")

    def __init__(self, *args, years, networks, advisers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [ALL, *((one, one) for one in years)]
        self.fields["network"].choices = by_slug(networks)
        self.fields["adviser"].choices = choices_of(advisers)


class TaskFilterForm(SearchForm):
    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[ALL, ("open", _("Open")), ("overdue", _("Overdue")), ("done", pgettext_lazy("several tasks", "Done"))],
    )
    side = forms.ChoiceField(
        label=_("Who does it"),
        required=False,
        choices=[ALL, ("municipality", _("The municipality")), ("secretariat", _("The secretariat")), ("me", _("Me"))],
    )
    network = forms.ChoiceField(label=_("Network"), required=False)

    field_order = ("q", "state", "side", "network", "sort")

    def __init__(self, *args, networks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["network"].choices = by_slug(networks)


class ContactFilterForm(SearchForm):
    year = YearField()
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[ALL, *((kind, capfirst(label)) for kind, label in Contact.Kind.choices)],
    )
    network = forms.ChoiceField(label=_("Network"), required=False)
    adviser = forms.ChoiceField(label=_("Who"), required=False)

    field_order = ("q", "year", "kind", "network", "adviser", "sort")

    def __init__(self, *args, years, networks, advisers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [ALL, *((one, one) for one in years)]
        self.fields["network"].choices = by_slug(networks)
        self.fields["adviser"].choices = choices_of(advisers)


class CoverageFilterForm(AsOfForm):
    q = forms.CharField(label=_("Search"), required=False, max_length=80, widget=forms.TextInput({"type": "search"}))
    year = YearField()
    network = forms.ChoiceField(label=_("Network"), required=False)
    adviser = forms.ChoiceField(label=_("Adviser"), required=False)
    without = forms.BooleanField(label=_("Only those without a visit in the year"), required=False)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ("q", "year", "network", "adviser", "on", "without", "sort")

    def __init__(self, *args, years, networks, advisers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(one, one) for one in years]
        self.fields["network"].choices = by_slug(networks)
        self.fields["adviser"].choices = choices_of(advisers)


class AlikeFilterForm(SearchForm):
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    size = forms.BooleanField(label=_("Only those of the same size"), required=False)

    field_order = ("q", "theme", "size", "sort")

    def __init__(self, *args, themes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = [ALL, *theme_choices(themes)]
