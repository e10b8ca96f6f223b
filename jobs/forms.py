"""The filters over the list of jobs; they stand in the address, `?state=failed&kind=absence.read_batch&mine=on`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobs import registry
from jobs.models import Job


class JobFilterForm(forms.Form):
    """Which jobs are wanted. Whatever in the address makes no sense is ignored."""

    all_optional = True

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All states")), *Job.State.choices])
    kind = forms.ChoiceField(label=_("Kind of work"), required=False)
    mine = forms.BooleanField(label=_("Only those I asked for"), required=False)

    def __init__(self, *args: Any, sees_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("All kinds")), *registry.titles().items()]
        if not sees_all:
            del self.fields["mine"]

    @property
    def wanted(self) -> dict[str, Any]:
        """What was chosen and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
