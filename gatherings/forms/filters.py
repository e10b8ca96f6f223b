"""Filters of the lists; their state stands in the address."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gatherings.models import Gathering, Registration

ALL = ("", _("All"))


class Filter(forms.Form):
    """A filter that cannot be read filters nothing, and says so at its field."""

    q = forms.CharField(label=_("Search"), required=False, max_length=80, widget=forms.TextInput({"type": "search"}))

    all_optional = True

    def asked(self) -> dict:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}


class CalendarFilter(Filter):
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[ALL, *Gathering.Kind.choices])
    cohort = forms.ChoiceField(label=_("Cohort"), required=False)
    network = forms.ChoiceField(label=_("Network"), required=False)
    when = forms.ChoiceField(
        label=_("When"),
        required=False,
        choices=[ALL, ("coming", pgettext_lazy("gatherings", "coming")), ("past", pgettext_lazy("gatherings", "past"))],
    )

    def __init__(self, *args, cohorts, networks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cohort"].choices = [ALL, *((one.slug, one.name) for one in cohorts)]
        self.fields["network"].choices = [ALL, *((one.slug, one.name) for one in networks)]
        if not networks:
            del self.fields["network"]


class RegistrationFilter(Filter):
    delegate = forms.ChoiceField(label=_("Comes as"), required=False, choices=[ALL, *Registration.Delegate.choices])
    participant = forms.ChoiceField(label=_("Participant"), required=False)
    pays = forms.ChoiceField(
        label=_("Who pays"),
        required=False,
        choices=[ALL, ("programme", _("the programme")), ("self", _("they themselves")), ("guest", _("guests"))],
    )
    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", _("All with a place or waiting")),
            *Registration.State.choices,
            ("present", pgettext_lazy("registration", "present")),
            ("absent", pgettext_lazy("registration", "has not come")),
        ],
    )
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, participations, **kwargs):
        super().__init__(*args, **kwargs)
        places = [(one.slug, one.name) for one in participations]
        self.fields["participant"].choices = [ALL, *places, ("-", _("Guests"))]
