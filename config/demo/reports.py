"""The reports of the demo: a published one for 2007, drafts of the next and of the final, and these two on paper."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db.models import Max

from absence.models import Release
from config.demo.register import DATA
from jobs.models import Job
from jobs.worker import run_now
from municipalities.models import User
from programmes.models import Programme
from reporting.actions import answer_contradiction, move, start_edition, write_findings, write_prose
from reporting.models import Answer, Edition, Prose
from reporting.queries import contradictions_of

PROGRAMME = "kvalitetskommuner"
PUBLISHED = 2007
REPORTS = (("annual", 2008, "arsrapport-2008"), ("final", None, "sluttrapport-2010"))
_LIFE = {"draft": "submit", "review": "approve", "approved": "publish"}
_OURS = ("reporting.reckon", "reporting.make_pdf")  # the letter to the steering group is the worker's


def make_editions(*, by: User) -> None:
    """What is there already, in whatever state, stays as it is; only the first one is taken on to publication."""
    edition = _edition("annual", PUBLISHED, by)
    while act := _LIFE.get(edition.state):
        if act == "submit":
            write_findings(edition, findings=_words()["findings"], is_public=True, by=by)
            _explain(edition, by)
        edition = move(edition, act, by=by)
        _run_jobs(edition)
    for report, year, _ in REPORTS:
        _edition(report, year, by)


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


def _explain(edition: Edition, by: User) -> None:
    """What the report for 2008 prints of the year before rests on other municipalities."""
    for section, contradiction in contradictions_of(edition):
        text = _words()["explanation"]
        answer_contradiction(edition, section=section, key=contradiction.key, text=text, by=by)


@cache
def _words() -> Any:
    return json.loads((DATA / "prose.json").read_text(encoding="utf-8"))


def _edition(report: str, year: int | None, by: User) -> Edition:
    """The newest edition; where there is none, a draft with the adviser's words and reckoned figures."""
    programme = Programme.objects.get(slug=PROGRAMME)
    same = Edition.objects.filter(programme=programme, report=report, year=year, language="nb")
    if not same.exists():
        edition = start_edition(programme=programme, report=report, year=year, language="nb", by=by)
        for section, text in _words()[f"{report} {year}" if year else report].items():
            write_prose(edition, section=section, text=text, version=0, by=by)
    edition = same.latest("number")
    _run_jobs(edition)
    return same.latest("number")


def _run_jobs(edition: Edition) -> None:
    for job in Job.objects.about(f"reporting.edition:{edition.pk}").unfinished().filter(kind__in=_OURS):
        run_now(job)


def _is_current(path: Path) -> bool:
    """Whether the file is newer than every release, every word of prose and every explanation."""
    changes = (
        Release.objects.aggregate(at=Max("released_at"))["at"],
        Prose.objects.aggregate(at=Max("edited_at"))["at"],
        Answer.objects.aggregate(at=Max("answered_at"))["at"],
    )
    if not path.exists():
        return False
    made = path.stat().st_mtime
    return all(at is None or at.timestamp() <= made for at in changes)
