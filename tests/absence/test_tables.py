"""Groups compared: matched panels, weighted and simple figures, time since entry, vintages."""

from datetime import date
from decimal import Decimal

import pytest

from absence import actions, queries
from absence.calculations.groups import Weighting
from absence.calculations.periods import Period
from absence.models import Suspicion
from municipalities.models import Organisation, Population
from tests.absence.imports import imported, long_file, municipalities, released, total, wide_file
from tests.factories import (
    CohortFactory,
    CohortMembershipFactory,
    MunicipalityFactory,
    ParticipationFactory,
    ProgrammeFactory,
)

pytestmark = pytest.mark.django_db

BEFORE, AFTER = Period.parse("2007Q1-2007Q4"), Period.parse("2008Q1-2008Q4")


def quarters(number: str, year: int, lost: int, possible: int) -> list[str]:
    return [total(number, f"{year}K{quarter}", lost, possible) for quarter in (1, 2, 3, 4)]


@pytest.fixture
def programme():
    """0101 and 0104 take part; 0105 and 0106 do not, and 0106 has no figures for 2007."""
    places = municipalities("0101", "0104", "0105", "0106")
    cohort = CohortFactory(name="Innsatskommuner", slug="innsats", is_by_invitation=True)
    for place in places[:2]:
        member = ParticipationFactory(programme=cohort.programme, municipality=place)
        CohortMembershipFactory(cohort=cohort, participation=member)
    lines = []
    for number, rates in {"0101": (10, 11), "0104": (20, 18), "0105": (5, 6)}.items():
        possible = 1000 if number != "0104" else 100
        for year, rate in zip((2007, 2008), rates, strict=True):
            lines += quarters(number, year, rate * possible // 100, possible)
    lines += quarters("0106", 2008, 150, 1000)
    released(long_file(*lines))
    return cohort.programme


def rates(table, key: str) -> list[str]:
    return [str(round(value, 2)) for value in table.row(key).values]


def test_a_comparison_stands_on_the_same_municipalities_in_all_periods(programme):
    table = queries.comparison(programme, [BEFORE, AFTER])
    assert (table.n_reporting, table.n_total) == (3, 4)
    assert rates(table, "outside") == ["5.00", "6.00"]
    assert rates(table, "in") == ["10.91", "11.64"]
    assert table.row("outside").n == 1
    assert table.weighting == "weighted_days"


def test_all_available_figures_may_stand_beside_it(programme):
    table = queries.comparison(programme, [BEFORE, AFTER], matched=False)
    assert rates(table, "outside") == ["5.00", "10.50"]


def test_a_simple_mean_counts_each_municipality_once(programme):
    table = queries.comparison(programme, [BEFORE, AFTER], weighting=Weighting.SIMPLE_MEAN)
    assert rates(table, "in") == ["15.00", "14.50"]


def test_the_source_line_says_source_period_vintage_how_many_and_how(programme):
    line = queries.comparison(programme, [BEFORE, AFTER]).source_line
    assert line == "Kilde: KS/PAI, 1. kv. 2007–4. kv. 2008, uttrekk 2010-06-01, 3 av 4 kommuner, vektet"


def test_a_cohort_is_shown_also_without_the_one_that_carries_its_change(programme):
    table = queries.groups_table(programme, [BEFORE, AFTER])
    whole, without = (row for row in table.rows if row.key.startswith("cohort:"))
    assert whole.label == "Innsatskommuner"
    assert without.label.startswith("Innsatskommuner uten ")
    assert (whole.n, without.n) == (2, 1)
    assert table.columns == ("2007Q1-2007Q4", "2008Q1-2008Q4", "change")


def test_size_and_absence_are_simple_means_of_the_largest_and_smallest(programme):
    places = [one.municipality for one in programme.participations.order_by("municipality__number")]
    for place, count in zip(places, (9000, 1000), strict=True):
        Population.objects.create(municipality=place, counted_on=date(2008, 1, 1), inhabitants_count=count)
    table = queries.size_association(programme, AFTER, n=1)
    assert table.row("largest").values == (Decimal(11), Decimal(9000))
    assert table.row("smallest").values == (Decimal(18), Decimal(1000))
    assert table.row("difference").values[0] == Decimal(-7)


def test_a_district_does_not_bring_its_city_and_a_joint_municipality_brings_its_members():
    oslo, one, two = (MunicipalityFactory(number=number) for number in ("0301", "1719", "1721"))
    programme = ProgrammeFactory()
    for slug, kind, members in (("bydel", "district", [oslo]), ("samkommune", "joint_municipality", [one, two])):
        body = Organisation.objects.create(slug=slug, name=slug, kind=kind)
        body.members.set(members)
        ParticipationFactory(programme=programme, municipality=None, organisation=body)
    assert queries.programme_members(programme) == {one.pk, two.pk}


def test_who_has_withdrawn_is_not_in_the_group():
    member = ParticipationFactory(withdrawn_on=date(2009, 1, 1))
    CohortMembershipFactory(cohort=CohortFactory(programme=member.programme), participation=member)
    assert queries.programme_members(member.programme) == set()
    assert queries.cohort_members(member.programme) == {}
    assert queries.programme_members(member.programme, date(2008, 12, 31)) == {member.municipality_id}


def test_an_older_vintage_can_still_be_asked_for(programme):
    released(long_file(*quarters("0105", 2008, 70, 1000)), vintage_on=date(2011, 1, 1))
    now = queries.comparison(programme, [BEFORE, AFTER])
    then = queries.comparison(programme, [BEFORE, AFTER], as_of=date(2010, 12, 31))
    assert (rates(now, "outside"), str(now.vintage)) == (["5.00", "7.00"], "2011-01-01")
    assert (rates(then, "outside"), str(then.vintage)) == (["5.00", "6.00"], "2010-06-01")


def test_group_series_are_the_figures_of_the_municipalities(programme):
    series = queries.group_series([f"in:{programme.slug}", f"outside:{programme.slug}"])
    inside = series[f"in:{programme.slug}"].figures[AFTER]
    assert (round(inside.rate, 2), inside.n_reporting, inside.n_total) == (Decimal("11.64"), 2, 2)
    assert series[f"outside:{programme.slug}"].figures[AFTER].n_reporting == 2


def test_cohorts_can_be_laid_over_each_other_by_time_since_entry(programme):
    found = queries.cohorts_since_entry(programme)["innsats"]
    assert min(found) == -1  # began in the second quarter of 2007; the figures begin in the first
    assert round(found[0].rate, 2) == Decimal("10.91")


def test_the_printed_mean_stands_beside_what_the_figures_give():
    """Appendix 6 with a zero: 7,0 printed, 10,5 without the missing value."""
    cohort = CohortFactory(is_by_invitation=True)
    for number in ("0101", "0104", "0105"):
        member = ParticipationFactory(
            programme=cohort.programme, municipality=MunicipalityFactory(number=number, name=f"K{number}")
        )
        CohortMembershipFactory(cohort=cohort, participation=member)
    batch = imported(
        wide_file(
            "Kommune;Q308-Q209;Q408-Q309", "0101 A;9,0;10,0", "0104 B;9,4;11,0", "0105 C;9,2;0,0", "Snitt;9,2;7,0"
        )
    )
    actions.release(batch, by=None)
    table = queries.focus_table(cohort.programme)
    assert table.row("published:mean").values == (Decimal("9.2"), None)
    assert table.row("printed:mean").values == (Decimal("9.2"), Decimal(7))
    assert table.row("printed:recomputed").values == (Decimal("9.2"), Decimal("10.5"))
    assert any("ført som null" in note for note in table.notes)
    actions.decide(Suspicion.objects.filter(rule="V1"), decision="rejected", reason="Mangler", by=None)
    actions.decide(Suspicion.objects.filter(rule="V11"), decision="accepted", reason="Regnet med null", by=None)
    actions.release(batch, by=None)
    table = queries.focus_table(cohort.programme)
    assert table.row("published:mean").values == (Decimal("9.2"), Decimal("10.5"))
    assert table.row("printed:mean").values[1] == Decimal(7)
    panel = table.row("published:panel")
    assert (panel.n, panel.values) == (2, (Decimal("9.2"), Decimal("10.5")))


def test_a_rate_without_workdays_never_enters_a_weighted_figure():
    municipalities("0101")
    released(wide_file("Kommune;Q308-Q209;Q408-Q309", "0101 A;9,0;10,0"))
    assert queries.group_series(["all"]) == {}
