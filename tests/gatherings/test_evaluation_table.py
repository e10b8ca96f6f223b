"""Evaluations side by side: what is only printed is marked so, what is missing is missing, the few are held back."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from config.demo.evaluations import load_evaluations
from config.demo.gatherings import load_gatherings
from config.demo.programmes import load_programmes
from config.demo.register_records import load_register
from gatherings.models import Gathering, PublishedEvaluation
from gatherings.queries.evaluation_table import course_evaluations, evaluation_table, shares_of_four_or_better
from programmes.models import Programme
from tests.gatherings.evaluations import closed
from tests.gatherings.worlds import a_gathering, world

pytestmark = pytest.mark.django_db


def a_published(programme, measure: str = "relevant_theme_mean", value: str | None = "4.3", **values):
    defaults = {
        "item": f"published-{measure}",
        "label": {"nb": "Trykt samling"},
        "month": date(2008, 11, 1),
        "year": 2008,
        "unit": "score",
        "source": "Årsrapporten for 2008",
    }
    return PublishedEvaluation.objects.create(
        programme=programme, measure=measure, value=value and Decimal(value), **(defaults | values)
    )


def test_published_and_reckoned_rows_stand_together_and_are_told_apart(client):
    here = world()
    a_published(here.programme)
    closed(here, *({"relevance": score} for score in (3, 4, 5, 5, 6)))
    published, reckoned = evaluation_table(here.programme)
    assert (published.relevance, published.knowledge, published.met_percent, published.n) == (
        Decimal("4.3"),
        *[None] * 3,
    )
    assert (reckoned.relevance, reckoned.met_percent, reckoned.n) == (Decimal("4.6"), Decimal("100.0"), 5)
    assert (published.is_published, reckoned.is_published) == (True, False)
    client.force_login(here.adviser)
    page = client.get(reverse("gatherings:evaluations", args=[here.programme.slug])).text
    assert page.count('title="publisert snitt, ikke beregnet her"') == 1
    file = client.get(reverse("gatherings:evaluations_export", args=[here.programme.slug, "csv"])).text
    assert "publisert snitt" in file
    assert "beregnet i Pulje" in file


def test_a_gathering_with_too_few_answers_is_in_the_table_without_its_numbers(client):
    here = world()
    closed(here, *({"relevance": 2} for _n in range(4)))
    row = evaluation_table(here.programme)[0]
    assert row.is_hidden
    assert (row.relevance, row.knowledge, row.met_percent, row.n) == (None, None, None, None)
    assert shares_of_four_or_better(here.programme) == []
    client.force_login(here.adviser)
    assert "verne enkeltsvar" in client.get(reverse("gatherings:evaluations", args=[here.programme.slug])).text


def test_a_cohorts_gatherings_are_taken_together_but_those_that_are_held_back(client):
    here = world()
    here.gathering.cohorts.add(here.cohort)
    small, other = a_gathering(here.programme), a_gathering(here.programme)
    for gathering in (small, other):
        gathering.cohorts.add(here.cohort)
    closed(here, *({"relevance": 6} for _n in range(5)))
    closed(here, *({"relevance": 1} for _n in range(4)), gathering=small)
    closed(here, *({"relevance": 3} for _n in range(10)), gathering=other)
    share = shares_of_four_or_better(here.programme)[0]
    assert (share.n, share.relevance_percent, share.knowledge_percent) == (15, Decimal("33.3"), Decimal("100.0"))


def test_an_unreadable_value_is_missing_and_not_zero(client):
    here = world()
    a_published(here.programme, "relevant_theme_4_or_better", None)
    share = shares_of_four_or_better(here.programme)[0]
    assert share.relevance_percent is None
    client.force_login(here.adviser)
    page = client.get(reverse("gatherings:evaluations", args=[here.programme.slug])).text
    assert "0,0" not in page


def test_the_table_is_sorted_and_narrowed_by_the_address_and_the_file_follows(client):
    here = world()
    a_published(here.programme, value="3.1", item="a", kind="startup", label={"nb": "Oppstart"})
    a_published(
        here.programme, value="5.2", item="b", kind="course", label={"nb": "Kurs"}, year=2009, month=date(2009, 1, 1)
    )
    a_published(here.programme, value=None, item="c", kind="course", label={"nb": "Uleselig"})
    client.force_login(here.adviser)
    address = reverse("gatherings:evaluations", args=[here.programme.slug])

    def labels(**asked):
        return [row.label for row in client.get(address, asked).context["rows"]]

    assert labels(sort="relevance") == ["Oppstart", "Kurs", "Uleselig"]
    assert labels(sort="-relevance") == ["Kurs", "Oppstart", "Uleselig"]
    assert labels(year="2009") == ["Kurs"]
    assert labels(kind="startup") == ["Oppstart"]
    assert labels(cohort=here.cohort.slug) == []
    file = client.get(reverse("gatherings:evaluations_export", args=[here.programme.slug, "csv"]), {"year": "2009"})
    assert len(file.text.splitlines()) == 2


def test_the_themes_are_those_registered_on_gatherings_that_were_held(client):
    here = world(themes=["nærvær"], state="held")
    a_gathering(here.programme, themes=["heltid"])
    client.force_login(here.adviser)
    page = client.get(reverse("gatherings:themes", args=[here.programme.slug]))
    assert page.context["themes"] == ["nærvær"]
    assert "mistet kolonnene" in page.text
    Gathering.objects.update(themes=[])
    assert "Ingen tema er registrert" in client.get(reverse("gatherings:themes", args=[here.programme.slug])).text


@pytest.fixture
def loaded():
    load_register()
    load_programmes()
    load_gatherings()
    load_evaluations()
    load_evaluations()
    return Programme.objects.get(slug="kvalitetskommuner")


def test_the_appendix_of_2008_is_loaded_as_it_was_printed_with_its_corrections(loaded):
    rows = {(row.label, row.audience, row.when): row for row in evaluation_table(loaded, 2008)}
    assert len(rows) == 10
    corrected = rows["Nettverkssamling sentralt", "Pulje 3", "desember 2008"]
    assert (corrected.met_percent, corrected.relevance, corrected.knowledge) == tuple(
        map(Decimal, ("58.9", "4.1", "3.8"))
    )
    assert "Trykt som pulje 2" in corrected.remark
    assert corrected.gathering.source_key == "g023"
    printed = loaded.published_evaluations.filter(cohort_printed="2")
    assert {(one.cohort.slug, one.measure[:8]) for one in printed} == {
        ("pulje-3", "met_expe"),
        ("pulje-3", "relevant"),
        ("pulje-3", "new_know"),
    }
    assert rows["Kvalitetskonferansen 2008", "hele programmet", "november 2008"].met_percent == Decimal("91.6")
    later = [row for row in evaluation_table(loaded) if row.year == 2009]
    assert [(row.met_percent, row.relevance) for row in later] == [(Decimal("83.4"), None)]
    assert loaded.published_evaluations.count() == 49


def test_the_shares_of_2008_have_their_gap(loaded):
    shares = {(row.label, row.audience): row for row in shares_of_four_or_better(loaded, 2008)}
    assert shares["De sentrale samlingene for pulja", "Innsatskommuner"].relevance_percent == Decimal("93.5")
    gap = shares["De to prosjektledersamlingene", "hele programmet"]
    assert (gap.relevance_percent, gap.knowledge_percent) == (None, None)
    assert "ikke til å lese" in gap.remark


def test_the_courses_stand_with_the_mean_that_is_stated_and_the_one_the_scores_give(loaded):
    found = course_evaluations(loaded, 2008)
    assert [one.mean for one in found.items] == [Decimal(n) for n in ("4.5", "4.8", "4.8", "4.9", "4.5")]
    assert (found.reckoned, found.stated[0].mean, found.differs) == (Decimal("4.7"), Decimal("4.8"), True)
    assert "23,5 / 5 = 4,7" in found.stated[0].remark
