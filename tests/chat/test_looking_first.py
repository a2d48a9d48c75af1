"""A trainer looks first: what participants write waits, comes on show, or goes back with words for its writer."""

import uuid
from datetime import timedelta

import pytest
import time_machine

from accounts.models import AuditEntry
from events.chat.faults import Closed, Conflict, LooksFirst, Resting, TooSoon
from events.chat.models import ChatMessage, ChatRoom, Question, ReadUntil, Side, TimeOut

pytestmark = pytest.mark.django_db


def kinds(chat, side=Side.ALL) -> list[str]:
    log = ChatRoom.of(chat.event, side).log.order_by("seq")
    return [event.kind for event in log if event.kind != "room"]


def numbers(chat) -> list[int]:
    return list(chat.log.order_by("seq").values_list("seq", flat=True))


def again(message: ChatMessage) -> ChatMessage:
    return ChatMessage.objects.get(pk=message.pk)


def test_switching_it_is_an_event_of_the_room_and_on_record(chat, judith):
    assert chat.look_first(judith).kind == "room"
    assert chat.look_first(judith) is None
    assert ChatRoom.objects.get(pk=chat.pk).looks_first
    assert chat.look_first(judith, wants=False).kind == "room"
    assert [entry.keys for entry in AuditEntry.objects.filter(verb="look_first_chat").order_by("pk")] == [
        {"on": True}, {"on": False},
    ]  # fmt: skip


def test_in_the_archive_it_is_not_switched(chat, judith):
    with time_machine.travel(chat.archived_at + timedelta(minutes=1)), pytest.raises(Closed):
        chat.look_first(judith)


def test_what_a_participant_says_waits_and_only_trainers_and_its_writer_see_it(first, noor, mo, judith):
    message = first.say(noor, "Mag dit?")
    assert (message.seq, message.stage) == (None, "unseen")
    assert [list(ChatMessage.objects.visible_to(who)) for who in (noor, mo, judith)] == [[message], [], [message]]
    assert (kinds(first), kinds(first, Side.TRAINERS)) == ([], ["message"])


def test_shown_it_gets_the_number_of_that_moment(first, noor, mo, judith):
    early, late = first.say(noor, "eerst gezegd"), first.say(noor, "daarna gezegd")
    of_judith = first.say(judith, "van een trainer, meteen")
    late.show(judith)
    event = early.show(judith)
    said = list(ChatMessage.objects.visible_to(mo).order_by("seq"))
    assert said == [of_judith, late, early]
    assert event.seq == again(early).seq == ChatRoom.objects.get(pk=first.pk).seq
    assert numbers(first) == list(range(1, event.seq + 1))
    assert kinds(first, Side.TRAINERS) == ["message"] * 4
    assert early.show(judith).is_repeat and numbers(first) == list(range(1, event.seq + 1))


def test_given_back_its_writer_keeps_it_and_reads_why(first, noor, mo, judith):
    message = first.say(noor, "Kees doet dat ook")
    event = message.give_back(judith, "Er staat een naam in.")
    assert message.give_back(judith, "Er staat een naam in.").is_repeat
    assert (event.room.side, again(message).stage, again(message).body) == (
        Side.TRAINERS,
        "returned",
        "Kees doet dat ook",
    )
    assert not ChatMessage.objects.visible_to(mo).exists()
    assert AuditEntry.objects.filter(verb="give_back", subject=noor, actor=judith).count() == 1
    for verb in (lambda: message.show(judith), lambda: message.give_back(judith, "Toch anders.")):
        with pytest.raises(Conflict):
            verb()


def test_what_is_on_show_is_not_given_back(chat, noor, judith):
    with pytest.raises(Conflict):
        chat.say(noor, "al gezien").give_back(judith, "Nee.")


def test_taken_back_while_it_waits_nothing_is_left_of_it(first, noor, judith):
    message, returned = first.say(noor, "toch niet"), first.say(noor, "dit ook niet")
    returned.give_back(judith, "Liever niet.")
    for one in (message, returned):
        assert one.take_away(noor).kind == "remove"
        assert (again(one).body, again(one).returned, again(one).seq) == ("", "", None)
    assert kinds(first) == []
    with pytest.raises(Conflict):
        message.show(judith)


def test_a_named_question_waits_as_well_and_keeps_its_name(first, noor, mo, judith):
    question = Question.ask(first, noor, "Mag dit?", uuid.uuid4())
    assert (question.phase, question.author, question.seq) == ("unseen", noor, None)
    assert [Question.objects.visible_to(who).count() for who in (noor, mo, judith)] == [1, 0, 1]
    question.show(judith)
    assert Question.objects.visible_to(mo).get().seq == ChatRoom.objects.get(pk=first.pk).seq


def test_switched_off_what_waits_goes_on_waiting(first, noor, mo, judith):
    waiting = first.say(noor, "nog niet gezien")
    first.look_first(judith, wants=False)
    said = first.say(noor, "meteen te zien")
    assert list(ChatMessage.objects.visible_to(mo)) == [said]
    waiting.show(judith)
    assert list(ChatMessage.objects.visible_to(mo).order_by("seq")) == [said, waiting]


def test_in_a_closed_room_trainers_still_decide_and_in_the_archive_not(first, noor, judith):
    shown, returned, left = (first.say(noor, words) for words in ("een", "twee", "drie"))
    with time_machine.travel(first.closes_at + timedelta(minutes=1)):
        shown.show(judith)
        returned.give_back(judith, "Te laat.")
    with time_machine.travel(first.archived_at + timedelta(minutes=1)):
        for verb in (lambda: left.show(judith), lambda: left.give_back(judith, "Nee.")):
            with pytest.raises(Closed):
                verb()
        assert set(ChatMessage.objects.visible_to(noor)) == {shown, returned, left}
        left.take_away(noor)


def test_what_was_seen_is_what_is_shown(chat, noor, judith):
    """Changing a text after a trainer looked would bring on show what nobody looked at."""
    earlier, own = chat.say(noor, "van daarvoor"), chat.say(judith, "van een trainer")
    chat.look_first(judith)
    waiting = chat.say(noor, "wacht")
    for message in (earlier, waiting):
        with pytest.raises(LooksFirst):
            message.edit("iets anders", 0)
    own.edit("van een trainer, beter", 0)
    chat.look_first(judith, wants=False)
    earlier.edit("van daarvoor, beter", 0)
    with pytest.raises(LooksFirst):
        waiting.edit("nog steeds niet gezien", 0)


def test_sent_twice_is_said_once_also_while_it_waits_and_after_it_was_shown(first, noor, judith):
    cid = uuid.uuid4()
    message = first.say(noor, "Dag", cid)
    assert first.say(noor, "Dag", cid) == message and first.say(noor, "Dag", cid).is_repeat
    message.show(judith)
    assert first.say(noor, "Dag", cid).seq == again(message).seq


def test_slow_mode_and_a_time_out_count_as_before(first, noor, judith):
    first.slow_down(judith, 30)
    first.say(noor, "een")
    with pytest.raises(TooSoon):
        first.say(noor, "twee")
    TimeOut.give(first, noor, judith, 5)
    with pytest.raises(Resting):
        first.say(noor, "drie")


def test_a_waiting_message_is_not_pinned_hidden_or_counted_as_read(first, noor, mo, judith):
    message = first.say(noor, "wacht")
    with pytest.raises(Conflict):
        message.pin(judith)
    assert message.hide(judith, "x") is False
    before = ChatRoom.objects.get(pk=first.pk).seq
    ReadUntil.reach(mo, ChatRoom.objects.get(pk=first.pk), 99)
    assert ReadUntil.objects.get().seq == before


def test_erased_with_the_room(first, noor, judith):
    first.say(noor, "een").give_back(judith, "Nee.")
    first.say(noor, "twee")
    first.erase()
    assert not ChatMessage.objects.exists()


def test_words_that_were_taken_away_are_in_no_ring_of_the_trainers_either(chat, noor, judith):
    """A question that waited was told in the trainers' room; when it goes, it is told there, too."""
    question = Question.ask(chat, noor, "Wie is Kees?", uuid.uuid4(), nameless=True)
    question.show(judith)
    question.take_away(judith)
    assert kinds(chat, Side.TRAINERS) == ["question", "question", "hide"]
