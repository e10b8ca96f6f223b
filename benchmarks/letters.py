"""138 letters as one PDF: how long it takes, and how that compares with WeasyPrint setting the same HTML at once.

Every third letter is in nynorsk. Ours adds to the plain rendering a bookmark and a count of pages for each letter, the
language of each, PDF/A-3a and PDF/UA-1; it shares the work with child processes. «Again» is with one letter changed.
"""

import os
import tempfile
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from dataclasses import dataclass
from datetime import date

from django.test import override_settings

from correspondence.models import Letter, LetterBatch
from correspondence.printing import document_html
from correspondence.sheets import batch_pdf
from correspondence.typesetting import plain_pdf

LETTERS = 138
NB = (
    "Vi viser til søknaden om å delta i programmet.\n\nProgrammet har gleden av å ta opp **[[name]]** i pulje 2 fra "
    "1. februar 2009. Kommunen får [[grant]] i tilskudd til arbeidet med nærvær.\n\n## Dette forplikter kommunen seg "
    "til\n\n- Å ha en prosjektleder og en styringsgruppe der de tre lokale partene er med.\n- Å delta på de fire "
    "samlingene i nettverket.\n- Å rapportere hvert halvår.\n\n## Dette får kommunen\n\nEn rådgiver følger nettverket "
    "og besøker kommunen minst én gang i året. Tilskuddet betales ut i to deler, den siste når rapporten er godkjent.\n"
)
NN = NB.replace("gleden", "gleda").replace("ilskudd", "ilskot").replace("hvert", "kvart")


def letters(batch: LetterBatch) -> list[Letter]:
    """As they would come from the database; none is stored."""
    return [
        Letter(
            pk=number,
            batch=batch,
            position=number,
            addressee=f"Kommune {number}\nv/ rådmannen\n0{number:03d} Sted",
            language="nn" if number % 3 == 0 else "nb",
            subject="Svar på søknad om opptak",
            body=NN if number % 3 == 0 else NB,
            fields={"name": f"Kommune {number}", "grant": "100 000 kroner"},
        )
        for number in range(1, LETTERS + 1)
    ]


@dataclass(frozen=True)
class Taken:
    """Seconds by the clock, and seconds of the processor, those of child processes with them."""

    clock: float
    processor: float


def timed(act) -> tuple[Taken, object]:
    start, before = time.perf_counter(), sum(os.times()[:4])
    answer = act()
    return Taken(time.perf_counter() - start, sum(os.times()[:4]) - before), answer


def main() -> None:
    batch = LetterBatch(pk=1, title="Svar på søknader", sender="Kvalitetskommuneprogrammet", dated_on=date(2009, 1, 5))
    made = letters(batch)
    values = {"letters": made, "sender": batch.sender, "date": batch.dated_on}
    html = document_html("correspondence/print/letters.html", values, title=batch.title, language="nb")
    plain_pdf("<html lang=nb><title>t</title><p>t", tagged=True)  # fonts are read
    plain, (pages, _size) = timed(lambda: plain_pdf(html, tagged=True))
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
        ours, pdf = timed(lambda: batch_pdf(batch, made))
        made[70].body += "\n\nLykke til."
        again, _pdf = timed(lambda: batch_pdf(batch, made))
    ratio = f"{ours.clock / plain.clock:.2f} by the clock, {ours.processor / plain.processor:.2f} by the processor"
    print(f"{LETTERS} letters, {pages} pages: {ours.clock:.1f} s, {len(pdf) / 1024:.0f} kB")
    print(f"plain WeasyPrint, the same HTML: {plain.clock:.1f} s; ratio {ratio}")
    print(f"again, one letter changed: {again.clock:.1f} s")


if __name__ == "__main__":
    main()
