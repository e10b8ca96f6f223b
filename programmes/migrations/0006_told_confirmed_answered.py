"""Who has been told of a decision, until when an answer is wanted, who confirmed for whom, and a copy to read.

A decision made before was open to the applicant in the portal at once; it counts as told from then.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def told(apps, schema_editor):
    for application in apps.get_model("programmes", "Application").objects.filter(state__in=("admitted", "declined")):
        step = application.steps.filter(to_state=application.state).order_by("-at", "-pk").first()
        application.told_at = step.at if step else timezone.now()
        application.save(update_fields=["told_at"])
    for step in apps.get_model("programmes", "ApplicationStep").objects.filter(to_state__in=("admitted", "declined")):
        step.told_at = step.at
        step.save(update_fields=["told_at"])


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0005_steering_seats_are_seats"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="applicant",
            name="confirmed_how",
            field=models.CharField(blank=True, max_length=500, verbose_name="how it was confirmed"),
        ),
        migrations.AddField(
            model_name="applicant",
            name="confirmed_name",
            field=models.CharField(
                blank=True, help_text="Where the leader recorded it.", max_length=100, verbose_name="who confirmed"
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="more_due_on",
            field=models.DateField(
                blank=True, help_text="The last day, in Norwegian time.", null=True, verbose_name="answer wanted by"
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="told_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="told of the decision"),
        ),
        migrations.AddField(
            model_name="application",
            name="told_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="told_how",
            field=models.CharField(
                blank=True, help_text="Empty: by letter.", max_length=200, verbose_name="how they were told"
            ),
        ),
        migrations.AddField(
            model_name="applicationstep",
            name="told_at",
            field=models.DateTimeField(
                blank=True,
                help_text="Of a decision: when its outcome was told.",
                null=True,
                verbose_name="told to the applicant",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="reading_copy",
            field=models.FileField(blank=True, upload_to="meetings/%Y/", verbose_name="reading copy of the papers"),
        ),
        migrations.RunPython(told, migrations.RunPython.noop),
    ]
