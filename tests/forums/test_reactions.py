"""The four reactions: pressed, taken back, counted, and seen live."""

import threading
import uuid

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import connection

from forums.models import Post, Reaction, ReadUntil, Topic
from tests import make
from tests.sockets import events, frame, listening, signed_in

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


def address(post) -> str:
    return f"/forums/posts/{post.pk}/react/"


def counts(post) -> dict:
    return Post.objects.get(pk=post.pk).reactions


@pytest.fixture
def post():
    cohort = make.cohort()
    return make.post(make.topic(board=make.board(cohort=cohort)))


@pytest.fixture
def reader(post):
    return make.person(cohort=post.topic.board.cohort)


def test_pressed_it_counts_and_pressed_again_it_is_taken_back(enter, post, reader):
    client = enter(reader)
    answer = client.post(address(post), {"reaction": "thanks"})
    assert (answer.status_code, answer["Location"]) == (302, post.get_absolute_url())
    client.post(address(post), {"reaction": "helps"})
    assert counts(post) == {"thanks": 1, "helps": 1}
    page = client.get(post.topic.get_absolute_url()).content.decode()
    assert 'class="entry" data-pressed="helps thanks"' in page.replace("thanks helps", "helps thanks")
    assert 'value="thanks">Dank je <span class="num">1</span>' in page
    client.post(address(post), {"reaction": "thanks"})
    assert counts(post) == {"helps": 1}
    assert [(one.person, one.kind) for one in Reaction.objects.all()] == [(reader, "helps")]


def test_a_script_says_which_of_the_two_so_twice_is_once(enter, post, reader):
    client = enter(reader)
    for _ in range(2):
        answer = client.post(address(post), {"reaction": "thanks", "wanted": "1"}, headers=JSON)
        assert answer.json() == {"counts": {"thanks": 1}, "mine": ["thanks"], "seq": 3}
    for _ in range(2):
        answer = client.post(address(post), {"reaction": "thanks", "wanted": "0"}, headers=JSON)
        assert answer.json() == {"counts": {}, "mine": [], "seq": 4}


def test_a_count_tells_others_how_many_and_not_who(enter, post, reader):
    enter(reader).post(address(post), {"reaction": "strength"})
    other = make.person(cohort=post.topic.board.cohort)
    page = enter(other).get(post.topic.get_absolute_url()).content.decode()
    assert 'Sterkte <span class="num">1</span>' in page
    assert "data-pressed" not in page
    assert str(reader.pk) not in page
    assert list(Reaction.objects.visible_to(other)) == []


def test_a_reaction_makes_nothing_unread(enter, post, reader):
    client = enter(reader)
    client.get(post.topic.get_absolute_url())
    before = Topic.objects.values("last_number", "replies_count", "last_activity_at").get()
    enter(make.person(cohort=post.topic.board.cohort)).post(address(post), {"reaction": "recognise"})
    assert Topic.objects.values("last_number", "replies_count", "last_activity_at").get() == before
    assert ReadUntil.objects.get(person=reader).number == 2
    assert not Topic.objects.visible_to(reader).unread_by(reader).exists()


def test_nobody_reacts_to_the_own_text_under_whichever_name(enter, post):
    assert enter(post.author).post(address(post), {"reaction": "thanks"}).status_code == 403
    cohort = post.topic.board.cohort
    writer = make.person(cohort=cohort)
    veiled = make.topic(board=post.topic.board, author=writer, pseudonymous=True)
    assert enter(writer).post(address(veiled.posts.get()), {"reaction": "thanks"}).status_code == 403
    reply = make.post(veiled, author=make.person(cohort=cohort))
    assert enter(writer).post(address(reply), {"reaction": "thanks"}).status_code == 302
    assert counts(reply) == {"thanks": 1}


def test_what_is_not_there_cannot_be_reacted_to(enter, post, reader):
    client = enter(reader)
    assert client.post(address(post), {"reaction": "like"}).status_code == 422
    assert client.post(address(post), {"reaction": "like"}, headers=JSON).json()["code"] == "bad_reaction"
    assert client.post(address(post), {}).status_code == 422
    assert client.post(f"/forums/posts/{uuid.uuid4()}/react/", {"reaction": "thanks"}).status_code == 404
    assert enter(make.person(cohort=make.cohort())).post(address(post), {"reaction": "thanks"}).status_code == 404
    assert client.post(address(post), {"reaction": "thanks"}).status_code == 404
    assert enter(reader).get(address(post))["Location"] == post.get_absolute_url()
    assert counts(post) == {}


def test_a_text_that_is_taken_back_takes_its_reactions_along(enter, post, reader):
    client = enter(reader)
    client.post(address(post), {"reaction": "thanks"})
    make.post(post.topic)
    post.remove(post.author)
    assert (counts(post), Reaction.objects.count()) == ({}, 0)
    assert client.post(address(post), {"reaction": "thanks"}).status_code == 403
    Post.objects.filter(pk=post.pk).update(removed_at=None, hidden_at=post.created_at)
    assert client.post(address(post), {"reaction": "thanks"}).status_code == 403


def test_taken_back_while_someone_presses(enter, post, reader, monkeypatch):
    monkeypatch.setattr("forums.policy.can_react_post", lambda user, post: True)
    post.remove(post.author)
    client = enter(reader)
    assert client.post(address(post), {"reaction": "thanks"}, headers=JSON).status_code == 409
    assert client.post(address(post), {"reaction": "thanks"}).status_code == 409


def test_too_often_hears_so(enter, post, reader, settings):
    settings.RATE_LIMITS, settings.LIMITS = True, settings.LIMITS | {"react": [(1, 3600)]}
    client = enter(reader)
    client.post(address(post), {"reaction": "thanks"})
    answer = client.post(address(post), {"reaction": "thanks"}, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (429, "rate_limited")
    assert int(client.post(address(post), {"reaction": "thanks"})["Retry-After"]) > 0
    assert counts(post) == {"thanks": 1}


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_are_both_counted(post, reader):
    people = [reader, make.person(cohort=post.topic.board.cohort)]

    def press(person):
        Reaction.press(Post.objects.select_related("topic").get(pk=post.pk), person, "thanks")
        connection.close()

    threads = [threading.Thread(target=press, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts(post) == {"thanks": 2}
    assert Topic.objects.get().seq == 4


@pytest.mark.django_db(transaction=True)
def test_open_pages_see_the_count_change(post, reader):
    client = signed_in(make.person(cohort=post.topic.board.cohort))

    async def journey():
        async with listening(f"/ws/topics/{post.topic_id}/?after=2", client) as socket:
            await frame(socket, "hello")
            await sync_to_async(Reaction.press)(post, reader, "thanks")
            return (await events(socket, 1))[0]

    heard = async_to_sync(journey)()
    assert (heard["number"], heard["seq"]) == (2, 3)
    assert 'Dank je <span class="num">1</span>' in heard["html"]
    assert heard["html"] in client.get(post.topic.get_absolute_url()).content.decode()
