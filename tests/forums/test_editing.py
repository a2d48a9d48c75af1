"""Changing what one wrote, and taking it back."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from accounts.clock import now
from forums import text
from forums.fragments import shelf
from forums.models import Board, Post, Revision, Topic
from forums.tasks import erase_old_versions
from tests import make

pytestmark = pytest.mark.django_db


def edit_page(post) -> str:
    return f"/forums/posts/{post.pk}/edit/"


def remove_page(post) -> str:
    return f"/forums/posts/{post.pk}/remove/"


def everything() -> str:
    """All that the database holds, as text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            found.append(str(cursor.fetchall()))
    return "\n".join(found)


def test_a_change_shows_and_keeps_the_earlier_version_for_a_day(enter):
    post = make.post(make.topic(), body="met Jan erin")
    answer = enter(post.author).post(edit_page(post), {"body": "zonder naam", "revision": 0})
    post.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, post.get_absolute_url())
    assert (post.body, post.html, post.revision) == ("zonder naam", "<p>zonder naam</p>", 1)
    assert post.edited_at is not None
    assert post.seq == Topic.objects.get().seq == 3
    assert [(r.number, r.body) for r in Revision.objects.visible_to(post.author)] == [(0, "met Jan erin")]
    assert list(Revision.objects.visible_to(make.person(alumnus=True))) == []
    assert erase_old_versions() == 0
    Revision.objects.update(at=now() - timedelta(hours=25))
    assert erase_old_versions() == 1
    assert "met Jan erin" not in everything()


def test_another_revision_is_a_conflict_that_loses_neither_text(enter):
    post = make.post(make.topic(), body="eerst")
    client = enter(post.author)
    client.post(edit_page(post), {"body": "in het ene venster", "revision": 0})
    answer = client.post(edit_page(post), {"body": "in het andere venster", "revision": 0})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "in het ene venster" in page
    assert "in het andere venster" in page
    assert 'name="revision" value="1"' in page
    assert client.post(edit_page(post), {"body": "in het andere venster", "revision": 1}).status_code == 302
    post.refresh_from_db()
    assert (post.body, post.revision) == ("in het andere venster", 2)


def test_saving_the_same_twice_is_saving_once(enter):
    post = make.post(make.topic(), body="eerst")
    client = enter(post.author)
    assert [client.post(edit_page(post), {"body": "dan", "revision": 0}).status_code for _ in range(2)] == [302, 302]
    post.refresh_from_db()
    assert post.revision == 1


def test_only_its_writer_changes_or_takes_back_a_text(enter):
    post = make.post(make.topic())
    for person, status in (
        (make.person(alumnus=True), 403),
        (make.person(roles=["moderator"]), 403),
        (make.person(), 404),
    ):
        client = enter(person)
        for address in (edit_page(post), remove_page(post)):
            assert client.get(address).status_code == status
            assert client.post(address, {"body": "x", "revision": 0}).status_code == status
    post.refresh_from_db()
    assert post.body == "An answer"


def test_the_title_is_changed_with_the_opening_text_and_only_when_it_is_sent(enter):
    topic = make.topic(title="Over Jan")
    opening, client = topic.posts.get(), enter(topic.author)
    assert 'name="title"' in client.get(edit_page(opening)).content.decode()
    client.post(edit_page(opening), {"body": "anders", "revision": 0})
    topic.refresh_from_db()
    assert topic.title == "Over Jan"
    client.post(edit_page(opening), {"title": "Over een collega", "body": "anders", "revision": 1})
    topic.refresh_from_db()
    assert topic.title == "Over een collega"
    assert client.post(edit_page(opening), {"title": "", "body": "anders", "revision": 2}).status_code == 422


def test_who_changes_a_text_sees_who_can_read_it(enter):
    post = make.post(make.topic())
    assert 'class="audience"' in enter(post.author).get(edit_page(post)).content.decode()


def test_limits_give_the_text_back(enter, settings):
    settings.RATE_LIMITS = True
    settings.LIMITS = settings.LIMITS | {"edit": [(1, 3600)]}
    post = make.post(make.topic())
    client = enter(post.author)
    client.post(edit_page(post), {"body": "een", "revision": 0})
    answer = client.post(edit_page(post), {"body": "twee keer", "revision": 1})
    assert (answer.status_code, "twee keer" in answer.content.decode()) == (429, True)
    assert int(answer["Retry-After"]) > 0


def test_taken_back_is_gone_everywhere_at_once(enter, django_capture_on_commit_callbacks):
    topic = make.topic()
    post = make.post(topic, body="kanarie 4711")
    post.edit(post.author, "kanarie 4712", 0)
    make.post(topic)
    client = enter(post.author)
    assert "kanarie" in client.get(topic.get_absolute_url()).content.decode()
    client.post("/forums/drafts/", {"place": edit_page(post), "body": "kanarie 4713", "revision": 0})
    assert client.get(remove_page(post)).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(remove_page(post)).status_code == 302
    assert "kanarie" not in everything()
    assert post.pk not in shelf.items
    page = client.get(topic.get_absolute_url()).content.decode()
    assert "kanarie" not in page
    assert 'class="post post--gone" id="post-2"' in page
    assert client.post(remove_page(post)).status_code == 302
    assert client.post(edit_page(post), {"body": "terug", "revision": 1}).status_code == 403


def test_a_last_text_leaves_no_place_and_gives_no_number_away_twice(enter):
    topic = make.topic()
    post = make.post(topic)
    enter(post.author).post(remove_page(post))
    topic.refresh_from_db()
    assert (topic.replies_count, topic.last_number) == (0, 1)
    assert 'id="post-2"' not in enter(post.author).get(topic.get_absolute_url()).content.decode()
    assert make.post(topic).number == 3
    topic.refresh_from_db()
    assert (topic.replies_count, topic.last_number, topic.recount()) == (1, 3, {})


def test_an_opening_without_replies_takes_its_conversation_along(enter):
    topic = make.topic(title="kanarie titel", body="kanarie tekst")
    answer = enter(topic.author).post(remove_page(topic.posts.get()))
    assert answer["Location"] == topic.board.get_absolute_url()
    assert "kanarie" not in everything()
    assert enter(topic.author).get(topic.get_absolute_url()).status_code == 404
    assert Board.objects.get(pk=topic.board_id).topics_count == 0


def test_an_opening_with_replies_leaves_those(enter):
    topic = make.topic(title="kanarie titel", body="kanarie tekst")
    make.post(topic, body="een antwoord")
    enter(topic.author).post(remove_page(topic.posts.get(number=1)))
    page = enter(topic.author).get(topic.get_absolute_url()).content.decode()
    assert "kanarie" not in everything()
    assert "een antwoord" in page
    assert 'post--gone" id="post-1"' in page


def test_stored_counters_that_drifted_are_found_and_set_right():
    topic = make.topic()
    make.post(topic)
    call_command("recount", "--check")
    Topic.objects.update(replies_count=7, last_number=9)
    Board.objects.filter(pk=topic.board_id).update(topics_count=5)
    report = StringIO()
    with pytest.raises(SystemExit):
        call_command("recount", "--check", stdout=report)
    assert "last_number, replies_count" in report.getvalue()
    call_command("recount", stdout=report)
    topic.refresh_from_db()
    assert (topic.replies_count, topic.last_number, topic.board.recount()) == (1, 2, {})


def test_texts_of_an_older_renderer_are_made_again():
    post = make.post(make.topic(), body="**vet**")
    Post.objects.update(html="oud", html_version=text.VERSION - 1)
    call_command("rerender", stdout=StringIO())
    post.refresh_from_db()
    assert (post.html, post.html_version) == ("<p><strong>vet</strong></p>", text.VERSION)
    assert post.seq == Topic.objects.get().seq
