"""Addresses of the gatherings, under their programme; and the calendar feeds."""

from django.urls import include, path

from gatherings.views import (
    calendar,
    evaluation,
    evaluation_answer,
    evaluation_table,
    gathering,
    lists,
    mails,
    programme,
    registration,
)

app_name = "gatherings"

of_evaluation = [
    path("", evaluation.evaluation, name="evaluation"),
    path("edit/", evaluation.prepare, name="prepare_evaluation"),
    path("preview/", evaluation.preview, name="preview_evaluation"),
    path("questions/new/", evaluation.question, name="add_question"),
    path("questions/<int:question>/", evaluation.question, name="question"),
    path("questions/<int:question>/<slug:act>/", evaluation.change_question, name="change_question"),
    path("results/", evaluation.results, name="evaluation_results"),
    path("results/export.<str:form>", evaluation.results_export, name="evaluation_results_export"),
    path("<slug:act>/", evaluation.act, name="evaluation_act"),
]
of_gathering = [
    path("", gathering.gathering, name="gathering"),
    path("calendar.ics", calendar.gathering_calendar, name="gathering_calendar"),
    path("edit/", gathering.edit, name="edit"),
    path("copy/", gathering.copy, name="copy"),
    path("state/<slug:act>/", gathering.change_state, name="change_state"),
    path("sessions/", programme.sessions, name="sessions"),
    path("sessions/<int:session>/", programme.session, name="session"),
    path("sessions/<int:session>/remove/", programme.remove_session, name="remove_session"),
    path("materials/", programme.materials, name="materials"),
    path("materials/<int:material>/", programme.material, name="material"),
    path("materials/<int:material>/remove/", programme.remove_material, name="remove_material"),
    path("register/", registration.register, name="register"),
    path("register/<slug:participant>/", registration.register_people, name="register_people"),
    path("register/<slug:participant>/preview/", registration.register_preview, name="register_preview"),
    path("registrations/", lists.registrations, name="registrations"),
    path("registrations/export.<str:form>", lists.registrations_export, name="registrations_export"),
    path("registrations/<int:registration>/", registration.registration, name="registration"),
    path("registrations/<int:registration>/cancel/", registration.cancel, name="cancel"),
    path("door/", lists.door, name="door"),
    path("door/list/", lists.door_list, name="door_list"),
    path("door/<int:registration>/in/", lists.let_in, name="let_in"),
    path("door/<int:registration>/undo/", lists.take_back_entry, name="take_back_entry"),
    path("papers/", lists.papers, name="papers"),
    path("papers/<slug:kind>/print/", lists.print_paper, name="print_paper"),
    path("papers/<int:paper>/", lists.paper, name="paper"),
    path("evaluation/", include(of_evaluation)),
    path("mails/", mails.mails, name="mails"),
    path("mails/<int:mail>/", mails.mail, name="mail"),
    path("mails/<int:mail>/send/", mails.send_mail, name="send_mail"),
    path("mails/<int:mail>/drop/", mails.drop_mail, name="drop_mail"),
]
of_programme = [
    path("", calendar.gatherings, name="gatherings"),
    path("export.<str:form>", calendar.gatherings_export, name="gatherings_export"),
    path("calendar.ics", calendar.feed, name="feed"),
    path("new/", gathering.new, name="new"),
    path("costs/", calendar.costs_page, name="costs"),
    path("costs/export.<str:form>", calendar.costs_export, name="costs_export"),
    path("evaluations/", evaluation_table.evaluations, name="evaluations"),
    path("evaluations/export.<str:form>", evaluation_table.evaluations_export, name="evaluations_export"),
    path("evaluations/themes/", evaluation_table.themes, name="themes"),
    path("<slug:gathering>/", include(of_gathering)),
]
urlpatterns = [
    path("programmes/<slug:slug>/gatherings/", include(of_programme)),
    path("evaluations/<str:token>/", evaluation_answer.answer, name="answer_evaluation"),
    path("calendar/", calendar.own_calendar, name="own_calendar"),
    path("calendar/renew/", calendar.renew_own_calendar, name="renew_own_calendar"),
    path("calendar/<str:token>.ics", calendar.personal_feed, name="personal_feed"),
    path("registrations/<str:signed>/", registration.own_registration, name="own_registration"),
    path("registrations/<str:signed>/cancel/", registration.cancel_own, name="cancel_own"),
]
