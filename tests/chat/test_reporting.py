"""Messages of the chat can be reported as posts can; hidden is not gone."""

import pytest
from asgiref.sync import async_to_sync, sync_to_async

from events.chat.models import ChatEvent, ChatMessage
from forums.moderation.models import Report
from tests import make
from tests.chat.rooms import JSON, address, listening
from tests.sockets import events, frame, signed_in


@pytest.fixture
def message(noor, chat):
    for number in range(1, 9):
        chat.say(noor, f"zin {number}.")
    return chat.messages.get(body="zin 7.")


def report(client, message, reason="recognisable", **more):
    return client.post(address(message.room, f"messages/{message.pk}/report/"), {"reason": reason, "note": ""}, **more)


def test_a_message_is_reported_and_one_trainer_hides_it(enter, noor, chat, message):
    member, trainer = make.person(cohort=chat.event.cohort), make.trainer(chat.event.cohort)
    client = enter(member)
    assert f"messages/{message.pk}/report/" in client.get(chat.get_absolute_url()).content.decode()
    assert "zin 7." in client.get(address(chat, f"messages/{message.pk}/report/")).content.decode()
    assert report(client, message)["Location"] == "/me/reports/"
    assert ChatMessage.objects.get(pk=message.pk).hidden_at is None
    report(enter(trainer), message)
    page = enter(member).get(chat.get_absolute_url()).content.decode()
    assert "zin 7." not in page
    assert "Dit bericht is even verborgen." in page
    assert "zin 7." in enter(noor).get(chat.get_absolute_url()).content.decode()
    assert ChatEvent.objects.filter(room=chat).last().kind == "hide"
    assert Report.objects.get().space == "chat"


def test_a_script_hears_an_ack_or_a_nack(enter, noor, chat, message):
    client = enter(make.person(cohort=chat.event.cohort))
    first, again = report(client, message, **JSON), report(client, message, **JSON)
    assert [(answer.status_code, answer.json()["type"]) for answer in (first, again)] == [(200, "ack")] * 2
    assert (first.json()["dup"], again.json()["dup"]) == (False, True)
    wrong = report(client, message, "niets", **JSON)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "bad_body")
    assert report(enter(noor), message, **JSON).status_code == 403
    assert report(enter(make.person()), message, **JSON).status_code == 404


def test_the_moderator_reads_ten_around_it_and_decides(enter, noor, chat, message):
    moderator = make.moderator()
    report(enter(make.trainer(chat.event.cohort)), message)
    found = Report.objects.get()
    client = enter(moderator)
    client.post(f"/moderation/{found.pk}/take/", {"seen": ""})
    page = client.get(f"/moderation/{found.pk}/").content.decode()
    assert [n for n in range(1, 9) if f"zin {n}." in page] == list(range(2, 9))
    client.post(f"/moderation/{found.pk}/rule/", {"what": "keep", "reason": "Niemand te raden."})
    member = enter(make.person(cohort=chat.event.cohort))
    assert "zin 7." in member.get(chat.get_absolute_url()).content.decode()
    assert enter(moderator).get(chat.get_absolute_url()).status_code == 404
    assert "Niemand te raden." in enter(noor).get("/me/reports/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_open_rooms_lose_the_words_and_get_them_back(noor, chat):
    member, trainer = signed_in(make.person(cohort=chat.event.cohort)), make.trainer(chat.event.cohort)
    message = chat.say(noor, "kanarie")

    async def journey():
        async with listening(chat, member, 0) as socket:
            await frame(socket, "hello")
            assert "kanarie" in str(await events(socket, 2))
            await sync_to_async(message.hide)(None, "even kijken")
            (hidden,) = await events(socket, 1)
            async with listening(chat, member, 0) as later:
                missed = await events(later, 3)
            await sync_to_async(message.restore)(trainer)
            return hidden, missed, (await events(socket, 1))[0]

    hidden, missed, back = async_to_sync(journey)()
    assert (hidden["kind"], hidden["id"]) == ("hide", str(message.pk))
    assert "kanarie" not in str(hidden) + str(missed)
    assert (back["kind"], "kanarie" in back["html"]) == ("edit", True)
