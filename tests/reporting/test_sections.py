"""What each section says, worked out by hand on four municipalities (`tests/reporting/world.py`)."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from municipalities.models import Municipality
from networks.models import Network
from programmes.models import DataNote, ReportedCount, UnnamedWithdrawal
from reporting.catalogue import ANNUAL, FINAL
from reporting.models import PrintedFigure
from reporting.section_data import SectionData
from reporting.sections.absence import absence_by_group, comparison, size_and_absence
from reporting.sections.data_notes import data_notes
from reporting.sections.focus import focus_municipalities
from reporting.sections.networks import cohorts_and_networks
from reporting.sections.participants import participants
from tests.absence.imports import imported, long_file, released, total, wide_file
from tests.reporting.world import SmallWorld, small_world

pytestmark = pytest.mark.django_db
YEARS = ("2006Q4-2007Q3", "2007Q4-2008Q3")
SOURCE = "KS/PAI, 4. kv. 2006–3. kv. 2008, uttrekk 2009-11-15"


@pytest.fixture(autouse=True)
def _in_bokmaal():
    with override("nb"):
        yield


@pytest.fixture
def world() -> SmallWorld:
    return small_world()


def printed(data: SectionData, slug: str) -> list[list[str]]:
    """The table as a reader sees it."""
    return [[cell.text for cell in row.cells] for row in data.table(slug).display_rows("nb")]


def test_the_programme_is_compared_on_the_same_municipalities_in_both_years(world):
    data = comparison(world.scope(2008))
    assert printed(data, "comparison") == [
        ["Alle kommuner", "8,7", "9,0", "+0,3", "3"],
        ["Kommuner utenfor programmet", "9,0", "9,5", "+0,5", "1"],
        ["Kommuner i programmet", "8,5", "8,8", "+0,3", "2"],
    ]
    table = data.table("comparison")
    assert table.source == f"{SOURCE}, 3 av 4 kommuner, vektet"
    assert table.notes[0] == "De samme 3 av 4 kommuner i alle periodene: de som har tall i alle."
    assert any("årsak" in note for note in data.notes)


def test_live_figures_are_unrounded_and_tell_how_many_stand_behind_them(world):
    facts = comparison(world.scope(2008)).facts
    assert (facts["in_last"].value, facts["in_last"].unit, facts["in_last"].n) == ("8.750000", "percent", 2)
    assert (facts["gap_last"].value, facts["gap_last"].unit) == ("-0.750000", "points")
    assert facts["in_change"].value == "0.250000"
    assert facts["outside_change"].n == 1


def test_the_chart_says_in_words_what_it_shows_and_names_its_table(world):
    (figure,) = comparison(world.scope(2008)).figures
    assert "8,8 prosent" in figure.alt
    assert "9,5" in figure.alt
    assert figure.table_slug == "comparison"


def test_the_final_report_compares_the_last_window_with_those_before(world):
    data = comparison(world.scope())
    keys = [column.key for column in data.table("comparison").columns if column.group]
    assert keys == ["2007Q4-2008Q3", "2008Q3-2009Q2", "2008Q4-2009Q3"]
    assert printed(data, "comparison")[2][:4] == ["Kommuner i programmet", "8,8", "8,4", "8,3"]


def test_a_group_is_also_shown_without_the_one_that_carries_its_change(world):
    data = absence_by_group(world.scope(2008))
    assert printed(data, "groups") == [
        ["Alle kommuner", "8,7", "9,0", "+0,3", "3"],
        ["Innsats", "8,5", "8,8", "+0,3", "2"],
        ["Innsats uten Bru", "10,0", "11,0", "+1,0", "1"],
    ]
    assert data.facts["cohort-innsats-without-0104"].value == "1.000000"


def test_size_and_absence_are_simple_means_and_the_difference_is_in_points(world):
    data = size_and_absence(world.scope())
    rows = [[cell.replace("−", "-").replace("\u00a0", " ") for cell in row[1:]] for row in printed(data, "size")]
    assert rows == [["7,0", "30 000", "1"], ["12,0", "10 000", "1"], ["-5,0", "–", "–"]]
    assert data.facts["difference"].unit == "points"


def test_without_released_figures_the_sections_say_so_and_print_no_table():
    world = small_world(with_figures=False)
    for query, year in ((comparison, 2008), (comparison, None), (absence_by_group, 2008), (size_and_absence, None)):
        data = query(world.scope(year))
        assert data.tables == ()
        assert data.notes == ("Det er ikke frigitt fraværstall for disse periodene ennå.",)
    assert focus_municipalities(world.scope()).tables == ()


def test_participants_are_counted_as_of_the_last_day_of_the_year(world):
    data = participants(world.scope(2008))
    assert printed(data, "cohorts") == [["Innsats", "8. januar 2007", "2", "2"], ["Sum", "–", "2", "2"]]
    assert data.facts["active"].value == 2
    assert data.facts["active"].as_of == "2008-12-31"


def test_the_share_of_inhabitants_is_of_the_last_count_before_the_date(world):
    facts = participants(world.scope(2009)).facts
    assert Decimal(facts["population_share"].value) == 40  # 40 000 of 100 000
    assert "population_share" not in participants(world.scope(2008)).facts


def test_an_unnamed_withdrawal_is_counted_as_admitted_and_never_as_active(world):
    UnnamedWithdrawal.objects.create(
        programme=world.programme, count=2, known_on=date(2010, 6, 30), source="Sluttrapporten"
    )
    facts = participants(world.scope()).facts
    assert (facts["admitted"].value, facts["active"].value, facts["withdrawn"].value) == (4, 2, 2)


def test_a_stated_count_that_the_records_do_not_give_must_be_explained(world):
    ReportedCount.objects.create(
        programme=world.programme, measure="active", counted_on=date(2008, 12, 31), count=3, source="Rapport for 2008"
    )
    (one,) = participants(world.scope(2008)).contradictions
    assert (one.printed, one.computed) == ("3", "2")
    assert participants(world.scope(2009)).contradictions == ()


def test_networks_stand_under_their_cohort_with_their_members(world):
    data = cohorts_and_networks(world.scope(2008))
    assert printed(data, "members-innsats") == [["Nettverk 1", "Ask, Bru", "2"]]
    assert data.facts["networks"].value == 1


def test_a_member_that_the_source_is_unsure_of_is_marked_with_the_reason(world):
    Network.objects.get().memberships.update(is_certain=False)
    (note,) = cohorts_and_networks(world.scope(2008)).table("members-innsats").cell_notes
    assert "Kilden sier ikke sikkert" in note.text


def test_notes_on_the_data_are_definitions_in_the_language_of_the_report(world):
    DataNote.objects.create(
        programme=world.programme,
        slug="null",
        title={"nb": "En null", "nn": "Ein null", "en": "A zero"},
        text={"nb": "Mangler", "nn": "Manglar", "en": "Missing"},
        source="Vedlegg 6",
    )
    with override("nn"):
        (note,) = data_notes(world.scope()).definitions
    assert (note.term, note.text, note.source) == ("Ein null", "Manglar", "Vedlegg 6")


# --- Appendix 6 ------------------------------------------------------------------------------------------------------

APPENDIX = (
    "Kommunenr;Kommune;Q407-Q308;Q408-Q309",
    "0101;Ask;11,0;0,0",
    "0104;Bru;8,0;7,0",
    ";Snitt;9,5;3,5",
)


def test_published_windows_and_those_of_quarters_stand_in_two_tables(world):
    released(wide_file(*APPENDIX), vintage_on=date(2009, 12, 15), name="vedlegg.csv")
    data = focus_municipalities(world.scope())
    assert printed(data, "focus") == [
        ["Ask", "11,0", "12,0"],
        ["Bru", "8,0", "7,0"],
        ["Snitt", "9,5", "9,5"],
    ]
    assert data.facts["lower"].value == 1
    assert [row[0] for row in printed(data, "focus-published")][:2] == ["Ask", "Bru"]


def test_a_held_zero_is_a_dash_with_the_reason_and_the_printed_mean_must_be_answered(world):
    imported(wide_file(*APPENDIX), vintage_on=date(2009, 12, 15), name="vedlegg.csv")
    released(wide_file(*APPENDIX[:3]), vintage_on=date(2009, 12, 16), name="uten-snitt.csv")
    data = focus_municipalities(world.scope())
    table = data.table("focus-published")
    assert printed(data, "focus-published")[0] == ["Ask", "11,0", "–"]
    (held,) = [note for note in table.cell_notes if note.mark == "held"]
    assert held.text == "Holdes tilbake til en rådgiver har avgjort det."
    (one,) = data.contradictions
    assert one.key.startswith("printed-mean-2008Q4-2009Q3-")
    assert (one.printed, one.computed) == ("3,5", "7,0")


# --- What other reports printed --------------------------------------------------------------------------------------


def print_elsewhere(world, value: str, remark: dict | None = None) -> None:
    PrintedFigure.objects.create(
        programme=world.programme,
        document="Sluttrapporten",
        table="4.6",
        row="I programmet",
        column="Q408-Q309",
        row_key="in",
        column_key="2008Q4-2009Q3",
        value=value,
        unit="percent",
        remark=remark or {},
    )


def test_a_cell_printed_as_reckoned_is_not_mentioned(world):
    print_elsewhere(world, "8.3")
    data = comparison(world.scope())
    assert data.contradictions == ()
    assert not any("Sluttrapporten" in note for note in data.table("comparison").notes)


def test_a_cell_printed_otherwise_without_a_remark_must_be_explained(world):
    print_elsewhere(world, "8.4")
    (one,) = comparison(world.scope()).contradictions
    assert (one.printed, one.computed) == ("8,4", "8,3")


def test_a_cell_printed_otherwise_with_a_remark_is_explained_in_the_language_of_the_report(world):
    print_elsewhere(world, "8.4", {"nb": "Andre kommuner.", "nn": "Andre kommunar.", "en": "Other municipalities."})
    with override("nn"):
        data = comparison(world.scope())
    assert data.contradictions == ()
    assert "Andre kommunar." in str(data.to_json()["tables"])


def test_a_table_of_another_number_than_the_reports_own_is_left_alone(world):
    print_elsewhere(world, "8.4")
    assert comparison(world.scope(2008)).contradictions == ()


@pytest.mark.parametrize("report", [ANNUAL, FINAL])
def test_every_section_survives_the_way_through_json(world, report):
    year = 2008 if report is ANNUAL else None
    for section in report.sections:
        if section.query:
            data = section.query(world.scope(year))
            assert SectionData.from_json(data.to_json()) == data


def test_figures_of_a_newer_vintage_take_the_place_of_the_older(world):
    released(long_file(total("0104", "2008K3", 360, 3000)), vintage_on=date(2010, 1, 1), name="ny.csv")
    data = comparison(world.scope(2008))
    assert printed(data, "comparison")[2][2] == "9,5"  # (440 + 240·3 + 360) of 16 000
    assert "uttrekk 2010-01-01" in data.table("comparison").source


def test_the_register_is_that_of_the_day(world):
    Municipality.objects.filter(number="0105").update(valid_to=date(2007, 12, 31))
    assert printed(comparison(world.scope(2008)), "comparison")[0][-1] == "2"
