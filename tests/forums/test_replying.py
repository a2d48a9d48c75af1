"""Answering: once, in order, by who may, and never with loss of what was typed."""

import re
import threading
import uuid

import pytest
from django.db import connection

from accounts.models import Role
from forums.models import Post, Topic
from tests import make

pytestmark = pytest.mark.django_db


def reply_to(topic) -> str:
    return f"{topic.get_absolute_url()}reply/"


def test_a_reply_stands_in_the_conversation(enter):
    topic = make.topic()
    author = make.writer_on(topic.board)
    answer = enter(author).post(reply_to(topic), {"body": "Begin met een vraag.", "kind": "suggestion"})
    post = topic.posts.get(number=2)
    assert answer.status_code == 302
    assert answer["Location"] == f"{topic.get_absolute_url()}?from=2#post-2"
    assert (post.author, post.body, post.kind, post.html) == (
        author, "Begin met een vraag.", "suggestion", "<p>Begin met een vraag.</p>",
    )  # fmt: skip
    assert b"Begin met een vraag." in enter(author).get(answer["Location"]).content


def test_sending_twice_is_sending_once(enter):
    topic, key = make.topic(), str(uuid.uuid4())
    client = enter(make.writer_on(topic.board))
    answers = [client.post(reply_to(topic), {"body": "een", "submission_id": key}) for _ in range(3)]
    assert {(a.status_code, a["Location"]) for a in answers} == {(302, f"{topic.get_absolute_url()}?from=2#post-2")}
    assert [post.body for post in topic.posts.filter(number__gt=1)] == ["een"]
    topic.refresh_from_db()
    assert topic.replies_count == 1


def test_another_text_from_a_form_that_was_sent_before_comes_back(enter):
    topic, other, key = make.topic(), make.topic(), str(uuid.uuid4())
    client = enter(make.writer_on(topic.board))
    client.post(reply_to(topic), {"body": "een", "submission_id": key})
    for place, body in ((topic, "twee"), (other, "een")):
        answer = client.post(reply_to(place), {"body": body, "submission_id": key})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert f"{body}</textarea>" in page and key not in page
    assert [post.body for post in topic.posts.filter(number__gt=1)] == ["een"]
    fresh = re.search(r'name="submission_id" value="([^"]+)"', page)[1]
    assert client.post(reply_to(other), {"body": "een", "submission_id": fresh}).status_code == 302
    assert other.posts.count() == 2


def test_a_form_sent_again_after_its_text_was_changed_is_sent_once(enter):
    topic, key = make.topic(), str(uuid.uuid4())
    client = enter(make.writer_on(topic.board))
    client.post(reply_to(topic), {"body": "een", "submission_id": key})
    post = topic.posts.get(number=2)
    post.edit(post.author, "anders", 0)
    assert client.post(reply_to(topic), {"body": "een", "submission_id": key}).status_code == 302
    assert topic.posts.count() == 2


def test_another_opening_from_a_form_that_was_sent_before_comes_back(enter):
    board = make.board()
    client, page = enter(make.writer_on(board)), f"{board.get_absolute_url()}new/"
    sent = {"title": "Hoe begin je?", "body": "Vraag.", "submission_id": str(uuid.uuid4())}
    client.post(page, sent)
    answer = client.post(page, sent | {"body": "Andere vraag."})
    assert answer.status_code == 409
    assert "Andere vraag.</textarea>" in answer.content.decode()
    assert board.topics.count() == 1


def test_the_same_key_of_two_people_is_two_texts():
    topic, key = make.topic(), uuid.uuid4()
    make.post(topic, submission_id=key)
    make.post(topic, submission_id=key)
    assert topic.posts.count() == 3


def test_a_conversation_sent_twice_is_begun_once(enter):
    board = make.board()
    client, key = enter(make.writer_on(board)), str(uuid.uuid4())
    page = f"{board.get_absolute_url()}new/"
    sent = {"title": "Hoe begin je?", "body": "Vraag.", "submission_id": key}
    first, second = client.post(page, sent), client.post(page, sent)
    assert first["Location"] == second["Location"] == board.topics.get().get_absolute_url()
    board.refresh_from_db()
    assert board.topics_count == 1


def test_limits_count_a_submission_once_and_give_the_text_back(enter, settings):
    settings.RATE_LIMITS = True
    settings.LIMITS = settings.LIMITS | {"reply": [(1, 3600)]}
    topic, key = make.topic(), str(uuid.uuid4())
    client = enter(make.writer_on(topic.board))
    assert [client.post(reply_to(topic), {"body": "een", "submission_id": key}).status_code for _ in range(3)] == [
        302
    ] * 3
    answer = client.post(reply_to(topic), {"body": "en nog <één>"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "en nog &lt;één&gt;" in answer.content.decode()
    assert topic.posts.count() == 2


def test_a_conversation_that_was_closed_gives_the_text_back(enter):
    topic = make.topic()
    author = make.writer_on(topic.board)
    Topic.objects.update(closed_at=topic.created_at)
    answer = enter(author).post(reply_to(topic), {"body": "net te laat"})
    assert answer.status_code == 409
    assert "net te laat" in answer.content.decode()
    assert topic.posts.count() == 1


def test_an_open_page_gets_the_post_and_an_empty_box(enter):
    topic = make.topic()
    answer = enter(make.writer_on(topic.board)).post(reply_to(topic), {"body": "hallo"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'hx-swap-oob="beforeend:#posts"' in page
    assert page.index('id="composer"') < page.index('id="post-2"')
    assert "<html" not in page


def test_an_open_page_gets_the_box_back_when_something_is_wrong(enter):
    topic = make.topic()
    answer = enter(make.writer_on(topic.board)).post(reply_to(topic), {"body": " "}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="composer"' in page
    assert f"<title>Fout: {topic.name} – " in page


def test_the_title_of_an_open_page_says_error_no_longer_when_the_reply_stands(enter):
    topic = make.topic()
    client = enter(make.writer_on(topic.board))
    answer = client.post(reply_to(topic), {"body": "hallo"}, headers={"HX-Request": "true"})
    assert f"<title>{topic.name} – " in answer.content.decode()
    assert "<title>" not in client.get(topic.get_absolute_url()).content.decode().partition("<body")[2]


def test_only_trainers_give_expert_feedback_and_only_the_opener_tells_how_it_went_on(enter):
    cohort = make.cohort()
    participant, trainer = make.person(cohort=cohort), make.trainer(cohort)
    topic = make.topic(board=make.board(cohort=cohort), author=participant)
    assert enter(participant).post(reply_to(topic), {"body": "x", "kind": "expert"}).status_code == 422
    assert enter(trainer).post(reply_to(topic), {"body": "x", "kind": "feedback"}).status_code == 422
    assert enter(trainer).post(reply_to(topic), {"body": "x", "kind": "expert"}).status_code == 302
    assert enter(participant).post(reply_to(topic), {"body": "x", "kind": "feedback"}).status_code == 302
    assert enter(participant).post(reply_to(topic), {"body": "x", "kind": "moderation"}).status_code == 422


def test_a_trainer_of_another_cohort_is_no_expert_by_that(enter):
    cohort = make.cohort()
    someone = make.trainer(make.cohort())
    cohort.enrol(someone, Role.PARTICIPANT)
    topic = make.topic(board=make.board(cohort=cohort))
    assert enter(someone).post(reply_to(topic), {"body": "x", "kind": "expert"}).status_code == 422
    assert make.post(topic, author=someone).badge == Role.PARTICIPANT


def test_counters_follow_what_happens():
    topic = make.topic()
    trainer = make.trainer(make.cohort())
    make.post(topic)
    make.post(topic, author=trainer)
    topic.refresh_from_db()
    assert (topic.replies_count, topic.last_number, topic.seq, topic.trainer_number) == (2, 3, 3, 3)
    assert topic.recount() == {}
    assert topic.board.recount() == {}


@pytest.mark.django_db(transaction=True)
def test_three_at_once_with_one_key_are_one_text():
    topic, key = make.topic(), uuid.uuid4()
    author, found = make.writer_on(topic.board), []

    def send():
        try:
            found.append(Topic.objects.get(pk=topic.pk).reply(author, "tegelijk", submission_id=key).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 3
    assert set(found) == set(Post.objects.filter(number=2).values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_numbers_without_holes():
    topic = make.topic()
    authors = [make.writer_on(topic.board) for _ in range(6)]

    def send(author):
        try:
            Topic.objects.get(pk=topic.pk).reply(author, "tegelijk")
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(author,)) for author in authors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    topic.refresh_from_db()
    assert [(p.number, p.seq) for p in topic.posts.order_by("number")] == [(n, n) for n in range(1, 8)]
    assert (topic.replies_count, topic.last_number, topic.seq) == (6, 7, 7)
