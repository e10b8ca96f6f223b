"""Which vintage of each source a report stands on."""

from datetime import date

from django.db.models import Max

from absence.models import ImportBatch


def vintages_in_use(until: date | None = None) -> dict[str, str]:
    """The newest released vintage of each source up to a date: ``{"KS/PAI": "2010-05-15"}``."""
    released = ImportBatch.objects.filter(state=ImportBatch.State.RELEASED)
    if until:
        released = released.filter(vintage_on__lte=until)
    newest = released.values_list("source").annotate(newest=Max("vintage_on")).order_by("source")
    return {str(ImportBatch(source=source).get_source_display()): day.isoformat() for source, day in newest}
