"""After the session a trainer asks what may be kept; only with a yes it goes on in the circle."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.clock import now
from accounts.models import Outgoing
from accounts.tasks import send_mail
from events.chat.models import ChatRoom, Keep, Question, Summary
from events.chat.tasks import ask_open_questions
from forums.models import Draft, Post, Topic
from tests import make
from tests.chat.keeping import ask, begin, bodies, closed, over, say, statements
from tests.chat.rooms import address

pytestmark = pytest.mark.django_db


def test_one_yes_one_no_and_one_silence(enter, chat, noor, mo, trainer):
    eva = make.person(cohort=chat.event.cohort, name="Eva")
    kept, refused, silent = chat.say(noor, "Dit hielp mij"), chat.say(mo, "Liever niet"), chat.say(eva, "Hm")
    closed(chat, trainer)
    assert ask(enter(trainer), chat, kept, refused, silent)["Location"] == address(chat, "summary/")
    assert begin(enter(trainer), chat).status_code == 409
    page = enter(noor).get(address(chat, "kept/")).content.decode()
    assert "Dit hielp mij" in page
    assert "Liever niet" not in page
    say(enter(noor), chat, kept)
    say(enter(mo), chat, refused, "no")
    overview = enter(trainer).get(address(chat, "summary/")).content.decode()
    assert "1 van de 3 mag bewaard blijven" in overview
    assert overview.count("nog geen ja") == 2
    topic = Topic.objects.get(pk=begin(enter(trainer), chat)["Location"].split("/")[-2])
    assert (topic.board, topic.title, topic.author) == (chat.event.cohort.circle, "Wat we bewaren", trainer)
    assert bodies(topic) == [("Noor", "Dit hielp mij")]
    assert topic.get_absolute_url() in enter(eva).get(address(chat, "")).content.decode()


def test_what_was_said_stands_in_the_order_of_the_session_and_is_begun_once(enter, chat, noor, mo, trainer):
    first, second = chat.say(mo, "Eén"), chat.say(noor, "Twee")
    own = chat.say(trainer, "Drie")
    closed(chat, trainer)
    ask(enter(trainer), chat, own, second, first)
    say(enter(noor), chat, second)
    say(enter(mo), chat, first)
    assert begin(enter(trainer), chat)["Location"] == begin(enter(trainer), chat)["Location"]
    assert begin(enter(trainer), chat, title="Nog eens").status_code == 409
    assert bodies(Topic.objects.get()) == [("Mo", "Eén"), ("Noor", "Twee"), (trainer.name, "Drie")]
    assert Topic.objects.get().posts.get(number=4).badge == "trainer"


def test_a_later_yes_is_added_and_a_later_no_takes_it_out(enter, chat, noor, mo, trainer):
    early, late = chat.say(noor, "Vroeg"), chat.say(mo, "Laat")
    closed(chat, trainer)
    ask(enter(trainer), chat, early, late)
    say(enter(noor), chat, early)
    begin(enter(trainer), chat)
    say(enter(mo), chat, late)
    topic = Topic.objects.get()
    assert bodies(topic) == [("Noor", "Vroeg"), ("Mo", "Laat")]
    say(enter(noor), chat, early, "no")
    assert bodies(topic) == [("Mo", "Laat")]
    assert not Post.objects.filter(body__contains="Vroeg").exists()
    assert "Vroeg" not in enter(mo).get(topic.get_absolute_url()).content.decode()
    say(enter(noor), chat, early)
    assert bodies(topic) == [("Mo", "Laat"), ("Noor", "Vroeg")]


@pytest.mark.parametrize("who", ["author", "trainer"])
def test_what_is_taken_away_in_the_chat_is_taken_away_in_the_circle(enter, chat, noor, trainer, who):
    message = chat.say(noor, "Toch maar niet")
    closed(chat, trainer)
    ask(enter(trainer), chat, message)
    say(enter(noor), chat, message)
    begin(enter(trainer), chat)
    enter(noor if who == "author" else trainer).post(address(chat, f"messages/{message.pk}/remove/"))
    assert bodies(Topic.objects.get()) == []
    assert not Post.objects.filter(body__contains="Toch").exists()


def test_what_is_hidden_in_the_chat_is_hidden_in_the_circle(enter, chat, noor, mo, trainer):
    message = chat.say(noor, "Kees van de balie")
    closed(chat, trainer)
    ask(enter(trainer), chat, message)
    say(enter(noor), chat, message)
    place = begin(enter(trainer), chat)["Location"]
    message.hide(None, "even kijken")
    assert "Kees" not in enter(mo).get(place).content.decode()
    message.refresh_from_db()
    message.restore(trainer)
    assert "Kees" in enter(mo).get(place).content.decode()


def test_only_the_author_has_a_word_in_it(enter, chat, noor, mo, trainer):
    message = chat.say(noor, "Van mij")
    closed(chat, trainer)
    ask(enter(trainer), chat, message)
    for other in (mo, trainer, make.organiser(), make.moderator()):
        assert say(enter(other), chat, message).status_code == 404
    keep = Keep.objects.get()
    assert (keep.is_yes, keep.said_at) == (False, None)
    assert say(enter(noor), chat, message, "misschien").status_code == 302
    assert Keep.objects.get().said_at is None


def test_one_mail_per_session_that_tells_nothing_and_none_when_it_was_answered(enter, chat, noor, mo, trainer):
    one, two, other = chat.say(noor, "Geheim een"), chat.say(noor, "Geheim twee"), chat.say(mo, "Geheim drie")
    closed(chat, trainer)
    ask(enter(trainer), chat, one, two, other)
    say(enter(mo), chat, other, "no")
    assert Outgoing.objects.filter(kind="keep_asked").count() == 2
    Outgoing.objects.update(due_at=now())
    send_mail()
    (sent,) = mail.outbox
    assert sent.to == [noor.email]
    assert address(chat, "kept/") in sent.body
    assert "Geheim" not in str(sent.message())
    assert chat.event.title not in str(sent.message())
    third = ChatRoom.objects.get(pk=chat.pk).messages.create(author=noor, body="Nog", seq=99)
    ask(enter(trainer), chat, third)
    assert Outgoing.objects.filter(kind="keep_asked", person=noor).count() == 1


def test_what_is_not_chosen_any_more_is_not_asked_any_more(enter, chat, noor, trainer):
    one, two = chat.say(noor, "Een"), chat.say(noor, "Twee")
    closed(chat, trainer)
    ask(enter(trainer), chat, one, two)
    ask(enter(trainer), chat, two, shown=[one, two])
    assert [keep.message for keep in Keep.objects.all()] == [two]
    ask(enter(trainer), chat, one, shown=[one])  # a page without the second says nothing of it
    assert {keep.message for keep in Keep.objects.all()} == {one, two}


def test_it_is_chosen_when_everyone_is_done_talking(enter, chat, noor, trainer):
    message = chat.say(noor, "Nog bezig")
    assert "als de chat dicht is" in enter(trainer).get(address(chat, "summary/")).content.decode()
    assert ask(enter(trainer), chat, message).status_code == 403
    assert enter(trainer).post(address(chat, "summary/questions/")).status_code == 403
    assert not Keep.objects.exists()


def test_the_typed_words_come_back_with_what_is_wrong(enter, chat, noor, trainer):
    message = chat.say(noor, "Dag")
    closed(chat, trainer)
    ask(enter(trainer), chat, message)
    say(enter(noor), chat, message)
    answer = begin(enter(trainer), chat, title="")
    assert answer.status_code == 422
    assert "Vul een titel in." in answer.content.decode()
    assert "Uit onze chat." in answer.content.decode()
    assert begin(enter(trainer), chat, part="open").status_code == 404
    assert begin(enter(trainer), chat, part="anders").status_code == 404


def test_a_draft_in_the_circle_stays_when_words_of_the_chat_are_placed_there(enter, chat, noor, mo, trainer):
    one, two = chat.say(mo, "Een"), chat.say(noor, "Twee")
    closed(chat, trainer)
    ask(enter(trainer), chat, one, two)
    say(enter(mo), chat, one)
    place = begin(enter(trainer), chat)["Location"]
    Draft.keep(noor, place, "Nog niet af", 0)
    say(enter(noor), chat, two)
    assert Draft.objects.get(person=noor).body == "Nog niet af"


def test_who_left_the_circle_is_not_placed_in_it(enter, chat, noor, mo, trainer):
    one, two = chat.say(noor, "Een"), chat.say(mo, "Twee")
    closed(chat, trainer)
    ask(enter(trainer), chat, one, two)
    say(enter(noor), chat, one)
    say(enter(mo), chat, two)
    noor.memberships.update(until=timezone.localdate() - timedelta(days=1))
    begin(enter(trainer), chat)
    assert bodies(Topic.objects.get()) == [("Mo", "Twee")]


def test_it_goes_to_no_more_people_than_the_circle(enter, chat, noor, trainer):
    make.board("everyone")
    message = chat.say(noor, "Voor ons")
    closed(chat, trainer)
    ask(enter(trainer), chat, message)
    say(enter(noor), chat, message)
    place = begin(enter(trainer), chat)["Location"]
    assert enter(trainer).get(f"{place}widen/").status_code == 403
    topic = Topic.objects.get()
    assert topic.split(trainer, [2], "Verder").stays


def test_what_stands_in_the_circle_outlives_the_chat_and_can_still_be_taken_out(enter, chat, noor, mo, trainer):
    kept, silent = chat.say(noor, "Blijft"), chat.say(mo, "Gaat")
    closed(chat, trainer)
    ask(enter(trainer), chat, kept, silent)
    say(enter(noor), chat, kept)
    begin(enter(trainer), chat)
    keep = Keep.objects.get(message=kept)
    chat.erase()
    assert list(Keep.objects.all()) == [keep]
    assert enter(noor).get(address(chat, "")).status_code == 404
    assert "Blijft" in enter(noor).get(address(chat, "kept/")).content.decode()
    enter(noor).post(address(chat, f"kept/{keep.pk}/"), {"answer": "no"})
    assert not Post.objects.filter(body="Blijft").exists()
    enter(noor).post(address(chat, f"kept/{keep.pk}/"), {"answer": "yes"})
    assert bodies(Topic.objects.get()) == []


def test_open_questions_are_asked_for_when_the_clock_closes_the_room(enter, chat, noor, trainer):
    left, done = (Question.ask(chat, noor, words, uuid.uuid4()) for words in ("En nu?", "Mag dat?"))
    done.become(Question.State.ANSWERED)
    closed(chat, trainer)
    assert ask_open_questions() == 0
    over(chat)
    assert (ask_open_questions(), ask_open_questions()) == (1, 0)
    assert [keep.question for keep in Keep.objects.all()] == [left]
    say(enter(noor), chat, left)
    topic = Topic.objects.get(pk=begin(enter(trainer), chat, "open")["Location"].split("/")[-2])
    assert bodies(topic) == [("Noor", "En nu?")]
    assert topic.posts.get(number=2).kind == Post.Kind.QUESTION
    left.refresh_from_db()
    assert left.state == Question.State.MOVED
    assert left.log.order_by("seq").last().seq == ChatRoom.objects.get(pk=chat.pk).seq
    assert "gaat verder in de kring" in enter(noor).get(address(chat, "")).content.decode().lower()
    say(enter(noor), chat, left, "no")
    left.refresh_from_db()
    assert left.is_open


def test_a_question_that_goes_on_is_said_so_without_a_yes_it_stays_open(enter, chat, noor, trainer):
    left = Question.ask(chat, noor, "En nu?", uuid.uuid4())
    over(chat)
    enter(trainer).post(address(chat, "summary/questions/"))
    say(enter(noor), chat, left, "no")
    assert begin(enter(trainer), chat, "open").status_code == 409
    left.refresh_from_db()
    assert left.is_open


def test_the_pages_take_as_many_statements_for_many_as_for_one(enter, chat, noor, mo, trainer):
    def counts() -> list[int]:
        pages = ((trainer, "summary/"), (trainer, "summary/pick/"), (noor, "kept/"), (noor, ""))
        return [statements(enter(who), address(chat, rest)) for who, rest in pages]

    one = chat.say(noor, "Een")
    rest = [chat.say(who, f"Nog {n}") for n in range(5) for who in (noor, mo)]
    closed(chat, trainer)
    ask(enter(trainer), chat, one)
    say(enter(noor), chat, one)
    few = counts()
    ask(enter(trainer), chat, one, *rest)
    for thing in rest[::2]:
        say(enter(noor), chat, thing)
    assert counts() == few
    assert Summary.objects.count() == 1


def test_it_is_asked_on_the_first_page_until_it_is_answered(enter, chat, noor, mo, trainer):
    message = chat.say(noor, "Dag")
    closed(chat, trainer)
    ask(enter(trainer), chat, message)
    assert "Mag dit bewaard blijven?" in enter(noor).get("/").content.decode()
    for other in (mo, trainer):
        assert "Mag dit bewaard blijven?" not in enter(other).get("/").content.decode()
    say(enter(noor), chat, message, "no")
    assert "Mag dit bewaard blijven?" not in enter(noor).get("/").content.decode()
