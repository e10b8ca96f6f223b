"""Addresses of the register."""

from django.urls import path

from municipalities.views import register, register_files

app_name = "municipalities"

urlpatterns = [
    path("", register.municipality_list, name="municipalities"),
    path("export.<str:form>", register_files.export, name="export"),
    path("import/", register_files.import_file, name="import"),
    path("import/<str:token>/", register_files.confirm_import, name="confirm_import"),
    path("<str:number>/", register.municipality, name="municipality"),
]
