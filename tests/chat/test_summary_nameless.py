"""A question without a name goes on without one, and nothing tells who said yes to that."""

import uuid
from datetime import timedelta

import pytest

from accounts.clock import start_of_today
from accounts.models import Outgoing
from events.chat.models import Keep, Question
from events.chat.tasks import place_nameless
from forums.models import Alias, Post, Topic
from tests import make
from tests.chat.keeping import begin, closed, say
from tests.chat.rooms import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(chat, noor, trainer):
    question = Question.ask(chat, noor, "Wie durft nog?\nIk niet.", uuid.uuid4(), nameless=True)
    question.show(trainer)
    question.refresh_from_db()
    return question


@pytest.fixture
def asking(enter, chat, asked, trainer):
    """The question was left open, and who asked it is asked."""
    closed(chat, trainer)
    enter(trainer).post(address(chat, "summary/questions/"))
    return asked


def yesterday() -> None:
    Keep.objects.filter(is_yes=True).update(said_at=start_of_today() - timedelta(minutes=1))


def test_who_asked_finds_it_on_the_site_and_gets_no_mail(enter, chat, noor, asking):
    assert not Outgoing.objects.filter(kind="keep_asked").exists()
    assert "1 bericht van jou" in enter(noor).get(address(chat, "")).content.decode()
    assert "Jouw vraag zonder naam" in enter(noor).get(address(chat, "kept/")).content.decode()
    member = make.person(cohort=chat.event.cohort)
    assert "Wie durft" not in enter(member).get(address(chat, "kept/")).content.decode()
    assert say(enter(member), chat, asking).status_code == 404


def test_a_yes_shows_the_next_day_to_trainers_too(enter, chat, noor, asking, trainer):
    say(enter(noor), chat, asking)
    assert "nog geen ja" in enter(trainer).get(address(chat, "summary/")).content.decode()
    assert begin(enter(trainer), chat, "open").status_code == 409
    yesterday()
    assert "1 van de 1 mag bewaard blijven" in enter(trainer).get(address(chat, "summary/")).content.decode()


def test_it_stands_there_without_a_name_as_the_trainer_passes_it_on(enter, chat, noor, asking, trainer):
    say(enter(noor), chat, asking)
    yesterday()
    topic = Topic.objects.get(pk=begin(enter(trainer), chat, "open")["Location"].split("/")[-2])
    post = topic.posts.get(number=2)
    assert (post.author, post.alias, post.kind) == (trainer, None, Post.Kind.QUESTION)
    assert post.body == "In de chat gevraagd zonder naam:\n\n> Wie durft nog?\n> Ik niet."
    assert not Alias.objects.exists()
    enter(noor).post(f"{topic.get_absolute_url()}reply/", {"body": "Goede vraag"})
    assert topic.posts.get(number=3).author == noor


def test_a_later_yes_is_placed_by_the_clock_and_not_by_the_answer(enter, chat, noor, asking, trainer):
    other = Question.objects.create(
        room=chat, author=trainer, cid=uuid.uuid4(), body="Bekend", seq=90, shown_at=asking.shown_at
    )
    enter(trainer).post(address(chat, "summary/questions/"))
    begin(enter(trainer), chat, "open")
    topic = Topic.objects.get()
    assert [post.body for post in topic.posts.filter(number__gt=1)] == [other.body]
    say(enter(noor), chat, asking)
    assert place_nameless() == 0
    assert topic.posts.count() == 2
    yesterday()
    assert (place_nameless(), place_nameless()) == (1, 0)
    assert topic.posts.count() == 3


def test_it_can_be_taken_out_at_once_also_when_the_chat_is_erased(enter, chat, noor, asking, trainer):
    say(enter(noor), chat, asking)
    yesterday()
    begin(enter(trainer), chat, "open")
    keep = Keep.objects.get()
    chat.erase()
    assert "Wie durft" in enter(noor).get(address(chat, "kept/")).content.decode()
    assert "Wie durft" not in enter(trainer).get(address(chat, "kept/")).content.decode()
    assert enter(trainer).post(address(chat, f"kept/{keep.pk}/"), {"answer": "no"}).status_code == 404
    enter(noor).post(address(chat, f"kept/{keep.pk}/"), {"answer": "no"})
    assert not Post.objects.filter(body__contains="durft").exists()


def test_the_row_names_nobody(chat, noor, asking, enter):
    say(enter(noor), chat, asking)
    keep = Keep.objects.get()
    assert keep.author is None
    assert str(noor.pk) not in "".join(str(getattr(keep, field.attname)) for field in Keep._meta.concrete_fields)
