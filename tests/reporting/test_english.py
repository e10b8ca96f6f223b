"""An English edition is English also in what the data hold in Norwegian; names and titles stay."""

import json

import pytest

from reporting.catalogue import REPORTS
from reporting.english import in_english
from reporting.numbers import unbroken
from reporting.reckoning import reckon
from tests.reporting.world import small_world


@pytest.mark.parametrize(
    ("norwegian", "english"),
    [
        ("4. kv. 2007–3. kv. 2008", "Q4 2007–Q3 2008"),
        ("KS/PAI, 4. kv. 2008, vintage 2009-12-15", "KS/PAI, Q4 2008, vintage 2009-12-15"),
        ("Sluttrapporten 2010, vedlegg 8", "Sluttrapporten 2010, appendix 8"),
        (
            "Avtalen; Sluttrapporten 2010, forord, kapittel 1, vedlegg 2 og 7",
            "The agreement; Sluttrapporten 2010, preface, chapter 1, appendices 2 and 7",
        ),
        ("Rapportering for 2008, tabell over puljer", "Rapportering for 2008, table of cohorts"),
        ("Sluttrapporten 2010, tabell 4.6", "Sluttrapporten 2010, table 4.6"),
        ("a mean of 9,6; its figures give 10,6.", "a mean of 9.6; its figures give 10.6."),
        ("prints 48,171 for", "prints 48,171 for"),
        ("Pulje 2, nettverk 5", "Pulje 2, nettverk 5"),
        ("4.kv.2006-3.kv.2007", "4.kv.2006-3.kv.2007"),
    ],
)
def test_quarters_places_in_documents_and_decimals_are_written_in_english(norwegian, english):
    assert in_english({"rows": [{"label": norwegian, "n": 3, "x": None}]}) == {
        "rows": [{"label": english, "n": 3, "x": None}]
    }


@pytest.mark.django_db
def test_no_quarter_of_an_english_edition_is_norwegian():
    scope = small_world().scope(2008)
    english, norwegian = (json.dumps(reckon(REPORTS["annual"], scope, language)) for language in ("en", "nb"))
    assert "Q4 2007\\u2013Q3 2008" in english
    assert ". kv. " not in english
    assert "4. kv. 2007" in norwegian


def test_an_english_quarter_is_not_broken_over_lines():
    assert unbroken("Q4 2007") == "Q4\u00a02007"
