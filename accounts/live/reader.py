"""The thread in which a hub reads rows, over a connection of its own that stays open while there is work."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections


class Reader:
    """One thread: news never waits behind the checks of many sockets, and a connection is not made for each reading."""

    def __init__(self) -> None:
        self.thread = ThreadPoolExecutor(1, "live-reader")
        self.used = False

    async def ask(self, function: Callable, *args: Any) -> Any:
        """What `function` returns. After any fault the next reading begins with a fresh connection."""
        self.used = True
        return await asyncio.get_running_loop().run_in_executor(self.thread, self.answer, function, args)

    def answer(self, function: Callable, args: tuple) -> Any:
        try:
            return function(*args)
        except Exception:
            connections.close_all()
            raise

    def beat(self) -> None:
        """Give the connection back when nobody asked since the last beat."""
        if not self.used:
            self.thread.submit(connections.close_all)
        self.used = False

    def stop(self) -> None:
        """Give the connection back, and be sure of it: a database that is left must have no one in it."""
        self.thread.submit(connections.close_all)
        self.thread.shutdown(wait=True)
