"""Django's admin for administrators: the register with import and export, and what else is rarely touched."""

from django.contrib import admin
from import_export.admin import ImportExportModelAdmin

from municipalities.models import (
    AuditEvent,
    County,
    Municipality,
    MunicipalityChange,
    Organisation,
    Population,
    RoleAssignment,
    User,
)
from municipalities.resources import MunicipalityResource


class PopulationInline(admin.TabularInline):
    model = Population
    fields = ["counted_on", "inhabitants_count"]
    extra = 0


@admin.register(Municipality)
class MunicipalityAdmin(ImportExportModelAdmin):
    resource_classes = [MunicipalityResource]
    list_display = ["number", "distinct_name", "county", "valid_from", "valid_to"]
    list_select_related = ["county"]
    list_filter = ["county"]
    search_fields = ["number", "name", "norwegian_name"]
    inlines = [PopulationInline]


@admin.register(County)
class CountyAdmin(admin.ModelAdmin):
    list_display = ["number", "name", "valid_from", "valid_to"]


@admin.register(MunicipalityChange)
class MunicipalityChangeAdmin(admin.ModelAdmin):
    list_display = ["happened_on", "kind", "predecessor", "successor"]
    list_select_related = ["predecessor", "successor"]
    autocomplete_fields = ["predecessor", "successor"]


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ["name", "kind", "statistical_code"]
    filter_horizontal = ["members"]
    prepopulated_fields = {"slug": ["name"]}
    search_fields = ["name"]


class RoleInline(admin.TabularInline):
    model = RoleAssignment
    autocomplete_fields = ["municipality", "organisation"]
    extra = 0


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ["name", "email", "is_active"]
    search_fields = ["name", "email"]
    fields = ["email", "name", "phone", "language", "is_active"]
    inlines = [RoleInline]


@admin.register(AuditEvent)
class AuditEventAdmin(admin.ModelAdmin):
    """Read only: the trail is written by actions alone."""

    list_display = ["at", "by", "action", "subject_text"]
    list_filter = ["action"]
    date_hierarchy = "at"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
