"""The order of networks by name."""

import re

from municipalities.queries.register import alphabetical

_NUMBER = re.compile(r"(\d+)")


def natural(name: str) -> list[str | int]:
    """A key that sorts numbers in names as numbers, and the rest as a Norwegian directory does.

    >>> sorted(["Nettverk 10", "Nettverk 2"], key=natural)
    ['Nettverk 2', 'Nettverk 10']
    """
    parts = _NUMBER.split(name)
    # Text and numbers take turns, text first, so that two keys never meet text with number.
    return [int(part) if at % 2 else alphabetical(part) for at, part in enumerate(parts)]


def by_cohort_and_name(network) -> tuple:
    """A key for networks that are fetched with their cohort; those without one come last."""
    cohort = network.cohort
    return (cohort is None, cohort.position if cohort else 0, natural(network.name))
