"""Lists and badges are printed by the worker."""

from django.core.files.base import ContentFile
from django.db import transaction

from jobs.actions import ask
from municipalities.models import AuditEvent

from ..models import Gathering, GatheringPaper


@transaction.atomic
def ask_for_paper(gathering: Gathering, kind: str, *, by):
    """The job that makes it; while it waits, asking again gives the same."""
    job = ask(
        "gatherings.make_paper",
        subject=f"{gathering._meta.label_lower}:{gathering.pk}",
        key=f"gatherings.make_paper:{gathering.pk}:{kind}",
        by=by,
        gathering_id=gathering.pk,
        paper=kind,
    )
    AuditEvent.record("gatherings.print", gathering, by=by, kind=kind)
    return job


def keep_paper(gathering: Gathering, kind: str, content: bytes) -> GatheringPaper:
    """The newest replaces the one before: a list that is out of date should not be found at the door."""
    old = list(gathering.papers.filter(kind=kind))
    paper = GatheringPaper(gathering=gathering, kind=kind)
    paper.file.save(f"{gathering.slug}-{kind}.pdf", ContentFile(content))
    for one in old:
        name, storage = one.file.name, one.file.storage
        one.delete()
        transaction.on_commit(lambda name=name, storage=storage: storage.delete(name))
    return paper
