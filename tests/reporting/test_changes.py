"""What differs between two reckonings is what a reader would see differ."""

from reporting.changes import printed_changes
from reporting.section_data import SectionData
from reporting.tables import Column, Table


def _data(rate, title="Tabell", rows=("I programmet",)):
    table = Table(
        slug="t",
        title=title,
        columns=(Column("group", "Gruppe"), Column("rate", "Fravær, prosent", "percent")),
        rows=tuple({"group": row, "rate": rate} for row in rows),
    )
    return [{"slug": "s", "title": "Seksjon", "data": SectionData(tables=(table,)).to_json()}]


def test_a_figure_that_prints_differently_is_a_change():
    (change,) = printed_changes(_data("10.24"), _data("10.26"))
    assert (change.section, change.table, change.row, change.column) == (
        "Seksjon",
        "Tabell",
        "I programmet",
        "Fravær, prosent",
    )
    assert (change.before, change.now) == ("10,2", "10,3")


def test_a_figure_that_prints_the_same_is_no_change():
    assert printed_changes(_data("10.21"), _data("10.24")) == []


def test_a_missing_figure_is_a_change_and_prints_as_a_dash():
    (change,) = printed_changes(_data("10.2"), _data(None))
    assert change.now == "–"


def test_a_row_that_comes_or_goes_is_a_change():
    changes = printed_changes(_data("10.2"), _data("10.2", rows=("I programmet", "Utenfor")))
    assert [(change.row, change.before, change.now) for change in changes] == [("Utenfor", "–", "10,2")]


def test_a_new_wording_of_a_label_is_no_changed_figure():
    before = _data("10.2", title="Table", rows=("In the programme",))
    now = _data("10.2", title="Tabell", rows=("I programmet",))
    for section in (before, now):
        section[0]["data"]["tables"][0]["rows"][0]["key"] = "in"
    assert printed_changes(before, now) == []
