"""A report of six chapters from fixed data, as the final report of 2010 had them; nothing of it is computed here."""

from datetime import UTC, date, datetime

from reporting.document import Document, PrintedSection
from reporting.section_data import Fact, Figure, SectionData
from reporting.tables import CellNote, Column, Table

WINDOWS = ("4. kv. 2007–3. kv. 2008", "3. kv. 2008–2. kv. 2009", "4. kv. 2008–3. kv. 2009")
SAMI = "áčđŋšŧž ÁČĐŊŠŦŽ"

COMPARISON = Table(
    slug="comparison",
    title="Sykefravær i kommuner i og utenfor programmet",
    columns=(
        Column("group", "Gruppe"),
        *(Column(f"w{place}", f"{window}, prosent", "percent") for place, window in enumerate(WINDOWS)),
        Column("change", "Endring, prosentpoeng", "points"),
        Column("n", "Kommuner", "count"),
    ),
    rows=(
        {"group": "Alle kommuner", "w0": "9.8", "w1": "9.8", "w2": "9.9", "change": "0.1", "n": 430},
        {"group": "Kommuner utenfor programmet", "w0": "9.3", "w1": "9.55", "w2": "9.6", "change": "0.3", "n": 292},
        {"group": "Kommuner i programmet", "w0": "10.3", "w1": "10.2", "w2": "10.2", "change": "-0.1", "n": 138},
    ),
    emphasis=(2,),
    notes=("Uveid gjennomsnitt av kommunenes fravær. Kommuner uten tall i alle tre periodene er holdt utenfor.",),
    source="KS, PAI-registeret",
    vintage="2010-06-01",
    summary="Fraværet gikk ned med 0,1 prosentpoeng i programmet og steg med 0,3 utenfor.",
    number="4.6",
)

SIZE = Table(
    slug="size",
    title="Sykefravær i de største og de minste kommunene",
    columns=(
        Column("group", "Gruppe"),
        Column("absence", "Sykefravær, prosent", "percent"),
        Column("size", "Innbyggere, gjennomsnitt", "count"),
    ),
    rows=(
        {"group": "25 største kommuner", "absence": "9.4", "size": 68340},
        {"group": "25 minste kommuner", "absence": "8.1", "size": 862},
        {"group": "Differanse", "absence": "1.3", "size": 67478},
    ),
    emphasis=(2,),
    source="KS, PAI-registeret; Statistisk sentralbyrå, folketall 1. januar 2009",
    vintage="2010-06-01",
    number="4.7",
)

_NAMES = (
    "Halden Sarpsborg Nittedal Løten Rendalen Våler Gausdal Notodden Nes Kongsberg Modum Lardal Bø Sauherad Hjartdal "
    "Grimstad Tvedestrand Mandal Kvinesdal Haugesund Suldal Odda Voss Askøy Fjaler Gloppen Kristiansund Averøy Smøla "
    "Rissa Malvik Verdal Fosnes Nærøy Brønnøy Vågan Tromsø Deatnu-Tana Unjárga-Nesseby Porsáŋgu-Porsanger"
).split()


def _focus_rows():
    for place, name in enumerate(_NAMES):
        values = {f"w{w}": f"{9 + (place * 7 + w * 5) % 31 / 10:.1f}" for w in range(6)}
        if name == "Kristiansund":
            values["w5"] = None
        yield {"municipality": name, **values, "mean": f"{9 + place % 17 / 10:.2f}"}


FOCUS = Table(
    slug="focus",
    title="Sykefravær i innsatskommunene, seks fireskvartalsvinduer",
    columns=(
        Column("municipality", "Kommune"),
        *(Column(f"w{w}", f"{2004 + w}/{5 + w:02d}", "percent", group="Prosent av mulige dagsverk") for w in range(6)),
        Column("mean", "Snitt, prosent", "percent"),
    ),
    rows=(
        *_focus_rows(),
        {"municipality": "Snitt", **{f"w{w}": "10.4" for w in range(5)}, "w5": "10.6", "mean": "10.4"},
    ),
    emphasis=(len(_NAMES),),
    cell_notes=(
        CellNote(26, "w5", "missing", "Trykt som 0,0 i sluttrapporten. Tallet er holdt tilbake og regnes ikke med."),
        CellNote(len(_NAMES), "w5", "note", "Trykt som 9,6 fordi null for Kristiansund var regnet med."),
    ),
    notes=("Vinduene overlapper hverandre; hvert går fra 4. kvartal til og med 3. kvartal året etter.",),
    source="Sluttrapporten, vedlegg 6",
    vintage="2010-06-01",
)


def chart(title: str = "Utvikling") -> dict:
    lines = {"I programmet": (10.3, 10.2, 10.2), "Alle": (9.8, 9.8, 9.9), "Utenfor": (9.3, 9.55, 9.6)}
    values = [
        {"group": group, "period": place, "percent": percent}
        for group, percents in lines.items()
        for place, percent in enumerate(percents)
    ]
    colour = {
        "condition": {"test": "datum.group == 'I programmet'", "value": "#0b4f6c"},
        "value": "#595959",
    }
    labels = " : ".join(f"datum.value == {i} ? '{w}'" for i, w in enumerate(WINDOWS)) + " : ''"
    return {
        "width": 350,
        "height": 170,
        "data": {"values": values},
        "encoding": {
            "x": {
                "field": "period",
                "type": "quantitative",
                "axis": {"values": [0, 1, 2], "labelExpr": labels, "title": None, "labelFlush": True},
            },
            "y": {
                "field": "percent",
                "type": "quantitative",
                "scale": {"domain": [9.0, 10.5]},
                "axis": {"title": "Prosent", "format": ".1f", "tickCount": 4},
            },
            "color": colour,
            "detail": {"field": "group"},
        },
        "layer": [
            {"mark": {"type": "line", "point": {"size": 28}}},
            {
                "transform": [{"filter": "datum.period == 2"}],
                "mark": {"type": "text", "align": "left", "dx": 8},
                "encoding": {"text": {"field": "group"}},
            },
        ],
    }


DEVELOPMENT = Figure(
    slug="development",
    title="Sykefravær i og utenfor programmet",
    spec=chart(),
    alt="Linjediagram. Utenfor programmet steg fraværet fra 9,3 til 9,6 prosent; i programmet falt det til 10,2.",
    table_slug="comparison",
    source="KS, PAI-registeret",
    vintage="2010-06-01",
)

PROSE = """
<p>Kvalitetskommuneprogrammet var et samarbeid mellom staten, KS og arbeidstakerorganisasjonene. Målet var å øke
kvaliteten og effektiviteten i det kommunale tjenestetilbudet, slik at innbyggerne merket en forbedring. Kommunene
arbeidet i nettverk, og hver kommune stilte med folkevalgte, administrativ ledelse og tillitsvalgte.</p>
<p>Ved utgangen av programmet deltok <strong>138 kommuner</strong>. To hadde trukket seg underveis. Sykefraværet i
kommunene som deltok, steg mindre enn i kommunene utenfor, slik <a href="#table-comparison">tabell 4.6</a> viser.</p>
"""

MORE = """
<p>Arbeidet var lagt opp slik at de tre partene i hver kommune skulle eie prosjektene sammen. Rådgiverne i sekretariatet
fulgte hver sine nettverk, kom på besøk og svarte på det kommunene lurte på. Samlingene ga kommunene tid til å lære av
hverandre, og prosjektlederne et sted å spørre.</p>
<ul><li>Alle tre parter deltok på oppstartssamlingen.</li><li>Hvert nettverk hadde fire til seks kommuner.</li>
<li>Målene ble satt med nullpunkt, måltall og dato.</li></ul>
<p>Erfaringen fra programmet er at partssamarbeid virker når det er forankret i vedtak, når ledelsen gir prosjektleder
tid, og når målene er få. Der ett av de tre manglet, gikk arbeidet i stå etter første året.</p>
"""


def sections() -> tuple[PrintedSection, ...]:
    return (
        PrintedSection("introduction", "Innledning", 1, "1", prose=PROSE),
        PrintedSection("participants", "Kommunene som deltok", 2, "1.1", prose=MORE * 2),
        PrintedSection("implementation", "Gjennomføring", 1, "2", prose=PROSE + MORE),
        PrintedSection("gatherings", "Samlinger og nettverk", 2, "2.1", prose=MORE),
        PrintedSection("support", "Støtte til kommunenes arbeid", 1, "3", prose=MORE + PROSE),
        PrintedSection("results", "Resultater", 1, "4", prose=MORE),
        PrintedSection(
            "absence",
            "Sykefravær i og utenfor programmet",
            2,
            "4.1",
            prose=PROSE,
            data=SectionData(
                tables=(COMPARISON,),
                figures=(DEVELOPMENT,),
                facts={"active": Fact(138, "count", 138, "Pulje", "2010-06-01")},
                notes=(
                    "Tallene er laget med fast frø og kalibrert til de publiserte tallene; de er ikke kommunenes egne.",
                ),
            ),
            closing=MORE,
        ),
        PrintedSection("size", "Størrelse og fravær", 3, "4.1.1", prose=PROSE, data=SectionData(tables=(SIZE,))),
        PrintedSection("learning", "Læring og anbefaling", 1, "5", prose=MORE + f"<p>Samiske bokstaver: {SAMI}.</p>"),
        PrintedSection("focus", "Innsatskommunene", 1, "Vedlegg 6", prose=MORE, data=SectionData(tables=(FOCUS,))),
    )


def document(**changes) -> Document:
    facts = {
        "title": "Sluttrapport",
        "programme": "Kvalitetskommuneprogrammet",
        "frozen_at": datetime(2010, 6, 15, 10, 0, tzinfo=UTC),
        "sections": sections(),
        "language": "nb",
        "period": "2007–2010",
        "edition": "1. utgave",
        "publisher": "Sekretariatet for Kvalitetskommuneprogrammet",
        "vintages": (("PAI-registeret", date(2010, 6, 1)),),
    }
    return Document(**{**facts, **changes})
