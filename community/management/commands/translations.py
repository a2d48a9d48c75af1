"""The catalogues: brought up to date with the sources, or checked."""

from django.core.management.base import BaseCommand, CommandError

from community.catalogue import compile_stale, missing, update


class Command(BaseCommand):
    help = "Update the Dutch catalogue from the sources; with --check, fail when a string is not translated."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args, **options) -> None:
        if not options["check"]:
            update("nl")
            compile_stale()
        found = missing("nl")
        for message in found:
            self.stderr.write(
                f"not translated: {message.id!r} ({message.locations[0][0] if message.locations else ''})"
            )
        if found:
            raise CommandError(f"{len(found)} strings are not translated")
