"""The soft rounds of a discussion."""

import re
from datetime import timedelta

import pytest

from accounts.clock import today
from forums.cases.models import Case
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(board, noor):
    return make.case(noor, board, "discussion")


def at_day(case, days: int) -> Case:
    Case.objects.filter(pk=case.pk).update(round_on=today() - timedelta(days=days))
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize(("days", "number"), [(0, 1), (2, 1), (3, 2), (5, 2), (6, 3), (9, 4), (400, 4)])
def test_a_round_takes_three_days(case, days, number):
    standing = at_day(case, days).standing
    assert standing.round == number
    assert (standing.until is None) == (number == 4)


def test_the_author_goes_on_sooner_and_pressing_twice_is_once(enter, case, noor, mate):
    address = f"{case.get_absolute_url()}round/"
    assert enter(mate).post(address, {"round": 1}).status_code == 403
    client = enter(noor)
    assert [client.post(address, {"round": 1}).status_code for _time in range(2)] == [302, 302]
    assert Case.objects.get(pk=case.pk).standing.round == 2
    for number in (2, 3):
        client.post(address, {"round": number})
    assert Case.objects.get(pk=case.pk).standing.round == 4
    assert client.post(address, {"round": 4}).status_code == 409


@pytest.mark.parametrize("number", ["", "x", "-1", "99", "\x00"])
def test_a_round_that_does_not_exist_changes_nothing(enter, case, noor, number):
    assert enter(noor).post(f"{case.get_absolute_url()}round/", {"round": number}).status_code == 302
    assert Case.objects.get(pk=case.pk).standing.round == 1


def test_outside_of_a_discussion_there_is_no_round(enter, board, noor):
    case = make.case(noor, board)
    assert enter(noor).post(f"{case.get_absolute_url()}round/", {"round": 1}).status_code == 409


USUAL = {0: "question", 3: "reflection", 6: "suggestion", 9: "reply"}


@pytest.mark.parametrize("days", USUAL)
def test_a_reply_is_meant_as_the_round_asks(enter, case, mate, days):
    at_day(case, days)
    page = enter(mate).get(case.get_absolute_url()).content.decode()
    assert re.findall(r'<option value="(\w+)" selected>', page) == [USUAL[days]]


def test_advice_in_the_round_of_questions_gets_a_hint_and_is_placed(enter, case, mate):
    client = enter(mate)
    page = client.get(case.get_absolute_url()).content.decode()
    assert "Een advies mag ook nu" in page
    answer = client.post(f"{case.topic.get_absolute_url()}reply/", {"body": "Doe dit", "kind": "suggestion"})
    assert answer.status_code == 302
    assert case.topic.posts.last().kind == "suggestion"


def test_while_the_group_thinks_the_author_is_asked_to_wait(enter, case, noor, mate):
    at_day(case, 3)
    assert "wacht nog met antwoorden" in enter(noor).get(case.get_absolute_url()).content.decode()
    assert "wacht nog met antwoorden" not in enter(mate).get(case.get_absolute_url()).content.decode()
    answer = enter(noor).post(f"{case.topic.get_absolute_url()}reply/", {"body": "Toch even dit"})
    assert answer.status_code == 302
