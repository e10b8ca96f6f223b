"""What the parts and states of an application are called.

Of the states, the secretariat works with more words than the applicant needs.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SECRETARIAT_LABELS = {
    "draft": pgettext_lazy("application", "draft"),
    "submitted": pgettext_lazy("application", "submitted"),
    "more_asked": pgettext_lazy("application", "more information asked for"),
    "resubmitted": pgettext_lazy("application", "resubmitted"),
    "assessed": pgettext_lazy("application", "assessed"),
    "recommended": pgettext_lazy("application", "recommendation ready"),
    "admitted": pgettext_lazy("application", "admitted"),
    "declined": pgettext_lazy("application", "declined"),
    "withdrawn": pgettext_lazy("application", "withdrawn"),
}
APPLICANT_LABELS = {
    "draft": pgettext_lazy("application, to the applicant", "not sent in"),
    "submitted": pgettext_lazy("application, to the applicant", "received"),
    "more_asked": pgettext_lazy("application, to the applicant", "waits for you"),
    "resubmitted": pgettext_lazy("application, to the applicant", "received again"),
    "assessed": pgettext_lazy("application, to the applicant", "being considered"),
    "recommended": pgettext_lazy("application, to the applicant", "being considered"),
    "admitted": pgettext_lazy("application, to the applicant", "admitted"),
    "declined": pgettext_lazy("application, to the applicant", "not admitted"),
    "withdrawn": pgettext_lazy("application, to the applicant", "withdrawn"),
}
# Of the tag beside the word; see ``components/status_tag.html``.
COLOURS = {
    "more_asked": "warning",
    "submitted": "info",
    "resubmitted": "info",
    "assessed": "info",
    "recommended": "info",
    "admitted": "success",
    "declined": "danger",
}

# Steps by name: what stands in the list of steps.
STEP_LABELS = {
    "applicants": pgettext_lazy("step of an application", "Who applies"),
    "focus": pgettext_lazy("step of an application", "Focus areas and themes"),
    "challenges": pgettext_lazy("step of an application", "Challenges and wanted results"),
    "goal": pgettext_lazy("step of an application", "Result goal for absence"),
    "work": pgettext_lazy("step of an application", "How you will work"),
    "decision": pgettext_lazy("step of an application", "Political decision"),
    "contact": pgettext_lazy("step of an application", "Contact"),
    "consents": pgettext_lazy("step of an application", "Consent of the parties"),
    "summary": pgettext_lazy("step of an application", "Read through and send in"),
}
FIELD_LABELS = {
    "applicants": _("Who applies"),
    "name": _("What you call yourselves"),
    "focus_areas": _("Focus areas"),
    "themes": _("Themes"),
    "challenges": _("What are your challenges?"),
    "wanted_results": _("What do you want to achieve?"),
    "absence_baseline_percent": _("Absence today, percent"),
    "absence_baseline_on": _("Measured on"),
    "absence_target_percent": _("Result goal, percent"),
    "absence_target_on": _("To be reached by"),
    "work_organisation": _("How will the work be organised?"),
    "decision_body": _("Who decided?"),
    "decision_on": _("When was it decided?"),
    "decision_case": _("Case number"),
    "decision_file_name": _("The decision as a PDF file"),
    "contact_name": _("Contact person"),
    "contact_email": _("E-mail"),
    "contact_phone": _("Telephone"),
    "language": _("Language of our letters to you"),
}
