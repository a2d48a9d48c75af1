"""Stored counters of conversations and forums, again from the rows."""

from django.core.management.base import BaseCommand
from django.db import transaction

from forums.models import Board, Topic


class Command(BaseCommand):
    help = "Set the stored counters right, and report which were wrong. Exits with 1 when there were any and --check is given."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--check", action="store_true", help="only report, change nothing")

    def handle(self, *, check: bool, **options) -> None:
        wrong = 0
        for kind in (Topic, Board):
            for pk in kind.objects.values_list("pk", flat=True).iterator():
                wrong += self.drift(kind, pk, check=check)
        self.stdout.write(f"{wrong} rows with wrong counters" if wrong else "All counters are right.")
        if wrong and check:
            raise SystemExit(1)

    @transaction.atomic
    def drift(self, kind: type, pk, *, check: bool) -> int:
        """One row, under its lock. Returns 1 when it was wrong."""
        row = kind.objects.select_for_update().get(pk=pk)
        found = row.recount(keep=not check)
        if found:
            self.stdout.write(f"{row}: {', '.join(sorted(found))}")
        return int(bool(found))
