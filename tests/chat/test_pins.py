"""Up to three messages above the log, the same for everyone, and never the words of what is gone."""

import pytest
from asgiref.sync import async_to_sync, sync_to_async

from accounts.clock import now
from events.chat.faults import Closed, Conflict, Full
from tests import make
from tests.chat.rooms import JSON, address, listening, room
from tests.sockets import events, frame, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def judith(chat):
    return make.trainer(chat.event.cohort)


def pinned(chat) -> list[str]:
    return [message.body for message in chat.messages.pinned()]


def test_a_trainer_pins_three_and_no_fourth(enter, noor, chat, judith):
    said = [chat.say(noor, f"nummer {n}") for n in range(4)]
    client = enter(judith)
    answers = [client.post(address(chat, f"messages/{one.pk}/pin/"), {"pinned": "1"}, **JSON) for one in said]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 409]
    assert answers[3].json()["code"] == "conflict"
    assert "Maak er eerst één los" in answers[3].json()["message"]
    again = client.post(address(chat, f"messages/{said[0].pk}/pin/"), {"pinned": "1"}, **JSON)
    assert again.json()["dup"] is True
    client.post(address(chat, f"messages/{said[0].pk}/pin/"), {"pinned": "0"})
    assert client.post(address(chat, f"messages/{said[3].pk}/pin/")).status_code == 302
    assert pinned(chat) == ["nummer 1", "nummer 2", "nummer 3"]


def test_others_do_not_pin(enter, noor, chat):
    message = chat.say(noor, "van mij")
    for person, status in ((noor, 403), (make.trainer(make.cohort()), 404), (make.organiser(), 404)):
        assert enter(person).post(address(chat, f"messages/{message.pk}/pin/"), **JSON).status_code == status
    assert pinned(chat) == []


def test_what_is_gone_or_hidden_loses_its_pin_and_gets_none(noor, chat, judith):
    taken, hidden = chat.say(noor, "haal ik terug"), chat.say(noor, "wordt verborgen")
    for message in (taken, hidden):
        message.pin(judith)
    taken.take_away(noor)
    hidden.hide(judith, "herkenbaar")
    assert pinned(chat) == []
    for message in (taken, hidden):
        with pytest.raises(Conflict):
            message.pin(judith)
    kinds = list(chat.log.order_by("seq").values_list("kind", flat=True))
    assert kinds[-4:] == ["remove", "pin", "hide", "pin"]


def test_in_the_archive_nothing_is_pinned(enter, noor, judith):
    chat = room(noor.cohorts[0], starts=-60, ends=-50)
    message = chat.messages.create(author=noor, body="toen", seq=99)
    with pytest.raises(Closed):
        message.pin(judith)
    chat.messages.create(author=noor, body="vast", seq=100, pinned_at=now())
    page = enter(judith).get(address(chat, "")).content.decode()
    assert "data-unpin>" not in page
    assert "/pin/" not in page
    assert f"messages/{message.pk}/remove/" in page
    assert f"messages/{message.pk}/rest/" not in page


def test_older_messages_of_an_open_room_are_pinned_too(enter, noor, chat, judith):
    old = chat.say(noor, "van het begin")
    page = enter(judith).get(address(chat, f"?before={old.seq + 1}")).content.decode()
    assert f"messages/{old.pk}/pin/" in page


def test_the_list_is_the_same_on_the_page_and_on_the_line_and_on_resume(enter, noor, chat, judith):
    message = chat.say(noor, "Pauze tot <kwart> over twee")
    message.pin(judith)
    message.edit("Pauze tot half drie", 0)
    pages = [enter(person).get(address(chat, "")).content.decode() for person in (noor, judith)]
    found = enter(noor).get(address(chat, "events/?after=0"), **JSON).json()["events"]
    lists = [event["html"] for event in found if event["kind"] == "pin"]
    assert len(lists) == 2
    assert len(set(lists)) == 1
    assert "Pauze tot half drie" in lists[0]
    assert all(lists[0] in page for page in pages)
    assert [event["id"] for event in found if event["kind"] == "pin"] == [str(message.pk)] * 2


@pytest.mark.django_db(transaction=True)
def test_open_pages_see_the_list_and_the_ring_keeps_no_words_of_what_went(noor, chat, judith):
    client, before = signed_in(noor), chat.seq

    async def journey():
        async with listening(chat, client, before) as socket:
            await frame(socket, "hello")
            message = await sync_to_async(chat.say)(noor, "dit moet weg")
            await sync_to_async(message.pin)(judith)
            heard = await events(socket, 2)
            await sync_to_async(message.take_away)(noor)
            heard += await events(socket, 2)
        async with listening(chat, client, before) as socket:
            await frame(socket, "hello")
            return heard, await events(socket, 4)

    live, resumed = async_to_sync(journey)()
    assert [event["kind"] for event in live] == ["message", "pin", "remove", "pin"]
    assert "dit moet weg" in live[1]["html"]
    assert 'class="pins"' in live[1]["html"]
    assert "dit moet weg" not in "".join(event["html"] for event in resumed)
    assert resumed[1]["html"] == resumed[3]["html"] == live[3]["html"]


def test_nothing_of_it_is_left_when_the_room_is_erased(noor, chat, judith):
    chat.say(noor, "vast").pin(judith)
    chat.erase()
    assert pinned(chat) == []


def test_pages_take_as_many_statements_for_three_pins_as_for_one(
    enter, noor, chat, judith, django_assert_max_num_queries
):
    said = [chat.say(noor, str(n)) for n in range(3)]
    said[0].pin(judith)
    client = enter(noor)
    client.get(address(chat, ""))
    with django_assert_max_num_queries(12) as one:
        client.get(address(chat, ""))
    for message in said[1:]:
        message.pin(judith)
    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get(address(chat, ""))
    with pytest.raises(Full):
        chat.say(noor, "4").pin(judith)
