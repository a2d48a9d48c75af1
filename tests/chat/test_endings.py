"""How a line ends: whoever signs out, is suspended or stays away too long hears why."""

import asyncio
import json

import pytest
from asgiref.sync import async_to_sync, sync_to_async

from accounts.live.hub import hub
from accounts.models import Session
from tests import make
from tests.chat.rooms import listening, path, said
from tests.sockets import closing_code, events, frame, signed_in, socket_for

pytestmark = pytest.mark.django_db(transaction=True)


def ended(chat, client, deed, look: bool = False) -> tuple[int, int]:
    """The codes of `bye` and of the closing after `deed`; `look` when only the beat can notice."""

    async def journey():
        async with listening(chat, client) as socket:
            await frame(socket, "hello")
            await sync_to_async(deed)()
            if look:
                await hub().check_everyone()
            return (await frame(socket, "bye"))["code"], await closing_code(socket)

    return async_to_sync(journey)()


def test_signing_out_closes_the_line(noor, chat):
    client = signed_in(noor)
    assert ended(chat, client, lambda: client.post("/accounts/logout/")) == (4401, 4401)


def test_ending_all_sessions_closes_the_line(noor, chat):
    client = signed_in(noor)
    Session.objects.get_or_create(session_key=client.session.session_key, defaults={"user": noor, "ip": "127.0.0.1"})
    assert ended(chat, client, lambda: Session.objects.of(noor).end()) == (4401, 4401)


def test_a_suspension_closes_the_line(noor, chat):
    assert ended(chat, signed_in(noor), lambda: noor.suspend(make.organiser(), "rust")) == (4401, 4401)


def test_a_session_that_ended_in_silence_is_found_by_the_beat(noor, chat):
    client = signed_in(noor)
    assert ended(chat, client, client.session.delete, look=True) == (4401, 4401)


def test_sessions_end_by_the_real_clock_also_when_ours_runs_ahead(noor, chat, settings):
    client = signed_in(noor)

    async def journey():
        async with listening(chat, client) as socket:
            await frame(socket, "hello")
            settings.CLOCK_AHEAD = 60 * 24 * 3600
            await hub().check_everyone()
            settings.CLOCK_AHEAD = 0
            await said(chat, noor, "nog hier")
            return (await events(socket, 1))[0]["kind"]

    assert async_to_sync(journey)() == "message"


def test_a_server_that_stops_says_so(noor, chat):
    client = signed_in(noor)

    async def journey():
        socket = socket_for(path(chat), client)
        await socket.connect(timeout=5)
        await frame(socket, "hello")
        socket.future.cancel()
        await asyncio.wait([socket.future])
        return [socket.output_queue.get_nowait() for _ in range(socket.output_queue.qsize())]

    *_others, bye, close = async_to_sync(journey)()
    assert json.loads(bye["text"])["code"] == 1012
    assert close == {"type": "websocket.close", "code": 1012}
