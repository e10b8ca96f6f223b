"""Applications: what is applied for, by whom, who consents, and what was decided."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality, MunicipalityChange, Organisation, User
from municipalities.models.people import new_token
from municipalities.permissions import may

from ..calculations.application_states import DECIDED, state_to_applicant
from .admission_rounds import AdmissionRound
from .application_labels import APPLICANT_LABELS, COLOURS, SECRETARIAT_LABELS
from .committees import AgendaItem
from .participation import Participation
from .parties import LocalParty


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """To the secretariat those that have been sent in; to others their own municipality's.

        A draft is the municipality's own: the secretariat sees that it exists, not what is in it.
        """
        if may(user, "admission.view"):
            return self.exclude(state=Application.State.DRAFT)
        if not may(user, "admission.apply"):
            return self.none()
        return self.live().filter(pk__in=Applicant.objects.of(user).values("application"))

    def editable_by(self, user):
        """Those whose content the person may write: where one's own municipality leads. The others read."""
        if not may(user, "admission.apply"):
            return self.none()
        return self.live().filter(pk__in=Applicant.objects.of(user).filter(is_lead=True).values("application"))

    def live(self):
        return self.filter(deleted_at__isnull=True)

    def untold(self):
        """Decided, and those who applied do not know it yet."""
        return self.filter(state__in=DECIDED, told_at__isnull=True)


class Application(models.Model):
    """What a municipality, or several together, apply with. ``version`` counts saves: nobody overwrites unseen."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        MORE_ASKED = "more_asked", _("more information asked for")
        RESUBMITTED = "resubmitted", _("resubmitted")
        ASSESSED = "assessed", _("assessed")
        RECOMMENDED = "recommended", _("recommended")
        ADMITTED = "admitted", _("admitted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    round = models.ForeignKey(AdmissionRound, models.PROTECT, related_name="applications", verbose_name=_("round"))
    name = models.CharField(_("name"), max_length=200, help_text=_("Of the applicants together."))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    focus_areas = models.JSONField(_("focus areas"), default=list, blank=True)
    themes = models.JSONField(_("themes"), default=list, blank=True)
    challenges = models.TextField(_("local challenges"), blank=True)
    wanted_results = models.TextField(_("wanted results"), blank=True)
    absence_baseline_percent = models.DecimalField(
        _("absence today, percent"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    absence_baseline_on = models.DateField(_("absence today: measured on"), null=True, blank=True)
    absence_target_percent = models.DecimalField(
        _("result goal for absence, percent"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    absence_target_on = models.DateField(_("result goal: to be reached by"), null=True, blank=True)
    work_organisation = models.TextField(_("how the work will be organised"), blank=True)
    decision_body = models.CharField(_("decided by"), max_length=120, blank=True)
    decision_on = models.DateField(_("decided on"), null=True, blank=True)
    decision_case = models.CharField(_("case number"), max_length=40, blank=True)
    decision_file = models.FileField(_("the decision"), upload_to="applications/%Y/", blank=True)
    decision_file_name = models.CharField(max_length=200, blank=True)
    contact_name = models.CharField(_("contact"), max_length=100, blank=True)
    contact_email = models.EmailField(_("e-mail of the contact"), blank=True)
    contact_phone = models.CharField(_("telephone of the contact"), max_length=30, blank=True)
    language = models.CharField(
        _("language of the letters"), max_length=2, choices=[("nb", "Bokmål"), ("nn", "Nynorsk")], default="nb"
    )
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)
    saved_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    step_saves = models.JSONField(default=dict, blank=True, help_text=_("Who wrote last in each step, and when."))
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)
    deleted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    recommendation = models.TextField(_("recommendation"), blank=True)
    is_recommended = models.BooleanField(_("recommended for admission"), null=True, blank=True)
    decided_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="applications", verbose_name=_("decided in")
    )
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)
    more_due_on = models.DateField(
        _("answer wanted by"), null=True, blank=True, help_text=_("The last day, in Norwegian time.")
    )
    told_at = models.DateTimeField(_("told of the decision"), null=True, blank=True)
    told_how = models.CharField(_("how they were told"), max_length=200, blank=True, help_text=_("Empty: by letter."))
    told_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("application"), _("applications")
        ordering = ["round", "name"]
        indexes = [models.Index(fields=["round", "state"], name="application_state")]

    def __str__(self):
        return self.name

    @property
    def applicant_state(self) -> str:
        """The state as those who applied may know it: the outcome is theirs when they have been told."""
        return state_to_applicant(self.state, self.told_at)

    @property
    def applicant_label(self):
        """The state, in the words for those who applied."""
        return APPLICANT_LABELS[self.applicant_state]

    @property
    def applicant_colour(self) -> str:
        return COLOURS.get(self.applicant_state, "neutral")

    @property
    def secretariat_label(self):
        return SECRETARIAT_LABELS[self.state]

    @property
    def state_colour(self) -> str:
        return COLOURS.get(self.state, "neutral")

    @property
    def is_untold(self) -> bool:
        """Decided, and those who applied do not know it yet."""
        return self.state in DECIDED and self.told_at is None

    @property
    def is_answer_overdue(self) -> bool:
        """The day the answer was wanted by is over; nothing is locked by that, the adviser decides."""
        return (
            self.state == self.State.MORE_ASKED
            and self.more_due_on is not None
            and self.more_due_on < timezone.localdate()
        )


class ApplicantQuerySet(models.QuerySet):
    def of(self, user):
        """Those that the person's roles name; a role for a joint body is none for its members, nor the reverse.

        What a municipality that is no more applied for is its successor's: a merger may come while a round is open.
        """
        roles = user.current_roles
        own = [one.municipality_id for one in roles if one.municipality_id]
        return self.filter(
            Q(municipality__in=own)
            | Q(municipality__in=predecessors_of(own))
            | Q(organisation__in=[one.organisation_id for one in roles if one.organisation_id])
        )


def predecessors_of(municipality_ids):
    """Municipalities that have become one of these, whole."""
    kinds = MunicipalityChange.Kind
    return MunicipalityChange.objects.filter(
        successor__in=municipality_ids,
        happened_on__lte=timezone.localdate(),
        kind__in=(kinds.MERGE, kinds.RENAME, kinds.RECODE),
    ).values("predecessor")


class Applicant(models.Model):
    """One of those who apply together; the lead writes for all. ``participation`` is what became of it.

    Each but the lead confirms that it applies: ``confirmed_by`` is its own person, or the lead's, who recorded who said
    so (``confirmed_name``) and how (``confirmed_how``).
    """

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="applicants", verbose_name=_("application")
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("municipality")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    is_lead = models.BooleanField(_("leads the application"), default=False)
    participation = models.ForeignKey(
        Participation, models.SET_NULL, null=True, blank=True, related_name="applicants", verbose_name=_("participant")
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    confirmed_name = models.CharField(
        _("who confirmed"), max_length=100, blank=True, help_text=_("Where the leader recorded it.")
    )
    confirmed_how = models.CharField(_("how it was confirmed"), max_length=500, blank=True)

    objects = ApplicantQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("applicant"), _("applicants")
        ordering = ["application", "-is_lead", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(municipality__isnull=True) ^ Q(organisation__isnull=True), name="applicant_of_one"
            ),
            models.UniqueConstraint(fields=["application", "municipality"], name="applicant_municipality_once"),
            models.UniqueConstraint(fields=["application", "organisation"], name="applicant_organisation_once"),
        ]

    def __str__(self):
        return str(self.place)

    @property
    def place(self) -> Municipality | Organisation:
        return self.municipality or self.organisation


class Submission(models.Model):
    """What was sent in, frozen; a second one is compared with the first. ``content`` is the form's fields."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="submissions", verbose_name=_("application")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    content = models.JSONField(_("content"))
    submitted_at = models.DateTimeField(_("submitted"), default=timezone.now)
    submitted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    is_late = models.BooleanField(_("late, by extension"), default=False)
    sha256 = models.CharField(max_length=64)
    receipt = models.FileField(_("receipt"), upload_to="applications/%Y/", blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("submission"), _("submissions")
        ordering = ["application", "number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="submission_once")]


class PartyConsent(models.Model):
    """One local party stands behind an application: said by the person through a signed link, or recorded.

    Of the unions each that is present has its own. A link is good for one answer by the one it was sent to.
    """

    class How(models.TextChoices):
        LINK = "link", _("by the person, through the link")
        RECORDED = "recorded", _("recorded by the municipality")

    class Answer(models.TextChoices):
        YES = "yes", _("stands behind the application")
        NO = "no", _("does not stand behind the application")

    application = models.ForeignKey(Application, models.CASCADE, related_name="consents", verbose_name=_("application"))
    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="consents", verbose_name=_("applicant"))
    party = models.CharField(_("party"), max_length=12, choices=LocalParty)
    union_name = models.CharField(_("union"), max_length=80, blank=True)
    person_name = models.CharField(_("name"), max_length=100)
    person_title = models.CharField(_("title"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    answer = models.CharField(_("answer"), max_length=3, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    how = models.CharField(_("how"), max_length=8, choices=How, blank=True)
    recorded_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    comment = models.TextField(_("comment"), blank=True)
    content_sha256 = models.CharField(max_length=64, blank=True, help_text=_("Of the text that was consented to."))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("consent of a local party"), _("consents of local parties")
        ordering = ["application", "applicant", "party", "union_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, how="")
                | ~Q(answer="") & Q(answered_at__isnull=False) & ~Q(how=""),
                name="consent_answered_whole",
            )
        ]

    def __str__(self):
        return f"{self.get_party_display()}: {self.person_name}"


class AccessRequest(models.Model):
    """Somebody without a role wants to apply for a municipality; an adviser says yes, and the person is invited."""

    round = models.ForeignKey(AdmissionRound, models.CASCADE, related_name="access_requests", verbose_name=_("round"))
    name = models.CharField(_("name"), max_length=100)
    email = models.EmailField(_("e-mail"))
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", verbose_name=_("municipality"))
    language = models.CharField(max_length=2, default="nb")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    decided_at = models.DateTimeField(_("answered"), null=True, blank=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    is_approved = models.BooleanField(_("approved"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("request for access"), _("requests for access")
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "email"], condition=Q(decided_at__isnull=True), name="access_request_open_once"
            )
        ]

    def __str__(self):
        return self.email


class ApplicationStep(models.Model):
    """A change of state: who, when, and what was said to the other side (``text``) or only inside (``note``)."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="steps", verbose_name=_("application"))
    from_state = models.CharField(max_length=12, choices=Application.State, blank=True)
    to_state = models.CharField(max_length=12, choices=Application.State)
    at = models.DateTimeField(_("time"), default=timezone.now)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("said to the applicant"), blank=True)
    note = models.TextField(_("internal note"), blank=True)
    told_at = models.DateTimeField(
        _("told to the applicant"), null=True, blank=True, help_text=_("Of a decision: when its outcome was told.")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("step of an application"), _("steps of applications")
        ordering = ["application", "at", "pk"]

    @property
    def applicant_label(self):
        """What happened, in the words for those who applied."""
        return APPLICANT_LABELS[self.to_state]
