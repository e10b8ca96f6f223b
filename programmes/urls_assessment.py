"""Addresses of the secretariat's work with applications, participants and grants; included under one programme."""

from django.urls import path

from programmes.views import assessment, assessment_form, deciding, grants, grants_own, grants_payments, participation

A_ROUND = "admission/<slug:admission_round>"
ONE = f"{A_ROUND}/applications/<int:pk>"

urlpatterns = [
    path(f"{A_ROUND}/applications/", assessment.applications, name="applications"),
    path(f"{A_ROUND}/applications/export.<str:form>", assessment.export, name="applications_export"),
    path(f"{ONE}/", assessment.application, name="assessment"),
    path(f"{ONE}/assess/", assessment_form.assess, name="assess"),
    path(f"{ONE}/assess/save/", assessment_form.save, name="save_assessment"),
    path(f"{ONE}/assess/take-back/", assessment_form.take_back, name="take_back_assessment"),
    path(f"{ONE}/ask/", assessment.ask, name="ask_for_more"),
    path(f"{ONE}/mark-assessed/", assessment.mark, name="mark_assessed"),
    path(f"{ONE}/recommend/", assessment.recommend, name="recommend"),
    path(f"{ONE}/step-back/", assessment.step_back, name="step_back"),
    path(f"{ONE}/reverse-decision/", deciding.reverse, name="reverse_decision"),
    path(f"{ONE}/told/", deciding.mark_told, name="mark_told"),
    path(f"{A_ROUND}/decision/", deciding.decision, name="decision"),
    path(f"{A_ROUND}/letters/", deciding.letters, name="admission_letters"),
    path("late-entry/", participation.late_entry, name="late_entry"),
    path("participants/<slug:participant>/", participation.participant, name="participant"),
    path("participants/<slug:participant>/move/", participation.move, name="move_participant"),
    path("participants/<slug:participant>/withdraw/", participation.withdraw, name="withdraw_participant"),
    path("participants/<slug:participant>/come-back/", participation.come_back, name="take_back_withdrawal"),
    path("participants/<slug:participant>/carry-on/", participation.carry_on, name="carry_on_participant"),
    path("participants/<slug:participant>/events/<int:event>/undo/", participation.undo, name="undo_participation"),
    path("grants/", grants.grants, name="grants"),
    path("grants/export.<str:form>", grants.export, name="grants_export"),
    path("grants/payments-due.<str:form>", grants.payments_due, name="payments_due"),
    path("grants/give/", grants.give, name="give_grants"),
    path("grants/letters/", grants.letters, name="grant_letters"),
    path("grants/payments/", grants_payments.payments, name="record_payments"),
    path("grants/<int:pk>/", grants.grant, name="grant"),
    path("grants/<int:pk>/change/", grants.change, name="change_grant"),
    path("grants/<int:pk>/withdraw/", grants.withdraw, name="withdraw_grant"),
    path("grants/<int:pk>/restore/", grants.restore, name="restore_grant"),
    path("grants/<int:pk>/pay/", grants_payments.pay, name="pay_grant"),
    path("grants/<int:pk>/payments/<int:payment>/remove/", grants_payments.remove, name="remove_payment"),
    path("grants/<int:pk>/report/", grants_own.report, name="grant_report"),
    path("grants/<int:pk>/report/save/", grants_own.save, name="save_grant_report"),
    path("grants/<int:pk>/report/approve/", grants.approve, name="approve_grant_report"),
    path("grants/<int:pk>/report/take-back/", grants.take_back_approval, name="take_back_approval"),
    path("grants/<int:pk>/report/return/", grants.return_report, name="return_grant_report"),
]
