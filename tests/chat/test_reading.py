"""How the log reads: who goes on talking, where a day or an hour begins, and what is new since one last looked."""

from datetime import timedelta

import pytest
import time_machine

from accounts.clock import now
from events.chat.models import ReadUntil
from tests import make
from tests.chat.rooms import JSON, address, room

pytestmark = pytest.mark.django_db


@pytest.fixture
def tom(chat):
    return make.person(cohort=chat.event.cohort, name="Tom")


def log(client, chat, rest="") -> list:
    return client.get(address(chat, rest)).context["log"]


def test_what_one_says_in_five_minutes_stands_under_one_name(enter, noor, tom, chat):
    start = now()
    said = [(noor, 0), (noor, 2), (noor, 4), (noor, 6), (tom, 7), (noor, 8)]
    for person, minute in said:
        with time_machine.travel(start + timedelta(minutes=minute), tick=False):
            chat.say(person, f"na {minute} minuten")
    client = enter(tom)
    assert [entry.goes_on for entry in log(client, chat)] == [False, True, True, False, False, False]
    assert client.get(address(chat, "")).content.decode().count('class="said is-on"') == 2


def test_what_was_changed_or_is_gone_shows_its_own_name(enter, noor, chat):
    said = [chat.say(noor, str(n)) for n in range(4)]
    said[1].edit("anders", 0)
    said[2].take_away(noor)
    assert [entry.goes_on for entry in log(enter(noor), chat)] == [False, False, False, True]


def test_a_day_and_an_hour_are_told_where_they_begin(enter, noor):
    noon = now().replace(hour=12)
    with time_machine.travel(noon, tick=False):
        chat = room(noor.cohorts[0], starts=-26, ends=2)
    for hours in (-25, -24.9, -2, -1.9, -1):
        with time_machine.travel(noon + timedelta(hours=hours), tick=False):
            chat.say(noor, f"{hours}")
    with time_machine.travel(noon, tick=False):
        assert [entry.opens for entry in log(enter(noor), chat)] == ["day", "", "day", "", "time"]


def test_new_since_you_last_looked_stands_before_the_first_of_others(enter, noor, tom, chat):
    first = chat.say(tom, "gelezen")
    client = enter(noor)
    assert not any(entry.is_first_new for entry in log(client, chat))  # never looked: all of it is new
    assert client.post(address(chat, "read/"), {"seq": str(first.seq)}, **JSON).status_code == 204
    chat.say(noor, "van mij")
    assert "sinds je laatst keek" not in client.get(address(chat, "")).content.decode()
    for words in ("nieuw", "nog nieuwer"):
        chat.say(tom, words)
    assert [entry.body for entry in log(client, chat) if entry.is_first_new] == ["nieuw"]
    assert client.get(address(chat, "")).content.decode().count("Nieuw sinds je laatst keek") == 1
    assert not any(entry.is_first_new for entry in log(enter(tom), chat))


def test_reading_goes_forward_never_back_and_not_beyond_the_end(enter, noor, tom, chat):
    client = enter(noor)
    chat.say(tom, "een")
    last = chat.say(tom, "twee").seq
    for seq in (last, 1, 99999):
        client.post(address(chat, "read/"), {"seq": str(seq)})
    assert ReadUntil.objects.get().seq == last
    for seq in ("", "x", "-1", "9" * 12):
        assert client.post(address(chat, "read/"), {"seq": seq}).status_code == 400
    assert list(ReadUntil.objects.visible_to(tom)) == []
    assert list(ReadUntil.objects.visible_to(make.trainer(chat.event.cohort))) == []
    chat.erase()
    assert not ReadUntil.objects.exists()
