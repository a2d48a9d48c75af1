"""Where asking what may be kept meets what happens besides: removing, hiding, joining, leaving, two at once."""

import uuid
from datetime import timedelta

import pytest
import time_machine

from accounts.clock import now, start_of_today
from events.chat.faults import Conflict
from events.chat.models import ChatMessage, ChatRoom, Keep, Question, Side
from events.chat.tasks import ask_open_questions, place_nameless
from forums.models import Kind, Topic
from tests import make
from tests.chat.keeping import ask, begin, bodies, closed, over, say, statements
from tests.chat.rooms import JSON, address, room

pytestmark = pytest.mark.django_db


@pytest.fixture
def nameless(chat, noor, trainer):
    question = Question.ask(chat, noor, "Wie durft?", uuid.uuid4(), nameless=True)
    question.show(trainer)
    question.refresh_from_db()
    return question


def summary_of(enter, chat, trainer) -> str:
    return enter(trainer).get(address(chat, "summary/")).content.decode()


def yesterday() -> None:
    Keep.objects.filter(is_yes=True).update(said_at=start_of_today() - timedelta(minutes=1))


def test_the_clock_asks_for_a_question_without_a_name_and_says_no_yes_for_it(enter, chat, noor, nameless):
    over(chat)
    assert ask_open_questions() == 1
    keep = Keep.objects.get()
    assert (keep.is_yes, keep.said_at) == (False, None)
    assert "Wie durft?" in enter(noor).get(address(chat, "kept/")).content.decode()


@pytest.mark.parametrize("who", ["author", "moderator"])
def test_what_was_taken_out_of_the_circle_does_not_come_back(enter, chat, noor, mo, trainer, who):
    one, two = chat.say(noor, "Eén"), chat.say(mo, "Twee")
    closed(chat, trainer)
    ask(enter(trainer), chat, one, two)
    say(enter(noor), chat, one)
    begin(enter(trainer), chat)
    post = Keep.objects.get(message=one).post
    if who == "author":
        post.remove(noor)
    else:
        post.strike(make.moderator(), "Herkenbaar")
    say(enter(mo), chat, two)
    say(enter(noor), chat, one)
    assert bodies(Topic.objects.get()) == [("Mo", "Twee")]
    page = enter(noor).get(address(chat, "kept/")).content.decode()
    assert "Het is uit de kring gehaald." in page
    assert 'name="answer"' not in page


def test_a_question_that_was_left_open_and_answered_since_is_asked_for_once(enter, chat, noor, trainer):
    question = Question.ask(chat, noor, "En nu?", uuid.uuid4())
    closed(chat, trainer)
    enter(trainer).post(address(chat, "summary/questions/"))
    question.become(Question.State.ANSWERED)
    assert ask(enter(trainer), chat, question).status_code == 302
    assert Keep.objects.count() == 1
    ask(enter(trainer), chat, shown=[question])
    assert not Keep.objects.exists()


def test_an_answer_to_what_is_no_longer_asked_for_is_too_late(enter, chat, noor, trainer):
    message = chat.say(noor, "Eén")
    closed(chat, trainer)
    ask(enter(trainer), chat, message)
    keep = Keep.objects.with_things().get()
    ask(enter(trainer), chat, shown=[message])
    with pytest.raises(Conflict):
        keep.answer(noor, is_yes=True)


def test_what_the_trainer_said_is_added_to_the_conversation_when_it_is_chosen(enter, chat, noor, trainer):
    one, own = chat.say(noor, "Eén"), chat.say(trainer, "Twee")
    closed(chat, trainer)
    ask(enter(trainer), chat, one)
    say(enter(noor), chat, one)
    begin(enter(trainer), chat)
    ask(enter(trainer), chat, own)
    assert bodies(Topic.objects.get()) == [("Noor", "Eén"), (trainer.name, "Twee")]


def test_words_that_are_hidden_are_hidden_from_who_sums_up(enter, chat, noor, trainer):
    message = chat.say(noor, "Kees van de balie")
    closed(chat, trainer)
    ask(enter(trainer), chat, message)
    say(enter(noor), chat, message)
    begin(enter(trainer), chat)
    message.hide(None, "even kijken")
    assert "Kees" not in summary_of(enter, chat, trainer)


def test_a_second_yes_without_a_name_is_no_sign_of_life(enter, chat, noor, nameless, trainer):
    closed(chat, trainer)
    enter(trainer).post(address(chat, "summary/questions/"))
    say(enter(noor), chat, nameless)
    yesterday()
    before = summary_of(enter, chat, trainer)
    assert "1 van de 1 mag bewaard blijven" in before
    say(enter(noor), chat, nameless)
    assert "1 van de 1 mag bewaard blijven" in summary_of(enter, chat, trainer)


def test_nothing_more_is_passed_on_in_the_name_of_a_trainer_who_left(enter, chat, noor, nameless, trainer):
    known = Question.ask(chat, noor, "Bekend?", uuid.uuid4())
    closed(chat, trainer)
    enter(trainer).post(address(chat, "summary/questions/"))
    say(enter(noor), chat, known)
    begin(enter(trainer), chat, "open")
    say(enter(noor), chat, nameless)
    yesterday()
    trainer.memberships.update(until=start_of_today().date())
    assert place_nameless() == 0
    trainer.delete()
    assert place_nameless() == 0


def test_words_of_the_chat_never_stand_under_a_pseudonym(enter, chat, noor, mo, trainer):
    one, two = chat.say(noor, "Eén"), chat.say(mo, "Twee")
    closed(chat, trainer)
    ask(enter(trainer), chat, one, two)
    say(enter(noor), chat, one)
    begin(enter(trainer), chat)
    topic = Topic.objects.get()
    other = topic.board.open_topic(mo, "Zonder naam", "Iets", Kind.REFLECTION, pseudonymous=True)
    other.merge(trainer, topic)
    say(enter(mo), chat, two)
    post = Keep.objects.get(message=two).post
    assert (post.author, post.alias) == (mo, None)


def test_what_waits_or_was_given_back_cannot_be_asked_for(enter, chat, noor, trainer):
    chat.look_first(trainer)
    chat.refresh_from_db()
    waits, returned = chat.say(noor, "Nog even wachten"), chat.say(noor, "Teruggekregen")
    returned.give_back(trainer, "Liever anders")
    question = Question.ask(chat, noor, "Mag dit?", uuid.uuid4())
    closed(chat, trainer)
    page = enter(trainer).get(address(chat, "summary/pick/")).content.decode()
    assert not [thing for thing in (waits, returned, question) if thing.body in page]
    ask(enter(trainer), chat, waits, returned, question)
    enter(trainer).post(address(chat, "summary/questions/"))
    assert not Keep.objects.exists()


def test_the_opening_words_come_back_when_the_chat_was_opened_again(enter, chat, noor, trainer):
    message = chat.say(noor, "Eén")
    closed(chat, trainer)
    ask(enter(trainer), chat, message)
    say(enter(noor), chat, message)
    chat.turn(trainer, "open")
    answer = begin(enter(trainer), chat)
    assert answer.status_code == 409
    assert "Uit onze chat." in answer.content.decode()
    assert not Topic.objects.exists()


def test_an_answer_about_what_waits_tells_no_number_of_the_trainers_room(enter, chat, noor, trainer):
    ChatRoom.of(chat.event, Side.TRAINERS).say(trainer, "Onder ons")
    chat.look_first(trainer)
    words = {"cid": uuid.uuid4(), "body": "Zonder naam", "nameless": "on"}
    asked = enter(noor).post(address(chat, "questions/"), words, **JSON).json()
    enter(noor).post(address(chat), {"cid": uuid.uuid4(), "body": "Wacht"}, **JSON)
    places = [f"messages/{ChatMessage.objects.get(body='Wacht').pk}", f"questions/{asked['id']}"]
    gone = [enter(noor).post(address(chat, f"{place}/remove/"), **JSON).json() for place in places]
    assert [answer["seq"] for answer in [asked, *gone]] == [None, None, None]


def test_a_choice_counts_when_messages_moved_to_another_page_meanwhile(enter, chat, noor, trainer, monkeypatch):
    monkeypatch.setattr("events.chat.views.summary.A_PAGE", 2)
    first, _second, third, *_rest = (chat.say(noor, f"Nummer {n}") for n in range(6))
    closed(chat, trainer)
    first.take_away(noor)
    enter(trainer).post(address(chat, "summary/pick/?page=2"), {"shown": [third.pk], "pick": [third.pk]})
    assert [keep.message for keep in Keep.objects.all()] == [third]


def test_the_opening_words_come_back_when_the_last_yes_became_a_no(enter, chat, noor, trainer):
    message = chat.say(noor, "Eén")
    closed(chat, trainer)
    ask(enter(trainer), chat, message)
    say(enter(noor), chat, message)
    say(enter(noor), chat, message, "no")
    answer = begin(enter(trainer), chat)
    assert answer.status_code == 409
    assert "Uit onze chat." in answer.content.decode()


def test_what_a_second_trainer_wrote_meanwhile_comes_back(enter, chat, noor, trainer):
    message, second = chat.say(noor, "Eén"), make.trainer(chat.event.cohort)
    closed(chat, trainer)
    ask(enter(trainer), chat, message)
    say(enter(noor), chat, message)
    place = begin(enter(trainer), chat)["Location"]
    assert begin(enter(trainer), chat)["Location"] == place  # pressed twice
    for words, status in (
        ({"title": "Ons verslag", "body": "Zo zag ik het."}, 409),
        ({"title": "", "body": "Zo."}, 422),
    ):
        answer = begin(enter(second), chat, **words)
        page = answer.content.decode()
        assert answer.status_code == status
        assert words["title"] in page
        assert words["body"] in page
        assert place in page
    assert Topic.objects.get().posts.count() == 2


def test_a_conversation_is_not_offered_when_the_only_yes_is_of_someone_who_left(enter, chat, noor, trainer):
    message = chat.say(noor, "Eén")
    closed(chat, trainer)
    ask(enter(trainer), chat, message)
    say(enter(noor), chat, message)
    assert "Begin het gesprek" in enter(trainer).get(address(chat, "summary/")).content.decode()
    noor.memberships.get().end()
    page = enter(trainer).get(address(chat, "summary/")).content.decode()
    assert "Begin het gesprek" not in page
    assert "Wat een ja heeft, kan nu niet in de kring" in page


def test_a_trainer_is_reminded_for_two_weeks_until_something_was_chosen(enter, chat, noor, trainer):
    chat.say(noor, "Eén")
    where = address(chat, "summary/")
    assert where not in enter(trainer).get("/").content.decode()  # it is going on
    over(chat)
    assert where in enter(trainer).get("/").content.decode()
    assert where not in enter(noor).get("/").content.decode()
    assert where not in enter(make.trainer(make.cohort())).get("/").content.decode()
    with time_machine.travel(now() + timedelta(days=15)):
        assert where not in enter(trainer).get("/").content.decode()
    ask(enter(trainer), chat)  # nothing: that is a choice too
    assert where not in enter(trainer).get("/").content.decode()


def test_a_trainer_is_not_reminded_of_a_chat_that_was_opened_again(enter, chat, noor, trainer):
    chat.say(noor, "Eén")
    over(chat)
    chat.refresh_from_db()
    chat.turn(trainer, "open")
    assert address(chat, "summary/") not in enter(trainer).get("/").content.decode()


def test_today_asks_as_much_for_many_chats_that_are_over_as_for_one(enter, chat, noor, trainer):
    chat.say(noor, "Eén")
    over(chat)
    one = statements(enter(trainer), "/")
    for _ in range(3):
        other = room(chat.event.cohort)
        other.say(noor, "Nog een")
        over(other)
    assert enter(trainer).get("/").content.decode().count("/chat/summary/") == 4
    assert statements(enter(trainer), "/") == one


def test_of_a_chat_in_which_nothing_was_said_nothing_is_kept(enter, chat, noor, trainer):
    chat.say(noor, "Oeps").take_away(noor)
    over(chat)
    assert address(chat, "summary/") not in enter(trainer).get("/").content.decode()
