"""Looking over what is being written: nothing of it is kept, and nothing that is sent breaks it."""

import logging

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.house.test_words_stay_home import homes_of

pytestmark = pytest.mark.django_db
STRANGE = (
    "<script>alert(1)</script>",
    "'\"><img src=x>",
    "\x00",
    "\x1b[0m",
    "a" * 3_000,
    "\u202e",
    "🙂" * 200,
    "{{ 7 }}",
    "-1",
    "%s",
)
SECRET = "Guusje huilde op 12 maart en belde 06-12345678"


def test_the_piece_tells_what_was_found(enter):
    answer = enter(make.person()).post("/forums/check/", {"body": SECRET})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    for words in ("Guusje", "op 12 maart", "06-12345678"):
        assert f"<mark>{words}</mark>" in page
    assert "<html" not in page and "data-asks" not in page


def test_nothing_of_it_is_stored_or_logged(enter, caplog):
    caplog.set_level(logging.DEBUG)
    client = enter(make.person())
    with CaptureQueriesContext(connection) as found:
        client.post("/forums/check/", {"title": SECRET, "body": SECRET, "fine": ["guusje"]})
    assert [one["sql"] for one in found if not one["sql"].startswith("SELECT")] == []
    assert homes_of("Guusje") == set()
    assert "Guusje" not in caplog.text


def test_only_posting_looks(enter):
    assert enter(make.person()).get("/forums/check/", {"body": SECRET}).status_code == 405


def test_a_conversation_that_one_may_not_read_tells_nothing(enter):
    cohort = make.cohort()
    author = make.person("Wendelmoet Qoenradi", cohort=cohort)
    topic = make.topic(board=make.board(cohort=cohort), author=author)
    sent = {"body": "Ik sprak met Wendelmoet Qoenradi.", "topic": str(topic.pk)}
    assert b"<mark>Wendelmoet Qoenradi</mark>" in enter(make.person()).post("/forums/check/", sent).content
    assert b"<mark>" not in enter(author).post("/forums/check/", sent).content


def test_too_often_hears_how_long_to_wait(enter, settings):
    settings.RATE_LIMITS = True
    settings.LIMITS = settings.LIMITS | {"check": [(2, 60)]}
    client = enter(make.person())
    answers = [client.post("/forums/check/", {"body": "Dag"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0


@pytest.mark.parametrize("name", ["title", "body", "topic", "submission_id", "fine", "seen", "good", "swap"])
def test_whatever_is_sent_gets_an_answer(enter, name):
    client = enter(make.person())
    for words in STRANGE:
        sent = {"body": SECRET, name: words}
        assert client.post("/forums/check/", sent).status_code in (200, 422)


@pytest.mark.parametrize("name", ["fine", "seen", "good", "swap"])
def test_a_reply_with_strange_answers_is_still_looked_over(enter, name):
    topic = make.topic()
    client = enter(make.writer_on(topic.board))
    for words in STRANGE:
        assert client.post(f"{topic.get_absolute_url()}reply/", {"body": SECRET, name: words}).status_code == 200
    assert topic.posts.count() == 1
