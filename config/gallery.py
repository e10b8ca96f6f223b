"""Samples for the page that shows developers the parts that pages are built of."""

from django import forms
from django.core.paginator import Paginator
from django.utils.safestring import mark_safe

CHART = mark_safe(
    '<svg role="img" viewBox="0 0 400 120" xmlns="http://www.w3.org/2000/svg"><title>Absence falls</title>'
    '<polyline fill="none" stroke="#999999" stroke-width="2" points="0,40 130,36 260,44 400,38"/>'
    '<polyline fill="none" stroke="#0062ba" stroke-width="3" points="0,50 130,60 260,58 400,80"/></svg>'
)


class SampleForm(forms.Form):
    name = forms.CharField(label="What is it called?", help_text="Help stands before the field.")
    email = forms.EmailField(label="E-mail")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "Annual report"), ("f", "Final report")])
    language = forms.ChoiceField(
        label="Language", choices=[("nb", "Bokmål"), ("nn", "Nynorsk")], widget=forms.RadioSelect, required=False
    )
    text = forms.CharField(label="Text", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label="All three parties stand behind it")
    file = forms.FileField(label="File", required=False)


class SampleFilter(forms.Form):
    all_optional = True
    q = forms.CharField(label="Search", required=False)
    county = forms.ChoiceField(label="County", required=False, choices=[("", "All counties")])


def samples() -> dict:
    return {
        "form": SampleForm({"email": "nobody"}),
        "filter": SampleFilter(),
        "columns": [
            {"label": "Municipality", "url": "?order=name", "sort": "ascending"},
            {"label": "2008", "number": True},
            {"label": "2009", "number": True},
        ],
        "rows": [
            {"url": "#mandal", "cells": ["Mandal", "9,4", "9,1"], "numbers": True},
            {"url": "#vagsoy", "cells": ["Vågsøy", "10,2", "–"], "numbers": True},
            {"url": "#karasjok", "cells": ["Kárášjohka–Karasjok", "11,0", "10,6"], "numbers": True},
        ],
        "page": Paginator(range(430), 50).page(4),
        "svg": CHART,
        "colors": ["neutral", "info", "success", "warning", "danger"],
    }
