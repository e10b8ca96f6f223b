"""Django's admin for administrators: what is between a programme and its sources, and its participants as files."""

from django.contrib import admin
from import_export.admin import ImportExportModelAdmin

from programmes.models import (
    Agreement,
    Cohort,
    CohortMembership,
    DataNote,
    Participation,
    Party,
    Programme,
    ReportedCount,
    UnnamedWithdrawal,
)
from programmes.resources import ParticipationResource


class CohortInline(admin.TabularInline):
    model = Cohort
    fields = ["name", "slug", "position", "starts_on", "is_by_invitation"]
    prepopulated_fields = {"slug": ["name"]}
    extra = 0


class UnnamedWithdrawalInline(admin.StackedInline):
    model = UnnamedWithdrawal
    extra = 0


@admin.register(Programme)
class ProgrammeAdmin(admin.ModelAdmin):
    list_display = ["name", "starts_on", "ends_on", "is_public"]
    prepopulated_fields = {"slug": ["name"]}
    search_fields = ["name", "short_name"]
    inlines = [CohortInline, UnnamedWithdrawalInline]


class CohortMembershipInline(admin.TabularInline):
    model = CohortMembership
    extra = 0


@admin.register(Participation)
class ParticipationAdmin(ImportExportModelAdmin):
    resource_classes = [ParticipationResource]
    list_display = ["name", "programme", "municipality", "organisation", "starts_on", "withdrawn_on"]
    list_select_related = ["programme", "municipality", "organisation"]
    list_filter = ["programme", "cohort_memberships__cohort"]
    search_fields = ["name", "municipality__number"]
    autocomplete_fields = ["municipality", "organisation"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [CohortMembershipInline]

    def get_export_queryset(self, request):
        """With what the columns of cohorts and networks are made of."""
        found = super().get_export_queryset(request)
        return found.prefetch_related("cohort_memberships__cohort", "network_memberships__network")


@admin.register(Party)
class PartyAdmin(admin.ModelAdmin):
    list_display = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    search_fields = ["name"]


@admin.register(Agreement)
class AgreementAdmin(admin.ModelAdmin):
    list_display = ["programme", "signed_on", "starts_on", "ends_on"]
    list_select_related = ["programme"]
    filter_horizontal = ["parties"]


@admin.register(ReportedCount)
class ReportedCountAdmin(admin.ModelAdmin):
    list_display = ["programme", "cohort", "measure", "counted_on", "count", "source"]
    list_select_related = ["programme", "cohort"]
    list_filter = ["programme", "measure"]


@admin.register(DataNote)
class DataNoteAdmin(admin.ModelAdmin):
    list_display = ["slug", "programme", "position", "source"]
    list_select_related = ["programme"]
    list_filter = ["programme"]
