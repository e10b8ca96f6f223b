"""``manage.py report_build {annual,final} --programme SLUG [--year Y] [--language nb|nn|en] --out FILE.pdf``."""

import json
import os
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from programmes.models import Programme
from reporting.building import BuiltReport, build_report
from reporting.catalogue import REPORTS
from reporting.pdf import report_pdf
from reporting.web import report_html


class Command(BaseCommand):
    help = "Make a report from the released figures, as a PDF and if wanted as a web page."

    def add_arguments(self, parser):
        parser.add_argument("report", choices=sorted(REPORTS))
        parser.add_argument("--programme", required=True)
        parser.add_argument("--year", type=int)
        parser.add_argument("--language", choices=("nb", "nn", "en"), default="nb")
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument("--html", type=Path)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, report, programme, year, language, out, html, **options):
        with override("nb"):
            found = _programme(programme)
            _check_year(found, report, year)
        built = build_report(found, report, year, language)
        printed = report_pdf(built.document)
        _write(out, printed.pdf)
        if html:
            _write(html, report_html(built.document, built.numbering).encode())
        answer = _answer(built, printed)
        self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else _sentence(answer, out))


def _programme(slug: str) -> Programme:
    found = Programme.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Programme.objects.values_list("slug", flat=True))
        raise CommandError(
            _("There is no programme called «%(slug)s». Choose one of: %(known)s.") % {"slug": slug, "known": known}
        )
    return found


def _check_year(programme: Programme, report: str, year: int | None) -> None:
    first, last = programme.starts_on.year, programme.ends_on.year
    if report == "annual" and (year is None or not first <= year <= last):
        raise CommandError(
            _("The annual report needs --year from %(first)d to %(last)d.") % {"first": first, "last": last}
        )
    if report == "final" and year is not None:
        raise CommandError(_("The final report is for the whole programme: leave out --year."))


def _answer(built: BuiltReport, printed) -> dict:
    return {
        "pages": printed.pages,
        "sections": [section.slug for section in built.document.sections],
        "sha256": printed.sha256,
        "vintages": built.vintages,
        "warnings": list(built.warnings),
    }


def _sentence(answer: dict, out: Path) -> str:
    with override("nb"):
        text = _("%(out)s: %(pages)d pages.") % {"out": out, "pages": answer["pages"]}
    return "\n".join([text, *answer["warnings"]])


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: written beside, then renamed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(name, 0o644)
    os.replace(name, path)
