"""Polls: one vote each, a result by four votes at a time, and nothing that tells who chose what."""

import uuid

import pytest

from events.chat.faults import Closed, Conflict
from events.chat.models import Ballot, Poll
from tests import make
from tests.chat.rooms import room


@pytest.fixture
def trainer(chat):
    return make.trainer(chat.event.cohort, name="Judith")


@pytest.fixture
def people(chat):
    return [make.person(cohort=chat.event.cohort) for _ in range(9)]


def begun(chat, trainer, options=("Vandaag", "Later"), cid=None) -> Poll:
    return Poll.begin(chat, trainer, "Wanneer begin je?", list(options), cid or uuid.uuid4())


def fresh(poll) -> Poll:
    return Poll.objects.get(pk=poll.pk)


def test_a_poll_has_a_number_in_the_room_and_begins_once(chat, trainer):
    cid = uuid.uuid4()
    poll, again = begun(chat, trainer, cid=cid), begun(chat, trainer, cid=cid)
    assert again.is_repeat and again.pk == poll.pk
    assert [(event.kind, event.seq) for event in poll.log.all()] == [("poll", poll.seq)]


def test_everyone_votes_once(chat, trainer, people):
    poll = begun(chat, trainer)
    assert not poll.choose(people[0], 1).is_repeat
    assert poll.choose(people[0], 0).is_repeat
    assert (fresh(poll).sums, fresh(poll).total) == ([0, 1], 1)


def test_no_row_tells_who_chose_what(chat, trainer, people):
    poll = begun(chat, trainer)
    poll.choose(people[0], 1)
    held = {field.name for field in Ballot._meta.concrete_fields}
    assert held == {"id", "poll", "person"}


def test_the_result_comes_by_four_votes_at_a_time(chat, trainer, people):
    poll, seen = begun(chat, trainer), []
    for number, person in enumerate(people):
        poll.choose(person, number % 2)
        seen.append(fresh(poll).shown)
    assert seen == [[], [], [], [2, 2], [2, 2], [2, 2], [2, 2], [4, 4], [4, 4]]
    poll.close()
    assert (fresh(poll).shown, fresh(poll).total) == ([4, 4], 9)  # the ninth would show what it was


def test_a_closed_poll_takes_no_votes(chat, trainer, people):
    poll = begun(chat, trainer)
    assert not poll.close().is_repeat and poll.close().is_repeat
    with pytest.raises(Conflict):
        poll.choose(people[0], 0)


def test_no_such_option(chat, trainer, people):
    poll = begun(chat, trainer)
    for choice in (-1, 2):
        with pytest.raises(ValueError, match=str(choice)):
            poll.choose(people[0], choice)


def test_taken_away_its_words_and_sums_are_gone(chat, trainer, people):
    poll = begun(chat, trainer)
    for person in people:
        poll.choose(person, 0)
    assert poll.take_away(trainer).kind == "hide"
    gone = fresh(poll)
    assert (gone.question, gone.options, gone.sums, gone.shown) == ("", [], [], [])


def test_a_closed_room_has_no_polls(noor):
    chat = room(noor.cohorts[0], starts=-5, ends=-3)
    with pytest.raises(Closed):
        begun(chat, make.trainer(chat.event.cohort))


def test_when_the_room_is_erased_its_polls_go(chat, trainer, people):
    begun(chat, trainer).choose(people[0], 0)
    chat.erase()
    assert not Poll.objects.exists() and not Ballot.objects.exists()
