"""The pages of polls: made by trainers, voted in by who takes the course."""

import uuid

import pytest

from events.chat.models import Ballot, Poll
from tests import make
from tests.chat.rooms import JSON, address

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer(chat):
    return make.trainer(chat.event.cohort, name="Judith")


@pytest.fixture
def poll(chat, trainer):
    return Poll.begin(chat, trainer, "Wanneer begin je?", ["Vandaag", "Later"], uuid.uuid4())


def begin(client, chat, question="Wanneer?", options="Nu\n\nStraks "):
    return client.post(address(chat, "polls/"), {"cid": str(uuid.uuid4()), "question": question, "options": options})


def vote(client, poll, choice, **headers):
    return client.post(address(poll.room, f"polls/{poll.pk}/vote/"), {"choice": choice}, **headers)


def text(response) -> str:
    return response.content.decode()


def test_a_trainer_begins_a_poll_and_it_stands_in_the_chat(enter, noor, trainer, chat):
    assert enter(trainer).get(address(chat, "polls/")).status_code == 200
    response = begin(enter(trainer), chat)
    assert response.status_code == 302 and "#p-" in response["Location"]
    assert Poll.objects.get().options == ["Nu", "Straks"]
    for who in (noor, trainer):
        assert "Straks" in text(enter(who).get(address(chat, "")))
    assert begin(enter(noor), chat).status_code == 403


@pytest.mark.parametrize("options", ["", "één", "a\na", "\n".join("abcdefg"), f"a\n{'b' * 81}"])
def test_bad_answers_are_told_beside_the_field_and_kept(enter, trainer, chat, options):
    response = begin(enter(trainer), chat, options=options)
    assert response.status_code == 422 and "id_options_error" in text(response)
    assert options in text(response) and not Poll.objects.exists()


def test_a_vote_is_counted_once_with_a_script_and_without(enter, noor, poll):
    assert vote(enter(noor), poll, 1, **JSON).json()["dup"] is False
    assert vote(enter(noor), poll, 0, **JSON).json()["dup"] is True
    assert vote(enter(noor), poll, 0).status_code == 302
    assert (Ballot.objects.count(), Poll.objects.get().sums) == (1, [0, 1])
    page = text(enter(noor).get(address(poll.room, "")))
    assert "Je stem is geteld." in page and 'name="choice"' not in page.split("<template")[0]


@pytest.mark.parametrize("choice", ["", "2", "-1", "x", "\u0661"])
def test_no_such_answer(enter, noor, poll, choice):
    answer = vote(enter(noor), poll, choice, **JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_body")
    assert vote(enter(noor), poll, choice).status_code == 422


def test_what_was_chosen_is_in_no_page_and_no_event_before_there_are_four(enter, noor, trainer, poll):
    people = [noor, *(make.person(cohort=poll.room.event.cohort) for _ in range(3))]
    for number, person in enumerate(people):
        assert vote(enter(person), poll, 1, **JSON).status_code == 200
        pages = [
            text(enter(who).get(address(poll.room, rest)))
            for who in (noor, trainer)
            for rest in ("", "events/?after=0")
        ]
        assert ["<meter" in page for page in pages] == [number == 3] * 4


def test_a_trainer_closes_it_and_takes_it_away(enter, noor, trainer, poll):
    where = address(poll.room, f"polls/{poll.pk}/")
    assert enter(noor).post(f"{where}close/", **JSON).status_code == 403
    assert enter(trainer).post(f"{where}close/", **JSON).json()["dup"] is False
    late = vote(enter(noor), poll, 0, **JSON)
    assert (late.status_code, late.json()["code"]) == (409, "conflict")
    assert enter(trainer).post(f"{where}remove/").status_code == 302
    assert "Wanneer begin je?" not in text(enter(noor).get(address(poll.room, "")))
    assert "Wanneer begin je?" not in text(enter(noor).get(address(poll.room, "events/?after=0")))


def test_trainers_do_not_vote(enter, trainer, poll):
    assert vote(enter(trainer), poll, 0, **JSON).status_code == 403
