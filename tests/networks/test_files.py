"""Memberships of networks as files: what is downloaded reads in again unchanged."""

import pytest
from django.test import Client
from django.urls import reverse
from tablib import Dataset

from networks.models import Network, NetworkMembership
from networks.resources import MembershipResource, exported
from tests.factories import ParticipationFactory, ProgrammeFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership() -> NetworkMembership:
    programme = ProgrammeFactory()
    network = Network.objects.create(programme=programme, slug="nord", name="=Nord")
    return NetworkMembership.objects.create(
        network=network, participation=ParticipationFactory(programme=programme), is_certain=False, note="Se kilden"
    )


def read(table: Dataset):
    return MembershipResource().import_data(table, dry_run=False)


def with_cell(table: Dataset, column: str, value: str) -> Dataset:
    changed = Dataset(headers=table.headers)
    changed.append([value if name == column else cell for name, cell in table.dict[0].items()])
    return changed


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_downloaded_memberships_read_in_again_with_nothing_to_change(membership, kind):
    content = exported(NetworkMembership.objects.all()).export(kind)
    result = read(Dataset().load(content, format=kind))
    assert (result.totals["skip"], result.has_errors(), result.has_validation_errors()) == (1, False, False)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_s_download_is_of_that_kind(membership, kind):
    client = Client()
    client.force_login(person("adviser"))
    content = client.get(reverse("networks:networks_export", args=[membership.network.programme.slug, kind])).content
    table = Dataset().load(content.decode("utf-8-sig") if kind == "csv" else content, format=kind)
    assert read(table).totals["skip"] == 1
    assert table.dict[0]["network_name"] == "'=Nord"


def test_a_download_of_an_unknown_kind_is_not_found(membership):
    client = Client()
    client.force_login(person("adviser"))
    url = reverse("networks:networks_export", args=[membership.network.programme.slug, "exe"])
    assert client.get(url).status_code == 404


def test_a_last_day_is_read_in(membership):
    table = with_cell(exported(NetworkMembership.objects.all()), "ends_on", "2009-06-30")
    assert read(table).totals["update"] == 1
    membership.refresh_from_db()
    assert str(membership.ends_on) == "2009-06-30"


@pytest.mark.parametrize(
    ("column", "value"),
    [("network", "nowhere/nord"), ("participant", "nobody"), ("is_certain", "perhaps"), ("ends_on", "soon")],
)
def test_a_fault_is_told_under_its_column(membership, column, value):
    result = read(with_cell(exported(NetworkMembership.objects.all()), column, value))
    (row,) = result.invalid_rows
    assert list(row.field_specific_errors) == [column]


def test_a_participant_of_another_programme_is_refused(membership):
    other = ParticipationFactory()
    value = f"{other.programme.slug}/{other.slug}"
    (row,) = read(with_cell(exported(NetworkMembership.objects.all()), "participant", value)).invalid_rows
    assert list(row.field_specific_errors) == ["participant"]


def test_the_admin_of_networks_opens(membership):
    client = Client()
    client.force_login(person("administrator"))
    for name in (
        "network_changelist",
        "networkmembership_changelist",
        "networkmembership_export",
        "statedactivity_add",
    ):
        assert client.get(reverse(f"admin:networks_{name}")).status_code == 200
    assert client.get(reverse("admin:networks_network_change", args=[membership.network_id])).status_code == 200
