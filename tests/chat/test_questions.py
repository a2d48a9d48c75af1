"""Questions to the trainer: once, in one row, voted for by one each, and without a name nobody's."""

import uuid

import pytest

from events.chat.faults import Closed, Conflict
from events.chat.models import ChatRoom, Question, QuestionSeal, Side, Vote
from tests import make
from tests.chat.rooms import room

State = Question.State


@pytest.fixture
def trainer(chat):
    return make.trainer(chat.event.cohort)


def asked(chat, person, body="Mag één factor twee letters hebben?", **more) -> Question:
    return Question.ask(chat, person, body, uuid.uuid4(), **more)


def kinds(chat, side=Side.ALL) -> list[str]:
    log = ChatRoom.of(chat.event, side).log.order_by("seq")
    return [event.kind for event in log if event.kind != "room"]


def test_a_question_is_in_the_log_of_the_room(chat, noor):
    question = asked(chat, noor)
    assert (question.event.seq, question.event.kind) == (ChatRoom.objects.get(pk=chat.pk).seq, "question")
    assert list(Question.objects.visible_to(noor)) == [question]


def test_asked_twice_is_asked_once_with_a_name_and_without(chat, noor):
    for nameless in (False, True):
        cid = uuid.uuid4()
        first = Question.ask(chat, noor, "Eerst?", cid, nameless=nameless)
        again = Question.ask(chat, noor, "Anders?", cid, nameless=nameless)
        assert again.is_repeat and again.pk == first.pk and again.event == first.event
    assert Question.objects.count() == 2


def test_two_people_may_use_the_same_name_for_a_question(chat, noor, mo):
    cid = uuid.uuid4()
    assert Question.ask(chat, noor, "Een?", cid).pk != Question.ask(chat, mo, "Twee?", cid).pk


def test_without_a_name_no_row_holds_who_asked(chat, noor, mo, trainer):
    question = asked(chat, noor, nameless=True)
    assert Question.objects.get().author_id is None
    seal = QuestionSeal.objects.get()
    assert noor.pk.hex not in f"{seal.mark}{seal.sealed}{question.cid}"
    assert question.is_by(noor) and not question.is_by(mo) and not question.is_by(trainer)
    for person in (noor, mo, trainer):
        assert not QuestionSeal.objects.visible_to(person).exists()


def test_without_a_name_it_waits_for_a_trainer_and_then_everyone_sees_it(chat, noor, mo, trainer):
    question = asked(chat, noor, nameless=True)
    assert [list(Question.objects.visible_to(who)) for who in (mo, noor, trainer)] == [[], [question], [question]]
    assert (kinds(chat), kinds(chat, Side.TRAINERS)) == ([], ["question"])
    question.show(trainer)
    assert list(Question.objects.visible_to(mo)) == [question]
    assert (kinds(chat), kinds(chat, Side.TRAINERS)) == (["question"], ["question"] * 2)
    assert question.show(trainer).is_repeat


def test_given_back_only_who_asked_reads_why(chat, noor, mo, trainer):
    question = asked(chat, noor, nameless=True)
    question.give_back(trainer, "Hier kan iemand herkend worden.")
    assert [Question.objects.visible_to(who).count() for who in (mo, noor, trainer)] == [0, 1, 1]
    assert Question.objects.get().phase == "returned"
    with pytest.raises(Conflict):
        question.show(trainer)


def test_a_vote_counts_once_and_can_be_taken_back(chat, noor, mo):
    question = asked(chat, noor)
    assert not question.vote(mo).is_repeat and question.vote(mo).is_repeat
    assert Question.objects.get().votes == Vote.objects.count() == 1
    question.vote(mo, wants=False)
    assert question.vote(mo, wants=False).is_repeat
    assert (Question.objects.get().votes, kinds(chat)) == (0, ["question", "vote", "vote"])


def test_who_voted_nobody_else_sees(chat, noor, mo, trainer):
    asked(chat, noor).vote(mo)
    assert [Vote.objects.visible_to(who).count() for who in (mo, noor, trainer)] == [1, 0, 0]


def test_what_waits_is_done_or_gone_takes_no_votes(chat, noor, mo, trainer):
    unseen, done, gone = asked(chat, noor, nameless=True), asked(chat, noor), asked(chat, noor)
    done.become(State.ANSWERED)
    gone.take_away(noor)
    for question in (unseen, done, gone):
        with pytest.raises(Conflict):
            question.vote(mo)


def test_one_question_at_a_time_is_talked_about(chat, noor):
    first, second = asked(chat, noor), asked(chat, noor)
    first.become(State.TALKED)
    second.become(State.TALKED)
    assert list(chat.questions.in_order().values_list("pk", "state")) == [
        (second.pk, "in_conversation"), (first.pk, "answered"),
    ]  # fmt: skip
    assert second.become(State.TALKED).is_repeat
    with pytest.raises(Conflict):
        first.become(State.TALKED)
    second.become(State.WAITING)
    assert Question.objects.get(pk=second.pk).state == State.WAITING


def test_the_row_goes_by_votes(chat, noor, mo):
    _less, more = asked(chat, noor), asked(chat, noor)
    more.vote(mo)
    assert chat.questions.in_order().first() == more


def test_taken_back_its_words_are_gone(chat, noor, trainer):
    for nameless in (False, True):
        question = asked(chat, noor, nameless=nameless)
        assert question.take_away(noor).kind == "remove"
        assert Question.objects.get(pk=question.pk).body == ""
        assert question.take_away(trainer).is_repeat


def test_a_trainer_hides_it(chat, noor, trainer):
    question = asked(chat, noor)
    assert question.take_away(trainer).kind == "hide"
    assert kinds(chat) == ["question", "hide"]


def test_a_closed_room_takes_no_question_and_no_vote(noor, mo):
    chat = room(noor.cohorts[0], starts=-5, ends=-3)
    question = Question.objects.create(room=chat, author=noor, body="Nog?", cid=uuid.uuid4(), shown_at=chat.opens_at)
    with pytest.raises(Closed):
        asked(chat, noor)
    with pytest.raises(Closed):
        question.vote(mo)


def test_when_the_room_is_erased_its_questions_go(chat, noor, mo):
    asked(chat, noor).vote(mo)
    asked(chat, noor, nameless=True)
    chat.erase()
    assert not Question.objects.exists() and not Vote.objects.exists() and not QuestionSeal.objects.exists()
