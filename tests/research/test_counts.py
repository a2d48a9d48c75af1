"""Small numbers of people are never told, and cannot be worked out from others."""

import re
from itertools import combinations

import pytest

from accounts.research.counts import guarded
from accounts.research.models import ResearchEntry, StudyCall
from accounts.research.models.study import GROUPS
from tests import make

pytestmark = pytest.mark.django_db
FEW = "minder dan 5"


@pytest.fixture
def owner():
    return make.person(roles=["researcher"])


def numbers(page: str) -> list[str]:
    return re.findall(r"<b>(?:<small>)?([^<]*)(?:</small>)?</b>", page)


@pytest.mark.parametrize(("count", "told"), [(0, FEW), (1, FEW), (4, FEW), (5, "5"), (6, "6"), (120, "120")])
def test_under_five_only_that_it_is_so(count, told):
    assert guarded(count) == told


def test_no_call_is_in_two_groups_and_each_is_in_one():
    states = [state for _words, group in GROUPS.values() for state in group]
    assert sorted(states) == sorted(StudyCall.State.values)


def test_a_study_without_calls_and_one_with_four_look_alike(enter, owner):
    none, four = make.study(owner), make.study(owner)
    make.calls(four, "invited", 4)
    make.calls(four, "declined", 3)
    make.calls(four, "withdrawn", 1)
    client = enter(owner)
    shown = [numbers(client.get(study.get_absolute_url()).content.decode()) for study in (none, four)]
    assert shown == [[FEW] * 5, [FEW] * 5]


def test_five_and_more_are_told(enter, owner):
    study = make.study(owner)
    make.calls(study, "invited", 7)
    make.calls(study, "interested", 2)
    make.calls(study, "completed", 3)
    make.calls(study, "consented", 2)
    page = enter(owner).get(study.get_absolute_url()).content.decode()
    assert numbers(page) == ["7", FEW, "5", FEW, FEW]
    listed = enter(owner).get("/research/studies/").content.decode()
    assert re.search(r"<td role=\"cell\" data-th=\"Zeiden ja\">\s*5\s*</td>", listed)


def test_what_is_shown_never_gives_a_small_number_away(enter, owner):
    """Twelve calls, of which 8, 1, 1, 1 and 1: neither the total nor a part of a part stands on the page."""
    study = make.study(owner)
    for state, n in (
        ("completed", 6),
        ("consented", 2),
        ("interested", 1),
        ("invited", 1),
        ("declined", 1),
        ("withdrawn", 1),
    ):
        make.calls(study, state, n)
    told = [number for number in numbers(enter(owner).get(study.get_absolute_url()).content.decode()) if number != FEW]
    assert told == ["8"]
    hidden = {1, 2, 3, 4}
    assert not {abs(int(a) - int(b)) for a, b in combinations(told, 2)} & hidden


def test_the_keeper_sees_how_many_may_be_asked_for_each_scope(enter):
    one, *_others = [make.entry(scopes=["diary", "team"]) for _ in range(5)]
    make.entry(scopes=["team"]).withdraw()
    make.entry(scopes=["linkage"])
    client = enter(make.person(roles=["register_keeper"]))
    counts = dict(client.get("/research/studies/").context["counts"])
    assert {scope.value: told for scope, told in counts.items()} == {
        "questionnaire": FEW, "interview": FEW, "diary": "5", "team": "5", "linkage": FEW,
    }  # fmt: skip
    one.person.suspend(make.organiser(), "because")
    assert {told for _scope, told in ResearchEntry.counts()} == {FEW}


def test_the_words_are_there_in_english_too(enter):
    reader = make.person(roles=["researcher"], language="en")
    study = make.study(reader)
    assert numbers(enter(reader).get(study.get_absolute_url()).content.decode()) == ["fewer than 5"] * 5
