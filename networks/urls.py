"""Addresses of the networks, under their programme."""

from django.urls import path

from networks import views

app_name = "networks"

urlpatterns = [
    path("<slug:slug>/networks/", views.networks, name="networks"),
    path("<slug:slug>/networks/export.<str:form>", views.networks_export, name="networks_export"),
    path("<slug:slug>/networks/<slug:network>/", views.network, name="network"),
]
