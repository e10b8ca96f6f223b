"""What is asked about committees, seats, meetings, cases and papers."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext_lazy as _

from correspondence import foreign
from municipalities.models import User

from ..models import AgendaItem, Attendance, Committee, CommitteeSeat, Meeting
from .filters import DateInput

LARGEST_PAPER_MB = 20
PAPERS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "csv", "txt"]
# What a file of the kind begins with; office files are zip archives, text has no mark.
SIGNATURES = {"pdf": b"%PDF-", **dict.fromkeys(["docx", "xlsx", "pptx", "odt", "ods", "odp"], b"PK\x03\x04")}
UNREADABLE = {
    foreign.ENCRYPTED: _("«%(name)s» is locked with a password. Save it without one and choose it again."),
    foreign.BROKEN: _("«%(name)s» is damaged and cannot be read. Save it as PDF anew and choose it again."),
    foreign.LONG: _("«%(name)s» has more than %(most)s pages. Divide it, or choose the pages the members need."),
}


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M", attrs={"class": "short"})


def text_area(rows: int = 6) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class CommitteeForm(forms.ModelForm):
    name_nb = forms.CharField(label=_("Name in bokmål"), max_length=120)
    name_nn = forms.CharField(label=_("Name in nynorsk"), max_length=120, required=False)
    mandate_nb = forms.CharField(label=_("Mandate in bokmål"), widget=text_area(4), required=False)
    mandate_nn = forms.CharField(label=_("Mandate in nynorsk"), widget=text_area(4), required=False)

    class Meta:
        model = Committee
        fields = ["kind", "position"]
        help_texts = {"position": _("The committees are listed in this order.")}

    field_order = ["kind", "name_nb", "name_nn", "mandate_nb", "mandate_nn", "position"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for texts in ("name", "mandate"):
            for language in ("nb", "nn"):
                self.initial[f"{texts}_{language}"] = getattr(self.instance, texts).get(language, "")

    def save(self, commit=True):
        for texts in ("name", "mandate"):
            kept = {k: v for k, v in getattr(self.instance, texts).items() if k not in ("nb", "nn")}
            written = {one: self.cleaned_data[f"{texts}_{one}"] for one in ("nb", "nn")}
            setattr(self.instance, texts, kept | {one: text for one, text in written.items() if text})
        return super().save(commit)


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return f"{user} ({user.email})"


class SeatForm(forms.ModelForm):
    user = PersonField(
        label=_("Person"),
        queryset=User.objects.filter(is_active=True),
        required=False,
        help_text=_("Only one who signs in here can read the papers and is told of meetings."),
    )

    class Meta:
        model = CommitteeSeat
        fields = ["party", "user", "holder", "is_chair", "is_deputy", "starts_on", "ends_on", "note"]
        widgets = {"starts_on": DateInput(), "ends_on": DateInput()}

    def clean(self):
        answers = super().clean()
        if not any(answers.get(one) for one in ("party", "user", "holder")):
            self.add_error("party", _("Say which party has the seat, or who holds it."))
        first, last = answers.get("starts_on"), answers.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first, %(first)s.") % {"first": date_format(first)})
        return answers


class MeetingForm(forms.ModelForm):
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Meeting
        fields = ["held_on", "starts_at", "ends_at", "place"]
        widgets = {"held_on": DateInput(), "starts_at": TimeInput(), "ends_at": TimeInput()}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen_version"] = self.instance.version

    def clean(self):
        answers = super().clean()
        begins, ends = answers.get("starts_at"), answers.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error(
                "ends_at", _("The meeting ends before it begins, at %(begins)s.") % {"begins": time_format(begins)}
            )
        same = Meeting.objects.filter(
            committee=self.instance.committee_id, held_on=answers.get("held_on"), starts_at=begins
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("held_on", _("The committee has a meeting at this time already."))
        return answers


class ItemForm(forms.ModelForm):
    class Meta:
        model = AgendaItem
        fields = ["title", "kind", "case_text", "proposal"]
        widgets = {"case_text": text_area(12), "proposal": text_area(4)}
        help_texts = {"case_text": _("Blank lines make paragraphs, lines that begin with a hyphen make lists.")}


class DecisionForm(forms.Form):
    decision = forms.CharField(label=_("Decision"), widget=text_area(6), required=False)
    seen_decision = forms.CharField(widget=forms.HiddenInput, required=False)


class PostponeForm(forms.Form):
    to = forms.ModelChoiceField(label=_("To the meeting"), queryset=Meeting.objects.none())

    def __init__(self, *args, item: AgendaItem, **kwargs):
        super().__init__(*args, **kwargs)
        later = Meeting.objects.filter(committee=item.committee_id, state__in=("planned", "called"))
        self.fields["to"].queryset = later.exclude(pk=item.meeting_id).order_by("held_on")
        self.fields["to"].label_from_instance = lambda one: date_format(one.held_on)


class PaperForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=160)
    item = forms.ModelChoiceField(
        label=_("Belongs to the case"), queryset=AgendaItem.objects.none(), required=False, empty_label=_("The meeting")
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, a document, a spreadsheet or a presentation of at most 20 MB."),
        validators=[FileExtensionValidator(PAPERS)],
    )

    def __init__(self, *args, meeting: Meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.items.all()

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_PAPER_MB * 1024 * 1024:
            raise ValidationError(
                _("«%(name)s» is %(size)d MB. Make it smaller than %(most)d MB, or divide it."),
                params={"name": file.name, "size": file.size // 1024**2 + 1, "most": LARGEST_PAPER_MB},
            )
        kind = file.name.rpartition(".")[2].lower()
        expected = SIGNATURES.get(kind, b"")
        beginning = file.read(len(expected))
        file.seek(0)
        if beginning != expected:
            raise ValidationError(
                _("«%(name)s» is not what its name says. Save it anew from the program it was made in."),
                params={"name": file.name},
            )
        if kind == "pdf":
            _check_pages(file)
        return file


def _check_pages(file) -> None:
    """A PDF that members cannot page through is refused while the one who has it is there to mend it."""
    content = file.read()
    file.seek(0)
    try:
        foreign.page_count(content)
    except foreign.UnreadablePdf as fault:
        raise ValidationError(UNREADABLE[fault.why], params={"name": file.name, "most": foreign.MOST_PAGES}) from None


class MinutesForm(forms.Form):
    """The minutes, and who met: a choice for each seat, and guests a line each."""

    minutes = forms.CharField(
        label=_("Minutes"),
        widget=text_area(14),
        required=False,
        help_text=_("Decisions are written at each case. Here goes what else should be remembered."),
    )
    guests = forms.CharField(
        label=_("Others who met"), widget=text_area(3), required=False, help_text=_("One name on each line.")
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, meeting: Meeting, **kwargs):
        recorded = {one.seat_id: one.presence for one in meeting.attendances.all() if one.seat_id}
        guests = [one.guest for one in meeting.attendances.all() if one.guest]
        kwargs["initial"] = {
            "minutes": meeting.minutes,
            "guests": "\n".join(guests),
            "seen_version": meeting.version,
        }
        super().__init__(*args, **kwargs)
        self.seats = list(meeting.committee.seats.valid_on(meeting.held_on).select_related("party", "user"))
        for seat in self.seats:
            self.fields[f"seat_{seat.pk}"] = forms.ChoiceField(
                label=str(seat),
                required=False,
                choices=[("", _("not recorded")), *Attendance.Presence.choices],
                initial=recorded.get(seat.pk, ""),
            )
        self.order_fields([*(f"seat_{seat.pk}" for seat in self.seats), "guests", "minutes", "seen_version"])

    def presences(self) -> dict[CommitteeSeat, str]:
        answers = {seat: self.cleaned_data[f"seat_{seat.pk}"] for seat in self.seats}
        return {seat: answer for seat, answer in answers.items() if answer}

    def guest_names(self) -> list[str]:
        return list(
            dict.fromkeys(line.strip()[:120] for line in self.cleaned_data["guests"].splitlines() if line.strip())
        )
