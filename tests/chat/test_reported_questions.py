"""A question can be reported as a message can; hidden it is on no page but that of who asked."""

import uuid

import pytest

from events.chat.faults import Conflict
from events.chat.models import Question
from forums.moderation.models import Report
from tests import make
from tests.chat.rooms import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer(chat):
    return make.trainer(chat.event.cohort)


@pytest.fixture
def asked(noor, chat, trainer):
    """Of each kind one: under a name, and without."""
    named = Question.ask(chat, noor, "Wat doe je met Kees?", uuid.uuid4())
    nameless = Question.ask(chat, noor, "En met Truus?", uuid.uuid4(), nameless=True)
    nameless.show(trainer)
    return named, nameless


def report(client, question):
    where = address(question.room, f"questions/{question.pk}/report/")
    return client.post(where, {"reason": "recognisable", "note": ""})


def seen(client, chat) -> str:
    return "".join(client.get(address(chat, rest)).content.decode() for rest in ("", "events/?after=0"))


def test_one_trainer_hides_it_at_once_and_who_asked_still_sees_it(enter, noor, trainer, chat, asked):
    member = make.person(cohort=chat.event.cohort)
    for question, words in zip(asked, ("Kees", "Truus"), strict=True):
        assert report(enter(member), question)["Location"] == "/me/reports/"
        assert words in seen(enter(member), chat)
        report(enter(trainer), question)
        assert words not in seen(enter(member), chat)
        assert "Deze vraag is even verborgen." in seen(enter(member), chat)
        assert words in enter(noor).get(address(chat, "")).content.decode()


def test_hidden_it_takes_no_votes_and_is_not_on_the_screen(enter, trainer, chat, asked):
    question = asked[0]
    question.become(Question.State.TALKED)
    question.hide(None, "even kijken")
    assert "Kees" not in enter(trainer).get(address(chat, "present/")).content.decode()
    with pytest.raises(Conflict):
        question.vote(make.person(cohort=chat.event.cohort))
    with pytest.raises(Conflict):
        question.become(Question.State.ANSWERED)
    assert question.restore(trainer)
    assert "Kees" in enter(trainer).get(address(chat, "present/")).content.decode()


def test_a_moderator_decides_without_seeing_who_asked_without_a_name(enter, trainer, chat, asked):
    report(enter(trainer), asked[1])
    found, client = Report.objects.get(), enter(make.moderator())
    client.post(f"/moderation/{found.pk}/take/", {"seen": ""})
    page = client.get(f"/moderation/{found.pk}/").content.decode()
    assert "En met Truus?" in page and found.author is None
    assert (
        client.post(f"/moderation/{found.pk}/rule/", {"what": "remove", "reason": "Er staat een naam in."}).status_code
        == 302
    )
    assert Question.objects.get(pk=asked[1].pk).body == ""


def test_what_is_not_on_show_yet_is_reported_by_nobody(enter, noor, trainer, chat):
    waiting = Question.ask(chat, noor, "En dit?", uuid.uuid4(), nameless=True)
    member = make.person(cohort=chat.event.cohort)
    assert [report(enter(who), waiting).status_code for who in (member, trainer)] == [404, 404]
    own = Question.ask(chat, noor, "Van mij", uuid.uuid4())
    assert report(enter(noor), own).status_code == 403
