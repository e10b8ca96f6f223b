"""Both programmes as the sources tell them: every count as of a date, nothing invented, nothing twice."""

from collections import Counter
from datetime import date

import pytest
from django.apps import apps

from config.demo.programmes import load_programmes
from config.demo.published import load_published
from config.demo.register_records import load_register
from municipalities.models import Municipality, MunicipalityChange, Organisation, Population
from networks.models import Network, NetworkMembership
from programmes.models import CohortMembership, Participation, Programme
from programmes.queries import participant_counts, participating_municipalities
from reporting.models import PrintedFigure

ROOMS = ("municipalities", "programmes", "networks", "reporting")
END = date(2010, 6, 30)


@pytest.fixture
def loaded(db):
    load_register()
    load_programmes()
    load_published()


def test_register_has_the_known_number_of_municipalities_in_each_year(loaded):
    counts = {year: Municipality.objects.valid_on(date(year, 12, 31)).count() for year in (2005, 2006, 2008, 2013)}
    assert counts == {2005: 433, 2006: 431, 2008: 430, 2013: 428}
    later = {year: Municipality.objects.valid_on(date(year, 6, 1)).count() for year in (2017, 2018, 2020, 2024)}
    assert later == {2017: 426, 2018: 422, 2020: 356, 2024: 357}


def test_every_municipality_that_ended_tells_what_became_of_it(loaded):
    assert not Municipality.objects.filter(valid_to__isnull=False, changes_after=None).exists()
    merger = MunicipalityChange.objects.filter(successor__number="1505")
    assert {one.predecessor.number for one in merger} == {"1503", "1556"}
    assert {one.kind for one in merger} == {"merge"}
    assert MunicipalityChange.objects.get(predecessor__number="0101").kind == "recode"


def test_population_is_the_national_total_less_what_only_joint_figures_tell(loaded):
    counted = Population.objects.filter(counted_on=date(2008, 1, 1), municipality__isnull=False)
    assert sum(counted.values_list("inhabitants_count", flat=True)) == 4_737_171 - 58_050 - 6_700


def test_districts_have_their_code_and_population_and_are_in_oslo(loaded):
    alna = Organisation.objects.get(name="Bydel Alna")
    assert (alna.kind, alna.statistical_code) == ("district", "030112")
    assert [one.number for one in alna.members.all()] == ["0301"]
    assert alna.populations.get(counted_on=date(2008, 1, 1)).inhabitants_count == 45_114


def test_140_admitted_138_active_with_two_withdrawals_counted_and_not_invented(loaded):
    programme = Programme.objects.get(slug="kvalitetskommuner")
    counts = participant_counts(programme, END)
    assert (counts.admitted, counts.active, counts.unnamed) == (140, 138, 2)
    assert counts.participants == 137
    assert [one.places for one in counts.cohorts] == [12, 28, 41, 35, 22]
    assert not Participation.objects.filter(withdrawn_on__isnull=False).exists()
    assert "trakk seg" in programme.unnamed_withdrawals.get().note["nb"]


def test_a_cohort_counts_from_the_day_it_started(loaded):
    programme = Programme.objects.get(slug="kvalitetskommuner")
    before, after = (
        participant_counts(programme, day).cohorts[4].places for day in (date(2009, 1, 11), date(2009, 1, 12))
    )
    assert (before, after) == (0, 22)


def test_mandal_is_one_participant_in_two_cohorts(loaded):
    mandal = Participation.objects.get(programme__slug="kvalitetskommuner", municipality__number="1002")
    assert {one.cohort.slug for one in mandal.cohort_memberships.all()} == {"innsats", "pulje-2"}
    assert mandal.network_memberships.count() == 2


def test_sande_has_candidates_and_no_municipality(loaded):
    sande = Participation.objects.get(programme__slug="kvalitetskommuner", name="Sande")
    assert sande.municipality is None
    assert sande.candidate_numbers == ["0713", "1514"]


def test_133_whole_municipalities_take_part_and_innherred_stands_for_two(loaded):
    members = participating_municipalities(Programme.objects.get(slug="kvalitetskommuner"), END)
    numbers = {one.number for one in members}
    assert len(numbers) == 133
    assert {"1719", "1721"} <= numbers
    assert "0301" not in numbers


def test_saman_om_has_111_places_and_explains_the_110(loaded):
    programme = Programme.objects.get(slug="saman-om")
    counts = participant_counts(programme, date(2013, 4, 1))
    assert [one.places for one in counts.cohorts] == [52, 59]
    assert counts.participants == 109
    farsund = programme.participations.get(municipality__number="1003")
    assert farsund.cohort_memberships.count() == 0
    assert farsund.network_memberships.count() == 1
    assert programme.data_notes.filter(slug="participants").exists()


def test_participants_of_several_networks_and_of_both_programmes(loaded):
    sortland = Participation.objects.get(programme__slug="saman-om", municipality__number="1870")
    assert sortland.network_memberships.count() == 2
    assert "Vesterålen" in " ".join(one.note for one in sortland.network_memberships.all())
    both = Counter(Participation.objects.exclude(municipality=None).values_list("municipality__number", flat=True))
    assert sum(1 for times in both.values() if times == 2) == 62


def test_networks_are_numbered_where_the_source_tells(loaded):
    assert Network.objects.filter(programme__slug="kvalitetskommuner").count() == 28
    assert Network.objects.filter(programme__slug="saman-om").count() == 16
    assert Network.objects.get(slug="pulje-3-nettverk-5").number_basis.startswith("Vedlegg 2")
    uncertain = NetworkMembership.objects.filter(is_certain=False)
    assert {one.network.cohort.slug for one in uncertain} == {"pulje-2"}
    assert CohortMembership.objects.filter(is_certain=False).count() == uncertain.count() - 1  # Odda's cohort is known


def test_every_text_for_readers_is_there_in_three_languages(loaded):
    for programme in Programme.objects.all():
        texts = [programme.purpose, *(note.text for note in programme.data_notes.all())]
        texts += [note.title for note in programme.data_notes.all()]
        texts += [cohort.note for cohort in programme.cohorts.all() if cohort.note]
        assert all(set(text) == {"nb", "nn", "en"} and all(text.values()) for text in texts)


def test_the_source_of_a_note_is_one_that_readers_know(loaded):
    sources = {note.source for programme in Programme.objects.all() for note in programme.data_notes.all()}
    assert {"Pulje, demodata", "Kommuneregisteret"} <= sources
    assert not [source for source in sources if "/" in source]


def test_printed_figures_hold_the_zero_and_the_mean_that_counts_it(loaded):
    printed = PrintedFigure.objects.filter(table="Vedlegg 6", column="Q408-Q309")
    assert printed.get(row="Kristiansund").value == "0.0"
    assert printed.get(row="Snitt").value == "9.6"
    assert printed.get(row="Nesodden").value == ""
    assert PrintedFigure.objects.filter(table="4.6").count() == 9


def test_a_second_run_changes_nothing(loaded):
    models = [model for model in apps.get_models() if model._meta.app_label in ROOMS]
    before = {model: list(model._base_manager.order_by("pk").values()) for model in models}
    load_register()
    load_programmes()
    load_published()
    assert {model: list(model._base_manager.order_by("pk").values()) for model in models} == before


def test_what_somebody_changed_stays(loaded):
    Programme.objects.filter(slug="saman-om").update(short_name="Saman")
    load_programmes()
    assert Programme.objects.get(slug="saman-om").short_name == "Saman"
