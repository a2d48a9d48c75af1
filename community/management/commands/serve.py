"""Everything in one process: migrate, serve pages and sockets, and (in the small shape) do due work."""

import gc
import socket
import threading
import time
import urllib.error
import urllib.request

from channels.routing import get_default_application
from daphne.endpoints import build_endpoint_description_strings
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from community.server import SiteServer
from community.tick import start_threads

FRAME_BYTES = 65_536  # of a client's frame; nothing that a client says is wanted
MESSAGE_BYTES = (
    1024 * 1024
)  # the server itself is held to it as well, and a long text with its frame is larger than that
YOUNG = 10_000  # objects between two looks of the collector at what a page left behind


class Command(BaseCommand):
    help = "Migrate, then serve the site; without REDIS_URL with the worker inside."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=settings.PORT)
        parser.add_argument("--no-migrate", action="store_true", help="the migrations were run before")

    def handle(self, *args, **options) -> None:
        host, port = options["host"], options["port"]
        require_free(host, port)
        if not options["no_migrate"]:
            call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if not settings.REDIS_URL:
            start_threads()
        threading.Thread(target=self.say_ready, args=(port,), daemon=True).start()
        SiteServer(
            application=get_default_application(),
            endpoints=build_endpoint_description_strings(host=host, port=port),
            http_timeout=60,
            websocket_timeout=-1,
            websocket_max_message_size=MESSAGE_BYTES,
            websocket_max_frame_size=FRAME_BYTES,
            verbosity=0,
            server_name="ruggespraak",
        ).run()

    def say_ready(self, port: int) -> None:
        """Say so once the site answers."""
        for _attempt in range(600):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                    settle()
                    self.stdout.write(f"Ready: http://localhost:{port}")
                    self.stdout.flush()
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)


def require_free(host: str, port: int) -> None:
    """Raise CommandError when something listens there already: its pages would pass for ours."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}). Another one: PORT={port + 1}"
            ) from error


def settle() -> None:
    """What was loaded stays: the collector no longer looks through all of it, time and again (a fifth of all work)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)
