"""What somebody has typed, kept as it was sent, and what a note's forms begin with."""

import re
from datetime import date

from django.http import QueryDict

from networks.models import ActionPoint, Visit
from networks.queries.tasks import rows_of
from programmes.models import LocalParty

from .visits import MOST_LINES, SAME

NOT_TYPED = {"csrfmiddlewaretoken", "act"}
LISTS = {"topics", "advisers"}
LINE = re.compile(r"(met|agreed)-(\d{1,3})-(\w+)")
LONGEST = 20_000


def typed(sent: QueryDict) -> dict[str, list[str]]:
    """The fields as they were sent, each cut to a length that a person can have typed."""
    return {
        name: [text[:LONGEST] for text in sent.getlist(name)]
        for name in sent
        if name not in NOT_TYPED and len(name) < 60
    }


def initial_of_draft(values: dict[str, list[str]]) -> dict:
    """What the forms begin with when a draft is taken up again; lines without any text are left out."""
    note: dict = {}
    lines: dict[str, dict[int, dict[str, str]]] = {"met": {}, "agreed": {}}
    for name, texts in values.items():
        if match := LINE.fullmatch(name):
            lines[match[1]].setdefault(int(match[2]), {})[match[3]] = texts[-1] if texts else ""
        elif name in LISTS:
            note[name] = texts
        elif "-" not in name and texts:
            note[name] = texts[-1]
    kept = {
        kind: [line for _at, line in sorted(found.items()) if line.get("pk") or line.get("who") or line.get("text")]
        for kind, found in lines.items()
    }
    return {"note": note} | {kind: found[:MOST_LINES] for kind, found in kept.items()}


def initial_of_visit(visit: Visit, today: date) -> dict:
    """What the forms begin with: what is saved; of the tasks those that are open."""
    names = ("place", "topics", "other_topics", "expected_of_municipality", "expected_of_programme", "findings")
    note = {name: getattr(visit, name) for name in names}
    note |= {
        "made_on": visit.made_on or visit.planned_on,
        "advisers": list(visit.advisers.all()),
        "version": visit.version,
    }
    met = [{"pk": one.pk, "party": one.party, "who": one.who, "count": one.count} for one in visit.met.all()]
    missing = [party for party in LocalParty.values if party not in {one["party"] for one in met}]
    tasks = [
        {
            "pk": row.point.pk,
            "text": row.point.text,
            "owner": _owner(row),
            "owner_text": row.point.owner_text,
            "due_on": row.point.due_on,
        }
        for row in rows_of(visit.action_points.open(), today)
    ]
    return {"note": note, "met": met + [{"party": party} for party in missing], "agreed": tasks}


def _owner(row) -> str:
    if row.point.side == ActionPoint.Side.MUNICIPALITY:
        return ""
    return str(row.holders[0].pk) if row.holders else SAME
