"""How long a report of 70 pages takes, and how much memory, beside WeasyPrint with the same HTML as one document.

    .venv/bin/python -m benchmarks.report_pdf

Each way runs in a process of its own, so that its memory is its own; the charts are drawn beforehand for all of them.
"""

import dataclasses
import multiprocessing
import os
import re
import resource
import tempfile
import time
from pathlib import Path
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings

from correspondence.shelf import Shelf
from correspondence.typesetting import plain_pdf
from reporting.document import Document, Numbering, PrintedSection
from reporting.pdf import report_pdf
from reporting.printing import chapter_html, front_html, print_figure
from reporting.section_data import SectionData
from tests.reporting.samples import COMPARISON, DEVELOPMENT, FOCUS, MORE, PROSE, SIZE, document

CHAPTERS, SECTIONS = 12, 3
ROUNDS = 3


def long_report() -> Document:
    """About 70 pages: 12 chapters of 3 sections, 36 charts, 36 tables of which a third are long."""
    sections = []
    for chapter in range(1, CHAPTERS + 1):
        sections.append(PrintedSection(f"c{chapter}", f"Kapittel {chapter}", 1, str(chapter), prose=PROSE + MORE * 2))
        for place in range(1, SECTIONS + 1):
            name, number = f"c{chapter}-{place}", f"{chapter}.{place}"
            table = dataclasses.replace((COMPARISON, SIZE, FOCUS)[place - 1], slug=name, number="")
            spec = {**DEVELOPMENT.spec, "height": 150 + chapter + place}
            figure = dataclasses.replace(DEVELOPMENT, slug=name, table_slug=name, spec=spec)
            data = SectionData(tables=(table,), figures=(figure,))
            prose = (PROSE + MORE * 3).replace("table-comparison", f"table-{name}")
            sections.append(PrintedSection(name, f"Avsnitt {number}", 2, number, prose, data, closing=MORE))
    return document(sections=tuple(sections))


def with_one_change(report: Document) -> Document:
    """The same report with a word changed in a chapter in the middle."""
    sections = list(report.sections)
    sections[20] = dataclasses.replace(sections[20], prose=sections[20].prose.replace("kommuner", "kommunar", 1))
    return dataclasses.replace(report, sections=tuple(sections))


def as_one_html(report: Document) -> str:
    """What the chapters hold, as one document: what a plain rendering would be given."""
    numbering = Numbering.of(report)
    parts = [front_html(report, [], {}), *(chapter_html(report, c, numbering) for c in report.chapters())]
    bodies = [re.search(r"<body class=\"(\w+)\">(.*)</body>", part, re.S) for part in parts]
    inner = "".join(f'<div class="{body[1]}">{body[2]}</div>' for body in bodies if body)
    return f'<html lang="nb"><head><title>{report.title}</title></head><body>{inner}</body></html>'


def measured(way: str, folder: str, results) -> None:
    settings.MEDIA_ROOT = Path(folder)
    report = long_report()
    shelf = Shelf(Path(folder) / way / str(time.time_ns()))
    pages = 0
    if way == "one section changed":
        report_pdf(report, shelf)
        report = with_one_change(report)
    start, work = time.perf_counter(), processor_seconds()
    if way.startswith("plain"):
        pages, size = plain_pdf(as_one_html(report), tagged=way.endswith("tagged"))
    else:
        printed = report_pdf(report, shelf)
        pages, size = printed.pages, len(printed.pdf)
    seconds, work = time.perf_counter() - start, processor_seconds() - work
    results.put((seconds, work, pages, size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def processor_seconds() -> float:
    """Of this process and of those it started."""
    return sum(os.times()[:4])


def main() -> None:
    ways = ("plain", "plain tagged", "first edition", "one section changed")
    context = multiprocessing.get_context("spawn")
    times = {}
    with tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = Path(folder)
        report = long_report()
        for section in report.sections:
            for figure in section.data.figures:
                print_figure(figure, Numbering.of(report))
        for way in ways * ROUNDS:
            results = context.Queue()
            process = context.Process(target=measured, args=(way, folder, results))
            process.start()
            times.setdefault(way, []).append(results.get())
            process.join()
    print(f"{'way':22}{'seconds':>9}{'ratio':>8}{'processor':>11}{'ratio':>8}{'pages':>7}{'kB':>7}{'MB':>6}")
    for way, runs in times.items():
        seconds, work, *facts = map(median, zip(*runs, strict=True))
        to_plain = (median(one[at] / two[at] for one, two in zip(runs, times["plain"], strict=True)) for at in (0, 1))
        late, more = to_plain
        pages, size, memory = facts
        print(f"{way:22}{seconds:9.2f}{late:8.2f}{work:11.2f}{more:8.2f}{pages:7.0f}{size / 1000:7.0f}{memory:6.0f}")


if __name__ == "__main__":
    main()
