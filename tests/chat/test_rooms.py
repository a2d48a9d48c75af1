"""A room opens, closes, is kept and is erased by itself; open pages see it happen."""

from datetime import timedelta

import pytest
import time_machine
from asgiref.sync import async_to_sync, sync_to_async

from accounts.clock import now, today
from accounts.models import Epoch
from events.chat.models import ChatEvent, ChatMessage, ChatRoom
from events.chat.tasks import erase_chats, make_rooms, settle_rooms
from events.models import Event
from tests import make
from tests.chat.rooms import JSON, address, listening, path, room
from tests.sockets import closing_code, events, frame, signed_in, socket_for

State = ChatRoom.State


def fresh(chat) -> ChatRoom:
    return ChatRoom.objects.get(pk=chat.pk)


def shift(chat, **to) -> None:
    Event.objects.filter(pk=chat.event_id).update(**to)


@pytest.mark.django_db
def test_it_opens_closes_and_goes_to_the_archive_by_the_clock():
    chat = room(starts=2, ends=4)
    begin, end = chat.event.starts_at, chat.event.ends_at
    minute = timedelta(minutes=1)
    for moment, state in (
        (begin - 16 * minute, State.SCHEDULED),
        (begin - 15 * minute, State.OPEN),
        (end + 29 * minute, State.OPEN),
        (end + 30 * minute, State.CLOSED),
        (end + timedelta(hours=24, minutes=29), State.CLOSED),
        (end + timedelta(hours=24, minutes=30), State.ARCHIVED),
    ):
        with time_machine.travel(moment, tick=False):
            assert chat.state_now == state
            settle_rooms()
            assert fresh(chat).state == state
            assert settle_rooms() == 0
    assert list(chat.log.values_list("seq", "kind")) == [(1, "room"), (2, "room"), (3, "room")]


@pytest.mark.django_db
def test_a_room_that_closed_opens_again_when_its_session_is_moved():
    chat = room(starts=-9, ends=-5)
    assert fresh(chat).state == State.CLOSED
    shift(chat, starts_at=now() - timedelta(minutes=95), ends_at=now() + timedelta(hours=2))
    assert settle_rooms() == 1
    assert fresh(chat).state == State.OPEN


@pytest.mark.django_db
def test_every_session_gets_a_room_once():
    chat = room()
    ChatRoom.objects.all().delete()
    assert (make_rooms(), make_rooms()) == (1, 0)
    assert [r.event_id for r in ChatRoom.objects.all()] == [chat.event_id]


@pytest.mark.django_db
@pytest.mark.parametrize(("starts", "ends"), [(5, 9), (-9, -5), (-60, -50)])
def test_in_a_room_that_is_not_open_nobody_writes_and_the_text_comes_back(enter, starts, ends):
    chat = room(starts=starts, ends=ends)
    for person in (make.person(cohort=chat.event.cohort), make.trainer(chat.event.cohort)):
        page = enter(person).post(address(chat), {"body": "nog één ding"})
        assert page.status_code == 409
        assert page.context["form"]["body"].value() == "nog één ding"
    assert not ChatMessage.objects.exists()


@pytest.mark.django_db
def test_an_archived_room_is_a_page_to_read(enter):
    chat = room(starts=-60, ends=-50)
    page = enter(make.person(cohort=chat.event.cohort)).get(address(chat, ""))
    assert page.status_code == 200
    assert "data-ws" not in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_an_archived_room_has_no_live_line():
    chat = room(starts=-60, ends=-50)
    client = signed_in(make.person(cohort=chat.event.cohort))

    async def journey():
        socket = socket_for(path(chat), client)
        await socket.connect(timeout=5)
        return await frame(socket, "bye"), await closing_code(socket)

    bye, code = async_to_sync(journey)()
    assert (bye["code"], code) == (4410, 4410)
    assert bye["message"]


@pytest.mark.django_db(transaction=True)
def test_open_pages_see_the_room_open_and_close():
    chat = room(starts=5, ends=9)
    client = signed_in(make.person(cohort=chat.event.cohort))
    before = chat.seq

    @sync_to_async
    def move(**to):
        shift(chat, **{name: now() + timedelta(hours=hours) for name, hours in to.items()})
        return settle_rooms()

    async def journey():
        async with listening(chat, client, before) as socket:
            hello = await frame(socket, "hello")
            await move(starts_at=-1)
            opened = await events(socket, 1)
            await move(starts_at=-5, ends_at=-2)
            return hello, opened + await events(socket, 1)

    hello, seen = async_to_sync(journey)()
    assert (hello["state"], hello["can_post"]) == ("scheduled", False)
    assert [(event["kind"], event["seq"], event["cid"]) for event in seen] == [
        ("room", before + 1, None),
        ("room", before + 2, None),
    ]
    assert ['data-state="open"' in event["html"] for event in seen] == [True, False]
    assert 'data-state="closed"' in seen[1]["html"]


@pytest.mark.django_db(transaction=True)
def test_open_pages_end_when_the_room_goes_to_the_archive():
    chat = room(starts=-9, ends=-5)
    client = signed_in(make.person(cohort=chat.event.cohort))

    async def journey():
        async with listening(chat, client, chat.seq) as socket:
            await frame(socket, "hello")
            await sync_to_async(shift)(chat, starts_at=now() - timedelta(days=3), ends_at=now() - timedelta(days=2))
            await sync_to_async(settle_rooms)()
            return await closing_code(socket)

    assert async_to_sync(journey)() == 4410


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "erased"), [(90, 0), (91, 1)])
def test_it_is_erased_ninety_days_after_the_last_session_of_the_cohort(enter, noor, chat, days, erased):
    cohort = chat.event.cohort
    cohort.ends_on = today() - timedelta(days=days)
    cohort.save()
    chat.say(noor, "dit gaat weg")
    epoch = Epoch.now()
    assert (erase_chats(), erase_chats()) == (erased, 0)
    assert ChatMessage.objects.count() == ChatEvent.objects.filter(kind="message").count() == 1 - erased
    assert Epoch.now() == epoch + erased
    status = 404 if erased else 200
    assert enter(noor).get(address(chat, "")).status_code == status
    assert enter(noor).get(address(chat, "events/?after=0"), **JSON).status_code == status


@pytest.mark.django_db(transaction=True)
def test_open_pages_close_when_a_room_is_erased():
    chat = room()
    noor = make.person(cohort=chat.event.cohort)
    chat.say(noor, "dit gaat weg")
    client = signed_in(noor)

    async def journey():
        async with listening(chat, client, 0) as socket:
            await frame(socket, "events")
            await sync_to_async(chat.erase)()
            code = await closing_code(socket)
        later = socket_for(path(chat, 0), client)
        await later.connect(timeout=5)
        return code, await closing_code(later)

    assert async_to_sync(journey)() == (4403, 4403)
