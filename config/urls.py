"""Every address of the portal."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("search/suggestions/", views.search_suggestions, name="search_suggestions"),
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("language/", views.set_language, name="set_language"),
    path("appearance/", views.set_appearance, name="set_appearance"),
    path("account/", include("allauth.urls")),
    path("", include("municipalities.people_urls")),
    path("municipalities/", include("municipalities.urls")),
    path("programmes/", include("programmes.urls")),
    path("programmes/", include("networks.urls")),
    path("", include("absence.urls")),
    path("reports/", include("reporting.urls")),
    path("jobs/", include("jobs.urls")),
    path("admin/", admin.site.urls),
    path("health/", views.health, name="health"),
]
if settings.DEBUG:
    urlpatterns.append(path("components/", views.components, name="components"))
