"""Django's admin for administrators: networks, who looks after them, their members as files, and stated numbers."""

from django.contrib import admin
from import_export.admin import ImportExportModelAdmin

from networks.models import Network, NetworkMembership, NetworkPost, StatedActivity
from networks.resources import MembershipResource


class NetworkPostInline(admin.TabularInline):
    model = NetworkPost
    autocomplete_fields = ["user"]
    extra = 0


@admin.register(Network)
class NetworkAdmin(admin.ModelAdmin):
    list_display = ["name", "programme", "cohort", "number"]
    list_select_related = ["programme", "cohort"]
    list_filter = ["programme", "cohort"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [NetworkPostInline]


@admin.register(NetworkMembership)
class NetworkMembershipAdmin(ImportExportModelAdmin):
    resource_classes = [MembershipResource]
    list_display = ["network", "participation", "starts_on", "ends_on", "is_certain"]
    list_select_related = ["network", "participation"]
    list_filter = ["network__programme", "is_certain"]
    search_fields = ["network__name", "participation__name"]
    autocomplete_fields = ["network", "participation"]

    def get_export_queryset(self, request):
        return super().get_export_queryset(request).select_related(*MembershipResource.joined)


@admin.register(StatedActivity)
class StatedActivityAdmin(admin.ModelAdmin):
    list_display = ["key", "programme", "period_from", "period_to", "value", "unit", "qualifier", "source"]
    list_select_related = ["programme"]
    list_filter = ["programme", "key"]
