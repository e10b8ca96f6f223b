"""A visit is planned, and afterwards written up."""

from datetime import date

from django import forms
from django.forms import formset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import User
from networks.actions.visits import Agreed, Met
from networks.models import Visit
from networks.themes import theme_choices
from programmes.forms import DateInput
from programmes.models import LocalParty, Participation


class PeopleField(forms.ModelMultipleChoiceField):
    def __init__(self, **kwargs):
        super().__init__(User.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)


class PlanForm(forms.Form):
    """Which participant, when, where and by whom."""

    participation = forms.ModelChoiceField(Participation.objects.none(), label=_("Which participant do you visit?"))
    planned_on = forms.DateField(label=_("When?"), widget=DateInput())
    place = forms.CharField(label=_("Where?"), max_length=120, required=False)
    advisers = PeopleField(label=_("Who goes?"), error_messages={"required": _("Choose at least one person.")})
    purpose = forms.CharField(
        label=_("What is it about?"), max_length=4000, required=False, widget=forms.Textarea({"rows": 4})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args, participations, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["participation"].queryset = participations
        self.fields["advisers"].queryset = people


class ChangePlanForm(PlanForm):
    """The participant is given."""

    def __init__(self, *args, visit: Visit, people, **kwargs):
        super().__init__(*args, participations=Participation.objects.none(), people=people, **kwargs)
        del self.fields["participation"]


class MadeForm(forms.Form):
    made_on = forms.DateField(label=_("When was it made?"), widget=DateInput())

    def clean_made_on(self):
        day = self.cleaned_data["made_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The day has not come yet. Write the day the visit was made."))
        return day


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Why is it cancelled?"), max_length=1000, widget=forms.Textarea({"rows": 3}))


class NoteForm(forms.Form):
    """The note: when, who, about what, expected by whom, found."""

    made_on = forms.DateField(label=_("When was it made?"), widget=DateInput())
    place = forms.CharField(label=_("Where?"), max_length=120, required=False)
    advisers = PeopleField(label=_("Who went?"), error_messages={"required": _("Choose at least one person.")})
    topics = forms.MultipleChoiceField(label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple)
    other_topics = forms.CharField(label=_("Other topics"), max_length=200, required=False)
    expected_of_municipality = forms.CharField(
        label=_("What does the programme expect of the municipality?"),
        max_length=8000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    expected_of_programme = forms.CharField(
        label=_("What does the municipality expect of the programme?"),
        max_length=8000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    findings = forms.CharField(
        label=_("What did you find?"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea({"rows": 10}),
        help_text=_("Write so that the municipality can read it: the note can be shared with it."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, people, themes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["advisers"].queryset = people
        self.fields["topics"].choices = theme_choices(themes)

    def clean_made_on(self):
        day = self.cleaned_data["made_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The day has not come yet. Write the day the visit was made."))
        return day


class MetForm(forms.Form):
    """One line; an empty one is no line, and an emptied one is taken away."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    party = forms.ChoiceField(label=_("Local party"), choices=LocalParty.choices, required=False)
    who = forms.CharField(label=_("Name or title"), max_length=160, required=False)
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=999, required=False)

    def met(self) -> Met:
        given = self.cleaned_data
        party = given.get("party") or LocalParty.MANAGEMENT
        return Met(party, given.get("who", ""), given.get("count") or 1, given.get("pk"))


SAME = "same"


class AgreedForm(forms.Form):
    """One task; an empty line is none, and an emptied one is taken away."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(label=_("What is to be done"), max_length=300, required=False)
    owner = forms.ChoiceField(label=_("Who does it"), required=False)
    owner_text = forms.CharField(label=_("Role or person in the municipality"), max_length=120, required=False)
    due_on = forms.DateField(label=_("Due"), required=False, widget=DateInput())

    def __init__(self, *args, people: list[User], **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in people}
        self.fields["owner"].choices = [
            ("", _("The municipality")),
            *((pk, str(one)) for pk, one in self.people.items()),
        ]
        if self.initial.get("pk") or self.data.get(self.add_prefix("pk")):
            # Of a post that nobody holds now there is no person to choose.
            self.fields["owner"].choices.append((SAME, _("The same as before")))

    def clean(self):
        given = super().clean()
        if not given.get("text") and not given.get("pk") and (given.get("due_on") or given.get("owner_text")):
            self.add_error("text", _("Write what is to be done."))
        return given

    def agreed(self) -> Agreed:
        given = self.cleaned_data
        owner = self.people.get(given.get("owner") or "")
        return Agreed(given.get("text", ""), owner, given.get("owner_text", ""), given.get("due_on"), given.get("pk"))


def is_early(given: dict, made_on: date) -> bool:
    """Whether a task is due before the day on which it was agreed; an emptied line is none."""
    due_on = given.get("due_on")
    return bool(given.get("text") and due_on and due_on < made_on)


MOST_LINES = 60
MetFormSet = formset_factory(MetForm, extra=1, max_num=MOST_LINES, absolute_max=MOST_LINES)
AgreedFormSet = formset_factory(AgreedForm, extra=2, max_num=MOST_LINES, absolute_max=MOST_LINES)


class NoteForms:
    """The note with its two lists, as one form. ``data`` is what was sent; ``initial`` what it begins with."""

    def __init__(self, data=None, *, initial: dict | None = None, people, themes):
        given = initial or {}
        self.note = NoteForm(data, initial=given.get("note"), people=people, themes=themes)
        self.met = MetFormSet(data, initial=given.get("met"), prefix="met")
        self.agreed = AgreedFormSet(
            data, initial=given.get("agreed"), prefix="agreed", form_kwargs={"people": list(people)}
        )

    def is_valid(self) -> bool:
        whole = [self.note.is_valid(), self.met.is_valid(), self.agreed.is_valid()]
        return all([*whole, self._is_due_after_the_visit()])

    def _is_due_after_the_visit(self) -> bool:
        made_on = self.note.cleaned_data.get("made_on")
        early = [
            form
            for form in self.agreed
            if made_on and hasattr(form, "cleaned_data") and is_early(form.cleaned_data, made_on)
        ]
        for form in early:
            form.add_error("due_on", _("The task is due before the visit. Write a day on or after the visit."))
        return not early

    def line_errors(self) -> list[tuple[str, str, str]]:
        """(Which line and field, its id, what is wrong) of the two lists, for the summary on top."""
        return [
            (f"{_('Line %(n)s') % {'n': number}}, {form[name].label}", form[name].auto_id, message)
            for lines in (self.met, self.agreed)
            for number, form in enumerate(lines, start=1)
            for name, messages in form.errors.items()
            for message in messages
        ]

    def lines_met(self) -> list[Met]:
        return [form.met() for form in self.met]

    def lines_agreed(self) -> list[Agreed]:
        return [form.agreed() for form in self.agreed]


class DoneForm(forms.Form):
    note = forms.CharField(
        label=_("What was done?"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )
