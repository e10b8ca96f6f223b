"""The filters over the lists, and the few things that people write here."""

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from . import states
from .kinds import NAMES
from .letters import titles

ALL = [("", _("All"))]


class MessageFilterForm(forms.Form):
    all_optional = True

    q = forms.CharField(
        label=_("Receiver or subject"), required=False, max_length=80, widget=forms.TextInput({"type": "search"})
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[*ALL, (states.TROUBLE, _("Needs you")), *states.STATES]
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        named = sorted(((kind, str(name)) for kind, name in NAMES.items()), key=lambda pair: pair[1])
        self.fields["kind"].choices = [*ALL, *named]

    def asked(self) -> dict:
        """What is asked for; a filter that cannot be read filters nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class BatchFilterForm(forms.Form):
    all_optional = True

    q = forms.CharField(label=_("Title"), required=False, max_length=80, widget=forms.TextInput({"type": "search"}))
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args, programmes: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = [*ALL, *programmes.items()]
        self.fields["kind"].choices = [*ALL, *titles().items()]

    asked = MessageFilterForm.asked


class AddressForm(forms.Form):
    """Where a message is sent again."""

    to_email = forms.CharField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput, validators=[validate_email]
    )


class LetterForm(forms.Form):
    addressee = forms.CharField(
        label=_("Who is the letter to?"),
        help_text=_("Name and address as they stand on the letter, a line each."),
        max_length=500,
        widget=forms.Textarea({"rows": 4}),
    )
    email = forms.CharField(
        label=_("Which e-mail address does it go to?"),
        help_text=_("Leave it empty for a letter that goes on paper."),
        required=False,
        max_length=254,
        widget=forms.EmailInput,
        validators=[validate_email],
    )
    subject = forms.CharField(label=_("What is it about?"), max_length=300)
    body = forms.CharField(
        label=_("The text"),
        help_text=_("Markdown: an empty line between paragraphs, ## before a heading, - before a point of a list."),
        max_length=40_000,
        widget=forms.Textarea({"rows": 18}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class VersionForm(forms.Form):
    """Which text of the letter was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class DateForm(forms.Form):
    dated_on = forms.DateField(
        label=_("Which date stands on the letters?"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
