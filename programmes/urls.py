"""Addresses of the programmes."""

from django.urls import path

from programmes import views

app_name = "programmes"

urlpatterns = [
    path("", views.programme_list, name="programmes"),
    path("<slug:slug>/", views.programme, name="programme"),
    path("<slug:slug>/participants/", views.participants, name="participants"),
    path("<slug:slug>/participants/export.<str:form>", views.participants_export, name="participants_export"),
    path("<slug:slug>/cohorts/<slug:cohort>/", views.cohort, name="cohort"),
]
