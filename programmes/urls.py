"""Addresses of the programmes."""

from django.urls import include, path

from programmes.views import consents
from programmes.views import participants as pages

app_name = "programmes"

urlpatterns = [
    path("", pages.programme_list, name="programmes"),
    path("consents/<str:token>/", consents.consent, name="consent"),
    path("consents/<str:token>/decision/", consents.decision_file, name="consent_decision_file"),
    path("<slug:slug>/", pages.programme, name="programme"),
    path("<slug:slug>/participants/", pages.participants, name="participants"),
    path("<slug:slug>/participants/export.<str:form>", pages.participants_export, name="participants_export"),
    path("<slug:slug>/cohorts/<slug:cohort>/", pages.cohort, name="cohort"),
    path("<slug:slug>/", include("programmes.urls_committees")),
    path("<slug:slug>/", include("programmes.urls_admission")),
    path("<slug:slug>/", include("programmes.urls_assessment")),
]
