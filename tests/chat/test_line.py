"""The line itself: how it opens, what it tells, and what one bad line costs the others."""

import asyncio
import uuid

import pytest
from asgiref.sync import async_to_sync
from channels.db import database_sync_to_async

from accounts.live.hub import hub
from accounts.live.publish import group_of
from events.chat.consumers import ChatConsumer
from events.chat.models import ChatRoom
from tests import make
from tests.chat.rooms import listening, path, room, said
from tests.sockets import closing_code, events, frame, signed_in, socket_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tom(noor):
    return make.person(cohort=noor.cohorts[0], name="Tom")


def in_hub(chat):
    """The room as this process keeps it."""
    return hub().rooms[group_of(ChatRoom, chat.pk)]


def test_hello_tells_where_one_is(noor, chat, settings):
    client, trainer = signed_in(noor), make.trainer(chat.event.cohort)
    alumna = signed_in(make.person(cohort=chat.event.cohort, alumnus=True))
    chat.say(trainer, "Welkom")

    async def greeting(who):
        async with listening(chat, who) as socket:
            return await frame(socket, "hello")

    hello = async_to_sync(greeting)(client)
    assert hello.pop("time").endswith("Z")
    assert isinstance(hello.pop("epoch"), int)
    assert hello == {
        "type": "hello", "v": 1, "room": str(chat.event_id), "last_seq": chat.seq + 1, "state": "open", "can_post": True,
        "slow_mode_s": 0, "limits": {"body_chars": 4000, "burst": 5, "per_minute": 30},
    }  # fmt: skip
    assert async_to_sync(greeting)(alumna)["can_post"] is False


def test_an_event_has_what_the_page_needs_and_nothing_about_its_reader(noor, chat):
    client, cid = signed_in(noor), uuid.uuid4()

    async def journey():
        async with listening(chat, client, chat.seq) as socket:
            await frame(socket, "hello")
            message = await said(chat, noor, "Dag", cid)
            while not (found := await frame(socket, "events"))["events"]:
                pass
            return message, found

    message, found = async_to_sync(journey)()
    (event,) = found.pop("events")
    number = chat.seq + 1
    assert found == {"type": "events", "from": number, "to": number, "last_seq": number, "more": False}
    assert "Dag" in event.pop("html")
    at = message.created_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    assert event.pop("at")[:19] == at[:19]
    assert event == {"seq": number, "kind": "message", "id": str(message.pk), "cid": str(cid)}


def test_without_a_number_one_starts_at_the_end(noor, chat):
    client = signed_in(noor)
    chat.say(noor, "van eerder")

    async def journey():
        async with listening(chat, client) as socket:
            hello = await frame(socket, "hello")
            await said(chat, noor, "van nu")
            return hello, (await events(socket, 1))[0]

    hello, event = async_to_sync(journey)()
    assert event["seq"] == hello["last_seq"] + 1
    assert "van nu" in event["html"]


def test_a_number_that_is_too_high_is_told_the_true_one(noor, chat):
    client = signed_in(noor)

    async def journey():
        async with listening(chat, client, 900) as socket:
            return await frame(socket, "hello"), await frame(socket, "events")

    hello, first = async_to_sync(journey)()
    assert hello["last_seq"] == chat.seq
    assert (first["events"], first["last_seq"]) == ([], chat.seq)


def test_the_eleventh_line_closes_the_oldest(noor, chat, settings):
    settings.RATE_LIMITS = True
    client = signed_in(noor)

    async def journey():
        lines = [socket_for(path(chat), client) for _ in range(12)]
        for line in lines:
            await line.connect(timeout=5)
            await frame(line, "hello")
        codes = [await closing_code(lines[0]), await closing_code(lines[1])]
        await said(chat, noor, "wie hoort mij")
        heard = [(await events(line, 1))[0]["kind"] for line in lines[2:]]
        for line in lines[2:]:
            await line.disconnect()
        return codes, heard

    assert async_to_sync(journey)() == ([4409, 4409], ["message"] * 10)


def test_who_opens_too_often_waits(noor, chat, settings):
    settings.RATE_LIMITS = True
    settings.LIMITS = settings.LIMITS | {"socket": [(3, 3600)]}
    client = signed_in(noor)

    async def journey():
        for _ in range(3):
            async with listening(chat, client) as socket:
                await frame(socket, "hello")
        socket = socket_for(path(chat), client)
        await socket.connect(timeout=5)
        return await closing_code(socket)

    assert async_to_sync(journey)() == 4429


def test_without_limits_one_may_have_many_lines(noor, chat, settings):
    settings.LIMITS = settings.LIMITS | {"socket": [(3, 3600)]}
    client = signed_in(noor)

    async def journey():
        lines = [socket_for(path(chat), client) for _ in range(15)]
        for line in lines:
            await line.connect(timeout=5)
            await frame(line, "hello")
        await said(chat, noor, "allemaal")
        heard = [(await events(line, 1))[0]["kind"] for line in lines]
        for line in lines:
            await line.disconnect()
        return heard

    assert async_to_sync(journey)() == ["message"] * 15


def test_what_nobody_told_of_is_found_by_the_beat(noor, chat, monkeypatch):
    client = signed_in(noor)
    monkeypatch.setattr("events.chat.models.room.publish", lambda *args: None)

    async def journey():
        async with listening(chat, client, chat.seq) as socket:
            await frame(socket, "hello")
            await said(chat, noor, "stil")
            await hub().look()
            return (await events(socket, 1))[0]["html"]

    assert "stil" in async_to_sync(journey)()


def test_the_numbers_of_all_open_rooms_are_one_query(chat, django_assert_num_queries):
    other = room()
    with django_assert_num_queries(1):
        assert ChatConsumer.last_seqs([chat.pk, other.pk]) == {chat.pk: chat.seq, other.pk: other.seq}


def test_a_quiet_line_says_that_it_is_alive(noor, chat, settings):
    settings.LIVE = settings.LIVE | {"silence": 0}
    client = signed_in(noor)

    async def journey():
        async with listening(chat, client, chat.seq) as socket:
            await frame(socket, "events")
            await hub().beat()
            return await frame(socket, "events")

    number = chat.seq
    assert async_to_sync(journey)() == {
        "type": "events", "from": number, "to": number, "last_seq": number, "more": False, "events": [],
    }  # fmt: skip


def test_a_line_that_breaks_costs_nobody_else_a_message(noor, tom, chat):
    one, other = signed_in(noor), signed_in(tom)

    def broken(text):
        raise ConnectionError

    async def journey():
        async with listening(chat, one) as first, listening(chat, other) as second:
            await frame(first, "hello")
            await frame(second, "hello")
            seats = {socket.person.pk: socket for socket in in_hub(chat).sockets}
            seats[noor.pk].writer.write = broken
            await said(chat, tom, "voor wie er nog is")
            return (await events(second, 1))[0]["html"], seats[noor.pk].closed

    html, closed = async_to_sync(journey)()
    assert "voor wie er nog is" in html
    assert closed


def test_a_line_that_does_not_read_is_closed_and_the_others_go_on(noor, tom, chat):
    one, other = signed_in(noor), signed_in(tom)

    async def journey():
        async with listening(chat, one) as first, listening(chat, other) as second:
            await frame(first, "hello")
            await frame(second, "hello")
            seats = {socket.person.pk: socket for socket in in_hub(chat).sockets}
            seats[noor.pk].writer.write = lambda text: False  # more than its bound is waiting
            await said(chat, tom, "door")
            return (await frame(first, "bye"))["code"], (await events(second, 1))[0]["kind"]

    assert async_to_sync(journey)() == (4503, "message")


def test_many_at_once_are_heard_in_one_order_without_holes(noor, tom, chat):
    clients = [signed_in(noor), signed_in(tom)]
    say = database_sync_to_async(chat.say, thread_sensitive=False)  # each thread gives its connection back
    first = chat.seq + 1

    async def journey():
        async with listening(chat, clients[0], chat.seq) as one, listening(chat, clients[1], chat.seq) as two:
            for n in range(5):
                await asyncio.gather(*(say(person, f"{n}") for person in (noor, tom, noor, tom)))
            late = socket_for(path(chat, chat.seq), clients[1])
            await late.connect(timeout=5)
            heard = [[event["seq"] for event in await events(line, 20)] for line in (one, two, late)]
            await late.disconnect()
            return heard

    assert async_to_sync(journey)() == [list(range(first, first + 20))] * 3


def test_an_address_that_is_none_is_refused_calmly(noor):
    client = signed_in(noor)

    async def journey(address):
        connected, _code = await socket_for(address, client).connect(timeout=5)
        return connected

    for address_ in ("/ws/", "/ws/chat/x/", "/nowhere/"):
        assert async_to_sync(journey)(address_) is False


def test_what_is_said_in_a_process_is_heard_there_at_once_without_the_layer(noor, chat, monkeypatch, settings):
    settings.LIVE = settings.LIVE | {"beat": 3600}
    client, readings, read = signed_in(noor), [], ChatConsumer.news
    monkeypatch.setattr(ChatConsumer, "news", lambda *given: readings.append(given) or read(*given))

    async def away(*_given):
        raise ConnectionError

    async def journey():
        async with listening(chat, client, chat.seq) as line:
            await frame(line, "hello")
            readings.clear()
            await said(chat, noor, "met de laag")
            await events(line, 1)
            await said(chat, noor, "de laag heeft het ook gezegd")
            await events(line, 1)
            assert len(readings) == 2  # the echo of one's own wake-up is nothing new
            monkeypatch.setattr(hub().layer, "group_send", away)
            await said(chat, noor, "zonder de laag")
            return await events(line, 1)

    assert "zonder de laag" in async_to_sync(journey)()[0]["html"]
