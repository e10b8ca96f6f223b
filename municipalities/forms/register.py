"""Filters of the register; their state stands in the address."""

from datetime import date
from html import escape

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from municipalities.models import County
from municipalities.queries.register import alphabetical


class GroupedSelect(forms.Select):
    """A list of choices in groups, written in one go: Django's own renders a template for each of them."""

    def render(self, name, value, attrs=None, renderer=None):
        attributes = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        parts = []
        for label, choices in self.choices:
            if isinstance(choices, list):
                options = "".join(_option(*choice, value) for choice in choices)
                parts.append(f'<optgroup label="{escape(label)}">{options}</optgroup>')
            else:
                parts.append(_option(label, choices, value))
        return format_html("<select{}>{}</select>", flatatt(attributes), mark_safe("".join(parts)))


def _option(key: str, label: str, chosen) -> str:
    return f'<option value="{escape(key)}"{" selected" if key == (chosen or "") else ""}>{escape(label)}</option>'


class MunicipalityFilterForm(forms.Form):
    """``counties`` are those to choose from; one that is no more stands under a heading of its own."""

    q = forms.CharField(
        label=_("Name or number"), required=False, max_length=80, widget=forms.TextInput({"type": "search"})
    )
    county = forms.ChoiceField(label=_("County"), required=False, widget=GroupedSelect)
    on = forms.DateField(
        label=_("Counted as of"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    all_optional = True

    def __init__(self, *args, counties: list[County], **kwargs):
        super().__init__(*args, **kwargs)
        counties = sorted(counties, key=lambda one: alphabetical(one.name))
        today = [(one.number, one.name) for one in counties if one.valid_to is None]
        former = [(one.number, _years(one)) for one in counties if one.valid_to]
        groups = [(_("Counties today"), today), (_("Former counties"), former)]
        self.fields["county"].choices = [("", _("All")), *(group for group in groups if group[1])]

    def asked(self) -> dict:
        """What is asked for; a filter that cannot be read filters nothing."""
        self.is_valid()
        return self.cleaned_data


def _years(county: County) -> str:
    return f"{county.name} ({_year(county.valid_from)}–{_year(county.valid_to)})"


def _year(day: date | None) -> str:
    return str(day.year) if day else ""
