"""From a file to staged figures, or to a refusal that changes nothing."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from absence import actions
from absence.models import Figure, ImportBatch, StagedFigure, Suspicion
from absence.queries.batches import reading_in_words
from absence.queries.imports import import_answer
from absence.queries.words import problem_words
from jobs.models import Job
from municipalities.models import AuditEvent
from tests.absence.imports import imported, long_file, municipalities, released, staged, total, wide_file
from tests.factories import person

pytestmark = pytest.mark.django_db

GOOD = (total("0101", "2008K1", "600,5", 6000), total("0104", "2008K1", 480, 5000))


@pytest.fixture(autouse=True)
def register():
    return municipalities("0101", "0104", "0105")


def test_a_file_becomes_staged_figures_with_their_place_in_the_file():
    batch = imported(long_file(*GOOD))
    assert (batch.state, batch.rows_read, batch.figure_count) == ("staged", 2, 2)
    first, _ = staged(batch)
    assert (first.municipality.number, str(first.period), first.row, first.column) == ("0101", "2008Q1", 2, "F")
    assert (str(first.lost_days), str(first.possible_days), str(first.percent)) == ("600.50", "6000.00", "10.0083")


def test_the_job_is_asked_for_with_the_upload_and_names_it():
    batch = imported(long_file(*GOOD))
    job = Job.objects.about(batch.job_subject).get()
    assert (job.kind, job.state) == ("absence.read_batch", "done")


def test_a_file_without_a_readable_figure_is_refused_and_changes_nothing():
    batch = imported(long_file(GOOD[0], total("0104", "2008K1", "11,Q", 5000)))
    assert (batch.state, batch.error_count) == ("refused", 1)
    assert (batch.errors[0]["row"], batch.errors[0]["column"], batch.errors[0]["value"]) == (3, "F", "11,Q")
    assert not staged(batch)
    assert not Figure.objects.exists()


def test_of_a_file_with_personal_data_nothing_is_kept(django_capture_on_commit_callbacks):
    content = b"fodselsnummer;kommunenr;kvartal;prosent\n01017012345;0101;2008K1;9,7\n"
    content = content.replace(b"01017012345", b"15076500565")
    with django_capture_on_commit_callbacks(execute=True):
        batch = imported(content)
    assert batch.state == "refused"
    assert [one["code"] for one in batch.errors] == ["personal_data"]
    assert not batch.file
    assert batch.ignored == []
    assert "15076500565" not in str(batch.errors)


def test_the_same_file_twice_changes_nothing():
    first = imported(long_file(*GOOD))
    with pytest.raises(actions.AlreadyImported) as known:
        imported(long_file(*GOOD), vintage_on=date(2011, 1, 1))
    assert known.value.batch == first
    assert ImportBatch.objects.count() == 1


def test_a_refused_or_withdrawn_file_may_come_again():
    bad = long_file(total("0101", "2008K1", "x", 1))
    assert imported(bad).state == imported(bad).state == "refused"
    actions.withdraw(imported(long_file(*GOOD)), by=None)
    assert imported(long_file(*GOOD)).state == "staged"


def test_the_database_keeps_one_live_import_of_a_file():
    batch = imported(long_file(*GOOD))
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportBatch.objects.create(file_name="b.csv", sha256=batch.sha256, vintage_on=date(2010, 1, 1))


def test_another_file_of_the_same_source_and_vintage_is_refused_with_the_reason():
    released(long_file(*GOOD), name="first.csv")
    other = imported(long_file(total("0101", "2008K1", 700, 6000)), name="second.csv")
    assert other.state == "refused"
    assert other.errors[0]["code"] == "same_vintage"
    assert (other.errors[0]["params"]["file"], other.errors[0]["params"]["n"]) == ("first.csv", 1)


def test_a_newer_file_for_the_same_period_is_a_new_vintage():
    released(long_file(*GOOD))
    released(long_file(total("0101", "2008K1", 700, 6000)), vintage_on=date(2010, 9, 1))
    rates = Figure.objects.filter(municipality__number="0101").order_by("vintage_on").values_list("rate", flat=True)
    assert list(rates) == [100083, 116667]


def test_a_zero_for_a_municipality_is_held_back():
    batch = imported(long_file(GOOD[0], total("0104", "2008K1", 0, 5000)))
    held = StagedFigure.objects.get(batch=batch, held=True)
    assert held.municipality.number == "0104"
    assert "V1" in set(Suspicion.objects.filter(position=held.position, blocking=True).values_list("rule", flat=True))


def test_a_printed_mean_that_differs_holds_its_whole_period():
    content = wide_file(
        "Kommune;Q406-Q307;Q407-Q308",
        "0101 Kommune 0101;9,0;9,1",
        "0104 Kommune 0104;10,0;10,3",
        "Snitt;9,5;5,0",
    )
    batch = imported(content)
    held = StagedFigure.objects.filter(batch=batch, held=True)
    assert {str(one.period) for one in held} == {"2007Q4-2008Q3"}
    doubt = Suspicion.objects.get(batch=batch, rule="V11")
    assert (doubt.position, doubt.blocking, str(doubt.period)) == (None, True, "2007Q4-2008Q3")
    printed = {str(row.period): (row.printed_percent, row.recomputed_percent) for row in batch.printed_rows.all()}
    assert printed["2007Q4-2008Q3"] == (Decimal(5), Decimal("9.7"))


def test_a_blank_cell_is_missing_and_never_zero():
    batch = released(wide_file("Kommune;Q406-Q307;Q407-Q308", "0101 Kommune 0101;9,0;", "0104 Kommune 0104;9,4;9,9"))
    missing = Figure.objects.get(municipality__number="0101", first_quarter=8031)
    assert (missing.rate, missing.lost, missing.mark) == (None, None, "missing")
    assert batch.released_count == 4


def test_every_step_leaves_an_event():
    released(long_file(*GOOD))
    actions_taken = set(AuditEvent.objects.values_list("action", flat=True))
    assert actions_taken >= {"absence.upload", "absence.stage", "absence.release"}


def test_workdays_with_more_than_two_decimals_are_rounded_aloud(client):
    lines = [total("0101", "2008K1", "600,125", "6000,50"), total("0104", "2008K1", "500,0001", "5000,999")]
    batch = imported(long_file(*lines))
    assert [one.lost for one in staged(batch)] == [60013, 50000]
    assert batch.facts["rounded"]["days"] == {"count": 3, "row": 2, "column": "F", "value": "600.125"}
    (note,) = import_answer(batch)["notes"]
    assert note == (
        "3 dagsverkstall har mer enn to desimaler og er avrundet til hundredels dagsverk, det første 600,125 på rad 2, "
        "kolonne F."
    )
    client.force_login(person("adviser"))
    assert note in client.get(reverse("absence:import", args=[batch.pk])).content.decode()


def test_zeros_after_the_second_decimal_are_no_rounding():
    assert "rounded" not in imported(long_file(total("0101", "2008K1", "600,12000", "6000"))).facts


def test_a_rate_with_more_than_four_decimals_is_rounded_aloud():
    batch = imported(wide_file("Kommunenr;1. kvartal 2008;2. kvartal 2008", "0101;9,71428;9,7"))
    assert batch.facts["rounded"] == {"rates": {"count": 1, "row": 2, "column": "B", "value": "9.71428"}}


def test_the_first_row_that_is_released_already_is_named():
    released(long_file(*GOOD), name="first.csv")
    other = imported(long_file(total("0101", "2009K1", 700, 6000), total("0101", "2008K1", 700, 6000)), name="b.csv")
    assert (other.errors[0]["row"], other.errors[0]["column"]) == (3, "F")
    assert "på rad 3" in problem_words(other.errors[0])["message"]


def test_the_marked_copy_of_a_file_released_already_marks_that_row(client):
    released(long_file(*GOOD), name="first.csv")
    other = imported(long_file(total("0101", "2008K1", 700, 6000)), name="second.csv")
    client.force_login(person("adviser"))
    response = client.get(reverse("absence:import_marked", args=[other.pk]))
    book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    assert "first.csv" in book.worksheets[1]["F2"].comment.text


def test_a_number_of_workdays_alone_is_said_not_to_be_used(client):
    head = "kommunenr;kvartal;tapte dagsverk;mulige dagsverk;prosent"
    batch = imported("\n".join([head, "0101;2008K1;;1000;9,7", "0101;2008K2;;1001;9,7"]).encode())
    (line,) = import_answer(batch)["ignored"]
    words = "(2 tall i kolonnen står uten de andre dagsverkene og brukes ikke; prosenten brukes slik den står)"
    assert line == {"row": 2, "text": f"1000 {words}"}
    client.force_login(person("adviser"))
    assert words in client.get(reverse("absence:import", args=[batch.pk])).content.decode()


def test_the_sentence_of_an_import_tells_municipalities_without_figures():
    batch = imported(wide_file("Kommunenr;1. kvartal 2008;2. kvartal 2008", "0101;9,0;9,1", "0104;..;.."))
    assert "2 kommuner, 1 med tall" in reading_in_words(batch)


def swinging(years, lost_by_year) -> list[str]:
    return [total("0101", f"{year}K1", lost, 10_000) for year, lost in zip(years, lost_by_year, strict=True)]


def test_a_change_is_judged_by_six_years_of_what_is_released():
    """1 and 3 points up and down every year: 3 more are ordinary, and would be large for a quiet municipality."""
    released(long_file(*swinging(range(2002, 2008), [900, 1200, 900, 1000, 1300, 1000])))
    batch = imported(long_file(total("0101", "2008K1", 1300, 10_000), total("0104", "2008K1", 900, 10_000)))
    assert not Suspicion.objects.filter(batch=batch, rule="V7").exists()


def test_a_quiet_municipality_has_a_large_change():
    released(long_file(*swinging(range(2002, 2008), [900, 910, 900, 910, 900, 910])))
    batch = imported(long_file(total("0101", "2008K1", 1300, 10_000)))
    assert [one.rule for one in Suspicion.objects.filter(batch=batch, rule="V7")] == ["V7"]


def test_the_past_is_that_of_the_newest_vintage():
    """In the older one it swings as much as the change that is judged."""
    quiet, wild = [900, 910, 900, 910, 900, 910], [900, 1300, 900, 1300, 900, 1300]
    released(long_file(*swinging(range(2002, 2008), wild)), vintage_on=date(2008, 1, 1))
    released(long_file(*swinging(range(2002, 2008), quiet)), vintage_on=date(2009, 1, 1))
    batch = imported(long_file(total("0101", "2008K1", 1300, 10_000)))
    assert Suspicion.objects.filter(batch=batch, rule="V7").exists()
