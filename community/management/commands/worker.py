"""Due work, for ever. Several may run side by side on PostgreSQL."""

import contextlib
import threading

from django.core.management.base import BaseCommand

from community.tick import run_due, start_threads


class Command(BaseCommand):
    help = "Do due work until stopped; with --once, do what is due now and stop."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--once", action="store_true")

    def handle(self, *args, **options) -> None:
        if options["once"]:
            for name, count in run_due().items():
                self.stdout.write(f"{name}: {count}")
            return
        start_threads()
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()
