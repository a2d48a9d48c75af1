"""Which forums there are, for whom, and what a list of conversations shows."""

import re
from datetime import timedelta

import pytest

from accounts.clock import now
from accounts.models import Cohort, Membership, Role
from forums.models import Board, Post, Topic
from tests import make

pytestmark = pytest.mark.django_db

RW, R, NO = "reads and writes", "reads", "nothing"
#                      circle A, alumni, topics, research
MATRIX = {
    "participant of A": (RW, NO, RW, RW),
    "participant of B": (NO, NO, RW, RW),
    "alumnus of A": (RW, RW, RW, RW),
    "alumnus": (NO, RW, RW, RW),
    "trainer of A": (RW, RW, RW, RW),
    "organiser": (NO, RW, R, RW),
    "moderator": (NO, RW, RW, RW),
    "researcher": (NO, NO, NO, RW),
    "register keeper": (NO, NO, NO, RW),
    "privacy officer": (NO, NO, NO, NO),
    "site administrator": (NO, NO, NO, NO),
    "suspended": (NO, NO, NO, NO),
    "not agreed": (NO, NO, NO, NO),
    "nobody's member": (NO, NO, NO, NO),
}


def people(cohort: Cohort) -> dict:
    other = make.cohort()
    return {
        "participant of A": make.person(cohort=cohort),
        "participant of B": make.person(cohort=other),
        "alumnus of A": make.person(cohort=cohort, alumnus=True),
        "alumnus": make.person(alumnus=True),
        "trainer of A": make.trainer(cohort),
        "organiser": make.organiser(),
        "moderator": make.person(roles=[Role.MODERATOR]),
        "researcher": make.person(roles=[Role.RESEARCHER]),
        "register keeper": make.person(roles=[Role.REGISTER_KEEPER]),
        "privacy officer": make.person(roles=[Role.PRIVACY_OFFICER]),
        "site administrator": make.person(roles=[Role.SITE_ADMINISTRATOR]),
        "suspended": make.person(cohort=cohort, suspended_at=now()),
        "not agreed": make.person(cohort=cohort, agreed=False),
        "nobody's member": make.person(),
    }


@pytest.mark.parametrize("who", MATRIX)
def test_everyone_finds_what_is_meant_for_them_and_nothing_else(client, enter, who):
    cohort = make.cohort()
    boards = [make.board(cohort=cohort), *map(make.board, ("alumni", "everyone", "research"))]
    topics = [make.topic(board=board, title=f"geheim {board.pk}") for board in boards]
    person = people(cohort)[who]
    may = MATRIX[who]
    readable = [board for board, what in zip(boards, may, strict=True) if what != NO]
    enter(person)

    assert list(Board.objects.visible_to(person).filter(pk__in=[b.pk for b in boards]).order_by("pk")) == readable
    assert set(Topic.objects.visible_to(person)) == {topic for topic in topics if topic.board in readable}
    assert {post.topic.board for post in Post.objects.visible_to(person)} == set(readable)
    if who in ("suspended", "not agreed"):
        return
    shown = client.get("/forums/").content.decode()
    for board, topic, what in zip(boards, topics, may, strict=True):
        page = topic.get_absolute_url()
        read, write = (404, 404) if what == NO else (200, 302 if what == RW else 403)
        assert (board.get_absolute_url() in shown) == (what != NO)
        for address in (board.get_absolute_url(), f"{board.get_absolute_url()}readers/", page):
            assert client.get(address).status_code == read, (who, address)
        assert client.post(f"{page}reply/", {"body": "hallo"}).status_code == write
        assert client.post(f"{board.get_absolute_url()}new/", {"title": "T", "body": "hallo"}).status_code == write
        kept = client.post("/forums/drafts/", {"place": page, "body": "hal", "revision": 0}).status_code
        assert kept == (200 if write == 302 else write)


def test_a_refusal_is_the_same_as_nothing_at_all(enter):
    topic = make.topic(board=make.board(cohort=make.cohort()))
    client = enter(make.person(cohort=make.cohort()))
    nowhere = topic.get_absolute_url().replace(str(topic.pk), "00000000-0000-4000-8000-000000000000")
    for tail in ("", "?after=25"):
        there, absent = client.get(topic.get_absolute_url() + tail), client.get(nowhere + tail)
        assert there.status_code == absent.status_code == 404
        scrub = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
        assert scrub.sub("", there.content.decode()) == scrub.sub("", absent.content.decode())


def test_who_leaves_a_cohort_leaves_its_circle(enter):
    cohort = make.cohort()
    person, topic = make.person(cohort=cohort), make.topic(board=make.board(cohort=cohort))
    assert enter(person).get(topic.get_absolute_url()).status_code == 200
    Membership.objects.get(person=person).end()
    assert enter(person).get(topic.get_absolute_url()).status_code == 404


def test_the_circle_of_an_archived_cohort_is_closed(enter):
    cohort = make.cohort(state="archived")
    person = make.person(cohort=cohort, alumnus=True)
    assert enter(person).get(make.board(cohort=cohort).get_absolute_url()).status_code == 404
    assert make.board(cohort=cohort).readers_count() == 0


def test_an_organiser_who_is_an_alumnus_too_writes_on_topic_forums(enter):
    person = make.person(alumnus=True, roles=[Role.ORGANISER])
    assert enter(person).get(f"{make.board().get_absolute_url()}new/").status_code == 200


def test_a_circle_comes_once_with_its_cohort():
    cohort = make.cohort()
    assert Board.for_cohort(cohort) == Board.for_cohort(cohort)
    assert Board.for_cohort(cohort).slug == f"kring-{cohort.slug}"


def test_the_number_of_readers_is_that_of_the_people_who_read():
    cohort = make.cohort()
    everyone = people(cohort)
    make.person(cohort=cohort, is_active=False)
    for board in (make.board(cohort=cohort), *map(make.board, ("alumni", "everyone", "research"))):
        reading = [person for person in everyone.values() if Board.objects.visible_to(person).filter(pk=board.pk)]
        assert board.seats().values("person").distinct().count() == len(reading)


def test_readers_of_a_circle_are_named_and_others_counted(enter):
    cohort = make.cohort()
    person = make.person(cohort=cohort, name="Noor de Wit")
    make.trainer(cohort, name="Wies Trainer")
    circle = enter(person).get(f"{make.board(cohort=cohort).get_absolute_url()}readers/").content.decode()
    everyone = enter(person).get(f"{make.board().get_absolute_url()}readers/").content.decode()
    assert "Wies Trainer" in circle
    assert "Wies Trainer" not in everyone


def test_new_things_are_counted_per_forum_and_per_conversation(enter):
    cohort = make.cohort()
    reader, board = make.person(cohort=cohort), make.board(cohort=cohort)
    topic = make.topic(board=board, author=reader)
    make.topic(board=board)
    client = enter(reader)
    assert 'class="count">1<' in client.get("/forums/").content.decode()
    make.post(topic)
    make.post(topic)
    page = client.get(board.get_absolute_url()).content.decode()
    assert 'class="count">2<' in page
    assert f"{topic.get_absolute_url()}#new" in page
    client.get(topic.get_absolute_url())
    assert f'href="{topic.get_absolute_url()}"' in client.get(board.get_absolute_url()).content.decode()


def test_what_is_long_ago_is_not_new():
    reader, topic = make.person(alumnus=True), make.topic()
    assert list(Topic.objects.visible_to(reader).unread_by(reader)) == [topic]
    Topic.objects.update(last_activity_at=now() - timedelta(days=61))
    assert list(Topic.objects.visible_to(reader).unread_by(reader)) == []


def test_lists_are_filtered(enter):
    board, reader = make.board(), make.person(alumnus=True)
    read = make.topic(board=board, author=reader, title="titel een")
    answered = make.topic(board=board, title="titel twee")
    make.post(answered)
    client = enter(reader)

    def shown(query: str) -> set[str]:
        page = client.get(board.get_absolute_url() + query).content.decode()
        return {topic.title for topic in (read, answered) if topic.title in page}

    assert shown("") == shown("?show=all") == shown("?show=<x>") == {"titel een", "titel twee"}
    assert shown("?show=unread") == {"titel twee"}
    assert shown("?show=unanswered") == {"titel een"}
    assert shown("?show=trainer") == set()
    make.post(answered, make.trainer(make.cohort()))
    assert shown("?show=trainer") == {"titel twee"}


def test_a_long_list_is_walked_through_without_loss_or_repeat(enter):
    board, author = make.board(), make.person(alumnus=True)
    topics = [make.topic(board=board, author=author, title=f"nummer {n:03}.") for n in range(60)]
    Topic.objects.filter(pk__in=[t.pk for t in topics[:8]]).update(last_activity_at=topics[3].last_activity_at)
    Topic.objects.filter(pk=topics[5].pk).update(pinned=True)
    client, address, seen = enter(author), board.get_absolute_url(), []
    while address:
        page = client.get(address).content.decode()
        seen.append(re.findall(r"nummer \d{3}\.", page))
        link = re.search(r'href="([^"]+\?before=[^"]+)"', page)
        address = link[1].replace("&amp;", "&") if link else ""
    assert [len(page) for page in seen] == [25, 25, 10]
    assert sorted(number for page in seen for number in page) == [f"nummer {n:03}." for n in range(60)]
    assert seen[0][:2] == ["nummer 005.", "nummer 059."]


@pytest.mark.parametrize(
    "before",
    [
        "x",
        "1.2.3",
        "1..",
        "0.2026-01-01.x",
        "1.2026-01-01T00:00:00Z.zz",
        "\x00",
        "0.9999-99-99T00:00:00Z.0",
        "..." * 99,
    ],
)
def test_a_page_that_is_none_is_the_first_one(enter, before):
    topic = make.topic(title="staat er")
    answer = enter(make.person(alumnus=True)).get(topic.board.get_absolute_url(), {"before": before})
    assert answer.status_code == 200
    assert "staat er" in answer.content.decode()


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01", "x"])
def test_a_moment_outside_all_time_is_no_moment(enter, moment):
    topic = make.topic()
    page = enter(topic.author).get(topic.board.get_absolute_url(), {"before": f"1.{moment}.{topic.pk}"})
    assert page.status_code == 200
    assert topic.title in page.content.decode()
