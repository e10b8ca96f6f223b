"""Several people at once: a row each, empty rows are left out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gatherings.actions.errors import SessionFull
from gatherings.calculations.delegation import OTHER
from gatherings.models import GatheringMail, Registration, Session
from gatherings.queries.programme import ParallelSlot

MOST_ROWS = 60


class PersonForm(forms.Form):
    """One person; a choice of parallel session for each hour that has some."""

    # A row without a name is left out, so that to say of some fields that they are optional would mislead.
    all_optional = True

    name = forms.CharField(label=_("Name"), max_length=100)
    email = forms.EmailField(label=_("E-mail"), help_text="")
    delegate = forms.ChoiceField(label=_("Comes as"), choices=Registration.Delegate.choices)
    needs = forms.CharField(
        label=_("Diet and needs"),
        max_length=300,
        required=False,
    )

    def __init__(self, *args, slots: list[ParallelSlot] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.slots = slots
        for slot in slots:
            choices = [("", _("Decides later")), *slot.choices]
            self.fields[slot.key] = forms.TypedChoiceField(
                label=slot.label, choices=choices, coerce=int, empty_value=None, required=False
            )

    def has_changed(self) -> bool:
        """A row counts when somebody is named in it; what party it is for was filled in beforehand."""
        return any(self[name].data for name in ("name", "email", "needs")) if self.is_bound else False

    def tell_full(self, full: SessionFull) -> bool:
        """Say it at the choice of the session, if this is the person and the session; whether it is."""
        slot = next((one for one in self.slots if full.session in one.sessions), None)
        is_this = slot and self["name"].value() == full.person and self.cleaned_data.get(slot.key) == full.session.pk
        if is_this:
            self.add_error(slot.key, full.text)
        return bool(is_this)

    def chosen(self) -> tuple[Session, ...]:
        wanted = {self.cleaned_data.get(slot.key) for slot in self.slots}
        return tuple(one for slot in self.slots for one in slot.sessions if one.pk in wanted)


class PeopleFormSet(forms.BaseFormSet):
    def named(self) -> list[PersonForm]:
        """The rows in which somebody is named."""
        return [form for form in self.forms if form.has_changed()]

    def clean(self):
        if not any(self.errors) and not self.named():
            raise forms.ValidationError(_("Write the name of at least one person."))

    def kinds_asked(self) -> list[str]:
        """As what the people of the named rows come, also while the rest is not yet filled in."""
        known = set(Registration.Delegate.values)
        kinds = (form["delegate"].data for form in self.named())
        return [kind if kind in known else OTHER for kind in kinds]


def people_formset(extra: int = 0) -> type[PeopleFormSet]:
    return forms.formset_factory(
        PersonForm, formset=PeopleFormSet, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
    )


class ParticipantChoice(forms.Form):
    """For whom the secretariat registers; nobody for guests."""

    participant = forms.ModelChoiceField(
        label=_("Participant"),
        queryset=None,
        to_field_name="slug",
        required=False,
        empty_label=_("Guests, speakers and others who come for no participant"),
    )

    def __init__(self, *args, participations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["participant"].queryset = participations


class MailForm(forms.ModelForm):
    class Meta:
        model = GatheringMail
        fields = ("audience", "subject", "body")
        widgets = {"body": forms.Textarea({"rows": 10})}
