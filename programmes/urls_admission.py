"""Addresses of admission rounds and of applying; included under one programme."""

from django.urls import path

from programmes.views import (
    admission_access,
    admission_invited,
    admission_rounds,
    application_steps,
    applications_own,
    applying_together,
    consents,
)

A_ROUND = "admission/<slug:admission_round>"
OWN = f"{A_ROUND}/own/<int:pk>"

urlpatterns = [
    path("admission/", admission_rounds.rounds, name="admission"),
    path("admission/new/", admission_rounds.new_round, name="new_admission_round"),
    path("admission/preview/", admission_rounds.preview, name="preview_invitation"),
    path(f"{A_ROUND}/", admission_rounds.admission_round, name="admission_round"),
    path(f"{A_ROUND}/change/", admission_rounds.change_round, name="change_admission_round"),
    path(f"{A_ROUND}/criteria/", admission_rounds.criteria, name="criteria"),
    path(f"{A_ROUND}/announce/", admission_rounds.announce, name="announce_round"),
    path(f"{A_ROUND}/close/", admission_rounds.close, name="close_round"),
    path(f"{A_ROUND}/deadline/extend/", admission_rounds.extend, name="extend_deadline"),
    path(f"{A_ROUND}/copy/", admission_rounds.copy, name="copy_round"),
    path(f"{A_ROUND}/invited/", admission_invited.invited, name="invited_to_apply"),
    path(f"{A_ROUND}/invited/choose/", admission_invited.choose, name="choose_invited"),
    path(f"{A_ROUND}/invited/send/", admission_invited.send, name="send_round_invitations"),
    path(f"{A_ROUND}/extensions/", admission_invited.extensions, name="late_extensions"),
    path(f"{A_ROUND}/access/", admission_access.requests, name="access_requests"),
    path(f"{A_ROUND}/access/ask/", admission_access.ask, name="ask_for_access"),
    path(f"{A_ROUND}/access/<int:pk>/approve/", admission_access.approve, name="approve_access"),
    path(f"{A_ROUND}/access/<int:pk>/decline/", admission_access.decline, name="decline_access"),
    path(f"{A_ROUND}/apply/", applications_own.apply, name="apply"),
    path(f"{OWN}/", applications_own.application, name="application"),
    path(f"{OWN}/comparison/", applications_own.comparison, name="application_comparison"),
    path(f"{OWN}/submissions/<int:number>/receipt.pdf", applications_own.receipt, name="application_receipt"),
    path(f"{OWN}/decision.pdf", applications_own.decision_file, name="decision_file"),
    path(f"{OWN}/decision/attach/", applications_own.attach, name="attach_decision"),
    path(f"{OWN}/decision/remove/", applications_own.remove_file, name="remove_decision"),
    path(f"{OWN}/submit/", applications_own.submit, name="submit_application"),
    path(f"{OWN}/withdraw/", applications_own.withdraw, name="withdraw_application"),
    path(f"{OWN}/delete/", applications_own.delete, name="delete_draft"),
    path(f"{OWN}/restore/", applications_own.restore, name="restore_draft"),
    path(f"{OWN}/applicants/add/", applying_together.add_applicant, name="add_applicant"),
    path(f"{OWN}/applicants/<int:applicant>/remove/", applying_together.remove_applicant, name="remove_applicant"),
    path(f"{OWN}/applicants/<int:applicant>/confirm/", applying_together.confirm, name="confirm_applicant"),
    path(
        f"{OWN}/applicants/<int:applicant>/record/",
        applying_together.record_confirmation,
        name="record_confirmation",
    ),
    path(f"{OWN}/applicants/<int:applicant>/carry-on/", applying_together.carry_on, name="carry_on_applicant"),
    path(f"{OWN}/consents/add/", consents.add, name="add_consent"),
    path(f"{OWN}/consents/<int:consent>/ask/", consents.ask_again, name="ask_consent_again"),
    path(f"{OWN}/consents/<int:consent>/record/", consents.record, name="record_consent"),
    path(f"{OWN}/consents/<int:consent>/withdraw/", consents.withdraw, name="withdraw_consent"),
    path(f"{OWN}/<slug:step>/save/", application_steps.autosave, name="autosave_step"),
    path(f"{OWN}/<slug:step>/", application_steps.step, name="application_step"),
]
