"""Addresses of the networks and of the follow-up, under their programme."""

from django.urls import path

from networks.views import contacts, network_edit, networks, notes, participants, posts, tasks, visits

app_name = "networks"

urlpatterns = [
    path("<slug:slug>/networks/", networks.networks, name="networks"),
    path("<slug:slug>/networks/export.<str:form>", networks.networks_export, name="networks_export"),
    path("<slug:slug>/networks/new/", network_edit.make_network, name="make_network"),
    path("<slug:slug>/networks/<slug:network>/", networks.network, name="network"),
    path("<slug:slug>/networks/<slug:network>/change/", network_edit.change_network, name="change_network"),
    path("<slug:slug>/networks/<slug:network>/members/add/", network_edit.add_member, name="add_member"),
    path(
        "<slug:slug>/networks/<slug:network>/members/<int:pk>/end/", network_edit.end_membership, name="end_membership"
    ),
    path("<slug:slug>/networks/<slug:network>/members/<int:pk>/move/", network_edit.move_member, name="move_member"),
    path("<slug:slug>/networks/<slug:network>/members/<int:pk>/stay/", network_edit.stay, name="stay"),
    path("<slug:slug>/networks/<slug:network>/posts/appoint/", posts.appoint, name="appoint"),
    path("<slug:slug>/networks/<slug:network>/posts/<int:pk>/hand-over/", posts.hand_over, name="hand_over"),
    path("<slug:slug>/handovers/<int:pk>/", posts.handover, name="handover"),
    path("<slug:slug>/handovers/<int:pk>/read/", posts.mark_read, name="mark_read"),
    path("<slug:slug>/handovers/<int:pk>/undo/", posts.undo_handover, name="undo_handover"),
    path("<slug:slug>/visits/", visits.visits, name="visits"),
    path("<slug:slug>/visits/export.<str:form>", visits.visits_export, name="visits_export"),
    path("<slug:slug>/visits/plan/", visits.plan_visit, name="plan_visit"),
    path("<slug:slug>/visits/<int:pk>/", visits.visit, name="visit"),
    path("<slug:slug>/visits/<int:pk>/change/", visits.change_visit, name="change_visit"),
    path("<slug:slug>/visits/<int:pk>/make/", visits.make_visit, name="make_visit"),
    path("<slug:slug>/visits/<int:pk>/cancel/", visits.cancel_visit, name="cancel_visit"),
    path("<slug:slug>/visits/<int:pk>/move/<str:act>/", visits.move_visit, name="move_visit"),
    path("<slug:slug>/visits/<int:pk>/share/", visits.share_visit, name="share_visit"),
    path("<slug:slug>/visits/<int:pk>/write-up/", notes.write_up, name="write_up"),
    path("<slug:slug>/visits/<int:pk>/write-up/autosave/", notes.autosave, name="autosave_note"),
    path("<slug:slug>/visits/<int:pk>/write-up/drop-draft/", notes.drop_draft, name="drop_draft"),
    path("<slug:slug>/tasks/", tasks.tasks, name="tasks"),
    path("<slug:slug>/tasks/export.<str:form>", tasks.tasks_export, name="tasks_export"),
    path("<slug:slug>/tasks/<int:pk>/done/", tasks.report_done, name="task_done"),
    path("<slug:slug>/tasks/<int:pk>/reopen/", tasks.reopen_task, name="reopen_task"),
    path("<slug:slug>/contacts/", contacts.contacts, name="contacts"),
    path("<slug:slug>/contacts/export.<str:form>", contacts.contacts_export, name="contacts_export"),
    path("<slug:slug>/contacts/<int:pk>/remove/", contacts.remove_contact, name="remove_contact"),
    path("<slug:slug>/coverage/", participants.coverage_list, name="coverage"),
    path("<slug:slug>/coverage/export.<str:form>", participants.coverage_export, name="coverage_export"),
    path("municipalities/<str:number>/follow-up/", participants.municipality_follow_up, name="municipality_follow_up"),
    path("<slug:slug>/follow-up/<slug:participant>/", participants.follow_up, name="follow_up"),
    path("<slug:slug>/follow-up/<slug:participant>/alike/", participants.alike, name="alike"),
    path("<slug:slug>/follow-up/<slug:participant>/contact/", contacts.add_contact, name="add_contact"),
]
