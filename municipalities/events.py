"""What each action is called where the audit trail is read; the name stands in for one that has no words yet."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "absence.decide": _("decided on a held figure"),
    "absence.refuse": _("refused a file"),
    "absence.release": _("released figures"),
    "absence.stage": _("read a file"),
    "absence.undo_decision": _("took back a decision on a figure"),
    "absence.upload": _("uploaded a file"),
    "absence.withdraw": _("withdrew an import"),
    "municipalities.import_register": _("read in a list of municipalities"),
    "people.account_closed": _("closed the account"),
    "people.account_reopened": _("opened the account again"),
    "people.demo_account": _("made an account for the demonstration"),
    "people.invitation_accepted": _("accepted the invitation"),
    "people.invitation_resent": _("sent the invitation again"),
    "people.invitation_withdrawn": _("withdrew the invitation"),
    "people.invited": _("invited a person"),
    "people.profile_changed": _("changed the profile"),
    "people.role_ended": _("ended the role"),
    "people.role_given": _("gave the role"),
    "programmes.loaded": _("loaded a programme"),
    "reporting.answer_contradiction": _("explained a contradiction"),
    "reporting.approve": _("approved a report"),
    "reporting.publish": _("published a report"),
    "reporting.reckon": _("reckoned the figures of a report"),
    "reporting.return": _("returned a report to draft"),
    "reporting.start_edition": _("began a report"),
    "reporting.submit": _("sent a report to review"),
    "reporting.write_findings": _("wrote findings"),
    "reporting.write_prose": _("wrote in a report"),
}
