"""Many in one room: nobody is passed over between two slices, and the rest of the site has its turn."""

import asyncio

import pytest
from asgiref.sync import async_to_sync

from accounts.live import room as live_room
from accounts.live.hub import hub
from accounts.live.publish import group_of
from events.chat.models import ChatRoom
from tests import make
from tests.chat.rooms import listening, path, said
from tests.sockets import events, frame, signed_in, socket_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def crowd(noor, monkeypatch):
    """Clients of six people, in a room where each is a slice."""
    monkeypatch.setattr(live_room, "SLICE", 1)
    return [signed_in(make.person(cohort=noor.cohorts[0])) for _ in range(6)]


async def seated(chat, clients, after):
    lines = [socket_for(path(chat, after), client) for client in clients]
    for line in lines:
        await line.connect(timeout=5)
        await frame(line, "hello")
    return lines


def test_who_sits_down_between_two_slices_hears_everything_once(noor, chat, crowd):
    first = chat.seq + 1

    async def journey():
        lines = await seated(chat, crowd[:3], chat.seq)
        for number in range(8):
            saying = asyncio.ensure_future(said(chat, noor, f"{number}"))
            lines += await seated(chat, [crowd[number % 6]], chat.seq)
            await saying
        heard = [[event["seq"] for event in await events(line, 8)] for line in lines]
        for line in lines:
            await line.disconnect()
        return heard

    assert async_to_sync(journey)() == [list(range(first, first + 8))] * 11


def test_others_have_their_turn_between_two_slices(noor, chat, crowd):
    order = []

    def noting(writer):
        write = writer.write

        def noted(words):
            order.append("word")
            asyncio.get_running_loop().call_soon(order.append, "turn")
            return write(words)

        return noted

    async def journey():
        lines = await seated(chat, crowd, chat.seq)
        for socket in hub().rooms[group_of(ChatRoom, chat.pk)].sockets:
            socket.writer.write = noting(socket.writer)
        await said(chat, noor, "voor allen")
        for line in lines:
            await events(line, 1)
            await line.disconnect()

    async_to_sync(journey)()
    assert order[:4] == ["word", "turn", "word", "turn"]


def test_who_leaves_while_it_is_read_takes_nothing_from_the_others(noor, chat, crowd, monkeypatch):
    async def journey():
        async with listening(chat, crowd[0], chat.seq) as line:
            await frame(line, "hello")
            room = hub().rooms[group_of(ChatRoom, chat.pk)]
            monkeypatch.setattr(room, "wake", lambda: None)  # only who comes in reads
            await said(chat, noor, "door de deur")
            other = socket_for(path(chat, chat.seq), crowd[1])
            await other.connect(timeout=5)
            while not room.lock.locked():
                await asyncio.sleep(0)
            other.future.cancel()
            return (await events(line, 1))[0]["html"]

    assert "door de deur" in async_to_sync(journey)()
