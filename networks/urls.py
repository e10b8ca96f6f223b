"""Addresses of the networks and of the follow-up, under their programme."""

from django.urls import path

from networks.views import networks, notes, tasks, visits

app_name = "networks"

urlpatterns = [
    path("<slug:slug>/networks/", networks.networks, name="networks"),
    path("<slug:slug>/networks/export.<str:form>", networks.networks_export, name="networks_export"),
    path("<slug:slug>/networks/<slug:network>/", networks.network, name="network"),
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
]
