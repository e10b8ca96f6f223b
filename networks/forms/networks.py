"""A network, who belongs to it and who looks after it."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import User
from networks.models import Contact, Network, NetworkPost
from networks.themes import THEMES, theme_choices
from programmes.forms import DateInput
from programmes.models import Cohort, Participation, Programme


class NetworkForm(forms.Form):
    name = forms.CharField(label=_("What is the network called?"), max_length=120)
    cohort = forms.ModelChoiceField(
        Cohort.objects.none(), label=_("Cohort"), required=False, empty_label=_("Across cohorts")
    )
    number = forms.IntegerField(label=_("Number"), required=False, min_value=1, max_value=999)
    themes = forms.MultipleChoiceField(
        label=_("Themes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A network by region has no theme."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4}))

    def __init__(self, *args, programme: Programme, network: Network | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.programme, self.network = programme, network
        self.fields["cohort"].queryset = programme.cohorts.order_by("position")
        own = network.themes if network else []
        self.fields["themes"].choices = theme_choices([*programme.themes, *own, *THEMES])

    def clean_name(self):
        name = self.cleaned_data["name"]
        others = self.programme.networks.filter(name__iexact=name)
        if others.exclude(pk=self.network.pk if self.network else None).exists():
            raise forms.ValidationError(_("The programme has a network of this name already. Choose another name."))
        return name


def reason_field(label, **kwargs):
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea({"rows": 3}), **kwargs)


class JoinForm(forms.Form):
    participation = forms.ModelChoiceField(Participation.objects.none(), label=_("Who joins the network?"))
    starts_on = forms.DateField(label=_("From which day?"), widget=DateInput())
    reason = reason_field(_("Why?"))

    def __init__(self, *args, participations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["participation"].queryset = participations


class LeaveForm(forms.Form):
    last_day = forms.DateField(label=_("Which day is the last?"), widget=DateInput())
    reason = reason_field(_("Why?"))


class MoveForm(forms.Form):
    to = forms.ModelChoiceField(Network.objects.none(), label=_("To which network?"))
    on = forms.DateField(label=_("From which day?"), widget=DateInput())
    reason = reason_field(_("Why?"))

    def __init__(self, *args, networks, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = networks


class AppointForm(forms.Form):
    kind = forms.ChoiceField(label=_("Which post?"), choices=NetworkPost.Kind.choices, widget=forms.RadioSelect)
    user = forms.ModelChoiceField(User.objects.none(), label=_("Who?"))
    starts_on = forms.DateField(label=_("From which day?"), widget=DateInput())

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people


class HandOverForm(forms.Form):
    handed_on = forms.DateField(label=_("From which day does somebody else have it?"), widget=DateInput())
    successor = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who takes over?"),
        required=False,
        empty_label=_("Nobody yet"),
        help_text=_("Without a successor, the network waits on the advisers' front page until somebody is appointed."),
    )
    reason = forms.CharField(label=_("Why?"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2}))
    note = forms.CharField(
        label=_("What must the successor know?"), required=False, max_length=8000, widget=forms.Textarea({"rows": 6})
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = people


class HandoverNoteForm(forms.Form):
    note = forms.CharField(
        label=_("What must the successor know?"), max_length=8000, widget=forms.Textarea({"rows": 8})
    )


class ContactForm(forms.Form):
    """One line: when, how, with whom, about what."""

    kind = forms.ChoiceField(label=_("How"))
    at = forms.DateTimeField(
        label=_("When"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    with_whom = forms.CharField(label=_("With whom"), max_length=120, required=False)
    text = forms.CharField(label=_("What it was about"), max_length=2000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Contact.Kind.choices

    def clean_at(self):
        at = self.cleaned_data["at"]
        if at > timezone.now():
            raise forms.ValidationError(_("The time has not come yet. Write when it was."))
        return at
