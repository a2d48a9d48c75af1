"""Until a trainer gives it, nobody but the trainers of the circle meets a word of feedback, on any road."""

import pytest
from asgiref.sync import async_to_sync
from django.core import mail
from django.urls import reverse

from accounts.live import publish as way_out
from accounts.models import Outgoing, Role
from community.tick import run_due
from forums.cases.models import Feedback, FeedbackNote, FeedbackVersion
from tests import make
from tests.sockets import listening, signed_in

SECRET = "Kanariezin"
WORDS = {"goal": f"{SECRET} een", "seen": f"{SECRET} twee", "next_step": f"{SECRET} drie"}


class Circle:
    """A case in a circle, two trainers of it, and everybody else."""

    def __init__(self, **how) -> None:
        self.cohort = make.cohort()
        self.board = make.board(cohort=self.cohort)
        self.author = make.person("Noor", cohort=self.cohort)
        self.case = make.case(self.author, self.board, **how)
        self.trainer, self.other = make.trainer(self.cohort), make.trainer(self.cohort)
        self.fellow = make.person(cohort=self.cohort)
        self.outsiders = [
            make.person(cohort=make.cohort()),
            make.trainer(make.cohort()),
            make.person(alumnus=True),
            *(make.person(roles=[role]) for role in Role if role not in (Role.PARTICIPANT, Role.ALUMNUS)),
        ]


def pages(circle: Circle, found: Feedback) -> list[str]:
    case = circle.case
    names = ("feedback_write", "feedback_pdf")
    return [
        *(reverse(f"cases:{name}", args=[case.pk, found.pk]) for name in names),
        reverse("cases:feedback", args=[case.pk]),
        reverse("cases:feedback_list"),
        reverse("cases:cases"),
        case.get_absolute_url(),
        circle.board.get_absolute_url(),
        "/",
        f"/search/?q={SECRET[:-3]}",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("pseudonymous", [False, True])
def test_a_draft_is_on_no_page_for_anyone_else(enter, shared, pseudonymous):
    circle = Circle(pseudonymous=pseudonymous)
    found = make.feedback(circle.case, circle.trainer, "draft", shared=shared, **WORDS)
    found.note(circle.other, SECRET)
    for person in (circle.author, circle.fellow, *circle.outsiders):
        client = enter(person)
        for address in pages(circle, found):
            answer = client.get(address, follow=True)
            assert SECRET not in answer.content.decode(), (person, address)
        for model in (Feedback, FeedbackNote, FeedbackVersion):
            assert not model.objects.visible_to(person).exists()
        for address in pages(circle, found)[:2]:
            assert client.get(address).status_code == 404
        for verb in ("", "take/", "note/"):
            data = WORDS | {"do": "give", "revision": 1, "body": "x"}
            assert client.post(f"{found.get_absolute_url()}{verb}", data).status_code == 404
    found.refresh_from_db()
    assert (found.state, found.trainer) == ("draft", circle.trainer)


@pytest.mark.django_db
@pytest.mark.parametrize("shared", [False, True])
def test_given_it_is_for_whom_the_author_chose(enter, shared):
    circle = Circle()
    found = make.feedback(circle.case, circle.trainer, shared=shared, **WORDS)
    readers = {circle.author, circle.trainer, circle.other} | ({circle.fellow} if shared else set())
    people = [circle.author, circle.trainer, circle.other, circle.fellow, *circle.outsiders]
    seen = set()
    for person in people:
        answer = enter(person).get(circle.case.get_absolute_url())
        if SECRET in answer.content.decode():
            seen.add(person)
    assert seen == readers
    assert {person for person in people if Feedback.objects.visible_to(person).exists()} == readers
    saved = {person for person in people if enter(person).get(pages(circle, found)[1]).status_code == 200}
    assert saved == {circle.author}


@pytest.mark.django_db
def test_a_narrow_case_keeps_shared_feedback_among_its_readers(enter):
    circle = Circle(narrow="trainers")
    make.feedback(circle.case, circle.trainer, shared=True, **WORDS)
    assert not Feedback.objects.visible_to(circle.fellow).exists()
    assert Feedback.objects.visible_to(circle.author).exists()


@pytest.mark.django_db
def test_a_trainer_who_trains_no_longer_reads_none_of_it(enter):
    circle = Circle()
    found = make.feedback(circle.case, circle.trainer, "draft", **WORDS)
    circle.other.memberships.get(cohort=circle.cohort).end()
    assert enter(circle.other).get(found.get_absolute_url()).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("pseudonymous", [False, True])
def test_a_trainer_meets_no_draft_about_an_own_case_and_gives_no_feedback_on_it(enter, pseudonymous):
    circle = Circle()
    case = make.case(circle.trainer, circle.board, pseudonymous=pseudonymous)
    found = make.feedback(case, circle.other, "draft", **WORDS)
    client = enter(circle.trainer)
    assert client.get(found.get_absolute_url()).status_code == 404
    assert client.post(f"{found.get_absolute_url()}take/").status_code == 404
    assert case.name not in client.get(reverse("cases:feedback_list")).content.decode()
    assert SECRET not in client.get(case.get_absolute_url()).content.decode()
    page = enter(circle.other).get(found.get_absolute_url()).content.decode()
    assert (circle.trainer.name in page) is not pseudonymous


@pytest.mark.django_db
def test_asking_holds_no_person_and_no_time():
    circle = Circle(pseudonymous=True)
    found = make.feedback(circle.case, state="requested")
    named = {field.name for field in Feedback._meta.concrete_fields if field.related_model or "at" in field.name}
    assert named == {"case", "trainer", "state", "given_at", "corrected_at"}
    assert (found.trainer, found.given_at) == (None, None)


@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_goes_over_a_line_or_by_mail(enter, monkeypatch):
    said = []
    send = way_out.send
    monkeypatch.setattr(way_out, "send", lambda group, message: said.append((group, message)) or send(group, message))
    circle = Circle()
    found = make.feedback(circle.case, state="requested", shared=True)
    said.clear()
    client = enter(circle.trainer)
    address = found.get_absolute_url()

    async def listen() -> bool:
        async with listening(f"/ws/topics/{circle.case.topic_id}/", signed_in(circle.fellow)) as socket:
            await socket.receive_json_from(timeout=5)
            client.post(address, WORDS | {"do": "keep", "revision": 0})
            client.post(f"{address}note/", {"body": SECRET})
            client.post(address, WORDS | {"do": "give", "revision": 1})
            return await socket.receive_nothing(timeout=0.5)

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    assert async_to_sync(listen)()
    run_due()
    found.refresh_from_db()
    assert (found.state, said) == ("given", [])
    assert [message for message in mail.outbox if SECRET in str(message.message())] == []
    assert not Outgoing.objects.exists()


@pytest.mark.django_db
def test_feedback_stays_behind_when_more_people_come_to_read_the_case(enter):
    circle = Circle(narrow="trainers")
    given = make.feedback(circle.case, circle.trainer, shared=True, **WORDS)
    enter(circle.author).post(reverse("forums:widen", args=[circle.case.pk]), {"to": circle.board.slug})
    assert SECRET not in enter(circle.fellow).get(circle.case.get_absolute_url()).content.decode()
    assert list(Feedback.objects.visible_to(circle.fellow)) == []
    for person in (circle.author, circle.trainer, circle.other):
        assert list(Feedback.objects.visible_to(person)) == [given]
    later = make.feedback(circle.case, circle.trainer, shared=True, **WORDS)
    assert list(Feedback.objects.visible_to(circle.fellow)) == [later]
