"""Headings that sort, and lists as files."""

import csv
import io
from datetime import date

import pytest
from django.http import Http404

from municipalities.views.lists import headings, list_file

COLUMNS = [("name", "Navn"), ("", "Merknad"), ("n", "Antall")]


def test_a_heading_links_to_its_order_and_back_again(rf):
    name, remark, count = headings(rf.get("/", {"q": "a", "page": "3"}), COLUMNS, "name", numbers={"n"})
    assert (name.url, name.sort) == ("?q=a&sort=-name", "ascending")
    assert (remark.url, remark.sort) == ("", "")
    assert (count.url, count.sort, count.number) == ("?q=a&sort=n", "", True)
    assert headings(rf.get("/"), COLUMNS, "-name")[0].sort == "descending"


def test_a_list_as_a_file_runs_no_formula_and_writes_nothing_as_nothing():
    answer = list_file("list", "csv", ["Navn", "Dag", "Antall"], [("=1+1", date(2010, 6, 1), None), ("-5", None, 0)])
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows == [["Navn", "Dag", "Antall"], ["'=1+1", "2010-06-01", ""], ["'-5", "", "0"]]


def test_a_list_is_given_in_no_other_form():
    with pytest.raises(Http404):
        list_file("list", "pdf", [], [])
