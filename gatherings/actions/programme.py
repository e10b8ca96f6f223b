"""Writing the programme of a gathering, and what is handed out."""

from django.db import transaction

from municipalities.models import AuditEvent

from ..models import Gathering, Material, Session, Speaker


@transaction.atomic
def save_session(session: Session, *, values: dict, speakers: list[tuple[str, str]], by) -> Session:
    """Save a session, new or known, with its speakers in the order given."""
    for name, value in values.items():
        setattr(session, name, value)
    session.save()
    session.speakers.all().delete()
    Speaker.objects.bulk_create(
        [
            Speaker(session=session, name=name, affiliation=workplace, position=at)
            for at, (name, workplace) in enumerate(speakers)
        ]
    )
    AuditEvent.record("gatherings.write_programme", session.gathering, by=by, session=session.pk)
    return session


@transaction.atomic
def remove_session(session: Session, *, by) -> None:
    """The choices of those who had chosen it go with it; they keep their place at the gathering."""
    AuditEvent.record("gatherings.write_programme", session.gathering, by=by, removed=str(session))
    session.delete()


@transaction.atomic
def add_material(gathering: Gathering, *, title, file, url, is_public, by) -> Material:
    material = Material.objects.create(
        gathering=gathering, title=title, file=file or "", url=url, is_public=is_public, added_by=by
    )
    AuditEvent.record("gatherings.add_material", gathering, by=by, material=material.pk)
    return material


@transaction.atomic
def remove_material(material: Material, *, by) -> None:
    AuditEvent.record("gatherings.remove_material", material.gathering, by=by, title=material.title)
    file = material.file
    material.delete()
    if file:
        transaction.on_commit(lambda: file.storage.delete(file.name))
