"""pai_import, absence_table and rebuild_aggregates as the programs that call them see them."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.files import File
from django.core.management import CommandError, call_command

from absence import actions
from absence.models import Figure, ImportBatch, MunicipalityQuarter
from jobs.actions import fail, held, take
from jobs.models import Job
from tests.absence.imports import long_file, municipalities, released, total
from tests.factories import ProgrammeFactory, person

pytestmark = pytest.mark.django_db


def run(*arguments) -> tuple[dict, int]:
    """Its answer and its exit code."""
    out = StringIO()
    try:
        call_command(*map(str, arguments), "--json", stdout=out)
    except SystemExit as ended:
        return json.loads(out.getvalue()), ended.code
    return json.loads(out.getvalue()), 0


@pytest.fixture
def file(tmp_path):
    municipalities("0101", "0104", "0105")
    path = tmp_path / "pai.csv"
    path.write_bytes(
        long_file(
            total("0101", "2008K1", "600,5", 6000), total("0104", "2008K1", 0, 5000), total("0105", "2008K1", ":", ":")
        )
    )
    return path


def test_an_import_is_staged_and_says_what_it_holds(file):
    answer, code = run("pai_import", file, "--vintage", "2010-06-01")
    assert (code, answer["status"], answer["rows_read"], answer["figures"]) == (0, "staged", 3, 3)
    assert (answer["released"], answer["held"], answer["import"]) == (0, 1, ImportBatch.objects.get().pk)
    zero = next(one for one in answer["suspicions"] if one["rule"] == "V1")
    assert (zero["municipality"], zero["period"], zero["value"], zero["blocking"]) == ("0104", "2008Q1", "0", True)
    assert "Tallet mangler trolig" in zero["message"]


def test_release_lets_through_what_nothing_holds(file):
    answer, code = run("pai_import", file, "--vintage", "2010-06-01", "--release")
    assert (code, answer["status"], answer["released"], answer["held"]) == (0, "released", 2, 1)


def test_a_dry_run_changes_nothing_and_shows_every_figure(file):
    answer, code = run("pai_import", file, "--vintage", "2010-06-01", "--dry-run")
    assert (code, answer["status"], answer["import"]) == (0, "staged", None)
    assert answer["preview"][0] == {
        "row": 2,
        "municipality": "0101",
        "period": "2008Q1",
        "sector": "all",
        "sex": "all",
        "type": "total",
        "lost": "600.5",
        "possible": "6000",
        "rate": "10.0083",
        "mark": None,
    }
    assert (answer["preview"][2]["mark"], answer["preview"][2]["lost"]) == ("suppressed", None)
    assert not any(model.objects.exists() for model in (ImportBatch, Job, Figure))


def test_a_refused_file_answers_three_and_names_the_cell(file, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_bytes(long_file(total("0101", "2008K1", "11,Q", 6000)))
    for extra in ([], ["--dry-run"]):
        answer, code = run("pai_import", bad, "--vintage", "2010-06-01", *extra)
        assert (code, answer["status"]) == (3, "refused")
        error = answer["errors"][0]
        assert (error["row"], error["column"], error["value"]) == (2, "F", "11,Q")
        assert "11,Q" in error["message"]


def test_the_same_file_twice_answers_four(file):
    first, _ = run("pai_import", file, "--vintage", "2010-06-01")
    answer, code = run("pai_import", file, "--vintage", "2010-06-01")
    assert (code, answer["status"], answer["import"]) == (4, "duplicate", first["import"])


def test_an_import_that_was_ended_before_its_release_is_released_by_the_same_command(file):
    first, _ = run("pai_import", file, "--vintage", "2010-06-01")
    answer, code = run("pai_import", file, "--vintage", "2010-06-01", "--release")
    assert (code, answer["status"], answer["import"], answer["released"]) == (0, "released", first["import"], 2)
    answer, code = run("pai_import", file, "--vintage", "2010-06-01", "--release")
    assert (code, answer["status"]) == (4, "duplicate")


def uploaded(file, by=None) -> ImportBatch:
    with file.open("rb") as content:
        return actions.upload(
            file=File(content, name=file.name),
            file_name=file.name,
            vintage_on=date(2010, 6, 1),
            source="PAI",
            revision_kind="regular",
            by=by,
        )


def test_a_file_that_another_process_reads_is_left_to_it(file):
    job = take(Job.objects.about(uploaded(file).job_subject).get().pk)
    answer, code = run("pai_import", file, "--vintage", "2010-06-01")
    assert (code, answer["status"]) == (4, "duplicate")
    assert held(job).exists()


def test_a_reading_that_was_given_up_begins_again_with_the_same_command(file):
    job = take(Job.objects.about(uploaded(file).job_subject).get().pk)
    fail(job, "stopped")
    answer, code = run("pai_import", file, "--vintage", "2010-06-01")
    assert (code, answer["status"]) == (0, "staged")


def test_a_file_of_a_person_or_of_another_vintage_is_not_taken_over(file):
    uploaded(file, by=person("adviser"))
    answer, code = run("pai_import", file, "--vintage", "2010-06-01")
    assert (code, answer["status"]) == (4, "duplicate")
    ImportBatch.objects.update(uploaded_by=None)
    answer, code = run("pai_import", file, "--vintage", "2010-06-02")
    assert (code, answer["status"]) == (4, "duplicate")


def test_a_file_that_is_not_there_is_said_in_words():
    with pytest.raises(CommandError, match="Finner ikke filen"):
        call_command("pai_import", "nowhere.csv", "--vintage", "2010-06-01")


def test_a_table_has_decimal_strings_with_four_decimals_and_null_for_none():
    municipalities("0101")
    programme = ProgrammeFactory(slug="kvalitetskommuner")
    released(long_file(*(total("0101", f"2008K{quarter}", 600, 6000) for quarter in (1, 2, 3, 4))))
    answer, code = run(
        "absence_table", "comparison", "--programme", programme.slug, "--periods", "Q108-Q408,2007Q1-2007Q4"
    )
    assert code == 0
    assert answer["columns"] == ["2008Q1-2008Q4", "2007Q1-2007Q4"]
    assert answer["rows"][0] == {"label": "Alle kommuner", "values": [None, None], "n": 0}
    answer, _ = run("absence_table", "comparison", "--programme", programme.slug, "--periods", "Q108-Q408")
    assert answer["rows"][0] == {"label": "Alle kommuner", "values": ["10.0000"], "n": 1}
    assert (answer["weighting"], answer["vintage"]) == ("weighted_days", "2010-06-01")


@pytest.mark.parametrize("table", ["comparison", "size", "focus", "groups"])
def test_every_table_can_be_asked_for_before_there_are_figures(table):
    programme = ProgrammeFactory()
    answer, code = run("absence_table", table, "--programme", programme.slug)
    assert code == 0
    assert set(answer) == {"columns", "rows", "weighting", "vintage", "notes"}


def test_an_unknown_programme_or_period_is_said_in_words():
    with pytest.raises(CommandError, match="Finner ikke programmet"):
        call_command("absence_table", "size", "--programme", "x")
    programme = ProgrammeFactory()
    with pytest.raises(CommandError, match="er ikke en periode"):
        call_command("absence_table", "size", "--programme", programme.slug, "--periods", "Q508-Q409")


def test_rebuild_aggregates_makes_the_sums_anew():
    municipalities("0101")
    released(long_file(total("0101", "2008K1", 600, 6000)))
    MunicipalityQuarter.objects.all().delete()
    call_command("rebuild_aggregates")
    assert MunicipalityQuarter.objects.get().lost == 60000
