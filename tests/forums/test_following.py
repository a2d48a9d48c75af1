"""Following and muting, posts that one keeps, and words to find conversations by."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.clock import now, today
from forums.models import Bookmark, Follow, Narrow, Post, TopicTag
from forums.vocabulary import WORDS
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


@pytest.fixture
def there(enter):
    """A circle, who is in it, and a client of that person."""
    cohort = make.cohort()
    person = make.person(cohort=cohort)
    return make.board(cohort=cohort), person, enter(person)


def titles(client, address: str) -> list[str]:
    page = client.get(address).content.decode()
    return re.findall(r'class="rowlink__title"[^>]*>([^<]*)<', page)


def press(client, thing, choice: str, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return client.post(f"{thing.get_absolute_url()}follow/", {"choice": choice})


# Following and muting


def test_what_is_muted_is_not_new(there, django_capture_on_commit_callbacks):
    board, _person, client = there
    loud, calm = make.topic(board=board, title="Luid"), make.topic(board=board, title="Kalm")
    assert press(client, loud, "mute", django_capture_on_commit_callbacks).status_code == 302
    assert titles(client, "/") == ["Kalm"]
    assert titles(client, f"{board.get_absolute_url()}?show=unread") == ["Kalm"]
    assert titles(client, board.get_absolute_url()) == ["Kalm", "Luid"]
    page = client.get(board.get_absolute_url()).content.decode()
    assert page.count("rowlink is-unread") == 1
    assert client.get("/forums/").content.decode().count('class="count">1<') == 1
    press(client, loud, "", django_capture_on_commit_callbacks)
    assert set(titles(client, "/")) == {"Luid", calm.title}


def test_a_muted_forum_is_quiet_save_for_what_one_follows_in_it(there, django_capture_on_commit_callbacks):
    board, _person, client = there
    make.topic(board=board, title="Rust")
    dear = make.topic(board=board, title="Toch")
    press(client, board, "mute", django_capture_on_commit_callbacks)
    assert titles(client, "/") == []
    press(client, dear, "follow", django_capture_on_commit_callbacks)
    assert titles(client, "/") == ["Toch"]


def test_what_one_follows_comes_first_and_has_a_filter(there, django_capture_on_commit_callbacks):
    board, _person, client = there
    old, _new = make.topic(board=board, title="Oud"), make.topic(board=board, title="Nieuw")
    assert titles(client, "/") == ["Nieuw", "Oud"]
    press(client, old, "follow", django_capture_on_commit_callbacks)
    assert titles(client, "/") == ["Oud", "Nieuw"]
    assert titles(client, f"{board.get_absolute_url()}?show=followed") == ["Oud"]
    assert "Je volgt dit" in client.get(old.get_absolute_url()).content.decode()


def test_nothing_is_followed_unasked(there):
    board, person, client = there
    words = {"title": "Vraag", "body": "Dag", "submission_id": str(uuid.uuid4())}
    client.post(f"{board.get_absolute_url()}new/", words)
    client.post(f"{board.get_absolute_url()}new/", words | {"pseudonymous": "on", "submission_id": str(uuid.uuid4())})
    make.post(make.topic(board=board), author=person)
    assert Post.objects.count() == 4
    assert not Follow.objects.exists()


def test_a_choice_that_is_none_changes_nothing(there):
    board, _person, client = there
    topic = make.topic(board=board)
    for choice in ("x", "FOLLOW", "\x00", "follow" * 100):
        assert client.post(f"{topic.get_absolute_url()}follow/", {"choice": choice}).status_code == 400
    assert not Follow.objects.exists()


def test_what_someone_follows_is_seen_by_nobody_else(there, enter, django_capture_on_commit_callbacks):
    board, person, client = there
    topic = make.topic(board=board)
    press(client, topic, "follow", django_capture_on_commit_callbacks)
    other = make.person(cohort=board.cohort)
    assert "Je volgt dit" not in enter(other).get(topic.get_absolute_url()).content.decode()
    assert list(Follow.objects.visible_to(other)) == []
    assert Follow.objects.visible_to(person).count() == 1


# Posts that one keeps


def test_a_post_is_kept_and_found_again_on_its_day(there, enter):
    board, person, client = there
    topic = make.topic(board=board, title="Later nog eens")
    post = topic.posts.get()
    day = today() + timedelta(days=3)
    assert client.post(f"/forums/posts/{post.pk}/bookmark/", {"remind_on": day.isoformat()}).status_code == 302
    assert "Hier wilde je nog eens naar kijken" not in client.get("/").content.decode()
    Bookmark.objects.update(remind_on=today())
    assert titles(client, "/")[0] == "Later nog eens"
    page = client.get("/forums/bookmarks/").content.decode()
    assert page.index("Hier wilde je nog eens naar kijken") < page.index("Later nog eens")
    other = enter(make.person(cohort=board.cohort))
    assert "Later nog eens" not in other.get("/forums/bookmarks/").content.decode()
    assert list(Bookmark.objects.visible_to(make.trainer(board.cohort))) == []
    assert Bookmark.objects.visible_to(person).count() == 1


def test_kept_twice_is_kept_once_and_let_go_is_gone(there):
    board, _person, client = there
    address = f"/forums/posts/{make.topic(board=board).posts.get().pk}/bookmark/"
    for day in ("", (today() + timedelta(days=1)).isoformat()):
        assert client.post(address, {"remind_on": day}).status_code == 302
    assert Bookmark.objects.get().remind_on == today() + timedelta(days=1)
    assert client.post(address, {"drop": "1"}).status_code == 302
    assert not Bookmark.objects.exists()


@pytest.mark.parametrize("day", ["gisteren", "2020-01-01", "99999-01-01", "2027-02-30", "\x00", "1" * 5000])
def test_a_day_that_is_none_or_has_passed_comes_back(there, day):
    board, _person, client = there
    answer = client.post(f"/forums/posts/{make.topic(board=board).posts.get().pk}/bookmark/", {"remind_on": day})
    assert answer.status_code == 422
    assert 'id="id_remind_on_error"' in answer.content.decode()


def test_what_one_can_no_longer_read_is_gone_from_the_list(there):
    board, person, client = there
    kept = [make.topic(board=board, title=title).posts.get() for title in ("Weg", "Verborgen", "Blijft")]
    for post in kept:
        Bookmark.keep(person, post, today())
    make.post(kept[0].topic)
    kept[0].remove(kept[0].author)
    Post.objects.filter(pk=kept[1].pk).update(hidden_at=now())
    assert len(titles(client, "/forums/bookmarks/")) == 2
    person.memberships.get().end(by=make.organiser())
    assert titles(client, "/forums/bookmarks/") == []
    assert client.get(f"/forums/posts/{kept[2].pk}/bookmark/").status_code == 404


def test_the_list_of_kept_posts_goes_on(there):
    board, person, client = there
    topic = make.topic(board=board)
    for _ in range(30):
        Bookmark.keep(person, make.post(topic))
    first = client.get("/forums/bookmarks/").content.decode()
    assert first.count("rowlink__title") == 25
    older = re.search(r'\?before=(\d+)"', first)[0].strip('"')
    assert client.get(f"/forums/bookmarks/{older}").content.decode().count("rowlink__title") == 5
    assert client.get("/forums/bookmarks/?before=x").status_code == 200


def test_the_list_takes_as_many_statements_for_one_as_for_many(there):
    board, person, client = there
    topic = make.topic(board=board)
    counts = []
    for _ in range(2):
        for _ in range(6):
            Bookmark.keep(person, make.post(topic), today())
        client.get("/forums/bookmarks/")
        with CaptureQueriesContext(connection) as found:
            client.get("/forums/bookmarks/")
        counts.append(len(found))
    assert counts[0] == counts[1] <= 8


# Words of the list


def begin(client, board, **more):
    words = {"title": "Vraag", "body": "Dag", "submission_id": str(uuid.uuid4())}
    return client.post(f"{board.get_absolute_url()}new/", words | more)


def test_a_conversation_is_found_by_its_words(there):
    board, _person, client = there
    assert begin(client, board, tags=["team", "workload"]).status_code == 302
    assert begin(client, board, title="Anders").status_code == 302
    assert titles(client, f"{board.get_absolute_url()}?tag=workload") == ["Vraag"]
    assert titles(client, f"{board.get_absolute_url()}?tag=power") == []
    assert set(TopicTag.objects.values_list("slug", flat=True)) == {"team", "workload"}
    page = client.get(board.get_absolute_url()).content.decode()
    assert '<span class="tag">Werkdruk</span>' in page


def test_filters_add_up_and_an_empty_list_names_them(there):
    board, _person, client = there
    begin(client, board, tags=["team"])
    make.topic(board=board, title="Ander team", tags=["team"])
    assert titles(client, f"{board.get_absolute_url()}?tag=team&show=mine") == ["Vraag"]
    assert titles(client, f"{board.get_absolute_url()}?tag=team&show=unread") == ["Ander team"]
    page = client.get(f"{board.get_absolute_url()}?tag=trust&show=followed").content.decode()
    assert "In dit forum is geen gesprek voor: Wat ik volg + Vertrouwen." in page
    assert "Toon alles" in page


@pytest.mark.parametrize("tags", [["nothing"], ["team", "<script>"], ["\x00"], ["team " * 200]])
def test_other_words_are_refused_and_the_text_comes_back(there, tags):
    board, _person, client = there
    answer = begin(client, board, tags=tags)
    assert answer.status_code == 422
    assert 'value="Vraag"' in answer.content.decode()
    assert client.get(board.get_absolute_url(), {"tag": tags[0], "show": tags[0]}).status_code == 200


def test_words_change_with_the_opening_text_and_only_when_they_are_sent(there):
    board, _person, client = there
    begin(client, board, tags=["team"])
    post = Post.objects.get()
    edit = {"title": "Vraag", "body": "Anders", "revision": 0}
    client.post(f"/forums/posts/{post.pk}/edit/", edit)
    assert TopicTag.objects.get().slug == "team"
    client.post(f"/forums/posts/{post.pk}/edit/", edit | {"revision": 1, "tagged": "1", "tags": ["trust"]})
    assert TopicTag.objects.get().slug == "trust"
    assert titles(client, f"{board.get_absolute_url()}?tag=trust") == ["Vraag"]
    post.topic.refresh_from_db()
    assert post.topic.tags == "trust"


def test_words_go_with_the_text(there):
    board, person, _client = there
    topic = make.topic(board=board, author=person, tags=["team"])
    make.post(topic)
    topic.posts.get(number=1).remove(person)
    assert not TopicTag.objects.exists()


def test_each_word_has_a_name_in_both_languages_and_fits():
    assert len(WORDS) > 20
    assert len(" ".join(WORDS)) <= 400
    assert all(len(slug) <= 20 for slug in WORDS)


# What one began


def test_what_one_began_under_a_pseudonym_is_found_by_oneself_only(there, enter):
    board, person, client = there
    make.topic(board=board, author=person, title="Onder een boom", pseudonymous=True)
    make.topic(board=board, author=person, title="Onder eigen naam")
    make.topic(board=board, title="Van een ander", pseudonymous=True)
    mine = f"{board.get_absolute_url()}?show=mine"
    assert titles(client, mine) == ["Onder eigen naam", "Onder een boom"]
    for other in (make.person(cohort=board.cohort), make.trainer(board.cohort)):
        assert titles(enter(other), mine) == []


def test_a_list_shows_no_conversation_that_is_meant_for_fewer(there, enter):
    board, person, client = there
    make.topic(board=board, author=person, title="Alleen voor de trainers", narrow=Narrow.TRAINERS)
    make.topic(board=board, title="Voor de kring")
    everything = {"Alleen voor de trainers", "Voor de kring"}
    assert set(titles(client, board.get_absolute_url())) == everything
    assert set(titles(enter(make.trainer(board.cohort)), board.get_absolute_url())) == everything
    page = enter(make.person(cohort=board.cohort)).get(board.get_absolute_url()).content.decode()
    assert "Alleen voor de trainers" not in page
    assert "1 gesprek" in page
    assert '<span class="num">1</span>' in page


@pytest.mark.parametrize("wish", ["", "?show=unread", "?show=followed", "?show=mine&tag=team", "?tag=team"])
def test_each_filter_takes_as_many_statements_for_one_as_for_many(there, wish):
    board, person, client = there
    counts = []
    for _ in range(2):
        for _ in range(4):
            make.topic(board=board, author=person, tags=["team"])
            make.topic(board=board, tags=["team"], pseudonymous=True)
        client.get(f"{board.get_absolute_url()}{wish}")
        with CaptureQueriesContext(connection) as found:
            client.get(f"{board.get_absolute_url()}{wish}")
        counts.append(len(found))
    assert counts[0] == counts[1] <= 8
