"""Sessions with their speakers, and materials."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gatherings.models import Material, Session
from programmes.forms import DateInput

from .gathering import TimeInput

LARGEST_FILE_MB = 20


class SessionForm(forms.ModelForm):
    title_nb = forms.CharField(label=_("Title"), max_length=160)
    title_nn = forms.CharField(label=_("Title in Nynorsk"), max_length=160, required=False)
    text_nb = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea({"rows": 4}))
    text_nn = forms.CharField(label=_("Text in Nynorsk"), required=False, widget=forms.Textarea({"rows": 4}))
    speakers = forms.CharField(
        label=_("Speakers"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One on each line: name, then a comma and where they work."),
    )

    class Meta:
        model = Session
        fields = ("kind", "held_on", "starts_time", "ends_time", "track", "room", "capacity")
        widgets = {"held_on": DateInput(), "starts_time": TimeInput(), "ends_time": TimeInput()}
        help_texts = {"capacity": _("Of a parallel session; empty: no limit.")}

    field_order = (
        "title_nb",
        "title_nn",
        "kind",
        "held_on",
        "starts_time",
        "ends_time",
        "track",
        "room",
        "capacity",
        "speakers",
        "text_nb",
        "text_nn",
    )

    def __init__(self, *args, gathering, **kwargs):
        super().__init__(*args, **kwargs)
        self.gathering = gathering
        if self.instance.pk is None:
            self.initial["held_on"] = gathering.starts_on
            return
        one = self.instance
        for name, texts in (("title", one.title), ("text", one.text)):
            self.initial |= {f"{name}_{language}": texts.get(language, "") for language in ("nb", "nn")}
        self.initial["speakers"] = "\n".join(
            ", ".join(filter(None, (speaker.name, speaker.affiliation))) for speaker in one.speakers.all()
        )

    def clean(self) -> dict:
        data = super().clean()
        day, begins, ends = data.get("held_on"), data.get("starts_time"), data.get("ends_time")
        if day and not self.gathering.starts_on <= day <= self.gathering.ends_on:
            self.add_error("held_on", _("The day is outside the gathering."))
        if begins and ends and ends <= begins:
            self.add_error("ends_time", _("It ends before it begins."))
        return data

    def values(self) -> dict:
        data = self.cleaned_data
        texts = {
            name: {key: data[f"{name}_{key}"] for key in ("nb", "nn") if data[f"{name}_{key}"]}
            for name in ("title", "text")
        }
        return {name: data[name] for name in self.Meta.fields} | texts

    def speaker_rows(self) -> list[tuple[str, str]]:
        """(name, workplace) of each line."""
        lines = (line.strip() for line in self.cleaned_data["speakers"].splitlines())
        parts = (line.partition(",") for line in lines if line)
        return [(name.strip()[:100], workplace.strip()[:160]) for name, _comma, workplace in parts]


class MaterialForm(forms.ModelForm):
    url = forms.URLField(label=_("Link"), required=False, assume_scheme="https")

    class Meta:
        model = Material
        fields = ("title", "file", "url", "is_public")
        labels = {"is_public": _("Public; otherwise for those who have a place")}

    def clean(self) -> dict:
        data = super().clean()
        file, url = data.get("file"), data.get("url")
        if bool(file) == bool(url) and not self.errors:
            self.add_error("file", _("Choose a file, or give a link."))
        if file and file.size > LARGEST_FILE_MB * 1024 * 1024:
            self.add_error("file", _("The file is larger than %(size)s MB.") % {"size": LARGEST_FILE_MB})
        return data
