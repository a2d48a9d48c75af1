"""Slow mode: participants wait between two messages, trainers do not, and everyone sees it."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from asgiref.sync import async_to_sync, sync_to_async

from accounts.clock import now
from accounts.models import AuditEntry
from events.chat.models import ChatMessage, ChatRoom
from tests import make
from tests.chat.rooms import JSON, address, listening, room
from tests.sockets import events, frame, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def judith(chat):
    return make.trainer(chat.event.cohort)


def say(client, chat, body="Hallo"):
    return client.post(address(chat), {"cid": str(uuid.uuid4()), "body": body}, **JSON)


def test_who_wrote_waits_and_hears_how_long(enter, noor, chat, judith):
    chat.slow_down(judith, 30)
    start = now()
    with time_machine.travel(start, tick=False):
        assert say(enter(noor), chat).status_code == 201
    with time_machine.travel(start + timedelta(seconds=18), tick=False):
        answer = say(enter(noor), chat, "te vroeg")
    assert (answer.status_code, answer.json()["code"], answer.json()["retry_after_ms"]) == (429, "slow_mode", 12000)
    assert answer.headers["Retry-After"] == "12"
    assert "12 seconden" in answer.json()["message"]
    with time_machine.travel(start + timedelta(seconds=30), tick=False):
        assert say(enter(noor), chat, "op tijd").status_code == 201
    assert [message.body for message in ChatMessage.objects.all()] == ["Hallo", "op tijd"]


def test_without_a_script_the_text_comes_back_with_the_reason(enter, noor, chat, judith):
    chat.slow_down(judith, 60)
    client = enter(noor)
    client.post(address(chat), {"body": "eerst"})
    page = client.post(address(chat), {"body": "nog één ding"})
    assert page.status_code == 429
    assert page.context["form"]["body"].value() == "nog één ding"
    assert 0 < int(page.headers["Retry-After"]) <= 60


def test_trainers_do_not_wait_and_others_do_not_wait_for_each_other(enter, noor, chat, judith):
    chat.slow_down(judith, 60)
    tom = make.person(cohort=chat.event.cohort)
    assert [say(enter(who), chat).status_code for who in (judith, judith, noor, tom)] == [201] * 4


def test_what_was_sent_already_is_answered_also_in_slow_mode(enter, noor, chat, judith):
    chat.slow_down(judith, 60)
    words = {"cid": str(uuid.uuid4()), "body": "Hallo"}
    assert [enter(noor).post(address(chat), words, **JSON).status_code for _ in range(2)] == [201, 200]


def test_only_a_trainer_of_the_cohort_sets_it_and_it_is_on_record(enter, noor, chat, judith):
    for person, status in ((noor, 403), (make.trainer(make.cohort()), 404), (make.organiser(), 404)):
        assert enter(person).post(address(chat, "slow/"), {"seconds": 30}, **JSON).status_code == status
    first, again = (enter(judith).post(address(chat, "slow/"), {"seconds": 30}, **JSON) for _ in range(2))
    assert [answer.json()["dup"] for answer in (first, again)] == [False, True]
    assert ChatRoom.objects.get(pk=chat.pk).slow_seconds == 30
    assert chat.log.filter(kind="room", seq__gt=chat.seq).count() == 1
    assert [(e.actor, e.keys) for e in AuditEntry.objects.filter(verb="slow_chat")] == [(judith, {"seconds": 30})]


@pytest.mark.parametrize("seconds", ["", "5", "-10", "30x"])
def test_other_paces_there_are_not(enter, chat, judith, seconds):
    assert enter(judith).post(address(chat, "slow/"), {"seconds": seconds}, **JSON).status_code == 422
    page = enter(judith).post(address(chat, "slow/"), {"seconds": seconds}, follow=True)
    assert "Kies uit" in page.content.decode()
    assert ChatRoom.objects.get(pk=chat.pk).slow_seconds == 0


def test_in_the_archive_nothing_is_set(enter):
    chat = room(starts=-60, ends=-50)
    answer = enter(make.trainer(chat.event.cohort)).post(address(chat, "slow/"), {"seconds": 10}, **JSON)
    assert (answer.status_code, answer.json()["code"]) == (409, "closed")


def test_the_page_tells_the_rule_to_everyone_and_the_time_left_to_who_waits(enter, noor, chat, judith):
    rule = "één bericht per 30 seconden"
    assert rule not in enter(noor).get(address(chat, "")).content.decode()
    chat.slow_down(judith, 30)
    chat.say(noor, "net gezegd")
    pages = {person: enter(person).get(address(chat, "")).content.decode() for person in (noor, judith)}
    assert all(rule in page for page in pages.values())
    assert 'data-paced="30"' in pages[noor]
    assert "data-paced" not in pages[judith]
    assert f'action="{address(chat, "slow/")}"' in pages[judith]
    assert f'action="{address(chat, "slow/")}"' not in pages[noor]


@pytest.mark.django_db(transaction=True)
def test_open_pages_hear_of_it_at_once_and_who_comes_later_too(noor, chat, judith):
    client = signed_in(noor)

    async def journey():
        async with listening(chat, client, chat.seq) as socket:
            hello = await frame(socket, "hello")
            await sync_to_async(chat.slow_down)(judith, 10)
            heard = await events(socket, 1)
        async with listening(chat, client, chat.seq + 1) as socket:
            return hello, heard, await frame(socket, "hello")

    before, heard, after = async_to_sync(journey)()
    assert (before["slow_mode_s"], after["slow_mode_s"]) == (0, 10)
    assert heard[0]["kind"] == "room"
    assert 'data-pace="10"' in heard[0]["html"]
