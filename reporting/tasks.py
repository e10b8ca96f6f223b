"""The jobs of this room: thin, they fetch, call and store."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from jobs.errors import JobFailed
from jobs.registry import handler
from reporting.actions import EditionError, content_checksum, store_reckoning
from reporting.catalogue import REPORTS
from reporting.changes import printed_changes
from reporting.documents import document_of
from reporting.models import Comparison, Edition
from reporting.pdf import report_pdf
from reporting.printing import draw_charts
from reporting.reckoning import reckon
from reporting.scopes import scope_of
from reporting.vintages import vintages_in_use

FROZEN = _(
    "The edition was approved meanwhile, so its figures stay as they are. Make a new edition to print newer ones."
)


@handler("reporting.reckon", title=_("Reckon the figures of a report"), page="reporting:edition")
def reckon_edition(run, *, edition_id: int):
    """Reckon a draft's figures and put them in it."""
    edition = Edition.objects.select_related("programme").get(pk=edition_id)
    data, vintages = _reckoned(run, edition)
    try:
        with run.finish() as result:
            edition = store_reckoning(edition, data=data, vintages=vintages, by=run.job.asked_by)
            result.update(sha256=edition.sha256, sections=len(data))
    except EditionError:
        raise JobFailed(FROZEN) from None


@handler("reporting.compare", title=_("See what new figures change in a report"), page="reporting:edition")
def compare_edition(run, *, edition_id: int):
    """Reckon an edition with the figures released since, beside what it prints; the edition stays as it is."""
    edition = Edition.objects.select_related("programme").get(pk=edition_id)
    data, vintages = _reckoned(run, edition)
    changes = [change.to_json() for change in printed_changes(edition.data, data, edition.language)]
    with run.finish() as result:
        Comparison.objects.update_or_create(
            edition=edition,
            defaults={"data": data, "vintages": vintages, "changes": changes, "computed_at": run.job.started_at},
        )
        result.update(changes=len(changes))


@handler("reporting.make_pdf", title=_("Make the PDF of a report"), page="reporting:edition", memory_mb=1500)
def make_pdf(run, *, edition_id: int):
    """Set the report and store the file; its checksum tells what it was made from."""
    edition = Edition.objects.select_related("programme").get(pk=edition_id)
    made_from = content_checksum(edition)
    run.progress(0, 1, _("Sets the pages"))
    printed = report_pdf(document_of(edition))
    with run.finish() as result:
        edition = Edition.objects.select_for_update().get(pk=edition_id)
        edition.pdf.save(f"{_of(edition)}{made_from[:16]}.pdf", ContentFile(printed.pdf), save=False)
        edition.pdf_of, edition.pdf_sha256, edition.page_count = made_from, printed.sha256, printed.pages
        edition.save(update_fields=["pdf", "pdf_of", "pdf_sha256", "page_count"])
        result.update(pages=printed.pages, sha256=printed.sha256)
        transaction.on_commit(lambda: _clear_others(edition))


def _of(edition: Edition) -> str:
    """How the names of the edition's files begin."""
    return f"{edition.report}-{edition.pk}-"


def _clear_others(edition: Edition) -> None:
    """Keep the file that the edition names: not an older one, nor one that a killed worker left."""
    folder, _slash, kept = edition.pdf.name.rpartition("/")
    for name in edition.pdf.storage.listdir(folder)[1]:
        if name.startswith(_of(edition)) and name != kept:
            edition.pdf.storage.delete(f"{folder}/{name}")


def _reckoned(run, edition: Edition) -> tuple[list[dict], dict[str, str]]:
    scope = scope_of(edition)
    run.progress(0, None, _("Reckons the figures"))
    data = reckon(REPORTS[edition.report], scope, edition.language)
    draw_charts(data, edition.language)
    return data, vintages_in_use(scope.vintage)
