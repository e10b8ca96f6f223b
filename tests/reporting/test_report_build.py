"""``manage.py report_build``: the stable interface, the same bytes twice, mistakes told in bokmål."""

import hashlib
import json
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from reporting.actions import start_edition, write_prose
from tests.factories import person
from tests.reporting.world import small_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return small_world()


def build(report: str, out: Path, **options) -> dict:
    told = StringIO()
    call_command("report_build", report, programme="lite", out=out, json=True, stdout=told, **options)
    return json.loads(told.getvalue())


def test_it_answers_with_json_and_nothing_else(world, tmp_path):
    out = tmp_path / "reports" / "annual.pdf"
    answer = build("annual", out, year=2008)
    assert set(answer) == {"pages", "sections", "sha256", "vintages", "warnings"}
    content = out.read_bytes()
    assert hashlib.sha256(content).hexdigest() == answer["sha256"]
    assert len(PdfReader(BytesIO(content)).pages) == answer["pages"]
    assert answer["vintages"] == {"KS/PAI": "2009-11-15"}
    assert "comparison" in answer["sections"]
    assert answer["warnings"] == []


def test_a_second_run_gives_the_same_bytes(world, tmp_path):
    first, second = (tmp_path / name for name in ("a.pdf", "b.pdf"))
    assert build("final", first) == build("final", second)
    assert first.read_bytes() == second.read_bytes()


def test_the_web_page_has_the_same_sections_and_stands_alone(world, tmp_path):
    out, page = tmp_path / "final.pdf", tmp_path / "final.html"
    build("final", out, html=page, language="nn")
    html = page.read_text()
    assert '<html lang="nn">' in html
    assert "Sluttrapport" in html
    assert "Kommunar i programmet" in html
    for outside in ('src="http', 'href="http', "<script"):
        assert outside not in html


def test_what_is_not_explained_is_a_warning_and_no_failure(world, tmp_path):
    edition = start_edition(programme=world.programme, report="annual", year=2008, language="nb", by=person("adviser"))
    write_prose(edition, section="introduction", text="Fra 31. juni 2008.", version=0, by=edition.created_by)
    answer = build("annual", tmp_path / "a.pdf", year=2008)
    assert len(answer["warnings"]) == 1
    assert "31. juni 2008" in answer["warnings"][0]


@pytest.mark.parametrize(
    ("report", "options", "words"),
    [
        ("annual", {"programme": "nei", "year": 2008}, "lite"),
        ("annual", {}, "--year"),
        ("annual", {"year": 2013}, "fra 2007 til 2010"),
        ("final", {"year": 2008}, "--year"),
    ],
)
def test_a_mistake_is_told_in_bokmaal_and_writes_no_file(world, tmp_path, report, options, words):
    out = tmp_path / "a.pdf"
    with pytest.raises(CommandError, match=words) as told:
        call_command("report_build", report, **{"programme": "lite", "out": out} | options)
    assert " the " not in str(told.value)
    assert not out.exists()
