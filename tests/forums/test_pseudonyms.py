"""Under a pseudonym: what is shown, what is stored, and what only the writer can do."""

import re
import uuid

import pytest
from django.db import connection
from django.urls import reverse

from forums.models import Alias, Narrow, Post, Seal, Topic
from tests import make

pytestmark = pytest.mark.django_db


def begin(client, board, **more):
    """Begin a conversation under a pseudonym. Returns the answer."""
    words = {"title": "Een vraag", "body": "Wat doe jij?", "pseudonymous": "on", "submission_id": str(uuid.uuid4())}
    return client.post(reverse("forums:topic_new", args=[board.slug]), words | more)


def veiled(author, board=None, **more) -> Topic:
    return make.topic(board=board or make.board(cohort=make.cohort()), author=author, pseudonymous=True, **more)


def test_a_conversation_under_a_pseudonym_holds_no_author(enter):
    cohort = make.cohort()
    writer = make.person(cohort=cohort)
    assert begin(enter(writer), make.board(cohort=cohort)).status_code == 302
    topic = Topic.objects.get()
    post = topic.posts.get()
    assert (topic.author, topic.badge, post.author, post.badge) == (None, "", None, "")
    assert topic.alias == post.alias == Alias.objects.get()
    assert topic.is_by(writer)
    assert post.is_by(writer)


def test_no_column_of_any_table_of_the_forums_ties_the_writer_to_the_text():
    cohort = make.cohort()
    writer = make.person(cohort=cohort)
    veiled(writer, make.board(cohort=cohort))
    tables = [name for name in connection.introspection.table_names() if name.startswith("forums_")]
    for table in tables:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            found = str(cursor.fetchall())
        assert writer.pk.hex not in found
        assert str(writer.pk) not in found


def test_two_pseudonyms_of_one_person_have_nothing_in_common():
    cohort = make.cohort()
    writer, board = make.person(cohort=cohort), make.board(cohort=cohort)
    key = uuid.uuid4()
    one, other = veiled(writer, board, submission_id=key), veiled(writer, board)
    rows = [(seal.mark, seal.sealed) for seal in Seal.objects.all()]
    assert len({part for row in rows for part in row}) == 4
    assert one.alias.pk != other.alias.pk
    assert not Post.objects.filter(submission_id=key).exists()


def test_who_began_under_a_pseudonym_goes_on_under_it(enter):
    cohort = make.cohort()
    writer = make.person("Noor de Wit", cohort=cohort)
    topic = veiled(writer, make.board(cohort=cohort))
    client = enter(writer)
    page = client.get(topic.get_absolute_url()).content.decode()
    assert f"<strong>{topic.alias.name}</strong>" in page
    client.post(topic.get_absolute_url() + "reply/", {"body": "En toen", "submission_id": str(uuid.uuid4())})
    assert [post.alias for post in topic.posts.all()] == [topic.alias, topic.alias]


def test_the_page_of_others_tells_the_tree_and_the_day_and_nothing_more(enter):
    cohort = make.cohort()
    writer, reader = make.person("Noor de Wit", cohort=cohort), make.trainer(cohort)
    board = make.board(cohort=cohort)
    topic = veiled(writer, board)
    make.post(topic, writer)
    client = enter(reader)
    for address in ("/", board.get_absolute_url(), topic.get_absolute_url()):
        page = client.get(address).content.decode()
        assert topic.alias.name in page
        assert "Noor" not in page
        assert str(writer.pk) not in page
        posts = re.findall(r'<time datetime="([^"]*)"', page.split('id="posts"')[-1])
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", moment) for moment in posts), address


def test_sent_twice_under_a_pseudonym_is_sent_once(enter):
    cohort = make.cohort()
    client, board = enter(make.person(cohort=cohort)), make.board(cohort=cohort)
    key = str(uuid.uuid4())
    first, second = begin(client, board, submission_id=key), begin(client, board, submission_id=key)
    assert first.url == second.url
    reply = {"body": "En toen", "submission_id": key[::-1].replace("-", "")[:32]}
    for _ in range(2):
        assert client.post(first.url.split("?")[0] + "reply/", reply).status_code == 302
    assert Post.objects.count() == 2


def test_the_writer_changes_and_takes_back_and_nobody_else(enter):
    cohort = make.cohort()
    writer = make.person(cohort=cohort)
    topic = veiled(writer, make.board(cohort=cohort))
    post = topic.posts.get()
    edit, remove = f"/forums/posts/{post.pk}/edit/", f"/forums/posts/{post.pk}/remove/"
    for other in (make.person(cohort=cohort), make.trainer(cohort)):
        assert enter(other).post(edit, {"body": "x", "revision": 0}).status_code == 403
        assert enter(other).post(remove).status_code == 403
    assert enter(writer).post(edit, {"body": "Anders", "revision": 0}).status_code == 302
    assert topic.posts.get().body == "Anders"
    assert enter(writer).post(remove).status_code == 302
    assert topic.posts.get().body == ""


def test_a_trainer_under_a_pseudonym_gives_no_expert_feedback(enter):
    cohort = make.cohort()
    trainer = make.trainer(cohort)
    topic = veiled(trainer, make.board(cohort=cohort))
    page = enter(trainer).get(topic.get_absolute_url()).content.decode()
    assert 'value="feedback"' in page
    assert 'value="expert"' not in page


@pytest.mark.parametrize(("writers", "warned"), [(5, True), (6, False)])
def test_a_small_circle_is_warned_that_others_will_guess(enter, writers, warned):
    cohort = make.cohort()
    people = [make.person(cohort=cohort) for _ in range(writers)]
    make.trainer(cohort)
    page = enter(people[0]).get(reverse("forums:topic_new", args=[make.board(cohort=cohort).slug])).content.decode()
    assert ("Deze kring is klein." in page) is warned


def test_a_seal_opens_for_nobody_without_an_opening():
    cohort = make.cohort()
    topic = veiled(make.person(cohort=cohort), make.board(cohort=cohort))
    assert list(Seal.objects.visible_to(make.trainer(cohort))) == []

    class Refused:
        def is_open_for(self, alias) -> bool:
            return False

    with pytest.raises(PermissionError):
        topic.alias.unseal(Refused())


def test_narrow_conversations_reach_whom_they_are_meant_for():
    cohort = make.cohort()
    board, writer, chosen, other = make.board(cohort=cohort), *[make.person(cohort=cohort) for _ in range(3)]
    trainer, outsider = make.trainer(cohort), make.trainer(make.cohort())
    few = make.topic(board=board, author=writer, narrow=Narrow.FEW)
    few.seats.create(person=chosen)
    few.seats.create(person=writer)
    close = make.topic(board=board, author=writer, narrow=Narrow.TRAINERS)
    hidden = make.topic(board=board, author=writer, narrow=Narrow.TRAINERS, pseudonymous=True)
    few_hidden = make.topic(board=board, author=writer, narrow=Narrow.FEW, pseudonymous=True)
    few_hidden.seats.create(person=writer)

    def reads(person) -> set:
        return set(Topic.objects.visible_to(person))

    assert reads(writer) == reads(trainer) == {few, close, hidden, few_hidden}
    assert reads(chosen) == {few}
    assert reads(other) == reads(outsider) == set()


def test_where_a_list_goes_on_does_not_tell_a_moment(enter):
    cohort = make.cohort()
    writer, board = make.person(cohort=cohort), make.board(cohort=cohort)
    topics = [veiled(writer, board) for _ in range(26)]
    page = enter(make.person(cohort=cohort)).get(board.get_absolute_url()).content.decode()
    older = re.search(r'\?before=([^"&]+)', page)[1]
    assert f"{topics[1].last_activity_at:%Y-%m-%d}" not in older
    second = enter(writer).get(board.get_absolute_url(), {"before": older}).content.decode()
    assert second.count("rowlink__title") == 1
