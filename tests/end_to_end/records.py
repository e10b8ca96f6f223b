"""What stands in the portal when the main way begins: register, programmes, a file of quarters, drafts of reports.

The records and the totals are the demo's own, so the tables are those that were published; the quarters come in one
file, through the same path as an upload.
"""

from datetime import date

from absence.calculations.periods import quarter_index, quarter_start
from config.demo.committees import load_committees
from config.demo.coverage import reporting
from config.demo.figures import quarter_totals
from config.demo.people import load_people
from config.demo.programmes import load_programmes
from config.demo.published import load_published
from config.demo.register import places
from config.demo.register_records import load_register
from jobs.models import Job
from jobs.run import run_job
from municipalities.models import User
from programmes.models import Programme
from reporting.actions import start_edition
from reporting.models import Edition
from tests.absence.imports import long_file, released, total

FIRST, LAST = quarter_index(2006, 4), quarter_index(2010, 1)


def load_records() -> User:
    """Give the adviser."""
    load_register()
    load_programmes()
    load_committees()
    load_published()
    adviser = load_people()
    released(long_file(*quarter_lines()), vintage_on=date(2010, 5, 15), by=adviser)
    return adviser


def quarter_lines():
    """A line for each municipality and quarter: the whole municipality, in the numbers of the time."""
    for (unit, quarter), (lost, possible) in quarter_totals().items():
        is_there = places()[unit].valid_on(quarter_start(quarter).isoformat())
        if FIRST <= quarter <= LAST and is_there and reporting(unit, quarter):
            yield total(
                unit,
                f"{quarter // 4}K{quarter % 4 + 1}",
                *(f"{n / 100:.2f}".replace(".", ",") for n in (lost, possible)),
            )


def draft(report: str, year: int | None, language: str, by: User) -> Edition:
    """A draft with its figures reckoned."""
    programme = Programme.objects.get(slug="kvalitetskommuner")
    edition = start_edition(programme=programme, report=report, year=year, language=language, by=by)
    for job in Job.objects.about(f"reporting.edition:{edition.pk}").unfinished():
        run_job(job.pk)
    edition.refresh_from_db()
    assert edition.sha256
    return edition
