"""The annual report for 2008 and the final report: a draft of each in the portal, and both as PDF and web page."""

import json
from pathlib import Path

from django.core.management import call_command
from django.db.models import Max

from absence.models import Release
from config.demo.register import DATA
from jobs.models import Job
from jobs.worker import run_now
from municipalities.models import User
from programmes.models import Programme
from reporting.actions import start_edition, write_prose
from reporting.models import Edition, Prose

PROGRAMME = "kvalitetskommuner"
REPORTS = (("annual", 2008, "arsrapport-2008"), ("final", None, "sluttrapport-2010"))


def make_drafts(*, by: User) -> None:
    """A draft with the adviser's words and reckoned figures, where there is no edition yet."""
    words = json.loads((DATA / "prose.json").read_text(encoding="utf-8"))
    programme = Programme.objects.get(slug=PROGRAMME)
    for report, year, _ in REPORTS:
        if Edition.objects.filter(programme=programme, report=report, year=year, language="nb").exists():
            continue
        edition = start_edition(programme=programme, report=report, year=year, language="nb", by=by)
        for section, text in words[report].items():
            write_prose(edition, section=section, text=text, version=0, by=by)
        for job in Job.objects.about(f"reporting.edition:{edition.pk}").unfinished():
            run_now(job)


def print_reports(folder: Path) -> list[Path]:
    """Write each report as PDF and web page, unless nothing has changed since; give the paths of the PDFs."""
    folder.mkdir(parents=True, exist_ok=True)
    for report, year, name in REPORTS:
        if not _is_current(folder / f"{name}.pdf"):
            call_command(
                "report_build",
                report,
                programme=PROGRAMME,
                year=year,
                out=folder / f"{name}.pdf",
                html=folder / f"{name}.html",
                verbosity=0,
            )
    return [folder / f"{name}.pdf" for _, _, name in REPORTS]


def _is_current(path: Path) -> bool:
    """Whether the file is newer than every release and every word of prose."""
    changes = (
        Release.objects.aggregate(at=Max("released_at"))["at"],
        Prose.objects.aggregate(at=Max("edited_at"))["at"],
    )
    if not path.exists():
        return False
    made = path.stat().st_mtime
    return all(at is None or at.timestamp() <= made for at in changes)
