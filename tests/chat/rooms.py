"""A room with people in it, and sockets to listen with."""

import json
from contextlib import asynccontextmanager
from datetime import timedelta

from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.test import Client

from accounts.clock import now
from community.asgi import application
from events.chat.models import ChatRoom
from events.models import Event
from tests import make

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def room(cohort=None, starts=-1, ends=2) -> ChatRoom:
    """The room of a session that began `-starts` hours ago and ends in `ends` hours."""
    session = Event.plan_session(
        cohort or make.cohort(), 1, "Tools", now() + timedelta(hours=starts), now() + timedelta(hours=ends)
    )
    chat, _made = ChatRoom.objects.get_or_create(event=session)
    chat.settle()
    return ChatRoom.objects.select_related("event__cohort").get(pk=chat.pk)


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def socket_for(path: str, client: Client | None, origin: str = "http://localhost:8000") -> WebsocketCommunicator:
    headers = [(b"origin", origin.encode()), (b"host", b"localhost:8000")]
    if client:
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        headers.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={value}".encode()))
    return WebsocketCommunicator(application, path, headers=headers)


@asynccontextmanager
async def listening(chat: ChatRoom, client: Client, after: int | None = None):
    """An open socket of the room."""
    query = "" if after is None else f"?after={after}"
    socket = socket_for(f"/ws/chat/{chat.event_id}/{query}", client)
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


@sync_to_async
def said(chat: ChatRoom, person, body: str, cid=None):
    return chat.say(person, body, cid)
