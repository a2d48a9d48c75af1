"""Handing frames to one socket, bounded, without waiting for it."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator
from contextlib import suppress
from functools import cache
from typing import Any

from django.conf import settings

from accounts.live.direct import DirectWriter, line_behind

log = logging.getLogger("ruggespraak.live")

Send = Callable[[dict], Coroutine[Any, Any, None]]
FRAMES = 256  # waiting per socket


class Rest:
    """What is left of a coroutine whose first step was taken by hand and gave `pending`."""

    def __init__(self, work: Coroutine, pending: Any) -> None:
        self.work, self.pending = work, pending

    def __await__(self) -> Generator:
        pending = self.pending
        while True:
            yield pending
            try:
                pending = self.work.send(None)
            except StopIteration:
                return


class PlainWriter:
    """Writes through the server's own `send`, on any ASGI server.

    daphne takes a frame without waiting, so its `send` is stepped by hand and costs
    no task. A server that does wait gets a queue and a task for as long as needed.
    """

    def __init__(self, send: Send) -> None:
        self.send = send
        self.waiting: deque[str] = deque()
        self.unsent = 0  # bytes (at least; a character counts as one)
        self.task: asyncio.Task | None = None

    def write(self, frame: str) -> bool:
        """Send `frame`, or keep it until the socket can take it. False when too much waits already."""
        if self.task is None:
            rest = self.begin(frame)
            if rest is not None:
                self.task = asyncio.get_running_loop().create_task(self.drain(rest))
            return True
        if self.unsent + len(frame) > settings.LIVE["unsent"] or len(self.waiting) >= FRAMES:
            return False
        self.waiting.append(frame)
        self.unsent += len(frame)
        return True

    def begin(self, frame: str) -> Awaitable | None:
        """Take the first step of sending; None when that was all."""
        work = self.send({"type": "websocket.send", "text": frame})
        try:
            return Rest(work, work.send(None))
        except StopIteration:
            return None

    async def drain(self, rest: Awaitable) -> None:
        try:
            with suppress(Exception):  # the line broke: its reader comes back and asks for what it missed
                await rest
                while self.waiting:
                    frame = self.waiting.popleft()
                    self.unsent -= len(frame)
                    await self.send({"type": "websocket.send", "text": frame})
        finally:
            self.task = None

    def stop(self) -> None:
        self.waiting.clear()
        if self.task:
            self.task.cancel()


def writer_for(send: Send) -> PlainWriter | DirectWriter:
    """The writer for a socket: straight to the line where that is daphne's own and as we know it, else through `send`."""
    socket, unknown = line_behind(send)
    if socket is None:
        return PlainWriter(send)
    if unknown:
        tell_once(tuple(unknown))
        return PlainWriter(send)
    return DirectWriter(socket)


@cache
def tell_once(names: tuple[str, ...]) -> None:
    """Slower, and bounded by the patience of the server only: whoever runs the site should know."""
    log.warning("frames go the plain way", extra={"names": ", ".join(names)})
