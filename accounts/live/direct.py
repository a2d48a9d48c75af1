"""The shorter way of a frame: its bytes, made once for all, straight to the line of daphne.

It leans on inner names of daphne, autobahn and Twisted. `line_behind` looks whether they
are all there and as we know them; `tests/accounts/test_writers.py` says which one is not.
"""

import struct
from collections import deque
from functools import lru_cache, partial
from typing import Any

from django.conf import settings

try:
    from daphne.server import Server
    from daphne.ws_protocol import WebSocketProtocol
    from twisted.internet.tcp import Server as Line
except ImportError:  # another server, or a release that moved them: frames go the plain way
    Server = WebSocketProtocol = Line = None  # type: ignore[assignment,misc]

TOGETHER = 65_536  # bytes that go to a line that was full, each time that it is empty
# What is read or called, and what it is before anything was sent.
OF_SOCKET = {"state": int, "STATE_OPEN": int, "send_queue": deque, "_perMessageCompress": type(None)}
OF_LINE = {
    "dataBuffer": bytes,
    "offset": int,
    "_tempDataBuffer": list,
    "_tempDataLen": int,
    "disconnecting": int,
    "TLS": bool,
    "streamingProducer": bool,
}
CALLED = ("write", "registerProducer", "unregisterProducer")


@lru_cache(maxsize=8)
def framed(text: str) -> bytes:
    """`text` as one WebSocket frame, made once for all who hear the same."""
    body = text.encode()
    size = len(body)
    if size < 126:  # RFC 6455, 5.2
        return struct.pack("!BB", 0x81, size) + body
    if size < 1 << 16:
        return struct.pack("!BBH", 0x81, 126, size) + body
    return struct.pack("!BBQ", 0x81, 127, size) + body


def unknown_names(socket: Any, line: Any) -> list[str]:
    """The inner names that are not what we know, of an open or opening socket and its line."""
    known = [(socket, "socket", OF_SOCKET), (line, "line", OF_LINE)]
    wrong = [
        f"{owner}.{name}"
        for thing, owner, names in known
        for name, kind in names.items()
        if not isinstance(getattr(thing, name, ...), kind)
    ]
    wrong += [f"line.{name}" for name in CALLED if not callable(getattr(line, name, None))]
    if not callable(getattr(getattr(line, "socket", None), "send", None)):
        wrong.append("line.socket.send")
    return wrong


def line_behind(send: Any) -> tuple[Any, list[str]]:
    """The socket of daphne behind `send`, and the inner names of it that we do not know.

    None where the server is another one, or the line no plain TCP.
    """
    if Server is None or not isinstance(send, partial) or len(send.args) != 1:
        return None, []
    socket = send.args[0]
    if getattr(send.func, "__func__", None) is not Server.handle_reply or not isinstance(socket, WebSocketProtocol):
        return None, []
    line = getattr(socket, "transport", None)
    if not isinstance(line, Line) or getattr(line, "TLS", False):
        return None, []
    return socket, unknown_names(socket, line)


class DirectWriter:
    """Writes to the line at once where it is empty; else keeps the frame, bounded, until it is.

    The line itself gets little ahead. Frames that wait stay whole and are shared with the other sockets:
    one that does not read costs little, and is told why it is closed without reading all of them first.
    """

    __slots__ = (
        "before",
        "line",
        "open",
        "send",
        "socket",
        "unsent",
        "waiting",
    )  # little to look through for each frame

    def __init__(self, socket: Any) -> None:
        self.socket, self.line, self.open = socket, socket.transport, socket.STATE_OPEN
        self.send = self.line.socket.send
        self.waiting: deque[bytes] = deque()
        self.unsent = 0  # bytes of what waits here
        self.before: Any = None  # whom the line asked for more, and how, when it was not us

    def write(self, frame: str) -> bool:
        """Send `frame`, or keep it until the line can take it. False when too much waits already."""
        socket, line = self.socket, self.line
        if socket.state != self.open:
            return True  # it is closing: its reader comes back and asks for what it missed
        data = framed(frame)
        if self.unsent or line._tempDataLen or line.dataBuffer or line.disconnecting or socket.send_queue:
            return self.keep(data)
        try:
            sent = self.send(data)
        except OSError:  # full, or broken: the loop finds out which
            sent = 0
        if sent < len(data):
            line.write(data[sent:])
        return True

    def keep(self, data: bytes) -> bool:
        line = self.line
        under_way = len(line.dataBuffer) - line.offset + line._tempDataLen
        if not self.waiting and under_way + len(data) <= TOGETHER:
            line.write(data)
            return True
        if self.unsent + under_way + len(data) > settings.LIVE["unsent"]:
            return False
        self.waiting.append(data)
        self.unsent += len(data)
        if self.before is None:
            self.before = (line.producer, line.streamingProducer)
            line.unregisterProducer()
            line.registerProducer(self, streaming=False)
        return True

    def resumeProducing(self) -> None:  # noqa: N802  (the name is Twisted's)
        """The line is empty, or was just told of us: give it what waits, whole frames only."""
        line, batch, size = self.line, [], 0
        if line.dataBuffer or line._tempDataBuffer:
            return
        while self.waiting and size < TOGETHER:
            batch.append(self.waiting.popleft())
            size += len(batch[-1])
        self.unsent -= size
        if not self.waiting:
            self.give_back()
        if batch:
            line.write(b"".join(batch))

    def stopProducing(self) -> None:  # noqa: N802  (the name is Twisted's)
        """The line broke."""
        self.waiting.clear()
        self.unsent = 0

    def give_back(self) -> None:
        """The line asks again whom it asked before."""
        if self.before is not None:
            (producer, streaming), self.before = self.before, None
            self.line.unregisterProducer()
            if producer is not None and not self.line.disconnected:
                self.line.registerProducer(producer, streaming)

    def stop(self) -> None:
        """Nothing more is sent of what waits."""
        self.stopProducing()
        self.give_back()
