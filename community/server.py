"""The server's own ways with a request, before Django sees it: nothing of a body is read on the one loop that all share."""

from typing import Any

from daphne.http_protocol import HTTPFactory, WebRequest
from daphne.server import Server
from daphne.ws_protocol import WebSocketProtocol
from twisted.internet import reactor
from twisted.internet.task import deferLater

MOST_BYTES = 110 * 1024 * 1024  # of one body
GOODBYE = 10  # seconds to answer that a line closes
PARTING = 0.3  # seconds between the last words of a server that stops and its end
REFUSAL = b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class SiteRequest(WebRequest):
    """Twisted would read a form as well, while everyone waits; Django does so in a thread of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.received, self.refused = 0, False
        super().__init__(*args, parsePOSTFormSubmission=False, **kwargs)

    def gotLength(self, length: int | None) -> None:  # noqa: N802  (the name is Twisted's)
        super().gotLength(min(length, MOST_BYTES) if length else length)
        if length and length > MOST_BYTES:
            self.refuse()

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802  (the name is Twisted's)
        self.received += len(data)
        if self.received > MOST_BYTES:
            self.refuse()
        if not self.refused:
            super().handleContentChunk(data)

    def refuse(self) -> None:
        """Too large: say so once and hang up, without waiting for the rest."""
        if not self.refused:
            self.refused = True
            self.channel.transport.write(REFUSAL)
            self.channel.loseConnection()

    def process(self) -> Any:
        if self.refused:
            return None
        self.requestHeaders.removeHeader(b"daphne-root-path")  # a visitor does not say where the site begins
        return super().process()


class SiteFactory(HTTPFactory):
    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802  (the name is Twisted's)
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = SiteRequest
        return protocol


class SiteSocket(WebSocketProtocol):
    def serverClose(self, code: int | None = None) -> None:  # noqa: N802  (the name is daphne's)
        """Also with the codes that are a server's own, such as 1012 when it starts again."""
        self.sendCloseFrame(code=1000 if code is None else code)


class SiteServer(Server):
    """daphne, which makes its own factory when it starts; ours takes the place of it."""

    @property
    def http_factory(self) -> HTTPFactory:
        return self._http_factory

    @http_factory.setter
    def http_factory(self, made: HTTPFactory) -> None:
        self._http_factory = SiteFactory(self)

    def listen_success(self, port: Any) -> None:
        super().listen_success(port)
        # Who says too much hears why; an origin that is none is refused by our own door, like any other.
        # Who reads slowly has time to come to the end of what was said.
        self.ws_factory.setProtocolOptions(failByDrop=False, allowNullOrigin=True, closeHandshakeTimeout=GOODBYE)
        self.ws_factory.protocol = SiteSocket

    def kill_all_applications(self) -> Any:
        """Every open page hears that we stop, and the words have time to leave."""
        self.connections = {one: known for one, known in self.connections.items() if "application_instance" in known}
        done = super().kill_all_applications()
        return done.addCallback(lambda _result: deferLater(reactor, PARTING, lambda: None))
