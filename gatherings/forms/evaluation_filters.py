"""What the table of evaluations can be narrowed to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gatherings.models import Gathering
from gatherings.queries.evaluation_table import EvaluationRow

from .filters import ALL, Filter


class EvaluationFilter(Filter):
    q = None
    year = forms.ChoiceField(label=_("Year"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    cohort = forms.ChoiceField(label=_("Cohort"), required=False)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, rows: list[EvaluationRow], cohorts, **kwargs):
        super().__init__(*args, **kwargs)
        years = {row.year for row in rows} | {row.first.year for row in rows if row.first}
        kinds = {row.kind for row in rows}
        self.fields["year"].choices = [ALL, *((str(year), str(year)) for year in sorted(years))]
        self.fields["kind"].choices = [ALL, *(pair for pair in Gathering.Kind.choices if pair[0] in kinds)]
        self.fields["cohort"].choices = [ALL, *((one.slug, one.name) for one in cohorts)]
