"""One bare socket, and what it heard."""

import base64
import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

PATIENCE = 60  # seconds


class Ear:
    """Its numbers are those of the messages, in the order in which they came."""

    def __init__(self, url: str, cookie: str = "", origin: str = "") -> None:
        """`origin` is that of the address itself when it is empty."""
        parts = urlsplit(url)
        self.line = socket.create_connection((parts.hostname, parts.port), PATIENCE)
        key = base64.b64encode(os.urandom(16)).decode()
        words = f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\n"
        words += f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
        if cookie:
            words += f"Origin: {origin or f'http://{parts.netloc}'}\r\nCookie: {cookie}\r\n"
        self.line.sendall(f"{words}\r\n".encode())
        self.rest = b""
        self.open = False
        self.code: int | None = None  # with which it was closed
        self.numbers: list[int] = []

    def frames(self, data: bytes) -> Iterator[bytes]:
        """The texts in what came in. A ping is answered. Raises RuntimeError when the opening was refused."""
        data = self.rest + data
        if not self.open:
            head, found, data = data.partition(b"\r\n\r\n")
            if not found:
                self.rest = head
                return
            if b" 101 " not in head.split(b"\r\n")[0]:
                self.close()
                raise RuntimeError(head[:200])
            self.open = True
        at = 0
        while (frame := frame_at(data, at)) is not None:
            kind, start, end = frame
            if kind == 1:
                yield data[start:end]
            elif kind == 8:
                self.code = int.from_bytes(data[start : start + 2])
            elif kind == 9:
                self.line.sendall(bytes((0x8A, 0x80 | end - start, 0, 0, 0, 0)) + data[start:end])
            at = end
        self.rest = data[at:]

    def read(self) -> list[bytes]:
        """The texts that come next; none when the line is closed or ended. Waits for them."""
        while self.code is None and (data := self.line.recv(1 << 18)):
            if found := list(self.frames(data)):
                return found
        return []

    def say(self, words: bytes) -> None:
        """A short text."""
        self.line.sendall(bytes((0x81, 0x80 | len(words), 0, 0, 0, 0)) + words)

    def cut(self) -> None:
        """The line is gone, without a word. Whoever waits for it elsewhere hears that, and closes it."""
        with suppress(OSError):
            self.line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.cut()
        self.line.close()


def frame_at(data: bytes, at: int) -> tuple[int, int, int] | None:
    """Kind, begin and end of the frame that begins at `at`; None when it is not all there yet."""
    if len(data) - at < 2:
        return None
    size, start = data[at + 1] & 127, at + 2
    if size >= 126:
        wide = 2 if size == 126 else 8
        size, start = int.from_bytes(data[start : start + wide]), start + wide
    return (data[at] & 15, start, start + size) if start <= len(data) and start + size <= len(data) else None
