"""The words of headings and of the sector, sex and absence type columns, bokmål and nynorsk."""

import re
from typing import Any
from unicodedata import normalize

from absence.reading.problems import Problem

FIELD_WORDS = {
    "number": "kommunenr kommunenummer knr kommnr",
    "name": "kommune kommunenavn kommunenamn navn namn region",
    "period": "kvartal periode tid",
    "year": "år",
    "sector": "sektor tjenesteområde tenesteområde sektor/tjeneste sektor/teneste",
    "sex": "kjønn",
    "absence_type": "fraværstype typefravær fråværstype typefråvær",
    "lost": "fraværsdagsverk taptedagsverk sykefraværsdagsverk fråværsdagsverk sjukefråværsdagsverk",
    "possible": "muligedagsverk avtaltedagsverk moglegedagsverk",
    "rate": "prosent fraværsprosent sykefraværsprosent sykefravær(%) sykefraværiprosent"
    " fråværsprosent sjukefråværsprosent sjukefråvær(%) sjukefråværiprosent",
}
_FIELDS = {word: field for field, words in FIELD_WORDS.items() for word in words.split()}
VALUE_FIELDS = ("lost", "possible", "rate")
DIMENSION_FIELDS = ("sector", "sex", "absence_type")
GIVEN_NAMES = {"fornavn", "førenamn", "fornamn", "givenname", "firstname"}
IDENTITY_NUMBERS = {"fødselsnummer", "fødselsnr", "personnummer", "personnr", "fnr", "fødselsogpersonnummer"}
SURNAMES = {"etternavn", "etternamn", "slektsnavn", "slektsnamn", "surname", "lastname"}

# Phrases are divided by semicolons.
_EVERYTHING = "alle; i alt; ialt; total; totalt; sum; samlet; samla"
_SECTOR_WORDS = {
    "all": _EVERYTHING + "; alle sektorer; alle sektorar; alle tjenester; alle tenester",
    "teaching": "undervisning; skole; skule; grunnskole; grunnskule",
    "kindergarten": "barnehage; barnehager; barnehagar; barnehagane",
    "health_care": "helse/pleie/omsorg; helse, pleie og omsorg; helse-, pleie- og omsorg; helse pleie omsorg;"
    " helse/pleie og omsorg; helse og omsorg; pleie og omsorg; pleie/omsorg",
    "technical": "samferdsel og teknikk; samferdsel/teknikk; samferdsle og teknikk; teknikk og samferdsel",
    "administration": "administrasjon; administrasjonen",
    "other": "annet; anna; andre",
}
_SEX_WORDS = {
    "all": _EVERYTHING + "; begge; begge kjønn; kvinner og menn",
    "women": "kvinner; kvinne",
    "men": "menn; mann",
}
_TYPE_WORDS = {
    "total": _EVERYTHING + "; samlede; samlet fravær; samla fråvær; alt fravær; alt fråvær",
    "self_certified": "egenmeldt; egenmeldte; egenmelding; egenmeldt fravær; eigenmeldt; eigenmelde;"
    " eigenmelding; eigenmeldt fråvær",
    "doctor_certified": "legemeldt; legemeldte; legemelding; legemeldt fravær; legemeld; legemelde; legemeldt fråvær",
    "employer_period": "arbeidsgiverperioden; arbeidsgiverperiode; arbeidsgivarperioden; arbeidsgivarperiode;"
    " arbeidsgjevarperioden; arbeidsgjevarperiode",
}


def _words(table):
    """Phrase → identifier; the identifier is a phrase itself."""
    return {
        phrase.strip(): identifier
        for identifier, phrases in table.items()
        for phrase in [identifier, *phrases.split(";")]
    }


VALUE_WORDS = {"sector": _words(_SECTOR_WORDS), "sex": _words(_SEX_WORDS), "absence_type": _words(_TYPE_WORDS)}


def plain_heading(cell: Any) -> str:
    """Lower case without spaces, dots and footnote marks: ``Komm. nr.¹`` → ``kommnr``."""
    text = "" if cell is None else normalize("NFC", str(cell)).casefold()
    text = re.sub(r"[\s.\u00ad\u200b\ufeff]+", "", text)
    return re.sub(r"(?<=[^\d(])[\d¹²³⁴⁵⁶⁷⁸⁹⁰*][\d¹²³⁴⁵⁶⁷⁸⁹⁰*)]*$", "", text)


def field_of(cell: Any) -> str | None:
    """The field a heading names, or None."""
    return _FIELDS.get(plain_heading(cell)) if isinstance(cell, str) else None


def names_a_part(cell: Any) -> str | None:
    """The part of the staff or of the absence that a heading names (``women``), where it is one; else None."""
    if not isinstance(cell, str):
        return None
    text = " ".join(normalize("NFC", cell).casefold().split())
    return next((words[text] for words in VALUE_WORDS.values() if text in words), None)


def dimension_parser(field: str):
    """A function from a cell of the sector, sex or absence type column to its identifier or a Problem."""
    words = VALUE_WORDS[field]

    def parse(cell):
        text = " ".join(normalize("NFC", str("" if cell is None else cell)).casefold().split())
        if not text:
            return Problem("dimension_blank", {"field": field})
        return words.get(text) or Problem("dimension_unknown", {"field": field})

    return parse
