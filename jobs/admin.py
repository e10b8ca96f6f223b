"""Jobs in Django's admin: to look at, since only actions may change them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from jobs.models import Job, JobEvent


class ReadOnly:
    """What is shown may not be changed by hand."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class JobEventInline(ReadOnly, admin.TabularInline):
    model = JobEvent
    fields = ("at", "what", "by", "said")
    extra = 0


@admin.register(Job)
class JobAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("id", "kind", "subject", "state", "attempts", "asked_at", "asked_by", "finished_at")
    list_filter = ("state", "kind")
    list_select_related = ("asked_by",)
    search_fields = ("kind", "subject")
    date_hierarchy = "asked_at"
    inlines = (JobEventInline,)
