"""Participants as files: what is downloaded reads in again unchanged, and says no more than the reader may know."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tablib import Dataset

from municipalities.models import Organisation
from programmes.models import Participation
from programmes.resources import ParticipationResource
from tests.counting import queries_of
from tests.factories import CohortMembershipFactory, ParticipationFactory, ProgrammeFactory, person
from tests.programmes.worlds import full_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    """One participant of each kind: a municipality that withdrew, a joint body, one that nobody identifies."""
    programme = ProgrammeFactory()
    alta = ParticipationFactory(
        programme=programme, name="Alta", withdrawn_on=date(2009, 1, 1), withdrawal_reason="Økonomi", note="=1"
    )
    CohortMembershipFactory(cohort__programme=programme, cohort__name="Pulje 1", participation=alta)
    joint = Organisation.objects.create(slug="innherred", name="Innherred", kind="joint_municipality")
    ParticipationFactory(programme=programme, name="Innherred", municipality=None, organisation=joint)
    ParticipationFactory(programme=programme, name="Sande", municipality=None, candidate_numbers=["0713", "1514"])
    return programme


def client_of(role=None) -> Client:
    client = Client()
    if role:
        client.force_login(person(role))
    return client


def download(client: Client, programme, kind="csv", **asked) -> Dataset:
    content = client.get(reverse("programmes:participants_export", args=[programme.slug, kind]), asked).content
    return Dataset().load(content.decode("utf-8-sig") if kind == "csv" else content, format=kind)


@pytest.mark.parametrize("role", [None, "adviser"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_downloaded_list_reads_in_again_with_nothing_to_change(programme, kind, role):
    result = ParticipationResource().import_data(download(client_of(role), programme, kind))
    assert (result.totals["skip"], result.has_errors(), result.has_validation_errors()) == (3, False, False)


def test_the_reason_for_a_withdrawal_is_for_the_secretariat(programme):
    assert "Økonomi" in download(client_of("adviser"), programme)["withdrawal_reason"]
    for role in (None, "project_leader", "steering_member"):
        assert "withdrawal_reason" not in download(client_of(role), programme).headers


def test_the_download_is_the_list_as_it_is_filtered_and_sorted(programme):
    assert download(client_of(), programme, sort="-name")["name"] == ["Sande", "Innherred", "Alta"]
    assert download(client_of(), programme, state="withdrawn")["name"] == ["Alta"]
    assert download(client_of(), programme, q="sand")["name"] == ["Sande"]


def test_a_kind_of_file_that_does_not_exist_is_not_found(programme):
    url = reverse("programmes:participants_export", args=[programme.slug, "exe"])
    assert client_of().get(url).status_code == 404


def test_a_cell_never_runs_as_a_formula(programme):
    assert download(client_of("adviser"), programme)["note"][0] == "'=1"


def test_the_cohorts_are_told_but_not_read_in(programme):
    table = download(client_of("adviser"), programme)
    assert table["cohorts"][0] == "Pulje 1"
    del table["cohorts"]
    table.append_col(["Pulje 9"] * 3, header="cohorts")
    assert ParticipationResource().import_data(table).totals["skip"] == 3


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("programme", "nowhere"),
        ("municipality_number", "9999"),
        ("municipality_number", "x"),
        ("organisation", "nobody"),
        ("candidate_numbers", "07x"),
        ("starts_on", "31.06.2010"),
        ("name", ""),
    ],
)
def test_a_fault_is_told_under_its_column(programme, column, value):
    table = download(client_of("adviser"), programme)
    wrong = Dataset(headers=table.headers)
    wrong.append([value if name == column else cell for name, cell in table.dict[0].items()])
    result = ParticipationResource().import_data(wrong)
    (row,) = result.invalid_rows
    assert list(row.field_specific_errors) == [column]


def test_the_download_asks_no_more_for_three_than_for_one():
    programmes = [full_programme(times) for times in (1, 3)]
    one, three = (
        queries_of(None, reverse("programmes:participants_export", args=[one.slug, "csv"])) for one in programmes
    )
    assert one == three <= 12


def test_the_admin_reads_in_what_it_gives_out(programme):
    client = client_of("administrator")
    content = client.post(
        reverse("admin:programmes_participation_export"),
        {"format": "0", **{f"participationresource_{name}": "on" for name in ParticipationResource.Meta.fields}},
    ).content
    file = SimpleUploadedFile("participants.csv", content)
    page = client.post(reverse("admin:programmes_participation_import"), {"format": "0", "import_file": file})
    result = page.context["result"]
    assert (result.totals["skip"], result.totals["update"], result.totals["new"]) == (3, 0, 0)


def test_the_admin_of_programmes_opens(programme):
    client = client_of("administrator")
    names = ["programme", "participation", "party", "agreement", "reportedcount", "datanote"]
    for name in names:
        assert client.get(reverse(f"admin:programmes_{name}_changelist")).status_code == 200
    assert client.get(reverse("admin:programmes_programme_change", args=[programme.pk])).status_code == 200
    one = Participation.objects.get(name="Alta")
    assert client.get(reverse("admin:programmes_participation_change", args=[one.pk])).status_code == 200
