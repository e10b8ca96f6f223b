"""What the test jobs write: nothing in the table itself forbids an entry to be missing or to stand twice."""

from django.db import models


class Entry(models.Model):
    job_id = models.BigIntegerField()
    line = models.IntegerField()

    class Meta:
        app_label = "ledger"

    def __str__(self) -> str:
        return f"{self.job_id}/{self.line}"
