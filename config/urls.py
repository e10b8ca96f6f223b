"""Every address of the portal."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from . import views

# The admin has no door of its own: its sign-in would know neither the second step nor the limits on attempts.
admin.site.login = secure_admin_login(admin.site.login)

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
    path("", include("gatherings.urls")),
    path("correspondence/", include("correspondence.urls")),
    path("reports/", include("reporting.urls")),
    path("jobs/", include("jobs.urls")),
    path("admin/", admin.site.urls),
    path("health/", views.health, name="health"),
]
if settings.DEBUG:
    urlpatterns.append(path("components/", views.components, name="components"))
