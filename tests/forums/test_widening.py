"""More people read a conversation only when who began it wants that, and nobody goes along unasked (R-9)."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from forums.models import Narrow, Topic, Widening
from tests import make

pytestmark = pytest.mark.django_db


class Scene:
    def __init__(self, **how) -> None:
        self.cohort = make.cohort()
        self.circle, self.wide = make.board(cohort=self.cohort), make.board()
        self.author, self.other, self.third = [make.person(cohort=self.cohort) for _ in range(3)]
        self.outsider = make.person(cohort=make.cohort())
        self.topic = make.topic(board=self.circle, author=self.author, body="Mijn vraag", **how)
        self.first = make.post(self.topic, self.other, body="Van de een")
        self.second = make.post(self.topic, self.third, body="Van de ander")
        self.address = reverse("forums:widen", args=[self.topic.pk])
        self.word = reverse("forums:widen_answer", args=[self.topic.pk])

    def ask(self, enter) -> Widening:
        assert enter(self.author).post(self.address, {"to": self.wide.slug}).status_code == 302
        return Widening.objects.get()

    def bodies(self, person) -> set[str]:
        topics = Topic.objects.visible_to(person)
        return {post.body for topic in topics for post in topic.posts.all()}


def test_the_preview_tells_how_many_read_it_now_and_then(enter):
    cache.clear()  # how many people read somewhere is kept for a minute
    scene = Scene()
    page = enter(scene.author).get(scene.address, {"to": scene.wide.slug}).content.decode()
    assert "3 mensen" in page
    assert "4 mensen" in page
    assert "2 anderen schreven mee" in page
    assert not Widening.objects.exists()


def test_only_who_began_it_lets_more_people_read_it(enter):
    scene = Scene()
    for person, status in ((scene.other, 403), (make.trainer(scene.cohort), 403), (scene.outsider, 404)):
        assert enter(person).get(scene.address).status_code == status
        assert enter(person).post(scene.address, {"to": scene.wide.slug}).status_code == status


def test_until_it_is_done_nobody_new_reads_a_word(enter):
    scene = Scene()
    scene.ask(enter)
    enter(scene.other).post(scene.word, {"answer": "yes"})
    assert scene.bodies(scene.outsider) == set()


def test_what_has_a_yes_goes_along_and_the_rest_stays_behind(enter):
    scene = Scene()
    scene.ask(enter)
    assert "Mag jouw bijdrage mee?" in enter(scene.other).get(scene.topic.get_absolute_url()).content.decode()
    enter(scene.other).post(scene.word, {"answer": "yes"})
    enter(scene.third).post(scene.word, {"answer": "no"})
    page = enter(scene.author).get(scene.address).content.decode()
    assert "1 van de 2 zei ja" in page
    assert enter(scene.author).post(scene.address).status_code == 302
    assert scene.bodies(scene.outsider) == {"Mijn vraag", "Van de een"}
    assert scene.bodies(scene.third) == {"Mijn vraag", "Van de een", "Van de ander"}
    assert Topic.objects.get(posts=scene.second).board == scene.circle


def test_a_reply_after_the_question_stays_behind_too(enter):
    scene = Scene()
    scene.ask(enter)
    for person in (scene.other, scene.third):
        enter(person).post(scene.word, {"answer": "yes"})
    late = make.person(cohort=scene.cohort)
    make.post(scene.topic, late, body="Na de vraag")
    enter(scene.author).post(scene.address)
    assert "Na de vraag" not in scene.bodies(scene.outsider)
    assert "Na de vraag" in scene.bodies(late)


def test_an_answer_can_be_taken_back_until_it_is_done(enter):
    scene = Scene()
    asked = scene.ask(enter)
    for word in ("yes", "no"):
        enter(scene.other).post(scene.word, {"answer": word})
    assert asked.agreed() == set()
    enter(scene.author).post(scene.address)
    enter(scene.other).post(scene.word, {"answer": "yes"})
    assert scene.bodies(scene.outsider) == {"Mijn vraag"}


def test_who_did_not_write_along_has_no_say(enter):
    scene = Scene()
    scene.ask(enter)
    assert enter(make.person(cohort=scene.cohort)).post(scene.word, {"answer": "yes"}).status_code == 403
    assert enter(scene.author).post(scene.word, {"answer": "yes"}).status_code == 403
    assert enter(scene.outsider).post(scene.word, {"answer": "yes"}).status_code == 404


def test_leaving_it_as_it_is_changes_nothing(enter):
    scene = Scene()
    scene.ask(enter)
    enter(scene.author).post(scene.address, {"drop": "1"})
    assert scene.bodies(scene.outsider) == set()
    assert "Mag jouw bijdrage mee?" not in enter(scene.other).get(scene.topic.get_absolute_url()).content.decode()
    assert enter(scene.author).post(scene.address, {"to": scene.wide.slug}).status_code == 302


def test_a_narrow_conversation_opens_to_its_circle(enter):
    cohort = make.cohort()
    board, author, fellow = make.board(cohort=cohort), make.person(cohort=cohort), make.person(cohort=cohort)
    topic = make.topic(board=board, author=author, narrow=Narrow.TRAINERS, pseudonymous=True)
    assert list(Topic.objects.visible_to(fellow)) == []
    enter(author).post(reverse("forums:widen", args=[topic.pk]), {"to": board.slug})
    assert list(Topic.objects.visible_to(fellow)) == [topic]


def test_under_a_pseudonym_it_stays_unknown_who_asked(enter):
    scene = Scene(pseudonymous=True)
    asked = scene.ask(enter)
    enter(scene.other).post(scene.word, {"answer": "yes"})
    enter(scene.third).post(scene.word, {"answer": "yes"})
    enter(scene.author).post(scene.address)
    page = enter(scene.outsider).get(scene.topic.get_absolute_url()).content.decode()
    assert scene.topic.alias.name in page
    assert scene.author.name not in page
    assert {field.name for field in asked._meta.fields} & {"author", "person", "by"} == set()


@pytest.mark.parametrize("to", ["", "nergens", "kring", "\x00", "a" * 500])
def test_a_place_that_is_not_wider_is_refused(enter, to):
    scene = Scene()
    assert enter(scene.author).post(scene.address, {"to": to}).status_code == 422
    alumni = make.board("alumni")
    assert enter(scene.author).post(scene.address, {"to": alumni.slug}).status_code == 422
    assert not Widening.objects.exists()


def test_the_alone_writer_needs_nobody(enter):
    cohort = make.cohort()
    author, wide = make.person(cohort=cohort), make.board()
    topic = make.topic(board=make.board(cohort=cohort), author=author)
    answer = enter(author).post(reverse("forums:widen", args=[topic.pk]), {"to": wide.slug})
    assert answer.status_code == 302
    topic.refresh_from_db()
    assert topic.board == wide
