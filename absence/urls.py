"""Addresses of absence: a programme's figures under the programme, files and figures under /absence/."""

from django.urls import path, register_converter

from .converters import PeriodConverter
from .views import desk, figures, imports, overview

app_name = "absence"
register_converter(PeriodConverter, "period")

urlpatterns = [
    path("programmes/<slug:slug>/absence/", overview.overview, name="overview"),
    path("absence/imports/", imports.import_list, name="imports"),
    path("absence/imports/export.<str:form>", imports.export, name="imports_export"),
    path("absence/imports/upload/", imports.upload, name="upload"),
    path("absence/imports/<int:pk>/", imports.import_page, name="import"),
    path("absence/imports/<int:pk>/file/", imports.original, name="import_file"),
    path("absence/imports/<int:pk>/marked/", imports.annotated, name="import_marked"),
    path("absence/imports/<int:pk>/release/", imports.release, name="release"),
    path("absence/imports/<int:pk>/withdraw/", imports.withdraw, name="withdraw"),
    path("absence/imports/<int:pk>/note/", imports.write_note, name="write_note"),
    path("absence/desk/", desk.desk, name="desk"),
    path("absence/desk/decide/", desk.decide, name="decide"),
    path("absence/desk/<int:pk>/undo/", desk.undo, name="undo"),
    path("absence/municipalities/<str:number>/", figures.municipality, name="municipality"),
    path("absence/municipalities/<str:number>/series/", figures.municipality_series, name="municipality_series"),
    path("absence/municipalities/<str:number>/<period:period>/", figures.figure, name="figure"),
]
