"""Who takes part on a date, counted from the records."""

from datetime import date

import pytest

from municipalities.models import Organisation
from programmes.models import ReportedCount, UnnamedWithdrawal
from programmes.queries import (
    counts_of,
    last_day,
    participant_counts,
    participant_rows,
    participating_municipalities,
    records_of,
    stated_counts,
)
from tests.factories import (
    CohortFactory,
    CohortMembershipFactory,
    MunicipalityFactory,
    ParticipationFactory,
    ProgrammeFactory,
)

pytestmark = pytest.mark.django_db
START, DAY, END = date(2007, 4, 19), date(2009, 1, 31), date(2010, 6, 30)


@pytest.fixture
def cohort():
    return CohortFactory(slug="pulje-1", name="Pulje 1")


def member(cohort, name="Deltaker", membership=None, **participation):
    one = ParticipationFactory(programme=cohort.programme, name=name, **participation)
    CohortMembershipFactory(cohort=cohort, participation=one, **(membership or {}))
    return one


def names(programme, day=DAY, **asked) -> list[str]:
    return [row.participation.name for row in participant_rows(programme, day, **asked)]


def stated(programme, day, cohort=None):
    return stated_counts(programme, records_of([programme])[programme.pk], day, cohort)


def test_a_programme_is_counted_today_while_it_runs_and_on_its_last_day_afterwards():
    programme = ProgrammeFactory()
    assert last_day(programme, date(2008, 1, 1)) == date(2008, 1, 1)
    assert last_day(programme, date(2026, 1, 1)) == END


def test_a_participant_counts_from_the_first_day_in_the_cohort(cohort):
    member(cohort)
    assert participant_counts(cohort.programme, date(2007, 4, 18)).places == 0
    assert participant_counts(cohort.programme, START).places == 1


def test_an_unknown_beginning_counts_from_the_first_day_of_the_programme(cohort):
    member(cohort, membership={"starts_on": None}, starts_on=None)
    assert participant_counts(cohort.programme, date(2006, 12, 31)).places == 0
    assert participant_counts(cohort.programme, date(2007, 1, 1)).places == 1


def test_the_day_of_withdrawal_is_the_first_without_the_participant(cohort):
    member(cohort, withdrawn_on=DAY)
    before, after = (participant_counts(cohort.programme, day) for day in (date(2009, 1, 30), DAY))
    assert (before.active, before.withdrawn) == (1, 0)
    assert (after.admitted, after.active, after.withdrawn) == (1, 0, 1)


def test_a_withdrawal_that_nobody_names_is_admitted_but_not_active(cohort):
    member(cohort)
    UnnamedWithdrawal.objects.create(programme=cohort.programme, count=2, known_on=date(2010, 6, 1), source="Rapport")
    before, after = (participant_counts(cohort.programme, day) for day in (date(2010, 5, 31), date(2010, 6, 1)))
    assert (before.admitted, before.active, before.all_withdrawn) == (1, 1, 0)
    assert (after.admitted, after.active, after.all_withdrawn, after.places) == (3, 1, 2, 1)


def test_one_in_two_cohorts_has_two_places_and_is_one_participant(cohort):
    mandal = member(cohort, "Mandal")
    CohortMembershipFactory(cohort=CohortFactory(programme=cohort.programme), participation=mandal)
    counts = participant_counts(cohort.programme, DAY)
    assert (counts.places, counts.participants, counts.twice, counts.in_several) == (2, 1, 1, ("Mandal",))


def test_one_that_moved_is_counted_where_it_stands(cohort):
    other = CohortFactory(programme=cohort.programme)
    moved = member(cohort, membership={"ends_on": date(2008, 12, 31)})
    CohortMembershipFactory(cohort=other, participation=moved, starts_on=date(2009, 1, 1))
    before, after = (participant_counts(cohort.programme, day) for day in (date(2008, 12, 31), date(2009, 1, 1)))
    assert [one.places for one in before.cohorts] == [1, 0]
    assert [one.places for one in after.cohorts] == [0, 1]


def test_another_programme_s_participants_are_not_counted(cohort):
    member(CohortFactory())
    assert participant_counts(cohort.programme, DAY).places == 0


def test_one_without_a_cohort_is_named_and_in_no_count(cohort):
    ParticipationFactory(programme=cohort.programme, name="Farsund")
    assert records_of([cohort.programme])[cohort.programme.pk].outside_on(DAY) == ["Farsund"]
    assert participant_counts(cohort.programme, DAY).places == 0


def test_a_stated_count_stands_beside_the_records_of_its_own_date(cohort):
    member(cohort)
    member(cohort, membership={"starts_on": date(2010, 1, 1)})
    ReportedCount.objects.create(
        programme=cohort.programme, measure="active", counted_on=DAY, count=2, source="Rapport"
    )
    (found,) = stated(cohort.programme, END)
    assert (found.reported.count, found.own, found.agrees) == (2, 1, False)


def test_a_stated_count_is_not_told_before_its_date(cohort):
    ReportedCount.objects.create(
        programme=cohort.programme, measure="active", counted_on=END, count=2, source="Rapport"
    )
    assert stated(cohort.programme, DAY) == []


def test_a_cohort_s_stated_counts_are_its_own(cohort):
    member(cohort)
    for one, count in ((None, 5), (cohort, 1)):
        ReportedCount.objects.create(
            programme=cohort.programme, cohort=one, measure="active", counted_on=DAY, count=count, source="Rapport"
        )
    (found,) = stated(cohort.programme, END, cohort)
    assert (found.reported.count, found.own, found.agrees) == (1, 1, True)


def test_counts_of_many_programmes_take_three_queries(django_assert_num_queries):
    programmes = [CohortMembershipFactory().cohort.programme for _n in range(3)]
    with django_assert_num_queries(3):
        assert [counts.active for _one, counts in counts_of(programmes, END)] == [1, 1, 1]


def test_a_district_does_not_bring_its_city_and_a_joint_municipality_brings_its_members(cohort):
    oslo, levanger = MunicipalityFactory(), MunicipalityFactory()
    for slug, kind, place in (("alna", "district", oslo), ("innherred", "joint_municipality", levanger)):
        body = Organisation.objects.create(slug=slug, name=slug, kind=kind)
        body.members.add(place)
        member(cohort, municipality=None, organisation=body)
    assert list(participating_municipalities(cohort.programme, DAY)) == [levanger]


def test_the_list_ends_with_å(cohort):
    for name in ("Ås", "Øyer", "Alta", "Ærøy"):
        member(cohort, name)
    assert names(cohort.programme) == ["Alta", "Ærøy", "Øyer", "Ås"]
    assert names(cohort.programme, sort="-name") == ["Ås", "Øyer", "Ærøy", "Alta"]


def test_the_list_sorts_by_cohort_and_within_it_by_name(cohort):
    first = CohortFactory(programme=cohort.programme, name="Innsats")
    for one, name in ((cohort, "Ås"), (cohort, "Alta"), (first, "Øyer")):
        member(one, name)
    assert names(cohort.programme, sort="cohort") == ["Øyer", "Alta", "Ås"]


def test_the_list_holds_those_that_had_begun(cohort):
    member(cohort, "Sen", starts_on=END)
    assert names(cohort.programme) == []
    assert names(cohort.programme, END) == ["Sen"]


def test_before_the_programme_nobody_takes_part(cohort):
    member(cohort, starts_on=None)
    assert names(cohort.programme, date(2006, 12, 31)) == []


def test_the_list_is_filtered_by_cohort_state_and_words(cohort):
    other = CohortFactory(programme=cohort.programme, slug="pulje-2")
    member(cohort, "Alta", municipality=MunicipalityFactory(number="2012"))
    member(other, "Moss", withdrawn_on=DAY)
    programme = cohort.programme
    assert names(programme, cohort="pulje-2") == ["Moss"]
    assert names(programme, state="withdrawn") == ["Moss"]
    assert names(programme, state="active") == ["Alta"]
    assert names(programme, search="mos") == ["Moss"]
    assert names(programme, search="2012") == ["Alta"]


def test_one_that_left_a_cohort_is_not_in_its_list(cohort):
    member(cohort, "Alta", membership={"ends_on": date(2008, 1, 1)})
    assert names(cohort.programme, cohort="pulje-1") == []
    assert names(cohort.programme, date(2008, 1, 1), cohort="pulje-1") == ["Alta"]


def test_the_list_takes_as_many_queries_for_three_as_for_one(cohort, django_assert_num_queries):
    for count in (1, 3):
        while cohort.memberships.count() < count:
            member(cohort)
        with django_assert_num_queries(3):
            assert len(names(cohort.programme)) == count
