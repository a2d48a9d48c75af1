"""daphne's own socket over a real line, without its loop: the test says when the line may write."""

import asyncio
import socket
from contextlib import asynccontextmanager

from daphne.server import Server
from daphne.ws_protocol import WebSocketFactory
from twisted.internet.tcp import Server as Line

from community.server import SiteSocket

HELLO = (
    b"GET /ws/x/ HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


class Loop:
    """What a line asks of Twisted's loop."""

    def __init__(self):
        self.writers = set()

    def addReader(self, line): ...  # noqa: N802

    def removeReader(self, line): ...  # noqa: N802

    def addWriter(self, line):  # noqa: N802
        self.writers.add(line)

    def removeWriter(self, line):  # noqa: N802
        self.writers.discard(line)


class Open:
    """An open socket of daphne: `send` as an application gets it, and what its client reads."""

    def __init__(self, send, line, client):
        self.send, self.line, self.client = send, line, client
        self.socket = line.protocol

    def turn(self) -> None:
        """The loop comes by once."""
        for line in list(self.line.reactor.writers):
            line.doWrite()

    def read(self) -> bytes:
        """All that was sent, until nothing comes any more."""
        found = b""
        while True:
            self.turn()
            try:
                found += self.client.recv(1 << 20)
            except BlockingIOError:
                if not self.line.reactor.writers:
                    return found


@asynccontextmanager
async def open_line(buffer: int = 1 << 20):
    """A line whose system keeps about `buffer` bytes for a client that does not read."""
    sends: asyncio.Future = asyncio.get_running_loop().create_future()

    async def application(scope, receive, send):
        await receive()
        await send({"type": "websocket.accept"})
        sends.set_result(send)

    server = Server(application, endpoints=["none"])
    server.connections = {}
    with socket.create_server(("127.0.0.1", 0)) as door:
        client = socket.create_connection(door.getsockname())
        ours, _address = door.accept()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, buffer)
    ours.setblocking(False)
    client.setblocking(False)
    factory = WebSocketFactory(server)
    factory.protocol = SiteSocket
    protocol = factory.buildProtocol(None)
    protocol._raw_query_string = b""
    line = Line(ours, protocol, ("127.0.0.1", 1), None, 1, Loop())
    protocol.makeConnection(line)
    protocol.dataReceived(HELLO)
    opened = Open(await asyncio.wait_for(sends, 5), line, client)
    while b"101 Switching" not in opened.read():
        await asyncio.sleep(0)
    try:
        yield opened
    finally:
        client.close()
        ours.close()
