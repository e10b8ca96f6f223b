"""The register as a file: what is downloaded reads in again unchanged, and a fault stops the whole file."""

import csv
import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from municipalities.forms.register_file import MAX_BYTES, MAX_ROWS, NEEDED
from municipalities.models import AuditEvent, Municipality
from municipalities.resources import NeutralText
from tests.factories import CountyFactory, MunicipalityFactory, person

pytestmark = pytest.mark.django_db
HEADINGS = [*NEEDED, "valid_to", "note"]
HALDEN = ["0101", "Halden", "Halden", "Halden", "01", "1838-01-01", "2019-12-31", ""]


@pytest.fixture
def adviser() -> Client:
    client = Client()
    client.force_login(person("adviser"))
    return client


@pytest.fixture
def halden() -> Municipality:
    return MunicipalityFactory(number="0101", name="Halden", valid_from=date(1838, 1, 1), valid_to=date(2019, 12, 31))


def as_csv(*rows, headings=HEADINGS, mark=",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=mark).writerows([headings, *rows])
    return text.getvalue().encode()


def as_xlsx(*rows, headings=HEADINGS) -> bytes:
    book, content = Workbook(), io.BytesIO()
    for row in (headings, *rows):
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def upload(client: Client, content: bytes, name: str = "kommuner.csv"):
    return client.post(reverse("municipalities:import"), {"file": SimpleUploadedFile(name, content)})


def preview(client: Client, content: bytes, name: str = "kommuner.csv"):
    return upload(client, content, name).context["preview"]


def refusal(client: Client, content: bytes, name: str = "kommuner.csv") -> str:
    return " ".join(upload(client, content, name).context["form"].errors["file"])


def fault(client: Client, *rows, name: str = "kommuner.csv", make=as_csv) -> tuple:
    """The one fault of a file: row, column, value; and its message."""
    response = upload(client, make(*rows), name)
    (found,) = response.context["preview"].faults
    assert "token" not in response.context
    assert found.message in response.content.decode()
    return found.row, found.column, found.value


def confirm(client: Client, response):
    return client.post(reverse("municipalities:confirm_import", args=[response.context["token"]]), follow=True)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_a_downloaded_register_reads_in_again_with_nothing_to_change(adviser, halden, kind):
    MunicipalityFactory(number="0301", name="Oslo", note="=1+1 er ikke en formel, heller ikke '=2")
    MunicipalityFactory(number="1560", name="-Ærøy", valid_from=None)
    content = adviser.get(reverse("municipalities:export", args=[kind])).content
    found = preview(adviser, content, f"register.{kind}")
    assert (found.faults, found.changes, found.unchanged) == ((), (), 3)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_a_download_holds_the_list_as_it_is_filtered(adviser, halden, kind):
    MunicipalityFactory(number="0301", name="Oslo")
    content = adviser.get(reverse("municipalities:export", args=[kind]), {"q": "hald"}).content
    found = preview(adviser, content, f"register.{kind}")
    assert found.unchanged == 1


def test_a_kind_of_file_that_does_not_exist_is_not_found(adviser):
    assert adviser.get(reverse("municipalities:export", args=["exe"])).status_code == 404


def test_a_downloaded_cell_never_runs_as_a_formula(adviser):
    MunicipalityFactory(name="=HYPERLINK(1)")
    content = adviser.get(reverse("municipalities:export", args=["xlsx"])).content
    sheet = load_workbook(io.BytesIO(content)).active
    assert [cell.value for cell in sheet["B"]][1] == "'=HYPERLINK(1)"
    assert all(cell.data_type != "f" for row in sheet for cell in row)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
def test_any_text_comes_back_as_it_went_out(text):
    assert NeutralText().clean(NeutralText().render(text)) == text


def test_a_change_is_shown_before_it_is_made_and_then_made(adviser, halden):
    response = upload(adviser, as_csv([*HALDEN[:6], "2020-06-30", ""]))
    (change,) = response.context["preview"].changes
    assert (change.municipality, change.column, change.before, change.after) == (
        "0101 Halden",
        "valid_to",
        "2019-12-31",
        "2020-06-30",
    )
    halden.refresh_from_db()
    assert halden.valid_to == date(2019, 12, 31)
    assert "1 kommune er endret." in confirm(adviser, response).content.decode()
    halden.refresh_from_db()
    assert halden.valid_to == date(2020, 6, 30)
    event = AuditEvent.objects.get(action="municipalities.import_register")
    assert event.detail == {"update": 1}


def test_a_new_municipality_is_made(adviser, halden):
    CountyFactory(number="03", name="Oslo")
    row = ["301", "Oslo", "Oslo", "Oslo", 3, date(1994, 1, 1), None, None]
    response = upload(adviser, as_xlsx(row), "kommuner.xlsx")
    assert response.context["preview"].new == 1
    confirm(adviser, response)
    oslo = Municipality.objects.get(number="0301")
    assert (oslo.county.number, oslo.valid_from, oslo.valid_to) == ("03", date(1994, 1, 1), None)


def test_a_column_that_is_left_out_is_left_as_it_is(adviser, halden):
    found = preview(adviser, as_csv(HALDEN[:6], headings=HEADINGS[:6]))
    assert (found.unchanged, found.changes) == (1, ())


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_file_may_have_commas_semicolons_or_tabs(adviser, halden, mark):
    assert preview(adviser, as_csv(HALDEN, mark=mark)).unchanged == 1


def test_a_date_may_be_written_as_norwegians_write_it(adviser, halden):
    assert preview(adviser, as_csv([*HALDEN[:5], "01.01.1838", "31.12.2019", ""])).unchanged == 1


def test_a_file_in_another_alphabet_names_the_row(adviser, halden):
    content = as_csv(HALDEN, ["0219", "Bærum", "Bærum", "Bærum", "01", "1838-01-01", "", ""])
    assert "Rad 3" in refusal(adviser, content.decode().encode("latin-1"))


def test_missing_headings_are_named(adviser):
    assert "county_number, valid_from" in refusal(adviser, as_csv(HALDEN[:4], headings=HEADINGS[:4]))


def test_an_empty_file_lacks_its_headings(adviser):
    assert "municipality_number" in refusal(adviser, b"\n")


def test_headings_with_nothing_under_them_are_refused(adviser):
    assert "ingen kommuner" in refusal(adviser, as_csv())


def test_a_heading_that_stands_twice_is_named(adviser):
    assert "name" in refusal(adviser, as_csv([*HALDEN, "x"], headings=[*HEADINGS, "name"]))


def test_a_row_with_a_cell_too_many_is_named(adviser):
    assert "Rad 2 har 9 celler" in refusal(adviser, as_csv([*HALDEN, "x"]))


def test_quotation_marks_that_do_not_match_are_told(adviser):
    assert "Anførselstegnene" in refusal(adviser, as_csv() + b'0101,"Hal"den,x,x,01,,,\n')


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"PK not a workbook", "kommuner.xlsx"), (b"", "tom.xlsx"), (b"0101", "kommuner.ods"), (b"x", "kommuner.exe")],
)
def test_a_file_that_is_not_what_it_says_is_refused(adviser, content, name):
    assert upload(adviser, content, name).context["form"].errors["file"]


def test_a_workbook_that_unpacks_to_far_more_is_not_unpacked(adviser, halden):
    content = io.BytesIO(as_xlsx(HALDEN))
    assert preview(adviser, content.getvalue(), "kommuner.xlsx").unchanged == 1
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bin", b" " * (60 * 1024 * 1024))
    assert "kan ikke åpnes" in refusal(adviser, content.getvalue(), "bombe.xlsx")


def test_a_file_that_is_too_large_is_refused(adviser):
    assert "5 MB" in refusal(adviser, b"x" * (MAX_BYTES + 1))


def test_more_rows_than_there_are_municipalities_are_refused(adviser):
    rows = [[f"{number:04d}", *HALDEN[1:]] for number in range(MAX_ROWS + 1)]
    assert str(MAX_ROWS) in refusal(adviser, as_csv(*rows))


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        (["1o1", *HALDEN[1:]], "municipality_number", "1o1"),
        ([*HALDEN[:4], "77", *HALDEN[5:]], "county_number", "77"),
        ([*HALDEN[:5], "1838-13-01", *HALDEN[6:]], "valid_from", "1838-13-01"),
        ([*HALDEN[:6], "1800-01-01", ""], "valid_to", "1800-01-01"),
        ([*HALDEN[:7], "=1+1"], "note", "=1+1"),
        (["0101", "", *HALDEN[2:]], "name", ""),
        (["0101", "x" * 101, *HALDEN[2:]], "name", "x" * 101),
    ],
)
def test_a_fault_names_row_column_and_value(adviser, halden, row, column, value):
    blank = [""] * len(HEADINGS)
    assert fault(adviser, blank, row) == (3, column, value)


def test_a_formula_in_a_workbook_counts_as_what_it_came_to(adviser, halden):
    # Written by a program that never reckoned it: it came to nothing, and the name cannot be empty.
    assert fault(adviser, ["0101", "=A1", *HALDEN[2:]], name="x.xlsx", make=as_xlsx)[:2] == (2, "name")


def test_a_municipality_that_stands_twice_is_named(adviser, halden):
    assert fault(adviser, HALDEN, [*HALDEN[:7], "note"]) == (3, "", "")


def test_one_fault_stops_the_whole_file(adviser, halden):
    CountyFactory(number="03", name="Oslo")
    good = ["0301", "Oslo", "Oslo", "Oslo", "03", "1838-01-01", "", ""]
    response = upload(adviser, as_csv(good, [*HALDEN[:4], "77", *HALDEN[5:]]))
    assert "ingenting er endret" in response.content.decode()
    assert not Municipality.objects.filter(number="0301").exists()


def test_a_register_that_changed_meanwhile_takes_nothing_of_the_file(adviser, halden):
    county = CountyFactory(number="03", name="Oslo")
    good = ["0219", "Bærum", "Bærum", "Bærum", "01", "1838-01-01", "", ""]
    response = upload(adviser, as_csv(good, ["0301", "Oslo", "Oslo", "Oslo", "03", "1838-01-01", "", ""]))
    county.delete()
    assert "Registeret er endret" in confirm(adviser, response).content.decode()
    assert list(Municipality.objects.all()) == [halden]
    assert not AuditEvent.objects.filter(action="municipalities.import_register").exists()


def test_the_looked_through_file_is_one_s_own(adviser, halden):
    response = upload(adviser, as_csv([*HALDEN[:7], "ny merknad"]))
    colleague = Client()
    colleague.force_login(person("adviser"))
    assert "ikke tatt vare på lenger" in confirm(colleague, response).content.decode()
    halden.refresh_from_db()
    assert halden.note == ""


def test_a_confirmed_file_is_not_read_in_twice(adviser, halden):
    response = upload(adviser, as_csv([*HALDEN[:7], "ny merknad"]))
    confirm(adviser, response)
    assert "ikke tatt vare på lenger" in confirm(adviser, response).content.decode()
    assert AuditEvent.objects.filter(action="municipalities.import_register").count() == 1


@pytest.mark.parametrize("role", ["project_leader", "network_leader", "steering_member", None])
def test_only_the_secretariat_reads_in_a_register(role):
    client = Client()
    client.force_login(person(role))
    assert client.get(reverse("municipalities:import")).status_code == 403
    assert client.post(reverse("municipalities:confirm_import", args=["x"])).status_code == 403


def test_looking_through_asks_no_more_for_three_unchanged_rows_than_for_one(adviser):
    numbers = ("0101", "0102", "0103")
    for number in numbers:
        MunicipalityFactory(number=number, name="Halden", valid_from=date(1838, 1, 1), valid_to=date(2019, 12, 31))
    rows = [[number, *HALDEN[1:]] for number in numbers]
    adviser.get(reverse("municipalities:import"))

    def questions(*rows) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert preview(adviser, as_csv(*rows)).unchanged == len(rows)
        return sum(query["sql"].startswith("SELECT") for query in captured.captured_queries)

    assert questions(rows[0]) == questions(*rows) <= 12
