"""Sockets to listen with, as a browser opens them."""

import json
from contextlib import asynccontextmanager

from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.test import Client

from community.asgi import application

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def socket_for(path: str, client: Client | None, origin: str | None = None) -> WebsocketCommunicator:
    """`origin` is our own when it is None, and left out when it is empty."""
    origin = settings.SITE_URL if origin is None else origin
    headers = [(b"host", b"localhost")] + ([(b"origin", origin.encode())] if origin else [])
    if client:
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        headers.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={value}".encode()))
    return WebsocketCommunicator(application, path, headers=headers)


@asynccontextmanager
async def listening(path: str, client: Client):
    """An open socket."""
    socket = socket_for(path, client)
    connected, _protocol = await socket.connect(timeout=5)
    assert connected
    try:
        yield socket
    finally:
        await socket.disconnect()


async def frame(socket, kind: str) -> dict:
    """The next frame of this type; others are passed over."""
    while True:
        found = json.loads(await socket.receive_from(timeout=5))
        if found["type"] == kind:
            return found


async def events(socket, count: int) -> list[dict]:
    """The next `count` events, over as many frames as it takes."""
    found: list[dict] = []
    while len(found) < count:
        found += (await frame(socket, "events"))["events"]
    return found


async def closing_code(socket) -> int:
    """Read until the socket closes."""
    while True:
        message = await socket.receive_output(timeout=5)
        if message["type"] == "websocket.close":
            return message["code"]
