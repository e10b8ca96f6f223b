"""Addresses of the reports: nouns in nested paths, verbs only at the end."""

from django.urls import path

from reporting.views import editing, editions, files, life

app_name = "reporting"

urlpatterns = [
    path("", editions.edition_list, name="editions"),
    path("export.<str:form>", files.editions_export, name="editions_export"),
    path("new/", life.new_edition, name="new"),
    path("<int:pk>/", editions.edition, name="edition"),
    path("<int:pk>/life/", editions.edition_life, name="life"),
    path("<int:pk>/changes/", editions.changes, name="changes"),
    path("<int:pk>/against/<int:other>/", editions.against, name="against"),
    path("<int:pk>/report.pdf", files.pdf, name="pdf"),
    path("<int:pk>/tables/<slug:section>/<slug:table>.csv", files.table_csv, name="table_csv"),
    path("<int:pk>/sections/<slug:section>/", editions.section, name="section"),
    path("<int:pk>/sections/<slug:section>/edit/", editing.prose, name="prose"),
    path("<int:pk>/sections/<slug:section>/answers/", editing.answer, name="answer"),
    path("<int:pk>/findings/", editing.findings, name="findings"),
    path("<int:pk>/reckon/", life.reckon, name="reckon"),
    path("<int:pk>/renew/", life.renew_figures, name="renew"),
    path("<int:pk>/print/", life.make_pdf, name="print"),
    path("<int:pk>/<str:act>/", life.move_edition, name="move"),
]
