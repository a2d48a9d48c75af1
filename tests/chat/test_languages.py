"""One line, two languages."""

import pytest
from asgiref.sync import async_to_sync, sync_to_async

from events.chat.consumers import ChatConsumer
from tests import make
from tests.chat.rooms import listening, room, said
from tests.sockets import events, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_reads_in_the_own_language_and_a_second_language_joins_without_a_gap():
    cohort = make.cohort()
    chat = room(cohort)
    noor, ann = make.person(cohort=cohort), make.person(cohort=cohort, language="en")
    gone = chat.say(noor, "Weg hiermee")
    chat.refresh_from_db()
    clients = {person: signed_in(person) for person in (noor, ann)}

    async def story() -> tuple[list, list]:
        async with listening(chat, clients[noor], 0) as dutch:
            await events(dutch, chat.seq)
            await sync_to_async(gone.take_away)(noor)
            first = await events(dutch, 1)
            async with listening(chat, clients[ann], 0) as english:
                second = await events(english, chat.seq + 1)
                await said(chat, noor, "Hallo")
                await events(dutch, 1)
                await events(english, 1)
        return first, second

    first, second = async_to_sync(story)()
    assert "Weggehaald" in first[0]["html"]
    assert [event["kind"] for event in second if "Taken away" in event["html"]] == ["message", "remove"]


def test_a_second_language_is_read_once_for_all_who_come_back_in_it(monkeypatch):
    cohort = make.cohort()
    chat = room(cohort)
    noor = make.person(cohort=cohort)
    for number in range(3):
        chat.say(noor, f"{number}")
    dutch, *english = [signed_in(noor)] + [signed_in(make.person(cohort=cohort, language="en")) for _ in range(3)]
    readings, read = [], ChatConsumer.news
    monkeypatch.setattr(ChatConsumer, "news", lambda *given: readings.append(given) or read(*given))

    async def story() -> list:
        heard = []
        async with listening(chat, dutch, 0) as line:
            await events(line, 4)
            readings.clear()
            for client in english:
                async with listening(chat, client, 0) as other:
                    heard.append([event["seq"] for event in await events(other, 4)])
        return heard

    assert async_to_sync(story)() == [[1, 2, 3, 4]] * 3
    full = [given for given in readings if given[1] != 4]
    assert len(full) == 1
