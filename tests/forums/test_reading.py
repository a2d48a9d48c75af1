"""Reading a conversation: pages by number, where one was, and what is shown of who wrote."""

import re

import pytest

from forums.fragments import AGE, Shelf
from forums.models import ReadUntil, Topic
from tests import make

pytestmark = pytest.mark.django_db


def numbers(answer) -> list[int]:
    return [int(n) for n in re.findall(r'id="post-(\d+)"', answer.content.decode())]


def long_topic(posts: int):
    topic = make.topic()
    author = make.writer_on(topic.board)
    for _ in range(posts - 1):
        make.post(topic, author=author)
    return topic


def test_a_newcomer_starts_at_the_beginning_and_a_reader_where_it_goes_on(enter):
    topic = long_topic(60)
    reader = make.person(alumnus=True)
    client = enter(reader)
    assert numbers(client.get(topic.get_absolute_url())) == list(range(1, 26))
    assert reader.readings.get().number == 25
    second = client.get(topic.get_absolute_url())
    assert numbers(second) == list(range(26, 51))
    assert 'id="new"' in second.content.decode()
    assert numbers(client.get(topic.get_absolute_url())) == list(range(51, 61))
    again = client.get(topic.get_absolute_url())
    assert numbers(again) == list(range(51, 61))
    assert 'id="new"' not in again.content.decode()


def test_the_line_stands_above_what_is_new(enter):
    topic = long_topic(3)
    reader = make.person(alumnus=True)
    enter(reader).get(topic.get_absolute_url())
    make.post(topic)
    make.post(topic)
    page = enter(reader).get(topic.get_absolute_url()).content.decode()
    assert page.index('id="post-3"') < page.index('id="new"') < page.index('id="post-4"')
    assert re.search(r'id="new">\s*2 ', page)


def test_a_position_only_moves_forward(enter):
    topic = long_topic(30)
    reader = make.person(alumnus=True)
    ReadUntil.reach(reader, topic, 30)
    enter(reader).get(f"{topic.get_absolute_url()}?after=0")
    ReadUntil.reach(reader, topic, 2)
    assert reader.readings.get().number == 30


def test_a_position_is_one_statement(django_assert_num_queries):
    topic, reader = make.topic(), make.person(alumnus=True)
    for number in (1, 5, 3):
        with django_assert_num_queries(1):
            ReadUntil.reach(reader, topic, number)
    assert reader.readings.get().number == 5


def test_who_read_everything_has_read_the_own_reply_too():
    topic = make.topic()
    author, other = make.writer_on(topic.board), make.writer_on(topic.board)
    assert topic.author.readings.get().number == 1
    ReadUntil.reach(author, topic, 1)
    make.post(topic, author=author)
    make.post(topic, author=other)
    assert author.readings.get().number == 2
    assert not other.readings.exists()


@pytest.mark.parametrize(
    ("query", "first"),
    [("?after=0", 1), ("?after=25", 26), ("?after=7", 8), ("?before=51", 26), ("?before=8", 1), ("?from=30", 26), ("?from=25", 1),
     ("?after=9999", 60), ("?from=9999", 51), ("?before=9999", 36), ("?after=-1", 1), ("?after=x", 1), ("?from=0", 1), ("?after=²", 1),
     ("?after=99999999999999999999", 1), ("?before=0", 1), ("?from=%00", 1)],
)  # fmt: skip
def test_pages_go_by_number_and_take_nothing_amiss(enter, query, first):
    topic = long_topic(60)
    answer = enter(make.person(alumnus=True)).get(topic.get_absolute_url() + query)
    assert answer.status_code == 200
    assert numbers(answer) == list(range(first, min(first + 25, 61)))


def test_a_permalink_leads_to_the_page_with_the_post(enter):
    topic = long_topic(60)
    address, _, anchor = topic.posts.get(number=37).get_absolute_url().partition("#")
    page = enter(make.person(alumnus=True)).get(address).content.decode()
    assert f'id="{anchor}"' in page


def test_one_writes_on_the_last_page_only(enter):
    topic = long_topic(30)
    client = enter(make.person(alumnus=True))
    assert 'id="composer"' not in client.get(f"{topic.get_absolute_url()}?after=0").content.decode()
    assert 'id="composer"' in client.get(f"{topic.get_absolute_url()}?after=25").content.decode()


def test_a_closed_conversation_can_be_read(enter):
    topic = make.topic()
    Topic.objects.update(closed_at=topic.created_at)
    page = enter(make.person(alumnus=True)).get(topic.get_absolute_url()).content.decode()
    assert 'id="post-1"' in page
    assert 'id="composer"' not in page


def test_every_page_says_who_can_read_it(enter):
    cohort = make.cohort()
    make.trainer(cohort)
    reader, topic = make.person(cohort=cohort), make.topic(board=make.board(cohort=cohort))
    page = enter(reader).get(topic.get_absolute_url()).content.decode()
    assert page.count("audience") >= 2
    assert f"{topic.board.get_absolute_url()}readers/" in page


def test_who_left_is_a_former_participant(enter):
    topic = make.topic()
    topic.author.delete()
    topic.refresh_from_db()
    page = enter(make.person(alumnus=True)).get(topic.get_absolute_url()).content.decode()
    assert topic.signature.pk == ""
    assert f"<bdi>{topic.signature.name}</bdi>" in page


def test_a_name_and_a_title_turn_no_direction(enter):
    author = make.person(name="<b>Noor</b>", alumnus=True)
    topic = make.topic(author=author, title="<i>Titel</i>")
    page = enter(author).get(topic.get_absolute_url()).content.decode()
    assert "<bdi>&lt;b&gt;Noor&lt;/b&gt;</bdi>" in page
    assert "<bdi>&lt;i&gt;Titel&lt;/i&gt;</bdi>" in page
    assert re.search(r'class="post__body[^"]*" dir="auto"', page)


def test_a_new_name_is_shown_at_once(enter):
    author = make.person(name="Noor", alumnus=True)
    topic = make.topic(author=author)
    client = enter(author)
    assert "<bdi>Noor</bdi>" in client.get(topic.get_absolute_url()).content.decode()
    author.name = "Nora"
    author.save()
    assert "<bdi>Nora</bdi>" in client.get(topic.get_absolute_url()).content.decode()


def test_finished_pieces_do_not_stay(monkeypatch):
    shelf, made = Shelf(), []

    def take(key, stamp):
        return shelf.take(key, stamp, "nl", lambda: made.append((key, stamp)) or f"{key} {stamp}")

    assert [take("a", 1), take("a", 1), take("a", 2)] == ["a 1", "a 1", "a 2"]
    assert made == [("a", 1), ("a", 2)]
    assert [item.stamp for item in shelf.items.values()] == [2]
    shelf.forget("a")
    assert not shelf.items
    take("a", 3)
    shelf.items["a"].born -= AGE + 1
    take("b", 1)
    assert list(shelf.items) == ["b"]
    monkeypatch.setattr("forums.fragments.KEPT", 3)
    for key in "cdefg":
        take(key, 1)
    assert len(shelf.items) == 3
