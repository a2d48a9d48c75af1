"""How trainers write feedback: kept while they write, by one at a time, judged, and never lost."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.clock import today
from tests import make

pytestmark = pytest.mark.django_db
ANSWERS = make.ANSWERS


@pytest.fixture
def circle(db):
    """A case in a circle, who brought it in, and two trainers."""
    cohort = make.cohort()
    noor = make.person("Noor", cohort=cohort)
    case = make.case(noor, make.board(cohort=cohort))
    return case, noor, make.trainer(cohort, name="Hanneke Brouwer"), make.trainer(cohort, name="Joris van Dalen")


def test_it_is_kept_while_one_writes(enter, circle):
    case, _noor, hanneke, _joris = circle
    found = make.feedback(case, state="requested")
    factor = case.factors.first()
    client = enter(hanneke)
    words = {"goal": "Samen\nlachen", "do": "keep", "factors": [factor.pk]}
    answer = client.post(found.get_absolute_url(), words | {"revision": 0}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["revision"]) == (200, 1)
    again = client.post(found.get_absolute_url(), words | {"revision": 0}, headers={"Accept": "application/json"})
    assert (again.status_code, again.json()["revision"]) == (200, 1)
    found.refresh_from_db()
    assert (found.state, found.trainer, found.goal) == ("draft", hanneke, "Samen\nlachen")
    assert list(found.factors.all()) == [factor]
    page = client.get(found.get_absolute_url()).content.decode()
    assert "Samen\nlachen" in page
    assert re.findall(r'<input[^>]*name="factors" value="(\d+)"[^>]* checked', page) == [str(factor.pk)], page[
        page.index('name="factors"') - 200 :
    ][:900]


def test_only_what_is_complete_is_given(enter, circle):
    case, _noor, hanneke, _joris = circle
    found = make.feedback(case, state="requested")
    client = enter(hanneke)
    for missing in ANSWERS:
        words = ANSWERS | {missing: "  ", "do": "give", "revision": 0}
        answer = client.post(found.get_absolute_url(), words)
        assert answer.status_code == 422
        assert f'href="#id_{missing}"' in answer.content.decode()
        assert all(text in answer.content.decode() for name, text in ANSWERS.items() if name != missing)
    found.refresh_from_db()
    assert found.state == "requested"


def test_giving_erases_the_notes_and_twice_is_once(enter, circle):
    case, _noor, hanneke, joris = circle
    found = make.feedback(case, hanneke, "draft")
    client = enter(joris)
    for _time in range(2):
        client.post(f"{found.get_absolute_url()}note/", {"body": "Eerst de eigen rol"})
    assert found.notes.count() == 1
    assert "Eerst de eigen rol" in enter(hanneke).get(found.get_absolute_url()).content.decode()
    for _time in range(2):
        answer = enter(hanneke).post(found.get_absolute_url(), ANSWERS | {"do": "give", "revision": 1})
    assert answer.status_code in (302, 409)
    found.refresh_from_db()
    assert (found.state, found.notes.count(), found.versions.count()) == ("given", 0, 0)


def test_an_older_page_hears_so_with_both_texts(enter, circle):
    case, _noor, hanneke, _joris = circle
    found = make.feedback(case, hanneke, "draft")
    client = enter(hanneke)
    for do in ("keep", "give"):
        answer = client.post(found.get_absolute_url(), ANSWERS | {"goal": "Iets anders", "do": do, "revision": 0})
        assert answer.status_code == 409
        page = answer.content.decode()
        assert ANSWERS["goal"] in page
        assert "Iets anders" in page
        assert 'name="revision" value="1"' in page
    json = client.post(
        found.get_absolute_url(),
        ANSWERS | {"goal": "Iets anders", "do": "keep", "revision": 0},
        headers={"Accept": "application/json"},
    )
    assert (json.status_code, json.json()["code"]) == (409, "stale")


def test_who_begins_writes_it_and_a_colleague_takes_over_explicitly(enter, circle):
    case, _noor, hanneke, joris = circle
    found = make.feedback(case, hanneke, "draft")
    client = enter(joris)
    page = client.get(found.get_absolute_url()).content.decode()
    assert ANSWERS["goal"] in page
    assert 'value="give"' not in page
    mine = ANSWERS | {"goal": "Mijn tekst", "revision": 1}
    answer = client.post(found.get_absolute_url(), mine | {"do": "give"})
    assert answer.status_code == 409
    assert "Mijn tekst" in answer.content.decode()
    assert ANSWERS["goal"] in answer.content.decode()
    client.post(f"{found.get_absolute_url()}take/", mine)
    found.refresh_from_db()
    assert (found.trainer, found.goal, found.state) == (joris, "Mijn tekst", "draft")
    assert ANSWERS["goal"] in found.notes.get().body
    answer = enter(hanneke).post(found.get_absolute_url(), ANSWERS | {"do": "keep", "revision": 1})
    assert answer.status_code == 409
    enter(hanneke).post(f"{found.get_absolute_url()}take/")
    found.refresh_from_db()
    assert (found.trainer, found.goal) == (hanneke, "Mijn tekst")


def test_a_colleague_gave_it_meanwhile(enter, circle):
    case, _noor, hanneke, joris = circle
    found = make.feedback(case, hanneke)
    words = ANSWERS | {"goal": "Te laat", "do": "give", "revision": 0}
    answer = enter(joris).post(found.get_absolute_url(), words)
    assert answer.status_code == 409
    assert "Te laat" in answer.content.decode()
    assert enter(joris).post(f"{found.get_absolute_url()}note/", {"body": "x"}).status_code == 403


@pytest.mark.parametrize(
    "words",
    [
        {"goal": "a\x00b"},
        {"goal": "x" * 6001},
        {"factors": ["1", "nee", "999999"]},
        {"factors": ["9" * 40]},
        {"revision": "veel"},
        {"revision": "-1"},
        {"revision": ""},
    ],
)
def test_hostile_input_gets_a_clear_answer(enter, circle, words):
    case, _noor, hanneke, _joris = circle
    found = make.feedback(case, state="requested")
    data = ANSWERS | {"revision": 0, "do": "give"} | words
    client = enter(hanneke)
    assert client.post(found.get_absolute_url(), data).status_code == 422
    foreign = make.feedback(make.case(), state="requested")
    address = reverse("cases:feedback_write", args=[case.pk, foreign.pk])
    assert client.get(address).status_code == 404


def test_a_factor_of_another_case_cannot_be_tied(enter, circle):
    case, noor, hanneke, _joris = circle
    other = make.case(noor, case.board).factors.first()
    found = make.feedback(case, state="requested")
    data = ANSWERS | {"revision": 0, "do": "keep", "factors": [other.pk]}
    assert enter(hanneke).post(found.get_absolute_url(), data).status_code == 422


def test_what_is_typed_is_shown_as_text(enter, circle):
    case, noor, hanneke, _joris = circle
    make.feedback(case, hanneke, goal="<script>alert(1)</script>")
    page = enter(noor).get(case.get_absolute_url()).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_who_gives_what_a_colleague_writes_now_hears_that_also_when_something_is_missing(enter, circle):
    case, _noor, hanneke, joris = circle
    found = make.feedback(case, joris, "draft")
    answer = enter(hanneke).post(found.get_absolute_url(), ANSWERS | {"next_step": "", "do": "give", "revision": 1})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Joris van Dalen schrijft deze feedback" in page
    assert 'href="#id_next_step"' in page


def test_a_trainer_looks_how_it_will_stand_and_nobody_else_does(enter, circle):
    case, noor, hanneke, _joris = circle
    found = make.feedback(case, state="requested")
    factor = case.factors.first()
    words = ANSWERS | {"next_step": "", "factors": [factor.pk], "do": "look", "revision": 0}
    page = enter(hanneke).post(found.get_absolute_url(), words).content.decode()
    shown = page.split("post--expert")[1].split("</section>")[0]
    assert [text in shown for text in (ANSWERS["goal"], ANSWERS["seen"], factor.text, "Nog niets.")] == [True] * 4
    assert re.search(r'name="revision" value="1"', page)
    found.refresh_from_db()
    assert (found.state, found.goal) == ("draft", ANSWERS["goal"])
    assert ANSWERS["goal"] not in enter(noor).get(case.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("state", "leads"), [("discussion", True), ("evaluated", True), ("submitted", False)])
def test_feedback_that_is_asked_for_is_the_next_step_of_a_trainer(enter, circle, state, leads):
    case, noor, hanneke, _joris = circle
    case = make.case(noor, case.board, state)
    found = make.feedback(case, state="requested")
    page = enter(hanneke).get(case.get_absolute_url()).content.decode()
    step = page.split("split__lead")[1].split("</section>")[0]
    link = f'href="{found.get_absolute_url()}"'
    assert (link in step, page.count(link)) == (leads, 1)
    assert ("Open het gesprek" in step) is not leads


def waiting(circle, n: int) -> list:
    """Feedback that was asked for on `n` cases of the circle, the longest ago first."""
    case = circle[0]
    found = [make.feedback(make.case(board=case.board), state="requested") for _number in range(n)]
    for days, one in enumerate(reversed(found)):
        type(one).objects.filter(pk=one.pk).update(asked_on=today() - timedelta(days=days))
    return found


def test_the_desk_leads_to_what_waits_before_and_after_it(enter, circle):
    first, second, third = waiting(circle, 3)
    client = enter(circle[2])
    links = {one: f'href="{one.get_absolute_url()}"' for one in (first, second, third)}
    for here, shown in ((first, [second]), (second, [first, third]), (third, [second])):
        page = client.get(here.get_absolute_url()).content.decode()
        assert [one for one, link in links.items() if link in page] == shown
    assert "Vorige" not in client.get(first.get_absolute_url()).content.decode()


def test_the_worklist_shows_what_no_trainer_writes_yet_or_what_one_does(enter, circle):
    free, taken = waiting(circle, 2)
    taken.keep(circle[3], ANSWERS | {"factors": []}, 0)
    client, address = enter(circle[2]), reverse("cases:feedback_list")
    for query, shown in (
        ("", [free, taken]),
        ("?show=free", [free]),
        ("?show=taken", [taken]),
        ("?show=x", [free, taken]),
    ):
        page = client.get(address + query).content.decode()
        assert [one for one in (free, taken) if f'href="{one.get_absolute_url()}"' in page] == shown


def test_the_desk_says_in_words_what_a_factor_is_and_asks_for_all_three_fields(enter, circle):
    case, _noor, hanneke, _joris = circle
    page = enter(hanneke).get(make.feedback(case, state="requested").get_absolute_url()).content.decode()
    assert "Risico · Team" in page
    assert "Wat beschermt · Individu" in page
    assert "mag leeg" not in page.split('name="goal"')[1].split('name="next_step"')[0]
    assert not re.search(r'name="goal"[^>]* required', page)


def test_the_menu_marks_the_desk_once(enter, circle):
    case, _noor, hanneke, _joris = circle
    page = enter(hanneke).get(make.feedback(case, state="requested").get_absolute_url()).content.decode()
    marked = re.findall(r'<a href="([^"]+)"[^>]* aria-current="(\w+)"', page)
    assert {href for href, _how in marked} == {"/forums/cases/feedback/"}
