"""Load committees with seats by party and what sources state of their meetings; the secretariat's posts and budget.

The sources at hand tell how often the bodies met, not when, so there are counts and no meetings. Who signed the
agreement has a seat; no source at hand tells how many seats each had, and the committee's page says so.
"""

import json
from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from config.demo.register import DATA
from config.demo.rows import ensured
from programmes.models import (
    AccountLine,
    Committee,
    CommitteeSeat,
    Party,
    Programme,
    StaffPeriod,
    StaffPost,
    StatedMeetingCount,
)


def load_committees() -> None:
    """Idempotent: a second run adds nothing. Each programme in one transaction."""
    described = json.loads((DATA / "committees.json").read_text(encoding="utf-8"))
    for programme in Programme.objects.filter(slug__in=described):
        _load(programme, described[programme.slug])


@transaction.atomic
def _load(programme: Programme, description: dict[str, Any]) -> None:
    parties = {one.slug: one.pk for one in Party.objects.all()}
    for position, one in enumerate(description["committees"]):
        _committee(programme, position, one, parties)
    if "posts" in description:
        _posts(programme, description["posts"])
    _lines(programme, description)


def _committee(programme: Programme, position: int, described: dict[str, Any], parties: dict[str, int]) -> None:
    plain = {name: described[name] for name in ("slug", "kind", "name", "mandate")}
    found = ensured(Committee, ("programme_id", "slug"), [plain | {"programme_id": programme.pk, "position": position}])
    committee = found[programme.pk, described["slug"]]
    seats = (
        {
            "committee_id": committee.pk,
            "party_id": parties[party],
            "user_id": None,
            "starts_on": programme.starts_on,
        }
        for party in described["parties"]
    )
    ensured(CommitteeSeat, ("committee_id", "party_id", "user_id"), seats)
    stated = ({"qualifier": "exact", "note": {}} | one | {"committee_id": committee.pk} for one in described["stated"])
    ensured(StatedMeetingCount, ("committee_id", "year", "measure"), stated)


def _posts(programme: Programme, described: dict[str, Any]) -> None:
    """Posts as of one month: their percents are known for it, and for no other."""
    rows = [
        (row["title"].format(n=number), row["percent"])
        for row in described["rows"]
        for number in range(row.get("first", 1), row.get("first", 1) + row["count"])
    ]
    posts = ensured(
        StaffPost,
        ("programme_id", "title"),
        (
            {
                "programme_id": programme.pk,
                "title": title,
                "position": position,
                "source": described["source"],
                "note": described["note"],
            }
            for position, (title, _) in enumerate(rows)
        ),
    )
    year, month = map(int, described["month"].split("-"))
    periods = (
        {
            "post_id": posts[programme.pk, title].pk,
            "starts_on": date(year, month, 1),
            "ends_on": date(year, month, monthrange(year, month)[1]),
            "release_percent": Decimal(percent),
        }
        for title, percent in rows
    )
    ensured(StaffPeriod, ("post_id", "starts_on"), periods)


def _lines(programme: Programme, description: dict[str, Any]) -> None:
    lines = (
        one | {"programme_id": programme.pk, "kind": "budget", "position": place, "source": description["lines_source"]}
        for place, one in enumerate(description["lines"])
    )
    ensured(AccountLine, ("programme_id", "year", "kind", "slug"), lines)
