"""What is asked when something happens to a participant: always the day and the reason."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality, Organisation
from municipalities.queries.register import alphabetical

from ..models import Cohort, Participation, Programme
from .filters import DateInput


class EventForm(forms.Form):
    on = forms.DateField(label=_("From which day"), widget=DateInput())
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Kept with the event. The secretariat and the participant read it, the public does not."),
    )

    def __init__(self, *args, programme: Programme, **kwargs):
        day = min(max(timezone.localdate(), programme.starts_on), programme.ends_on)
        super().__init__(*args, **{"initial": {"on": day}} | kwargs)
        self.programme = programme

    def clean_on(self):
        on = self.cleaned_data["on"]
        if not self.programme.starts_on <= on <= self.programme.ends_on:
            raise forms.ValidationError(
                _("The programme runs from %(first)s to %(last)s. Choose a day within."),
                params={"first": f"{self.programme.starts_on:%d.%m.%Y}", "last": f"{self.programme.ends_on:%d.%m.%Y}"},
            )
        return on


class MoveForm(EventForm):
    """``from_`` is asked for only where the participant stands in two cohorts."""

    to = forms.ModelChoiceField(Cohort.objects.none(), label=_("To which cohort"), empty_label=None)
    from_ = forms.ModelChoiceField(Cohort.objects.none(), label=_("From which cohort"), empty_label=None)

    field_order = ("from_", "to", "on", "reason")

    def __init__(self, *args, standing: list[Cohort], **kwargs):
        super().__init__(*args, **kwargs)
        cohorts = self.programme.cohorts.all()
        self.fields["to"].queryset = cohorts.exclude(pk__in=[one.pk for one in standing])
        if len(standing) > 1:
            self.fields["from_"].queryset = cohorts.filter(pk__in=[one.pk for one in standing])
        else:
            del self.fields["from_"]


class CarryOnForm(EventForm):
    to = forms.ModelChoiceField(Municipality.objects.none(), label=_("The new municipality"), empty_label=None)

    field_order = ("to", "on", "reason")

    def __init__(self, *args, participation: Participation, **kwargs):
        super().__init__(*args, **kwargs)
        changes = participation.municipality.changes_after.all()
        self.fields["to"].queryset = Municipality.objects.filter(changes_before__in=changes).distinct()
        self.fields["on"].initial = changes.order_by("-happened_on").values_list("happened_on", flat=True).first()
        self.initial.pop("on", None)

    def clean_on(self):
        """A merger may come after the programme's last day; the register knows the day."""
        return self.cleaned_data["on"]


class LateEntryForm(EventForm):
    municipality = forms.ModelChoiceField(Municipality.objects.none(), label=_("Municipality"), required=False)
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Or organisation"), required=False)
    cohort = forms.ModelChoiceField(Cohort.objects.none(), label=_("Into which cohort"), empty_label=None)

    field_order = ("municipality", "organisation", "cohort", "on", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = self.programme.cohorts.all()
        taking_part = self.programme.participations.filter(merged_into__isnull=True)
        day = min(timezone.localdate(), self.programme.ends_on)
        municipalities = Municipality.objects.valid_on(day).exclude(participations__in=taking_part)
        self.fields["municipality"].queryset = municipalities.order_by("distinct_name")
        self.fields["organisation"].queryset = Organisation.objects.exclude(participations__in=taking_part)
        choices = self.fields["municipality"].queryset.values_list("pk", "distinct_name")
        named = sorted(choices, key=lambda one: alphabetical(one[1]))
        self.fields["municipality"].choices = [("", "–"), *named]

    def clean(self):
        answers = super().clean()
        if not self.errors and bool(answers.get("municipality")) == bool(answers.get("organisation")):
            self.add_error("municipality", _("Choose a municipality or an organisation, one of the two."))
        return answers

    @property
    def place(self):
        return self.cleaned_data["municipality"] or self.cleaned_data["organisation"]
