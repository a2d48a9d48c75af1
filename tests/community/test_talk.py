"""The chats of the demo: loaded as if they had been said at their time, and gone on with in real time."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command

from accounts.clock import now
from community.demo import talk
from community.demo.content import key, read
from community.demo.days import restart_live_session
from events.chat.models import ChatEvent, ChatMessage, ChatRoom
from events.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    call_command("demo")


def room() -> ChatRoom:
    return ChatRoom.objects.get(event=key("event", "ed4-s2"))


def bodies() -> list[str]:
    return list(room().messages.values_list("body", flat=True))


class Hurry(threading.Event):
    """Does not wait, but lets that much time pass; stops after so many times."""

    def __init__(self, clock, times: int = 10_000) -> None:
        super().__init__()
        self.clock, self.times = clock, times

    def wait(self, timeout=None) -> bool:
        self.clock.shift(timeout)
        self.times -= 1
        return self.times < 0


def test_each_room_is_numbered_without_holes_and_nothing_lies_ahead(demo):
    rooms = list(ChatRoom.objects.filter(seq__gt=0))
    assert len(rooms) == 2
    for chat in rooms:
        log = list(ChatEvent.objects.filter(room=chat).order_by("seq"))
        assert [event.seq for event in log] == list(range(1, chat.seq + 1))
        assert [event.at for event in log] == sorted(event.at for event in log)
        assert log[-1].at <= now()
        assert [m.seq for m in chat.messages.all()] == [e.seq for e in log if e.kind in ("message", "prompt")]


def test_only_what_was_said_up_to_now_is_in_the_open_room(demo):
    chat = next(c for c in read("chats")["chats"] if c["state"] == "live")
    said = [i["text"].strip() for i in chat["items"] if i["kind"] in talk.SAID and i["minute"] <= 95]
    assert bodies() == said
    assert (room().state, room().is_open) == ("open", True)


def test_no_question_stands_under_a_name(demo):
    asked = [i["text"].strip() for c in read("chats")["chats"] for i in c["items"] if i["kind"] == "question"]
    assert asked
    assert not ChatMessage.objects.filter(body__in=asked).exists()


def asked_and_voted(chat_key: str, until: int = 10_000) -> list[tuple[str, int]]:
    """The questions of a chat with their votes, as they are written down."""
    items = next(c for c in read("chats")["chats"] if c["key"] == chat_key)["items"]
    items = [item for item in items if item["minute"] <= until]
    votes = [item["question"] for item in items if item["kind"] == "vote"]
    return [(i["text"].strip(), votes.count(i["id"])) for i in items if i["kind"] == "question"]


def test_questions_stand_with_their_votes_and_answered_ones_are_done(demo):
    for chat in ChatRoom.objects.filter(seq__gt=0):
        name = next(c["key"] for c in read("chats")["chats"] if key("event", c["session"]) == chat.event_id)
        questions = chat.questions.order_by("created_at")
        until = talk.BEGUN if chat.is_open else 10_000
        assert [(q.body, q.votes) for q in questions] == asked_and_voted(name, until)
        assert [q.votes for q in questions] == [q.ballots.count() for q in questions]
        assert questions.filter(state="answered").exists()


def test_trainers_are_marked_as_such(demo):
    marked = {m.author.name for m in ChatMessage.objects.filter(is_trainer=True).select_related("author")}
    assert marked == {p["name"] for p in read("people")["people"] if p["key"] in ("tr-judith", "tr-karim")}


def test_the_chat_goes_on_where_it_was_and_says_nothing_twice(demo):
    before = len(bodies())
    with time_machine.travel(now(), tick=False) as clock:
        assert talk.play(Hurry(clock, 6)) == 6
        first = bodies()
        talk.play(Hurry(clock))
        assert talk.play(Hurry(clock)) == 0
    items = talk.script(talk.live_chat())
    said = [item.text for item in items if item.kind in talk.SAID]
    hidden = talk.masked(items).text
    assert bodies() == ["" if text == hidden else text for text in said]
    assert before < len(first) < len(said)
    log = list(ChatEvent.objects.filter(room=room()).order_by("seq"))
    assert [event.seq for event in log] == list(range(1, len(log) + 1))
    assert [event.kind for event in log].count("hide") == 1
    asked = [(q.body, q.votes) for q in room().questions.order_by("created_at")]
    assert asked == asked_and_voted(talk.live_chat()["key"])


def test_it_is_said_at_its_time(demo):
    start = room().event.starts_at
    with time_machine.travel(now(), tick=False) as clock:
        talk.play(Hurry(clock))
    times = dict(room().messages.exclude(cid=None).values_list("cid", "created_at"))
    late = [item for item in talk.script(talk.live_chat()) if item.after > timedelta(minutes=100) and item.key in times]
    assert late
    assert all(abs(times[item.key] - start - item.after) < timedelta(minutes=1) for item in late)


def test_nothing_is_said_in_a_room_that_closed(demo):
    with time_machine.travel(now() + timedelta(hours=9), tick=False) as clock:
        assert talk.play(Hurry(clock)) == 0


def test_a_room_that_closed_opens_again_and_what_was_said_stays(demo):
    before = bodies()
    with time_machine.travel(now() + timedelta(days=2), tick=False):
        room().settle()
        assert room().state == "archived"
        assert restart_live_session()
        assert talk.restart_live()
        assert not talk.restart_live()
        assert (room().state, room().is_open, bodies()) == ("open", True, before)


def test_a_chat_whose_term_is_over_is_not_loaded(settings):
    settings.DEMO = True
    settings.TERMS = settings.TERMS | {"chat_after_last_session": -60}
    call_command("demo")
    assert not ChatMessage.objects.exists()
    assert Event.objects.filter(pk=key("event", "ed4-s2")).exists()
