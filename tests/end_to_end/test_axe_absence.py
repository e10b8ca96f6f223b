"""An import's page in each of its states holds what WCAG asks and a machine can see: wide and narrow, light and dark.

The pages of the access table show an import that waits for release; here are those that a file only passes through.
"""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from playwright.sync_api import Page

from absence import actions
from tests.absence.imports import imported, long_file, municipalities, released, total
from tests.end_to_end.test_axe import signed_in
from tests.factories import ProgrammeFactory, person

pytestmark = pytest.mark.django_db(transaction=True)

LOOKS = [({"width": width, "height": 800}, scheme) for width in (1280, 390, 320) for scheme in ("light", "dark")]


def refused(by):
    lines = [total("0101", "2008K1", "11,Q", 6000), total("9999", "2008K1", 600, 6000)]
    return imported(long_file(*lines), name="avvist.csv", by=by)


def waiting(by):
    answers = {"vintage_on": date(2010, 6, 1), "source": "PAI", "revision_kind": "regular", "by": by}
    return actions.upload(file=ContentFile(b"knr;2008K1\n", name="v.csv"), file_name="venter.csv", **answers)


def withdrawn(by):
    return actions.withdraw(imported(long_file(total("0101", "2008K1", 600, 6000)), name="w.csv", by=by), by=by)


def revised(by):
    """One that asks for a note, and has rounded numbers, a held zero and ignored rows to show."""
    released(long_file(total("0101", "2007K1", 500, 6000), total("0104", "2007K1", 500, 6000)), by=by)
    lines = [total("0101", "2007K1", "600,125", 6000), total("0104", "2007K1", 0, 6000), "Note;;;;;;"]
    batch = imported(long_file(*lines), vintage_on=date(2010, 9, 1), name="ny.csv", by=by)
    assert batch.state == "staged", batch.errors
    actions.write_note(batch, text="Kommunen leverte nye tall.", by=by)
    return batch


def faults_of(page: Page, url: str, accessibility_faults) -> list[str]:
    found = []
    for size, scheme in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(url)
        look = f"{url} at {size['width']} px, {scheme}"
        found += [f"{look}: {fault}" for fault in accessibility_faults(page)]
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > size["width"]:
            found.append(f"{look}: {width} px wide")
    return found


@pytest.mark.parametrize("made", [refused, waiting, withdrawn, revised])
def test_the_page_of_an_import_is_accessible_in_every_state(page, live_server, accessibility_faults, made):
    municipalities("0101", "0104")
    adviser = person("adviser")
    batch = made(adviser)
    signed_in(page, live_server, adviser)
    assert faults_of(page, reverse("absence:import", args=[batch.pk]), accessibility_faults) == []


def test_the_tables_of_the_overview_scroll_within_themselves_and_can_be_reached(
    page, live_server, accessibility_faults
):
    municipalities("0101", "0104")
    programme = ProgrammeFactory()
    years = [(year, quarter) for year in (2006, 2007, 2008) for quarter in (1, 2, 3, 4)]
    lines = (total(number, f"{year}K{quarter}", 600, 6000) for number in ("0101", "0104") for year, quarter in years)
    adviser = person("adviser")
    released(long_file(*lines), by=adviser)
    signed_in(page, live_server, adviser)
    url = reverse("absence:overview", args=[programme.slug])
    assert faults_of(page, url, accessibility_faults) == []
    boxes = page.locator(".table-box:visible")
    assert boxes.count() == 3
    for box in boxes.all():
        assert box.get_attribute("tabindex") == "0"
        assert box.get_attribute("aria-label")
        assert box.evaluate("box => box.scrollWidth <= box.clientWidth || getComputedStyle(box).overflowX === 'auto'")
