"""A conversation, live: what is written reaches who reads it once, and nobody else."""

import uuid

import pytest
from asgiref.sync import async_to_sync, sync_to_async

from accounts.models import Membership
from forums import consumers
from forums.models import Topic
from tests import make
from tests.sockets import closing_code, events, frame, listening, signed_in, socket_for

pytestmark = pytest.mark.django_db(transaction=True)


def line(topic, after: int | None = None) -> str:
    return f"/ws/topics/{topic.pk}/" + ("" if after is None else f"?after={after}")


@pytest.fixture
def topic():
    cohort = make.cohort()
    return make.topic(board=make.board(cohort=cohort), author=make.person(cohort=cohort))


@pytest.fixture
def reader(topic):
    return make.person(cohort=topic.board.cohort)


reply = sync_to_async(make.post)


def test_a_reply_reaches_who_reads_along(topic, reader):
    client = signed_in(reader)

    async def journey():
        async with listening(line(topic, 1), client) as socket:
            hello = await frame(socket, "hello")
            post = await reply(topic, body="Goedemiddag")
            (heard,) = await events(socket, 1)
            return hello, post, heard

    hello, post, heard = async_to_sync(journey)()
    assert hello["last_seq"] == 1
    assert (heard["kind"], heard["id"], heard["number"], heard["seq"]) == ("message", str(post.pk), 2, 2)
    assert "Goedemiddag" in heard["html"]
    page = client.get(topic.get_absolute_url()).content.decode()
    assert heard["html"] in page


def test_a_change_and_a_removal_are_news_with_the_number_of_the_post(topic, reader):
    first = make.post(topic, body="met een naam")
    make.post(topic)
    client = signed_in(reader)

    async def journey():
        async with listening(line(topic, 3), client) as socket:
            await frame(socket, "hello")
            await sync_to_async(first.edit)(first.author, "zonder naam", 0)
            (changed,) = await events(socket, 1)
            await sync_to_async(first.remove)(first.author)
            (removed,) = await events(socket, 1)
        async with listening(line(topic, 0), client) as later:
            return changed, removed, (await frame(later, "events"))["events"]

    changed, removed, afterwards = async_to_sync(journey)()
    assert (changed["kind"], changed["number"], changed["seq"]) == ("edit", 2, 4)
    assert (removed["kind"], removed["number"], removed["seq"]) == ("remove", 2, 5)
    assert "zonder naam" in changed["html"]
    assert "post--gone" in removed["html"]
    assert afterwards[-1]["seq"] == 5
    assert "naam" not in str(afterwards)


def test_what_leaves_no_place_is_an_empty_piece(topic, reader):
    post = make.post(topic)

    async def journey(client):
        async with listening(line(topic, 2), client) as socket:
            await frame(socket, "hello")
            await sync_to_async(post.remove)(post.author)
            return (await events(socket, 1))[0]

    event = async_to_sync(journey)(signed_in(reader))
    assert (event["kind"], event["html"]) == ("remove", "")


def test_who_comes_back_gets_what_was_missed(topic, reader):
    for _ in range(230):
        make.post(topic, author=topic.author)

    async def journey(client):
        async with listening(line(topic, 1), client) as socket:
            got = await events(socket, 230)
            await reply(topic)
            return [event["seq"] for event in got + await events(socket, 1)]

    assert async_to_sync(journey)(signed_in(reader)) == list(range(2, 233))


def test_each_reads_in_the_own_language(topic, reader):
    other = make.person(cohort=topic.board.cohort, language="en")
    clients = [signed_in(reader), signed_in(other)]
    trainer = make.trainer(topic.board.cohort)

    async def journey():
        async with listening(line(topic, 1), clients[0]) as one, listening(line(topic, 1), clients[1]) as two:
            await frame(one, "hello")
            await frame(two, "hello")
            await reply(topic, author=trainer, kind="expert")
            return (await events(one, 1))[0]["html"], (await events(two, 1))[0]["html"]

    dutch, english = async_to_sync(journey)()
    assert "Expert feedback" in english
    assert dutch != english


def test_one_reading_and_one_rendering_serve_everyone(topic, reader, monkeypatch):
    clients, made = [signed_in(reader), signed_in(topic.author)], []
    plain = consumers.fragment
    monkeypatch.setattr(consumers, "fragment", lambda post, code: made.append(code) or plain(post, code))

    async def journey():
        async with listening(line(topic, 1), clients[0]) as one, listening(line(topic, 1), clients[1]) as two:
            await frame(one, "hello")
            await frame(two, "hello")
            made.clear()
            await reply(topic)
            return await events(one, 1), await events(two, 1)

    one, two = async_to_sync(journey)()
    assert one == two
    assert made == ["nl"]


def test_strangers_and_other_circles_are_refused_alike(topic):
    outsider = signed_in(make.person(cohort=make.cohort()))

    async def refused(path, client):
        socket = socket_for(path, client)
        await socket.connect(timeout=5)
        return await closing_code(socket)

    ask = async_to_sync(refused)
    assert ask(line(topic), None) == 4401
    assert ask(line(topic), outsider) == 4403
    assert ask(f"/ws/topics/{uuid.uuid4()}/", outsider) == 4403


def test_who_leaves_the_cohort_hears_nothing_more(topic, reader):
    seat = Membership.objects.get(person=reader)

    async def journey(client):
        async with listening(line(topic, 1), client) as socket:
            await frame(socket, "hello")
            await sync_to_async(seat.end)()
            await reply(topic, body="dit is niet meer voor jou")
            return await closing_code(socket)

    assert async_to_sync(journey)(signed_in(reader)) == 4403


def test_a_socket_that_is_spoken_to_closes(topic, reader):
    async def journey(client):
        async with listening(line(topic), client) as socket:
            await socket.send_to("hallo?")
            return await closing_code(socket)

    assert async_to_sync(journey)(signed_in(reader)) == 4400


@pytest.mark.parametrize("after", ["x", "-1", "", "9" * 20])
def test_a_number_that_is_none_closes(topic, reader, after):
    async def journey(client):
        socket = socket_for(f"/ws/topics/{topic.pk}/?after={after}", client)
        await socket.connect(timeout=5)
        return await closing_code(socket)

    assert async_to_sync(journey)(signed_in(reader)) == 4400


def test_the_numbers_of_open_conversations_are_one_query(topic, django_assert_num_queries):
    other = make.topic(board=topic.board)
    make.post(other)
    with django_assert_num_queries(1):
        assert consumers.TopicConsumer.last_seqs([topic.pk, other.pk]) == {topic.pk: 1, other.pk: 2}
    assert Topic.objects.get(pk=other.pk).seq == 2
