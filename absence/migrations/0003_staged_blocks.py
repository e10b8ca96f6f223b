import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("absence", "0002_revision_notes"),
    ]

    operations = [
        migrations.CreateModel(
            name="StagedBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("count", models.PositiveIntegerField(verbose_name="figures")),
                ("first_quarter", models.PositiveIntegerField(verbose_name="first quarter")),
                ("last_quarter", models.PositiveIntegerField()),
                ("data", models.BinaryField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="blocks",
                        to="absence.importbatch",
                        verbose_name="import",
                    ),
                ),
            ],
            options={
                "verbose_name": "figure read",
                "verbose_name_plural": "figures read",
                "ordering": ["pk"],
            },
        ),
    ]
