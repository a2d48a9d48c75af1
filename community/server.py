"""The server's own ways with a request, before Django sees it: nothing of a body is read on the one loop that all share."""

from typing import Any

from daphne.http_protocol import HTTPFactory, WebRequest
from daphne.server import Server

MOST_BYTES = 110 * 1024 * 1024  # of one body
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


class SiteServer(Server):
    """daphne, which makes its own factory when it starts; ours takes the place of it."""

    @property
    def http_factory(self) -> HTTPFactory:
        return self._http_factory

    @http_factory.setter
    def http_factory(self, made: HTTPFactory) -> None:
        self._http_factory = SiteFactory(self)
