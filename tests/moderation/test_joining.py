"""Joining two conversations: nobody reads more than before, old links lead on, and nothing typed is lost."""

import uuid

import pytest

from forums.models import Alias, Board, Draft, Post, ReadUntil, Topic
from forums.models.follow import Follow
from forums.models.seat import Narrow
from forums.vocabulary import WORDS
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return make.cohort()


@pytest.fixture
def board(cohort):
    return make.board(cohort=cohort)


@pytest.fixture
def topic(board, cohort):
    topic = make.topic(board=board, author=make.person(cohort=cohort), title="Over overleg")
    for number in range(2, 7):
        make.post(topic, body=f"tekst {number}.")
    return Topic.objects.get()


@pytest.fixture
def trainer(cohort):
    return make.trainer(cohort, name="Hanneke Brouwer")


def act(client, topic, what, **data):
    return client.post(f"/forums/topics/{topic.pk}/{what}/", data)


def reply(client, topic, body="mijn antwoord", **more):
    return client.post(f"{topic.get_absolute_url()}reply/", {"body": body, "submission_id": str(uuid.uuid4())}, **more)


def bodies(topic) -> list[str]:
    return [post.body for post in topic.posts.order_by("number") if post.kind != "moderation"]


def drift() -> list[dict]:
    rows = [*Topic.objects.all(), *Board.objects.all()]
    return [wrong for row in rows if (wrong := row.recount(keep=False))]


def test_joined_conversations_are_one_and_old_links_lead_there(enter, cohort, board, topic, trainer):
    other = make.topic(board=board, author=make.person(cohort=cohort), title="Een *eerdere* vraag", body="opening 2.")
    make.post(other, body="antwoord 2.")
    old = other.posts.get(number=2).get_absolute_url()
    answer = act(enter(trainer), other, "merge", other=f"http://testserver{topic.get_absolute_url()}")
    assert answer["Location"] == topic.get_absolute_url()
    assert bodies(topic)[-2:] == ["**Een \\*eerdere\\* vraag**\n\nopening 2.", "antwoord 2."]
    assert [post.number for post in topic.posts.order_by("number")] == list(range(1, 10))
    reader = enter(make.person(cohort=cohort))
    assert reader.get(old)["Location"] == Post.objects.get(body="antwoord 2.").get_absolute_url()
    assert reader.get(other.get_absolute_url())["Location"].startswith(topic.get_absolute_url())
    assert "Een *eerdere* vraag" in reader.get(f"{topic.get_absolute_url()}?after=0").content.decode()
    assert enter(make.person()).get(old).status_code == 404
    assert drift() == []


def test_who_was_writing_keeps_the_text_and_the_draft(enter, cohort, board, topic, trainer):
    writer, other = make.person(cohort=cohort), make.topic(board=board)
    client = enter(writer)
    client.post("/forums/drafts/", {"place": other.get_absolute_url(), "body": "half af", "revision": 0})
    Draft.keep(writer, topic.get_absolute_url(), "al begonnen", 0)
    bystander = make.person(cohort=cohort)
    Draft.keep(bystander, other.get_absolute_url(), "ook half af", 0)
    other.merge(trainer, topic)
    answer = reply(client, other, "helemaal af")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "helemaal af" in page
    assert f'action="{topic.get_absolute_url()}reply/"' in page
    answer = reply(client, other, "helemaal af", headers={"HX-Request": "true"})
    assert (answer.status_code, f'hx-post="{topic.get_absolute_url()}reply/"' in answer.content.decode()) == (409, True)
    assert "half af" in writer.drafts.get(place=topic.get_absolute_url()).other_body
    assert bystander.drafts.get().place == topic.get_absolute_url()


def test_two_pseudonyms_of_one_person_stay_two_when_joined(enter, cohort, board, trainer):
    writer = make.person(cohort=cohort)
    one, two = (make.topic(board=board, author=writer, pseudonymous=True) for _ in range(2))
    Alias.objects.update(name="Berk")
    one.merge(trainer, two)
    names = [post.alias.name for post in two.posts.exclude(alias=None).order_by("number")]
    assert len(set(names)) == 2
    assert names[0] == "Berk"
    two.refresh_from_db()
    page = enter(writer).get(f"{two.get_absolute_url()}?after=0").content.decode()
    assert page.count("post__own") >= 2
    assert [post.is_by(writer) for post in two.posts.exclude(alias=None)] == [True, True]


def test_joining_makes_a_conversation_with_a_pseudonym_tell_days_only(cohort, board, topic, trainer):
    veiled = make.topic(board=board, author=make.person(cohort=cohort), pseudonymous=True)
    veiled.merge(trainer, topic)
    topic.refresh_from_db()
    assert topic.veiled


def test_nobody_reads_more_after_joining(enter, cohort, board, topic, trainer):
    few = make.topic(board=board, author=make.person(cohort=cohort), narrow=Narrow.FEW)
    close = make.topic(board=board, author=make.person(cohort=cohort), narrow=Narrow.TRAINERS)
    wide = make.topic(board=make.board("everyone"))
    case = make.topic(board=board, is_case=True)
    client = enter(trainer)
    for source, target in ((few, topic), (close, topic), (case, topic), (topic, case), (topic, close), (topic, wide)):
        assert act(client, source, "merge", other=target.get_absolute_url()).status_code == 422
    for wrong in ("", "onzin", f"/forums/topics/{uuid.uuid4()}/", topic.get_absolute_url(), "topics/" + "-" * 36):
        answer = act(client, topic, "merge", other=wrong)
        assert (answer.status_code, answer.context["merge"]["other"].value()) == (422, wrong)
    assert Topic.objects.filter(removed_at=None).count() == 5


def test_who_had_read_both_has_read_the_joined_one(cohort, board, topic, trainer):
    other = make.topic(board=board)
    both, one = make.person(cohort=cohort), make.person(cohort=cohort)
    for person in (both, one):
        ReadUntil.reach(person, topic, 6)
    ReadUntil.reach(both, other, 1)
    other.merge(trainer, topic)
    topic.refresh_from_db()
    assert ReadUntil.objects.get(person=both, topic=topic).number == topic.last_number == 8
    assert ReadUntil.objects.get(person=one, topic=topic).number == 6


def test_who_follows_goes_on_following_and_words_to_find_by_go_along(cohort, board, topic, trainer):
    other = make.topic(board=board)
    words = list(WORDS)[:2]
    other.retag(words[:1])
    topic.retag(words[1:])
    one, both = make.person(cohort=cohort), make.person(cohort=cohort)
    for person in (one, both):
        Follow.choose(person, "follow", topic=other)
    Follow.choose(both, "mute", topic=topic)
    other.merge(trainer, topic)
    topic.refresh_from_db()
    assert {row.person: row.choice for row in topic.follows.all()} == {one: "follow", both: "mute"}
    assert set(topic.slugs) == set(words)
