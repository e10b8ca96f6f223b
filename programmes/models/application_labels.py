"""What a state of an application is called: the secretariat works with more words than the applicant needs."""

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
