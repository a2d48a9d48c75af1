"""Who is in the room, as the pages are told."""

import asyncio
import json

import pytest
from asgiref.sync import async_to_sync, sync_to_async

from accounts.live import presence
from accounts.live.hub import hub
from accounts.live.publish import group_of, publish
from events.chat.models import ChatRoom, Hiding
from tests import make
from tests.chat.rooms import address, listening, path
from tests.sockets import frame, signed_in, socket_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tom(noor):
    return make.person(cohort=noor.cohorts[0], name="Tom")


def test_who_is_there_is_shown(noor, tom, chat, monkeypatch):
    monkeypatch.setattr(presence, "PAUSE", 0)
    first, second = signed_in(noor), signed_in(tom)

    async def journey():
        async with listening(chat, first) as one:
            async with listening(chat, second):
                both = await frame(one, "presence")
                while both["count"] < 2:
                    both = await frame(one, "presence")
            alone = await frame(one, "presence")
            while alone["count"] > 1:
                alone = await frame(one, "presence")
            return both, alone

    both, alone = async_to_sync(journey)()
    assert {p["name"] for p in both["people"]} == {"Noor", "Tom"}
    assert [(p["name"], p["away"]) for p in alone["people"]] == [("Noor", False), ("Tom", True)]


def test_who_hides_is_counted_and_not_named(noor, tom, chat, monkeypatch):
    monkeypatch.setattr(presence, "PAUSE", 0)
    one, other = signed_in(noor), signed_in(tom)

    async def seen_by(line, names):
        while True:
            seen = await frame(line, "presence")
            if {person["name"] for person in seen["people"]} == names:
                return seen["count"]

    async def journey():
        async with listening(chat, one) as first:
            async with listening(chat, other):
                await seen_by(first, {"Noor", "Tom"})
                await sync_to_async(other.post)(address(chat, "hide/"), {"hide": "1"})
                hidden = await seen_by(first, {"Noor"})
                await sync_to_async(other.post)(address(chat, "hide/"), {"hide": "0"})
                await seen_by(first, {"Noor", "Tom"})
                await sync_to_async(other.post)(address(chat, "hide/"), {"hide": "1"})
                await seen_by(first, {"Noor"})
            while (seen := await frame(first, "presence"))["count"] > 1:
                pass
            return hidden, seen["people"]

    hidden, afterwards = async_to_sync(journey)()
    assert hidden == 2
    assert [(person["name"], person["away"]) for person in afterwards] == [("Noor", False)]
    assert [row.person for row in Hiding.objects.all()] == [tom]


def test_who_closes_one_of_two_pages_is_still_there(noor, tom, chat, monkeypatch):
    monkeypatch.setattr(presence, "PAUSE", 0)
    first, second = signed_in(noor), signed_in(tom)

    async def journey():
        async with listening(chat, first) as one, listening(chat, second):
            async with listening(chat, second) as line:
                await frame(line, "presence")
            room = hub().rooms[group_of(ChatRoom, chat.pk)]
            while len(room.sockets) > 2:
                await frame(one, "presence")
            return room.presence.frame()

    found = json.loads(async_to_sync(journey)())
    assert found["count"] == 2
    assert [person["away"] for person in found["people"]] == [False, False]


def test_who_is_there_is_made_once_for_many_who_come_in(noor, chat, monkeypatch, settings):
    settings.LIVE = settings.LIVE | {"beat": 3600}
    client, made, make_it = signed_in(noor), [], presence.Presence.made

    def counted(self):
        made.append(1)
        return make_it(self)

    monkeypatch.setattr(presence.Presence, "made", counted)

    async def journey():
        lines = [socket_for(path(chat), client) for _ in range(6)]
        told = []
        for line in lines:
            await line.connect(timeout=5)
            told.append(await frame(line, "presence"))
        for line in lines:
            await line.disconnect()
        return told

    told = async_to_sync(journey)()
    assert [one["count"] for one in told] == [1] * 6
    assert len(made) == 1


def test_a_new_name_is_shown_from_the_next_look_on(noor, chat, monkeypatch):
    monkeypatch.setattr(presence, "PAUSE", 0)
    client = signed_in(noor)

    async def journey():
        async with listening(chat, client) as line:
            await frame(line, "presence")
            await sync_to_async(noor.introduce)("Noor Nieuw", "nl")
            await sync_to_async(publish)(noor, "access")
            while (told := await frame(line, "presence"))["people"][0]["name"] == "Noor":
                pass
            return told["people"][0]["name"]

    assert async_to_sync(journey)() == "Noor Nieuw"


def test_who_comes_in_hiding_is_not_named_any_more(noor, tom, chat, monkeypatch):
    monkeypatch.setattr("events.chat.models.hiding.publish", lambda *_given: None)  # nobody hears of it
    client = signed_in(tom)

    async def journey():
        async with listening(chat, client) as line:
            assert len((await frame(line, "presence"))["people"]) == 1
            await sync_to_async(Hiding.choose)(tom, hides=True)
            async with listening(chat, client) as second:
                return (await frame(second, "presence"))["people"]

    assert async_to_sync(journey)() == []


def test_who_hides_elsewhere_is_not_named_as_away_here(noor, tom, chat):
    first, second = signed_in(noor), signed_in(tom)

    async def journey():
        async with listening(chat, first):
            async with listening(chat, second) as line:
                await frame(line, "presence")
            there = hub().rooms[group_of(ChatRoom, chat.pk)].presence
            while str(tom.pk) not in there.away:
                await asyncio.sleep(0)
            named = "Tom" in there.frame()
            there.heard({"process": "other", "people": [str(tom.pk)], "hiding": [str(tom.pk)]})
            there.heard({"process": "other", "people": [], "hiding": []})
            return named, "Tom" in there.frame()

    assert async_to_sync(journey)() == (True, False)
