"""The room, live: what was said reaches everyone once, in order, and nobody else."""

import json
import uuid

import pytest
from asgiref.sync import async_to_sync, sync_to_async

from accounts.models import Membership
from events.chat import consumers
from tests import make
from tests.chat.rooms import listening, path, room, said
from tests.sockets import closing_code, events, frame, signed_in, socket_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people():
    cohort = make.cohort()
    return cohort, make.person(cohort=cohort, name="Noor"), make.person(cohort=cohort, name="Tom")


def test_a_message_reaches_everyone_in_the_room(people):
    cohort, noor, tom = people
    chat, first, second = room(cohort), signed_in(noor), signed_in(tom)

    async def journey():
        async with listening(chat, first, chat.seq) as one, listening(chat, second, chat.seq) as other:
            await frame(one, "hello")
            await frame(other, "hello")
            cid = uuid.uuid4()
            await said(chat, noor, "Goedemiddag", cid)
            (heard,), (also,) = await events(one, 1), await events(other, 1)
            return cid, heard, also

    cid, heard, also = async_to_sync(journey)()
    assert heard == also
    assert heard["cid"] == str(cid)
    assert "Goedemiddag" in heard["html"]
    assert heard["seq"] == chat.seq + 1


def test_who_comes_back_gets_exactly_what_was_missed(people):
    cohort, noor, tom = people
    chat, client = room(cohort), signed_in(tom)
    numbers = [chat.say(noor, f"bericht {n}").seq for n in range(250)]
    missed = numbers[0] - 1

    async def journey():
        async with listening(chat, client, missed) as socket:
            hello = await frame(socket, "hello")
            got = await events(socket, 250)
            await said(chat, noor, "en nu live")
            return hello, [e["seq"] for e in got], await events(socket, 1)

    hello, got, live = async_to_sync(journey)()
    assert hello["last_seq"] == numbers[-1]
    assert got == numbers
    assert live[0]["seq"] == numbers[-1] + 1


def test_a_message_taken_back_never_comes_back(people):
    cohort, noor, tom = people
    chat, client = room(cohort), signed_in(tom)
    message = chat.say(noor, "een naam die hier niet hoort")

    async def journey():
        async with listening(chat, client, 0) as socket:
            before = await frame(socket, "events")
            await sync_to_async(message.take_away)(noor)
            (event,) = await events(socket, 1)
            async with listening(chat, client, 0) as later:
                return before, event, await frame(later, "events")

    before, event, later = async_to_sync(journey)()
    assert "een naam" in str(before)
    assert event["kind"] == "remove"
    assert "een naam" not in str(later)


def test_someone_who_is_removed_hears_nothing_more(people):
    cohort, noor, tom = people
    chat, client, seat = room(cohort), signed_in(tom), Membership.objects.get(person=tom)

    async def journey():
        async with listening(chat, client, chat.seq) as socket:
            await frame(socket, "hello")
            await sync_to_async(seat.end)()
            await said(chat, noor, "dit is niet meer voor Tom")
            return await closing_code(socket)

    assert async_to_sync(journey)() == 4403


def test_a_removal_counts_without_any_signal(people, monkeypatch):
    """The number of the site does it: the rows are read first, the epoch after them."""
    cohort, noor, tom = people
    chat, client, seat = room(cohort), signed_in(tom), Membership.objects.get(person=tom)
    heard = []

    async def journey():
        async with listening(chat, client, chat.seq) as socket:
            await frame(socket, "hello")
            monkeypatch.setattr("accounts.models.epoch.publish", lambda *args: None)
            await sync_to_async(seat.end)()
            await said(chat, noor, "geheim")
            while True:
                message = await socket.receive_output(timeout=5)
                heard.append(str(message))
                if message["type"] == "websocket.close":
                    return message["code"]

    assert async_to_sync(journey)() == 4403
    assert not any("geheim" in words for words in heard)


def test_a_socket_that_is_spoken_to_closes(people):
    cohort, noor, _tom = people
    chat, client = room(cohort), signed_in(noor)

    async def journey():
        async with listening(chat, client) as socket:
            await socket.send_to("hallo?")
            return await closing_code(socket)

    assert async_to_sync(journey)() == 4400


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "", "999999999999999999999", "%D9%A3"])
def test_a_number_that_is_none_closes(people, after):
    cohort, noor, _tom = people
    chat, client = room(cohort), signed_in(noor)

    async def journey():
        socket = socket_for(f"{path(chat)}?after={after}", client)
        await socket.connect(timeout=5)
        return await closing_code(socket)

    assert async_to_sync(journey)() == 4400


def test_strangers_and_other_circles_are_refused_alike(people):
    cohort, _noor, _tom = people
    chat = room(cohort)
    outsider = signed_in(make.person(cohort=make.cohort()))

    async def refused(address, client):
        socket = socket_for(address, client)
        await socket.connect(timeout=5)
        return await closing_code(socket)

    ask = async_to_sync(refused)
    assert ask(path(chat), None) == 4401
    assert ask(path(chat), outsider) == 4403
    assert ask(f"/ws/chat/{uuid.uuid4()}/", outsider) == 4403


def test_another_site_cannot_open_a_socket(people):
    cohort, noor, _tom = people
    chat, client = room(cohort), signed_in(noor)

    async def journey(origin):
        """Refused before it is accepted, which reaches a browser as HTTP 403."""
        connected, _code = await socket_for(path(chat), client, origin).connect(timeout=5)
        return connected

    for origin in ("https://elsewhere.example", "null", "", "http://localhost:8000.elsewhere.example"):
        assert async_to_sync(journey)(origin) is False


def test_one_reading_and_one_rendering_serve_everyone(people, monkeypatch):
    cohort, noor, tom = people
    chat, clients = room(cohort), [signed_in(noor), signed_in(tom)]
    rendered = []
    plain = consumers.fragment
    monkeypatch.setattr(consumers, "fragment", lambda event, code: rendered.append(code) or plain(event, code))

    async def journey():
        async with listening(chat, clients[0], chat.seq) as a, listening(chat, clients[1], chat.seq) as b:
            await frame(a, "hello")
            await frame(b, "hello")
            rendered.clear()
            await said(chat, noor, "één keer")
            await events(a, 1)
            await events(b, 1)

    async_to_sync(journey)()
    assert rendered == ["nl"]


def test_long_messages_come_in_frames_that_the_server_may_send(people):
    cohort, noor, tom = people
    chat, client = room(cohort), signed_in(tom)
    numbers = [chat.say(noor, f"{n} {'é<' * 1900}").seq for n in range(20)]

    async def journey():
        frames = []
        async with listening(chat, client, numbers[0] - 1) as socket:
            while not frames or frames[-1]["more"]:
                frames.append(await frame(socket, "events"))
        return frames

    frames = async_to_sync(journey)()
    assert [event["seq"] for one in frames for event in one["events"]] == numbers
    assert len(frames) > 3
    assert all(len(json.dumps(one)) <= 65_536 for one in frames)
    assert [one["more"] for one in frames] == [True] * (len(frames) - 1) + [False]


def test_each_enormous_message_is_a_frame_of_its_own(people):
    cohort, noor, tom = people
    chat, client = room(cohort), signed_in(tom)
    for _ in range(3):
        chat.say(noor, "😀" * 4000)

    async def journey():
        async with listening(chat, client, chat.seq) as socket:
            return [len((await frame(socket, "events"))["events"]) for _ in range(3)]

    assert async_to_sync(journey)() == [1, 1, 1]
