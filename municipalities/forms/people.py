"""What is asked when people are invited, given roles, or say who they are."""

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import Municipality, Organisation, User
from ..models.people import ROLE_CHOICES
from ..permissions import Role
from ..queries.people import municipalities_with_roles

LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]
PLACED = {Role.PROJECT_LEADER}


class MunicipalityField(forms.ModelChoiceField):
    """«Ringerike (3305)», «Ringerike (0605, til 2019)»: a name may have stood under several numbers."""

    def label_from_instance(self, municipality):
        last = municipality.valid_to
        if last is None or last >= timezone.localdate():
            return f"{municipality} ({municipality.number})"
        ended = gettext("to %(year)s") % {"year": last.year}
        return f"{municipality} ({municipality.number}, {ended})"


class PlaceForm(forms.Form):
    """A role, and what it is for: a project leader's is for one municipality or one organisation."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLE_CHOICES)
    municipality = MunicipalityField(
        label=_("Municipality"),
        queryset=Municipality.objects.none(),
        required=False,
        help_text=_("For a project leader: the municipality, or else the organisation below."),
    )
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none(), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities_with_roles(timezone.localdate())
        self.fields["organisation"].queryset = Organisation.objects.all()

    def clean(self):
        answers = super().clean()
        places = [answers.get("municipality"), answers.get("organisation")]
        if answers.get("role") in PLACED and not any(places):
            self.add_error("municipality", _("Choose the municipality or the organisation the role is for."))
        if all(places):
            self.add_error("organisation", _("Choose either a municipality or an organisation, not both."))
        return answers


class InvitationForm(PlaceForm):
    field_order = ["name", "email", "role", "municipality", "organisation", "language"]

    name = forms.CharField(label=_("Name"), max_length=100)
    email = forms.EmailField(label=_("E-mail"), help_text=_("The invitation is sent here, and it is used to sign in."))
    language = forms.ChoiceField(label=_("Language of the letter and of the portal"), choices=LANGUAGES)

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise ValidationError(
                _("%(email)s has an account already. Find the person in the list and give the role there."),
                params={"email": email},
            )
        return email


class LastDayForm(forms.Form):
    last_day = forms.DateField(
        label=_("Last day"),
        help_text=_("The role is good to the end of this day."),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
    )


class SuccessorForm(LastDayForm):
    name = forms.CharField(label=_("Name of the successor"), max_length=100)
    email = forms.EmailField(label=_("E-mail of the successor"))
    language = forms.ChoiceField(label=_("Language of the successor"), choices=LANGUAGES)


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "phone", "language"]


class AcceptanceForm(forms.Form):
    """The invited person's own words: name, telephone, and a password given twice."""

    name = forms.CharField(label=_("Name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=30,
        required=False,
        help_text=_("Shown to those you work with."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least 12 characters. A short sentence is easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("The password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, email: str, **kwargs):
        self.email = email
        super().__init__(*args, **kwargs)

    def clean(self):
        answers = super().clean()
        password = answers.get("password")
        if password and password != answers.get("password_again"):
            self.add_error("password_again", _("The two passwords are not the same. Write them again."))
        elif password:
            self._check_strength(password)
        return answers

    def _check_strength(self, password):
        somebody = User(email=self.email, name=self.cleaned_data.get("name", ""))
        try:
            password_validation.validate_password(password, somebody)
        except ValidationError as weak:
            self.add_error("password", weak)


class PeopleFilter(forms.Form):
    all_optional = True
    q = forms.CharField(label=_("Search"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("All roles")), *ROLE_CHOICES])
