"""A seat in the steering group becomes a seat in the committee of that kind; the old table goes."""

from django.db import migrations

NAMES = {"nb": "Administrativ styringsgruppe", "nn": "Administrativ styringsgruppe", "en": "Steering group"}


def move(apps, schema_editor):
    committees, seats = apps.get_model("programmes", "Committee"), apps.get_model("programmes", "CommitteeSeat")
    for old in apps.get_model("programmes", "SteeringSeat").objects.all():
        committee, _ = committees.objects.get_or_create(
            programme_id=old.programme_id, slug="steering", defaults={"kind": "steering", "name": NAMES}
        )
        seats.objects.create(committee=committee, user_id=old.user_id, starts_on=old.starts_on, ends_on=old.ends_on)


class Migration(migrations.Migration):
    dependencies = [("programmes", "0004_participation_events")]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel(name="SteeringSeat"),
    ]
