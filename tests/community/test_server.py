"""What comes in is bounded, and costs the one loop that all share next to nothing."""

import socket
import time

import pytest
from django.core.management import CommandError, call_command
from twisted.internet.address import IPv4Address
from twisted.internet.error import ConnectionDone
from twisted.internet.testing import StringTransport
from twisted.python.failure import Failure

from community.server import MOST_BYTES, SiteFactory

FORM = b"application/x-www-form-urlencoded"
PARTS = b"multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n'


class Site:
    """What a request asks of the server that it comes to."""

    proxy_forwarded_address_header = None
    root_path = ""
    request_buffer_size = 8192

    def __init__(self) -> None:
        self.scopes: list[dict] = []

    def protocol_connected(self, protocol) -> None: ...

    def protocol_disconnected(self, protocol) -> None: ...

    def create_application(self, protocol, scope: dict) -> None:
        self.scopes.append(scope)


@pytest.fixture
def site() -> Site:
    return Site()


def sent(site: Site, headers: bytes, body: bytes = b"") -> StringTransport:
    """What is said back to a POST with these header lines."""
    line = StringTransport(peerAddress=IPv4Address("TCP", "127.0.0.1", 1))
    protocol = SiteFactory(site).buildProtocol(line.getPeer())
    protocol.makeConnection(line)
    protocol.dataReceived(b"POST /me/ HTTP/1.1\r\nHost: localhost\r\n" + headers + b"\r\n")
    for start in range(0, len(body), 65_536):
        protocol.dataReceived(body[start : start + 65_536])
    protocol.connectionLost(Failure(ConnectionDone()))
    return line


def with_length(kind: bytes, length: int) -> bytes:
    return b"Content-Type: " + kind + b"\r\nContent-Length: " + str(length).encode() + b"\r\n"


@pytest.mark.parametrize(("kind", "body"), [(FORM, b"a=1&" * 500_000), (PARTS, PART * 40_000)])
def test_a_large_form_holds_up_nobody(site, kind, body):
    began = time.process_time()
    sent(site, with_length(kind, len(body)), body)
    assert len(site.scopes) == 1
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    "part", [b"Content-Disposition: form-data; name*=utf-8''%ED%A0%80\r\n\r\nhoi\r\n--x--\r\n", b"", b"\xff"]
)
def test_a_broken_form_reaches_the_site_that_answers_it(site, part):
    body = b"--x\r\n" + part
    sent(site, with_length(PARTS, len(body)), body)
    assert len(site.scopes) == 1


def test_a_body_that_says_it_is_too_large_is_refused_before_it_comes(site):
    line = sent(site, with_length(FORM, MOST_BYTES + 1))
    assert line.value().startswith(b"HTTP/1.1 413 ")
    assert line.disconnecting and not site.scopes


def test_a_body_without_a_length_is_refused_as_soon_as_it_is_too_large(site, monkeypatch):
    monkeypatch.setattr("community.server.MOST_BYTES", 100_000)
    chunk = b"10000\r\n" + b"a" * 65_536 + b"\r\n"
    line = sent(site, b"Transfer-Encoding: chunked\r\n", chunk * 3)
    assert line.value().count(b"HTTP/1.1 413 ") == 1
    assert line.disconnecting and not site.scopes


@pytest.mark.parametrize("place", [b"/elders", b"//elders.example", b"\xe9"])
def test_a_visitor_does_not_say_where_the_site_begins(site, place):
    sent(site, b"Daphne-Root-Path: " + place + b"\r\nContent-Length: 0\r\n")
    assert [scope["root_path"] for scope in site.scopes] == [""]


def test_a_port_that_is_taken_is_told_before_anything_starts():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} cannot be used"):
            call_command("serve", port=port)
