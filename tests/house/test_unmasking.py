"""Who writes under a pseudonym stays unknown (P6): nothing that others reach differs between two authors.

One script, run as one author and as another, with all else equal: every page, search, file, mail
and live frame that a viewer can reach is compared, and how many questions each page asks. And what
a viewer reaches before and after differs by the conversation or case alone; not at all for who may not read it.
"""

import pytest
import time_machine

from accounts.clock import now
from forums.models import alias
from tests.house import veiled
from tests.house.unmasking import Scene, plain, reached

pytestmark = pytest.mark.django_db
LISTS = {"/", "/forums/", "/search/"}  # they name what is new
OF_CASES = {"/forums/cases/", "/forums/cases/feedback/", "/forums/bookmarks/"}


@pytest.fixture
def scene(monkeypatch):
    monkeypatch.setattr(alias, "draw", lambda taken: "Beuk")  # the only thing here that chance decides
    with time_machine.travel(now(), tick=False) as clock:
        yield Scene(clock)


def compare(scene: Scene, found: list[dict], lists: set[str], blind: tuple, word: str = "Kastanjes") -> None:
    """`found`: what is reached when nobody wrote, when one did, and when the other did."""
    nobody, one, other = found
    for who in scene.viewers:
        assert plain(one[who]) == plain(other[who]), who
        before, after = nobody[who]["pages"], one[who]["pages"]
        changed = {at for at in after if plain(str(before.get(at, ())[:2])) != plain(str(after[at][:2]))}
        assert (word in str(after)) is (who not in blind)
        if who in blind:
            assert changed == set(), who
        assert {at for at in changed if at in before and at.split("?")[0] not in lists} == set(), who
        for trace in scene.traces:
            assert [at for at in changed if after[at][1].count(trace) > str(before.get(at)).count(trace)] == [], who


@pytest.mark.parametrize("space", ["circle", "forum"])
def test_who_wrote_under_a_pseudonym_makes_no_difference_to_anyone_else(scene, space):
    board = scene.boards[space]
    found = [reached(scene), *(reached(scene, veiled.write, author, board) for author in scene.authors)]
    blind = ("organiser", "moderator") if space == "circle" else ()
    compare(scene, found, LISTS | {board.get_absolute_url()}, blind)


def test_whose_case_it_is_under_a_pseudonym_makes_no_difference_to_anyone_else(scene):
    found = compared_as_cases(scene, veiled.bring_in)
    for who in ("fellow", "trainer"):  # they do reach all of it
        pages = str(found[1][who]["pages"])
        assert [word for word in ("Iedereen durft", "post__quote", "bijna niemand lacht") if word not in pages] == []
    assert "Beuk" in found[1]["fellow"]["pages"]["/forums/bookmarks/"][1]


def test_nor_does_who_took_it_back(scene):
    found = compared_as_cases(scene, veiled.take_back, "Wat zie jij zelf")
    assert [receivers for receivers, *_words in found[1]["fellow"]["mails"]] == [[scene.fellow.email]]


def compared_as_cases(scene: Scene, write, word: str = "Kastanjes", blind: tuple = ()) -> list[dict]:
    found = [reached(scene), *(reached(scene, write, author) for author in scene.authors)]
    lists = LISTS | OF_CASES | {scene.boards["circle"].get_absolute_url()}
    compare(scene, found, lists, ("organiser", "moderator", *blind), word)
    return found
