"""One line, two languages."""

import pytest
from asgiref.sync import async_to_sync, sync_to_async

from accounts.live import room as live_room
from accounts.live.hub import hub
from accounts.live.publish import group_of
from accounts.live.reader import Reader
from accounts.live.room import Happening, News
from accounts.models import Epoch
from events.chat.consumers import ChatConsumer
from events.chat.models import ChatRoom
from tests import make
from tests.chat.rooms import listening, room, said
from tests.sockets import events, frame, signed_in

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


def test_a_language_that_comes_in_while_rights_are_looked_at_is_read_as_well(monkeypatch):
    cohort = make.cohort()
    chat = room(cohort)
    noor, ann = make.person(cohort=cohort), make.person(cohort=cohort, language="en")
    clients = {person: signed_in(person) for person in (noor, ann)}
    first = chat.seq

    async def story() -> list:
        async with listening(chat, clients[noor], first) as dutch:
            await frame(dutch, "hello")
            there = hub().rooms[group_of(ChatRoom, chat.pk)]
            look = live_room.recheck

            async def look_while_english_comes_in(sockets):
                there.speak("en")
                await look(sockets)

            monkeypatch.setattr(live_room, "recheck", look_while_english_comes_in)
            await sync_to_async(Epoch.step)()
            await said(chat, noor, "Hallo")
            await events(dutch, 1)
            async with listening(chat, clients[ann], first) as english:
                return await events(english, 1)

    assert "Hallo" in async_to_sync(story)()[0]["html"]


def test_a_second_language_is_read_to_the_end_however_many_readings_that_takes(settings):
    """A conversation has numbers with holes, and may have more changes than one reading gives."""
    settings.LIVE = settings.LIVE | {"frame": 10}

    class Kind:
        @staticmethod
        def news(_pk, after, codes):
            numbers = [24, 25] if after is None else list(range(after + 1, 51))[:10]
            found = [Happening(n, str(n), dict.fromkeys(codes, str(n)), {}) for n in numbers]
            return News(found, 0, numbers[-1] if numbers else after, more=after is not None and len(numbers) == 10)

    async def story() -> list:
        reader = Reader()
        there = live_room.Room(Kind, "1", "kind.1", reader)
        there.codes.add("nl")
        for _ in range(6):
            await there.catch_up()
        assert there.seq == 50
        there.speak("en")
        await there.catch_up()
        found = [h.seq for h in there.since(24)], {code for h in there.ring for code in h.html}
        there.task.cancel()
        reader.stop()
        return found

    assert async_to_sync(story)() == (list(range(25, 51)), {"nl", "en"})
