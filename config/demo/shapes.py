"""The shapes of the eighteen quarterly files: all good, no two alike, as such files really come.

A shape says how a file is written (kind, encoding, decimal mark, thousands), what its columns are called, how it writes
period, sector, sex and kind of absence, and what stands above and below the table.
"""

from dataclasses import dataclass, field

from config.demo.coverage import QUARTERS

NBSP, THIN_NBSP = "\u00a0", "\u202f"

PLAIN_WORDS = {
    "teaching": "Undervisning",
    "kindergarten": "Barnehager",
    "health_care": "Helse/pleie/omsorg",
    "technical": "Samferdsel og teknikk",
    "administration": "Administrasjon",
    "other": "Annet",
    "all": "Alle",
    "women": "Kvinner",
    "men": "Menn",
    "all sexes": "Begge kjønn",
    "self_certified": "Egenmeldt",
    "doctor_certified": "Legemeldt",
    "total": "Samlet",
}
OTHER_WORDS = PLAIN_WORDS | {
    "kindergarten": "Barnehage",
    "all": "I alt",
    "women": "Kvinne",
    "men": "Mann",
    "all sexes": "Begge",
    "self_certified": "egenmeldt",
    "doctor_certified": "legemeldt",
    "total": "samlet",
}
CAPITALS = {key: word.upper() for key, word in PLAIN_WORDS.items()}

# Column keys: number, code_name (both in one cell), name, period, year, quarter, sector, sex, type, lost, possible,
# rate. The file has them in this order, under these headings.
Columns = dict[str, str]
COUNTS = {
    "sector": "Sektor",
    "sex": "Kjønn",
    "type": "Fraværstype",
    "lost": "Tapte dagsverk",
    "possible": "Mulige dagsverk",
}
PAI_TITLE = "PAI – sykefravær i kommunene"
SOURCE = "Kilde: KS, PAI-registeret. Dagsverk er avtalte dagsverk i kvartalet."
MARKS = "Tegn: .. = oppgave mangler."


@dataclass(frozen=True)
class Shape:
    """How one quarter's file looks; ``period`` is a pattern with ``{year}`` and ``{q}``."""

    kind: str  # csv, xlsx or ods
    columns: Columns
    period: str = "{year}K{q}"
    encoding: str = "utf-8"
    separator: str = ";"
    decimal: str = ","
    thousands: str = ""
    words: dict[str, str] = field(default_factory=lambda: PLAIN_WORDS)
    real_numbers: bool = False  # in a spreadsheet: numbers as numbers, else as text
    lost_zero: bool = False  # the municipality number as a number: 0101 has become 101
    missing: str | None = None  # what stands in the one row of a silent municipality; None: it has no row
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    total_row: str = ""  # the label of a line for the whole country


def _columns(first: Columns, **changes: str) -> Columns:
    return first | COUNTS | changes


_NUMBER_NAME = {"number": "Kommunenr", "name": "Kommune", "period": "Kvartal"}

_SHAPES = (
    Shape("csv", _columns(_NUMBER_NAME), encoding="cp1252", missing=".."),
    Shape("csv", _columns({"code_name": "Kommune", "period": "Periode"}), "{q}. kvartal {year}", "utf-8-sig"),
    Shape(
        "csv", _columns({"number": "knr", "name": "kommunenavn", "period": "periode"}), separator="\t", thousands=NBSP
    ),
    Shape("xlsx", _columns(_NUMBER_NAME), "{year} K{q}", real_numbers=True, lost_zero=True, missing=".."),
    Shape(
        "csv",
        _columns(
            {"number": "komm.nr.", "name": "navn", "period": "tid"}, lost="fraværsdagsverk", possible="avtalte dagsverk"
        ),
        "{year}Q{q}",
        separator=",",
        decimal=".",
        words=OTHER_WORDS,
        missing="",
    ),
    Shape("ods", _columns(_NUMBER_NAME), "{q}. kv. {year}", real_numbers=True),
    Shape(
        "xlsx",
        _columns({"number": "Kommunenummer", "name": "Kommune", "period": "Periode"}, lost="Sykefraværsdagsverk"),
        "{q}. kvartal {year}",
        thousands=" ",
        above=(PAI_TITLE, "", "Alle tall er avtalte dagsverk"),
        below=("", SOURCE, MARKS),
        missing="..",
    ),
    Shape(
        "csv",
        _columns({"number": "Knr.", "name": "Kommune", "period": "Kvartal"}, rate="Sykefravær i prosent"),
        encoding="cp1252",
        above=(PAI_TITLE, ""),
        below=("", SOURCE),
    ),
    Shape(
        "csv",
        _columns(
            {"number": "Kommunenr", "name": "Kommune", "year": "År", "quarter": "Kvartal"}, sector="Tjenesteområde"
        ),
        encoding="utf-8-sig",
        separator="\t",
        words=OTHER_WORDS,
        missing="..",
    ),
    Shape(
        "xlsx",
        _columns(_NUMBER_NAME, lost="Tapte dagsverk1", possible="Mulige dagsverk2"),
        real_numbers=True,
        below=("1 Dagsverk tapt ved egen sykdom.", "2 Avtalte dagsverk.", SOURCE),
    ),
    Shape(
        "csv",
        _columns({"code_name": "Region", "period": "Tid"}, sector="Sektor/tjeneste", type="Type fravær"),
        "{q}. kv. {year}",
        thousands=THIN_NBSP,
        words=CAPITALS,
        missing="..",
    ),
    Shape("ods", _columns(_NUMBER_NAME), "{year}K{q}", thousands=NBSP, above=(PAI_TITLE, ""), missing=".."),
    Shape("csv", _columns(_NUMBER_NAME, rate="Fraværsprosent"), separator=",", decimal=".", total_row="Hele landet"),
    Shape("csv", _columns({"name": "Kommune", "period": "Kvartal"}), "{q}. kvartal {year}", encoding="cp1252"),
    Shape(
        "xlsx",
        _columns({"code_name": "Kommune", "period": "Kvartal"}, rate="Sykefravær (%)"),
        real_numbers=True,
        words=OTHER_WORDS,
        total_row="I ALT",
        below=("", SOURCE, MARKS),
        missing="..",
    ),
    Shape("csv", _columns(_NUMBER_NAME), "{year} K{q}", "utf-8-sig", thousands=" ", above=(PAI_TITLE,), missing=""),
    Shape("xlsx", _columns({"number": "KNR", "name": "KOMMUNE", "period": "PERIODE"}), words=CAPITALS, missing=".."),
    Shape("csv", _columns(_NUMBER_NAME, rate="Prosent"), encoding="cp1252", total_row="Totalt", below=("", SOURCE)),
)

SHAPES: dict[int, Shape] = dict(zip(QUARTERS, _SHAPES, strict=True))
