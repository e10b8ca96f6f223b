"""Make all sums of the figures anew."""

from django.core.management.base import BaseCommand

from absence.actions import aggregates


class Command(BaseCommand):
    help = "Make the sums behind series and comparisons anew from the released figures."

    def handle(self, *args, **options):
        aggregates.rebuild()
