"""Who of a participant's people the programme pays for, and which party is missing.

The rule of the programmes: two elected politicians, two of the management, two union representatives and the project
leader make the seven that are paid; at conferences any four. As data it is ``paid`` (how many in all) and ``quota``
(how many of each kind; empty where it does not matter who). A person is paid for who, in the order of the line, comes
within both: a third politician pays even while the unions' two places stand empty, since the places are there to have
all three parties come. Guests, who come for no participant, are never counted.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

POLITICIANS, MANAGEMENT, UNIONS = "politicians", "management", "unions"
PROJECT_LEADER, OTHER = "project_leader", "other"
PARTIES = (POLITICIANS, MANAGEMENT, UNIONS)
DELEGATES = (*PARTIES, PROJECT_LEADER, OTHER)

SEVEN = {POLITICIANS: 2, MANAGEMENT: 2, UNIONS: 2, PROJECT_LEADER: 1}

# How many are paid for each participant by the kind of gathering; at all other kinds the seven.
PAID_AT = {"quality_conference": 4, "conference": 4, "absence_conference": 0}


def paid_at(kind: str) -> int:
    """How many of each participant's people the programme pays for where nothing else is decided.

    >>> paid_at("conference"), paid_at("central_network")
    (4, 7)
    """
    return PAID_AT.get(kind, sum(SEVEN.values()))


@dataclass(frozen=True)
class DelegationRule:
    """``paid``: people paid for each participant; ``quota``: at most so many of each kind, anyone if empty."""

    paid: int = 7
    quota: dict[str, int] = field(default_factory=lambda: dict(SEVEN))


@dataclass(frozen=True)
class Sent:
    """A person with a place: ``key`` is whatever the asker knows them by, ``participant`` None for guests."""

    key: Hashable
    participant: Hashable | None
    delegate: str


def paid_keys(rule: DelegationRule, line: Iterable[Sent]) -> set[Hashable]:
    """The keys of those the programme pays for; ``line`` holds people with a place, in the order they registered.

    >>> line = [Sent(n, "Mandal", POLITICIANS) for n in (1, 2, 3)]
    >>> sorted(paid_keys(DelegationRule(), line))
    [1, 2]
    """
    paid: set[Hashable] = set()
    used: dict[Hashable, Counter[str]] = defaultdict(Counter)
    for one in line:
        if one.participant is None:
            continue
        of_participant = used[one.participant]
        if of_participant.total() < rule.paid and _has_place(rule, of_participant, one.delegate):
            of_participant[one.delegate] += 1
            paid.add(one.key)
    return paid


def _has_place(rule: DelegationRule, used: Counter[str], delegate: str) -> bool:
    return not rule.quota or used[delegate] < rule.quota.get(delegate, 0)


def missing(rule: DelegationRule, delegates: Iterable[str]) -> dict[str, int]:
    """How many of each kind could still be sent and paid; without a quota, the parties of whom nobody comes.

    >>> missing(DelegationRule(), [POLITICIANS, POLITICIANS, MANAGEMENT, UNIONS, UNIONS])
    {'management': 1, 'project_leader': 1}
    """
    sent = Counter(delegates)
    expected = rule.quota or dict.fromkeys(PARTIES, 1)
    return {kind: expected[kind] - sent[kind] for kind in DELEGATES if expected.get(kind, 0) > sent[kind]}
