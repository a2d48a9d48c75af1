"""A trainer opens a room before its time and closes it early; it is undone by the opposite, and the clock goes on."""

from datetime import timedelta

import pytest
import time_machine
from asgiref.sync import async_to_sync, sync_to_async

from accounts.clock import now
from accounts.models import AuditEntry
from events.chat.faults import Closed, TooEarly
from events.chat.models import ChatRoom
from events.chat.tasks import settle_rooms
from tests import make
from tests.chat.rooms import JSON, address, listening, room
from tests.sockets import events, frame, signed_in

pytestmark = pytest.mark.django_db
State = ChatRoom.State
MINUTE = timedelta(minutes=1)


@pytest.fixture
def judith(chat):
    return make.trainer(chat.event.cohort)


def fresh(chat) -> ChatRoom:
    return ChatRoom.objects.get(pk=chat.pk)


def test_closed_early_it_stays_closed_until_it_is_opened_again(noor, chat, judith):
    assert chat.turn(judith, State.CLOSED).kind == "room"
    assert chat.turn(judith, State.CLOSED) is None
    assert (fresh(chat).state, settle_rooms()) == (State.CLOSED, 0)
    for person in (noor, judith):
        with pytest.raises(Closed):
            chat.say(person, "te laat")
    chat.turn(judith, State.OPEN)
    assert (fresh(chat).state, fresh(chat).choice, settle_rooms()) == (State.OPEN, "", 0)
    chat.say(noor, "weer op tijd")


def test_opened_after_closing_it_is_open_until_the_archive(noor, judith):
    chat = room(noor.cohorts[0], starts=-6, ends=-2)
    chat.turn(judith, State.OPEN)
    assert (fresh(chat).state, settle_rooms()) == (State.OPEN, 0)
    chat.say(noor, "nog één ding")
    with time_machine.travel(chat.archived_at, tick=False):
        settle_rooms()
        assert fresh(chat).state == State.ARCHIVED
        with pytest.raises(Closed):
            chat.turn(judith, State.OPEN)


def test_on_the_day_itself_it_opens_before_its_time_and_closes_by_the_clock(judith):
    chat = room(starts=30, ends=34)
    with time_machine.travel(chat.may_open_from - MINUTE, tick=False), pytest.raises(TooEarly):
        chat.turn(judith, State.OPEN)
    with time_machine.travel(chat.may_open_from, tick=False):
        chat.turn(judith, State.OPEN)
        assert (fresh(chat).state, chat.settle()) == (State.OPEN, False)
    for moment, state in ((chat.opens_at, State.OPEN), (chat.closes_at, State.CLOSED)):
        with time_machine.travel(moment, tick=False):
            settle_rooms()
            assert fresh(chat).state == state


def test_opened_too_soon_and_closed_again_it_opens_by_the_clock(judith):
    chat = room(starts=30, ends=34)
    with time_machine.travel(chat.may_open_from, tick=False):
        chat.turn(judith, State.OPEN)
        chat.turn(judith, State.CLOSED)
        assert fresh(chat).state == State.SCHEDULED
    with time_machine.travel(chat.opens_at, tick=False):
        settle_rooms()
        assert fresh(chat).state == State.OPEN


def test_the_page_asks_first_and_works_without_a_script(enter, noor, chat, judith):
    client = enter(judith)
    assert address(chat, "close/") in client.get(address(chat, "")).content.decode()
    assert "De chat nu sluiten?" in client.get(address(chat, "close/")).content.decode()
    assert fresh(chat).state == State.OPEN
    page = client.post(address(chat, "close/"), follow=True)
    assert page.redirect_chain == [(address(chat, ""), 302)]
    assert 'data-state="closed"' in page.content.decode()
    assert client.post(address(chat, "open/")).status_code == 302
    assert fresh(chat).state == State.OPEN
    assert [entry.verb for entry in AuditEntry.objects.filter(actor=judith)] == ["open_chat", "close_chat"]


def test_only_a_trainer_of_the_cohort_does_it(enter, noor, chat):
    for rest in ("open/", "close/"):
        for person, status in ((noor, 403), (make.trainer(make.cohort()), 404), (make.organiser(), 404)):
            assert enter(person).post(address(chat, rest), **JSON).status_code == status
    assert fresh(chat).state == State.OPEN


def test_what_cannot_be_is_told_in_words(enter, judith):
    chat = room(judith.trained_cohorts[0], starts=50, ends=52)
    answer = enter(judith).post(address(chat, "open/"), **JSON)
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert "op de dag" in enter(judith).post(address(chat, "open/"), follow=True).content.decode()


@pytest.mark.django_db(transaction=True)
def test_open_pages_see_it_at_once(noor, chat, judith):
    client = signed_in(noor)

    async def journey():
        async with listening(chat, client, chat.seq) as socket:
            await frame(socket, "hello")
            for state in (State.CLOSED, State.OPEN):
                await sync_to_async(chat.turn)(judith, state)
            return await events(socket, 2)

    heard = async_to_sync(journey)()
    assert [event["kind"] for event in heard] == ["room", "room"]
    assert 'data-state="open"' in heard[-1]["html"]
    assert now() < chat.closes_at
