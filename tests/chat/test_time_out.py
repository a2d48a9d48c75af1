"""A trainer lets someone read along for a while: they see until when and whom to ask, others see nothing."""

import json
import uuid
from datetime import timedelta

import pytest
import time_machine
from asgiref.sync import async_to_sync, sync_to_async

from accounts.clock import now
from accounts.models import AuditEntry
from events.chat.faults import Resting
from events.chat.models import ChatRoom, Question, Side, TimeOut
from tests import make, sockets
from tests.chat.rooms import JSON, address, listening
from tests.sockets import frame, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def tom(chat):
    return make.person(cohort=chat.event.cohort, name="Tom")


def test_who_has_one_reads_along_and_hears_kindly_until_when(enter, noor, chat, judith):
    TimeOut.give(chat, noor, judith, 15)
    answer = enter(noor).post(address(chat), {"cid": str(uuid.uuid4()), "body": "toch"}, **JSON)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert "Je kunt weer schrijven om" in answer.json()["message"]
    page = enter(noor).post(address(chat), {"body": "toch"})
    assert page.context["form"]["body"].value() == "toch"
    assert "Spreek een trainer aan" in enter(noor).get(address(chat, "")).content.decode()
    with time_machine.travel(now() + timedelta(minutes=16)):
        assert enter(noor).post(address(chat), {"body": "weer"}).status_code == 302


def test_other_ways_of_writing_wait_as_well(noor, chat, judith):
    message = chat.say(noor, "eerst dit")
    TimeOut.give(chat, noor, judith, 5)
    with pytest.raises(Resting):
        message.edit("nu dat", 0)
    with pytest.raises(Resting):
        Question.ask(chat, noor, "mag dit?", uuid.uuid4(), nameless=True)
    message.take_away(noor)  # taking back is always possible


def test_until_the_end_of_the_session_and_a_later_choice_counts(noor, chat, judith):
    assert TimeOut.give(chat, noor, judith, None).until == chat.closes_at
    TimeOut.give(chat, noor, judith, 5)
    assert TimeOut.objects.get().until < now() + timedelta(minutes=6)
    with time_machine.travel(chat.closes_at + timedelta(minutes=1)):
        assert TimeOut.give(chat, noor, judith, None).until == chat.archived_at


def test_nobody_else_sees_it_and_trainers_do(enter, noor, tom, chat, judith):
    chat.say(noor, "hallo")
    TimeOut.give(chat, noor, judith, 15)
    other = make.trainer(chat.event.cohort)
    seen = {who: list(TimeOut.objects.visible_to(who)) for who in (noor, judith, other, tom, make.organiser())}
    assert [bool(rows) for rows in seen.values()] == [True, True, True, False, False]
    assert "ime-out" not in enter(tom).get(address(chat, "")).content.decode()
    assert "Time-out tot" in enter(other).get(address(chat, "")).content.decode()


def test_a_trainer_gives_and_lifts_it_without_a_script_and_it_is_on_record(enter, noor, tom, chat, judith):
    message = chat.say(noor, "hallo")
    place = address(chat, f"messages/{message.pk}/rest/")
    for person, status in ((tom, 403), (noor, 403), (make.organiser(), 404)):
        assert enter(person).post(place, {"minutes": "5"}, **JSON).status_code == status
    client = enter(judith)
    assert client.get(place).status_code == 200
    assert client.post(place, {"minutes": "7"}).status_code == 422
    assert client.post(place, {"minutes": "5"}).status_code == 302
    assert "kan weer schrijven om" in client.get(place).content.decode()
    assert client.post(place, {"lift": "1"}).status_code == 302
    assert not TimeOut.objects.in_force().exists()
    assert sorted(entry.verb for entry in noor.looks.all()) == ["lift_time_out", "time_out"]
    assert AuditEntry.objects.get(verb="time_out").keys == {"minutes": 5}


def test_trainers_give_none_to_each_other(enter, chat, judith):
    other = make.trainer(chat.event.cohort)
    message = chat.say(other, "welkom")
    assert enter(judith).post(address(chat, f"messages/{message.pk}/rest/"), {"minutes": "5"}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_the_open_page_of_who_has_one_hears_of_it_and_no_other(noor, tom, chat, judith):
    clients = signed_in(noor), signed_in(tom)

    async def journey():
        async with listening(chat, clients[0]) as mine, listening(chat, clients[1]) as other:
            hellos = [await frame(socket, "hello") for socket in (mine, other)]
            await sync_to_async(TimeOut.give)(chat, noor, judith, 5)
            given = await frame(mine, "rest")
            await sync_to_async(TimeOut.lift)(chat, noor, judith)
            lifted = await frame(mine, "rest")
            await sync_to_async(chat.say)(tom, "intussen")
            seen = [json.loads(await other.receive_from(timeout=5))]
            while seen[-1]["type"] != "events":
                seen.append(json.loads(await other.receive_from(timeout=5)))
            return hellos, given, lifted, [one["type"] for one in seen]

    hellos, given, lifted, seen = async_to_sync(journey)()
    assert set(seen) <= {"presence", "events"}
    assert [hello["can_post"] for hello in hellos] == [True, True]
    assert 290_000 < given["left_ms"] <= 300_000
    assert "Spreek een trainer aan" in given["message"]
    assert (lifted["left_ms"], lifted["message"]) == (0, "")


@pytest.mark.django_db(transaction=True)
def test_open_pages_of_other_trainers_hear_who_has_one_and_when_it_is_lifted(noor, chat, judith):
    client, where = signed_in(make.trainer(chat.event.cohort, language="en")), f"/ws/chat/{chat.event_id}/trainers/"
    ChatRoom.of(chat.event, Side.TRAINERS)

    async def journey():
        async with sockets.listening(where, client) as socket:
            await frame(socket, "hello")
            await sync_to_async(TimeOut.give)(chat, noor, judith, 5)
            (given,) = await sockets.events(socket, 1)
            await sync_to_async(TimeOut.lift)(chat, noor, judith)
            (lifted,) = await sockets.events(socket, 1)
            async with sockets.listening(f"{where}?after=0", client) as later:
                return given, lifted, await sockets.events(later, 2)

    given, lifted, later = async_to_sync(journey)()
    assert (given["kind"], lifted["kind"]) == ("rest", "rest")
    assert f'data-rested="{noor.pk}"' in given["html"] and "Time-out until" in given["html"]
    assert str(noor.pk) not in lifted["html"] + str(later)
    assert chat.log.filter(kind="rest").count() == 0  # the room of everyone is told nothing


def test_nothing_of_it_is_left_when_the_room_is_erased(noor, chat, judith):
    TimeOut.give(chat, noor, judith, None)
    chat.erase()
    assert not TimeOut.objects.exists()
