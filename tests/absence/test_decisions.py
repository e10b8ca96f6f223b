"""Answers at the desk: who is first is right, nothing is overwritten, and an answer can be taken back until release."""

import pytest
from django.db import IntegrityError, transaction

from absence import actions
from absence.models import Figure, StagedFigure, Suspicion
from tests.absence.imports import imported, long_file, municipalities, total, wide_file
from tests.factories import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return person("adviser")


@pytest.fixture
def batch():
    municipalities("0101", "0104", "0105")
    return imported(
        long_file(
            total("0101", "2008K1", 600, 6000), total("0104", "2008K1", 0, 5000), total("0105", "2008K1", 0, 4000)
        )
    )


def doubts(batch, number: str):
    return Suspicion.objects.filter(batch=batch, municipality__number=number, blocking=True)


def test_an_accepted_figure_comes_through(batch, anna):
    actions.decide(doubts(batch, "0104")[:1], decision="accepted", reason="Stengt hele kvartalet", by=anna)
    assert actions.release(batch, by=anna).figure_count == 2
    assert Figure.objects.get(municipality__number="0104").rate == 0


def test_one_answer_settles_every_doubt_about_the_figure(batch, anna):
    assert doubts(batch, "0104").count() > 1
    actions.decide(doubts(batch, "0104")[:1], decision="rejected", reason="Mangler", by=anna)
    assert set(doubts(batch, "0104").values_list("decision", flat=True)) == {"rejected"}
    assert set(doubts(batch, "0105").values_list("decision", flat=True)) == {""}


def test_a_figure_left_out_never_comes_through(batch, anna):
    actions.decide(doubts(batch, "0104")[:1], decision="rejected", reason="Mangler", by=anna)
    actions.release(batch, by=anna)
    assert not Figure.objects.filter(municipality__number="0104").exists()
    with pytest.raises(actions.NotPossible):
        actions.release(batch, by=anna)


def test_a_corrected_figure_keeps_what_the_file_said_and_why(batch, anna):
    correction = actions.Correction(lost=45000, possible=500000)
    actions.decide(
        doubts(batch, "0104")[:1], decision="corrected", reason="Ringte kommunen", correction=correction, by=anna
    )
    actions.release(batch, by=anna)
    figure = Figure.objects.get(municipality__number="0104")
    assert (figure.rate, figure.lost, figure.possible) == (90000, 45000, 500000)
    assert figure.correction["was"] == {"lost": 0, "possible": 500000, "rate": 0}
    assert (figure.correction["reason"], figure.correction["by"]) == ("Ringte kommunen", str(anna))


def test_many_get_the_same_answer_at_once(batch, anna):
    rows = Suspicion.objects.filter(batch=batch, blocking=True, rule="V1")
    done = actions.decide(rows, decision="rejected", reason="Ikke rapportert", by=anna)
    assert (len(done.now), done.before) == (2, [])
    assert not Suspicion.objects.open().exists()


def test_the_second_adviser_sees_the_first_answer_and_changes_nothing(batch, anna):
    bo = person("adviser")
    one = doubts(batch, "0104").get(rule="V1")
    actions.decide([one], decision="rejected", reason="Mangler", by=anna)
    done = actions.decide([one], decision="accepted", reason="Ser riktig ut", by=bo)
    assert done.now == []
    assert [(was.decision, was.reason, was.decided_by) for was in done.before] == [("rejected", "Mangler", anna)]
    one.refresh_from_db()
    assert (one.decision, one.reason, one.decided_by) == ("rejected", "Mangler", anna)


def test_no_answer_without_a_reason(batch, anna):
    with pytest.raises(actions.NotPossible):
        actions.decide(doubts(batch, "0104"), decision="accepted", reason="  ", by=anna)
    with pytest.raises(IntegrityError), transaction.atomic():
        doubts(batch, "0104").update(decision="accepted")


def test_an_answer_can_be_taken_back_until_the_figure_is_released(batch, anna):
    one = doubts(batch, "0104").get(rule="V1")
    actions.decide([one], decision="accepted", reason="Riktig", by=anna)
    assert actions.undo(one, by=anna).decision == ""
    for again in doubts(batch, "0104").exclude(decision=""):
        actions.undo(again, by=anna)
    actions.decide([one], decision="accepted", reason="Riktig likevel", by=anna)
    actions.release(batch, by=anna)
    with pytest.raises(actions.NotPossible):
        actions.undo(one, by=anna)


def test_the_rest_of_a_file_is_released_while_the_held_waits(batch, anna):
    assert actions.release(batch, by=anna).figure_count == 1
    assert StagedFigure.objects.filter(batch=batch).count() == 2
    actions.decide(doubts(batch, "0105"), decision="accepted", reason="Riktig", by=anna)
    assert actions.release(batch, by=anna).figure_count == 1
    batch.refresh_from_db()
    assert batch.released_count == 2


def test_a_zero_left_out_does_not_explain_the_mean_that_counted_it(anna):
    """Appendix 6: the printed mean waits for an answer of its own."""
    municipalities("0101", "0104", "0105")
    batch = imported(wide_file("Kommune;Q408-Q309", "0101 A;10,0", "0104 B;11,0", "0105 C;0,0", "Snitt;7,0"))
    actions.decide(doubts(batch, "0105"), decision="rejected", reason="Mangler", by=anna)
    with pytest.raises(actions.NotPossible):
        actions.release(batch, by=anna)
    mean = Suspicion.objects.get(batch=batch, rule="V11")
    actions.decide([mean], decision="accepted", reason="Snittet regner en manglende verdi som null", by=anna)
    assert actions.release(batch, by=anna).figure_count == 2


def test_nothing_is_decided_in_an_import_that_was_withdrawn(batch, anna):
    actions.withdraw(batch, by=anna)
    with pytest.raises(actions.NotPossible):
        actions.decide(doubts(batch, "0104"), decision="accepted", reason="Riktig", by=anna)
