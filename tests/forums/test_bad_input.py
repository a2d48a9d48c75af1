"""Bad input gets a clear answer at the field, with everything that was typed, and never an error page."""

import pytest

from forums.models import Post, Topic
from tests import make

pytestmark = pytest.mark.django_db

LONG = "é" * 20_001
BAD = ["", " \n\t ", "\u200b\u2800\u3164", "voor\x00na", "kleur \x1b[31m", "\u0085", LONG]
FINE = [
    "é" * 20_000,
    "👩‍👩‍👧",
    "\u202egespiegeld",
    "a\u0301" * 500,
    "<script>",
    "%s %(x)s {0} {{ x }}",
    "' OR 1=1 --",
    "regel\r\nregel",
    "\t- lijst",
]


@pytest.mark.parametrize("body", BAD)
def test_a_reply_that_cannot_be_stored_comes_back(enter, body):
    topic = make.topic()
    answer = enter(make.writer_on(topic.board)).post(f"{topic.get_absolute_url()}reply/", {"body": body})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_body_error"' in page
    assert body.strip("\n\x00") in page or "\x00" in body
    assert topic.posts.count() == 1


@pytest.mark.parametrize("body", FINE)
def test_unusual_text_is_stored_as_typed(enter, body):
    topic = make.topic()
    client = enter(make.writer_on(topic.board))
    assert client.post(f"{topic.get_absolute_url()}reply/", {"body": body}).status_code == 302
    assert client.get(topic.get_absolute_url()).status_code == 200
    stored = topic.posts.get(number=2).body
    assert stored.replace("á", "a\u0301") == body.replace("\r\n", "\n").replace("á", "a\u0301")


@pytest.mark.parametrize(
    ("title", "body"),
    [("", "tekst"), ("x" * 151, "tekst"), ("a\x00", "tekst"), ("\u200b", "tekst"), ("titel", ""), ("titel", LONG)],
)
def test_a_conversation_that_cannot_begin_comes_back(enter, title, body):
    board = make.board()
    answer = enter(make.writer_on(board)).post(f"{board.get_absolute_url()}new/", {"title": title, "body": body})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("titel" in page or title.strip("\x00") in page) and body in page
    assert 'role="alert"' in page
    assert not Topic.objects.exists()


def test_a_title_is_one_line_without_turns(enter):
    board = make.board()
    enter(make.writer_on(board)).post(f"{board.get_absolute_url()}new/", {"title": " twee\u202e\nregels ", "body": "x"})
    assert Topic.objects.get().title == "twee regels"


@pytest.mark.parametrize("key", ["", "x", "1", "\x00", "{}", "0" * 99, "8c1f5d3e-0d0a-4a57-9d5c-1f1d0a3b2c4d" * 2])
def test_a_strange_key_is_no_key(enter, key):
    topic = make.topic()
    answer = enter(make.writer_on(topic.board)).post(
        f"{topic.get_absolute_url()}reply/", {"body": "x", "submission_id": key}
    )
    assert answer.status_code == 302


def test_the_page_that_comes_back_has_a_key(enter):
    topic = make.topic()
    answer = enter(make.writer_on(topic.board)).post(f"{topic.get_absolute_url()}reply/", {"body": ""})
    assert b'name="submission_id" value="' in answer.content
    assert b'name="submission_id" value=""' not in answer.content


@pytest.mark.parametrize("kind", ["x", "\x00", "moderation", "' OR 1"])
def test_a_kind_that_does_not_exist_is_refused(enter, kind):
    topic = make.topic()
    answer = enter(make.writer_on(topic.board)).post(
        f"{topic.get_absolute_url()}reply/", {"body": "blijft staan", "kind": kind}
    )
    assert answer.status_code == 422
    assert b"blijft staan" in answer.content


@pytest.mark.parametrize("revision", ["", "x", "-1", "1.5", "99999999999999999999", "\x00"])
def test_a_revision_that_is_none_is_refused(enter, revision):
    post = make.post(make.topic())
    answer = enter(post.author).post(f"/forums/posts/{post.pk}/edit/", {"body": "blijft staan", "revision": revision})
    assert answer.status_code == 422
    assert b"blijft staan" in answer.content


@pytest.mark.parametrize(
    "address",
    ["/forums/topics/x/", "/forums/topics/%00/", "/forums/posts/1/edit/", "/forums/niets/", "/forums/%F0%9F%98%80/", "/forums/topics/",
     "/forums/a/b/c/", "/forums/'/", "/forums/posts/00000000-0000-4000-8000-000000000000/remove/"],
)  # fmt: skip
def test_addresses_that_lead_nowhere_say_so(enter, address):
    client = enter(make.person(alumnus=True))
    assert client.get(address).status_code == 404
    assert client.post(address, {"body": "x"}).status_code in (404, 405)


def test_other_methods_are_refused(enter):
    topic = make.topic()
    client = enter(topic.author)
    for address in (topic.get_absolute_url(), topic.board.get_absolute_url(), "/forums/"):
        assert client.post(address).status_code == 405
        assert client.head(address).status_code == 200
    assert client.get("/forums/drafts/").status_code == 405
    assert client.get(f"{topic.get_absolute_url()}reply/")["Location"] == topic.get_absolute_url()


def test_a_dense_text_is_kept_and_the_page_says_that_it_is_shown_plainly(enter):
    topic, body = make.topic(), "[" * 2000
    client = enter(make.writer_on(topic.board))
    answer = client.post(f"{topic.get_absolute_url()}reply/", {"body": body}, follow=True)
    assert 'class="notice' in answer.content.decode()
    assert Post.objects.get(number=2).body == body
