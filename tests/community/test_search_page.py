"""The page on which one searches: its field, its answers to odd input, and its empty states."""

import pytest
import time_machine
from django.core.cache import cache

from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(enter):
    person = make.person(cohort=make.board(cohort=make.cohort()).cohort)
    make.topic(board=person.circles[0].circle, title="<b>Grenzen</b>", body="Waar ligt de <i>grens</i>?")
    client = enter(person)
    return lambda **query: client.get("/search/", query)


def test_without_words_it_tells_how_one_searches(page):
    for query in ({}, {"q": ""}, {"q": "  "}, {"q": "\u200b"}):
        answer = page(**query)
        assert (answer.status_code, "Zo vind je het" in answer.content.decode()) == (200, True)


def test_what_was_looked_for_is_marked_and_what_people_wrote_is_text(page):
    words = page(q="grens").content.decode()
    assert "&lt;b&gt;<mark>Grenzen</mark>&lt;/b&gt;" in words
    assert "<mark>grens</mark>&lt;/i&gt;" in words
    assert "<strong>1 resultaat</strong>" in words
    assert "ook ‘" not in words.replace("<bdi>", "") or "‘grenzen’" in words


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("a", "Typ ten minste twee letters."),
        ("...", "Typ ten minste twee letters."),
        ("x" * 201, "te lang"),
        ("een\x00twee", "dat we niet kunnen bewaren"),
    ],
)
def test_what_cannot_be_looked_for_stands_in_the_field_with_the_reason(page, words, says):
    answer = page(q=words)
    assert (answer.status_code, says in answer.content.decode()) == (422, True)
    assert words.replace("\x00", "") in answer.content.decode().replace("\x00", "")


@pytest.mark.parametrize(
    "query",
    [
        {"after": "x"}, {"after": "e30="}, {"after": "WzEsMiwzLDRd"}, {"after": "W251bGwsMSwyLCJ4Il0="},
        {"after": "\U0001f600"}, {"author": "%_\\"}, {"author": '"'}, {"q": '"' * 200}, {"q": "' OR 1=1 --"},
        {"q": "\\ % _ * ( ) NEAR AND OR NOT : & | ! <->"}, {"q": "a" * 200}, {"q": "\ud7ff\ue000\U0010ffff" * 60},
        {"q": "ß ﬁ ½ Ⅷ ﷺ"}, {"q": "़" * 150}, {"when": "x"}, {"where": "x"}, {"kind": "x"}, {"author": "x" * 100},
    ],
)  # fmt: skip
def test_hostile_words_get_a_clear_answer(page, query):
    assert page(**({"q": "grens"} | query)).status_code in (200, 422)


def test_nothing_found_says_what_one_can_do(page):
    assert "Niets gevonden" in page(q="kanarie").content.decode()
    assert "Zoek overal" in page(q="kanarie", when="month").content.decode()


def test_who_searches_very_often_waits_and_keeps_the_words(page, settings):
    settings.RATE_LIMITS = True
    cache.clear()
    with time_machine.travel(0, tick=False):  # the limit counts per minute
        codes = [page(q="grens").status_code for _n in range(31)]
        answer = page(q="grens")
    assert codes == [200] * 30 + [429]
    assert int(answer["Retry-After"]) > 0
    assert 'value="grens"' in answer.content.decode()
    assert "weer zoeken" in answer.content.decode()
    cache.clear()


def test_the_next_page_keeps_what_was_chosen(page, enter):
    person = make.person(cohort=make.board(cohort=make.cohort()).cohort)
    topic = make.topic(board=person.circles[0].circle)
    for n in range(25):
        make.post(topic, body=f"mus {n}")
    client = enter(person)
    first = client.get("/search/", {"q": "mus", "where": "circle"}).content.decode()
    link = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "where=circle" in link
    second = client.get(f"/search/{link}").content.decode()
    assert (first.count('class="hit"'), second.count('class="hit"'), 'rel="next"' in second) == (20, 5, False)


def test_the_search_field_stands_on_every_page_but_this_one(page, enter):
    assert 'id="topsearch"' in enter(make.person()).get("/").content.decode()
    assert 'id="topsearch"' not in page(q="grens").content.decode()


def test_in_each_language_the_fields_beside_the_words_are_in_that_language(enter):
    cohort = make.cohort()
    make.board(cohort=cohort)
    people = [make.person(cohort=cohort, language=language) for language in ("nl", "en")]
    for _ in range(2):
        for person, words in zip(people, ("Overal", "Everywhere"), strict=True):
            answer = enter(person).get("/search/")
            assert answer.status_code == 200
            assert words in answer.content.decode()
