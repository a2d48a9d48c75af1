"""Opening a pseudonym: two people, a reason, a quarter of an hour, and the member is told (R-17)."""

import uuid
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from allauth.account.internal.flows.login import record_authentication
from django.core import mail

from accounts.clock import now
from accounts.models import AuditEntry, Opening, Role
from accounts.tasks import send_mail
from events.chat.models import Question
from tests import make
from tests.chat.rooms import room

pytestmark = pytest.mark.django_db
ASK = "/oversight/openings/new/"


@pytest.fixture
def fresh(client):
    """Sign a person in who has just shown who they are: `fresh(person).get("/")`."""

    def fresh(person):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        asked = SimpleNamespace(session=session, user=person)
        record_authentication(asked, person, "code", reauthenticated=True)
        session.save()
        return client

    return fresh


class Scene:
    def __init__(self) -> None:
        cohort = make.cohort()
        self.writer = make.person("Noor de Wit", cohort=cohort)
        self.topic = make.topic(board=make.board(cohort=cohort), author=self.writer, pseudonymous=True)
        self.one, self.other, self.third = [make.person(roles=[Role.PRIVACY_OFFICER]) for _ in range(3)]
        self.words = {"address": self.topic.get_absolute_url(), "reason": "danger", "note": "Iemand is niet veilig."}

    def ask(self, fresh, **more) -> Opening:
        assert fresh(self.one).post(ASK, self.words | more).status_code == 302
        return Opening.objects.get()


class Asked(Scene):
    """A question without a name in the chat of a session."""

    def __init__(self) -> None:
        super().__init__()
        self.chat = room(self.writer.cohorts[0])
        self.question = Question.ask(self.chat, self.writer, "Mag dat?", uuid.uuid4(), nameless=True)
        self.words["address"] = f"https://x.example{self.question.get_absolute_url()}"


def decide(client, opening, answer="open"):
    return client.post(opening.get_absolute_url(), {"decision": "Eens, vandaag bellen.", "answer": answer})


def test_one_asks_another_agrees_and_both_see_the_name_for_a_quarter_of_an_hour(fresh):
    scene = Scene()
    opening = scene.ask(fresh)
    address = opening.get_absolute_url()
    assert "Noor" not in fresh(scene.one).get(address).content.decode()
    assert decide(fresh(scene.other), opening).status_code == 302
    assert "Noor de Wit" in fresh(scene.other).get(address).content.decode()
    assert "Noor de Wit" in fresh(scene.one).get(address).content.decode()
    assert "Noor" not in fresh(scene.third).get(address).content.decode()
    with time_machine.travel(now() + timedelta(minutes=15, seconds=1)):
        assert "Noor" not in fresh(scene.one).get(address).content.decode()


def test_a_question_without_a_name_is_opened_by_two_as_well(fresh):
    scene = Asked()
    opening = scene.ask(fresh)
    assert "Noor" not in fresh(scene.one).get(opening.get_absolute_url()).content.decode()
    assert decide(fresh(scene.other), opening).status_code == 302
    for officer in (scene.one, scene.other):
        assert "Noor de Wit" in fresh(officer).get(opening.get_absolute_url()).content.decode()
    assert Opening.objects.get().subject == scene.writer


def test_who_reads_the_room_or_asked_has_no_say_about_a_question(fresh):
    scene = Asked()
    reader = make.person(cohort=scene.chat.event.cohort, roles=[Role.PRIVACY_OFFICER])
    assert fresh(reader).post(ASK, scene.words).status_code == 422
    scene.writer.grant(Role.PRIVACY_OFFICER)
    opening = scene.ask(fresh)
    for officer in (reader, scene.writer):
        assert decide(fresh(officer), opening).status_code == 403


@pytest.mark.parametrize("part", ["", "#q-", "#q-00000000-0000-0000-0000-000000000000", "#q-" + "f" * 36, "#m-1"])
def test_where_there_is_no_such_question_nothing_is_asked(fresh, part):
    scene = Asked()
    named = Question.ask(scene.chat, scene.writer, "Met naam", uuid.uuid4())
    address = scene.chat.get_absolute_url()
    for wrong in (f"{address}{part}", f"{address}#q-{named.pk}"):
        assert fresh(scene.one).post(ASK, scene.words | {"address": wrong}).status_code == 422
    assert not Opening.objects.exists()


def test_nobody_decides_about_an_own_request(fresh):
    scene = Scene()
    opening = scene.ask(fresh)
    assert decide(fresh(scene.one), opening).status_code == 403
    opening.refresh_from_db()
    assert (opening.until, opening.subject) == (None, None)


def test_who_takes_part_in_the_conversation_neither_asks_nor_decides(fresh):
    scene = Scene()
    officer = make.person(cohort=scene.topic.board.cohort, roles=[Role.PRIVACY_OFFICER])
    make.post(scene.topic, officer)
    answer = fresh(officer).post(ASK, scene.words)
    assert answer.status_code == 422
    assert "Iemand is niet veilig." in answer.content.decode()
    opening = scene.ask(fresh)
    assert decide(fresh(officer), opening).status_code == 403


def test_the_writer_can_decide_nothing_about_the_own_pseudonym(fresh):
    scene = Scene()
    scene.writer.grant(Role.PRIVACY_OFFICER)
    opening = scene.ask(fresh)
    assert decide(fresh(scene.writer), opening).status_code == 403


def test_the_member_is_told_at_once_with_the_reasons(fresh, django_capture_on_commit_callbacks):
    scene = Scene()
    opening = scene.ask(fresh)
    decide(fresh(scene.other), opening)
    send_mail()
    told = [message for message in mail.outbox if message.to == [scene.writer.email]]
    assert len(told) == 1
    for secret in (scene.topic.alias.name, scene.topic.title, scene.one.name, "niet veilig"):
        assert secret not in told[0].subject + told[0].body
    client = fresh(scene.writer)
    assert opening.get_absolute_url() in client.get("/me/privacy/seen/").content.decode()
    page = client.get(opening.get_absolute_url()).content.decode()
    for word in (scene.one.name, scene.other.name, "Iemand is niet veilig.", "Eens, vandaag bellen."):
        assert word in page


def test_where_the_law_forbids_it_the_member_is_not_told(fresh):
    scene = Scene()
    opening = scene.ask(fresh, forbidden="on")
    decide(fresh(scene.other), opening)
    fresh(scene.one).get(opening.get_absolute_url())
    send_mail()
    assert [message for message in mail.outbox if message.to == [scene.writer.email]] == []
    assert list(AuditEntry.objects.visible_to(scene.writer)) == []
    assert fresh(scene.writer).get(opening.get_absolute_url()).status_code == 404


def test_asking_opening_and_each_look_are_on_record_and_asking_names_nobody(fresh):
    scene = Scene()
    opening = scene.ask(fresh)
    assert {entry.subject for entry in AuditEntry.objects.filter(verb="ask_opening")} == {None}
    decide(fresh(scene.other), opening)
    for officer in (scene.one, scene.other):
        fresh(officer).get(opening.get_absolute_url())
    verbs = [entry.verb for entry in AuditEntry.objects.filter(key=str(scene.topic.alias.pk)).order_by("pk")]
    assert verbs == ["ask_opening", "open_name", "see_name", "see_name"]
    assert AuditEntry.objects.first_broken() is None


def test_a_refusal_opens_nothing_and_a_second_decision_changes_nothing(fresh):
    scene = Scene()
    opening = scene.ask(fresh)
    decide(fresh(scene.other), opening, "no")
    late = decide(fresh(scene.third), opening)
    assert late.status_code == 409
    assert "Eens, vandaag bellen." in late.content.decode()
    opening.refresh_from_db()
    assert (opening.decided_by, opening.until) == (scene.other, None)


def test_a_request_that_waited_a_week_has_lapsed(fresh):
    scene = Scene()
    opening = scene.ask(fresh)
    with time_machine.travel(now() + timedelta(days=7, seconds=1)):
        assert decide(fresh(scene.other), opening).status_code == 409


@pytest.mark.parametrize(
    "address",
    ["", "nergens", "/forums/topics/", "https://[", "/forums/topics/00000000-0000-0000-0000-000000000000/", "/"],
)
def test_an_address_without_a_pseudonym_is_refused_at_the_field(fresh, address):
    scene = Scene()
    answer = fresh(scene.one).post(ASK, scene.words | {"address": address})
    assert answer.status_code == 422
    assert not Opening.objects.exists()


def test_a_message_under_the_own_name_has_nothing_to_open(fresh):
    scene = Scene()
    answer = make.post(scene.topic)
    refused = fresh(scene.one).post(ASK, scene.words | {"address": answer.get_absolute_url()})
    assert refused.status_code == 422
    reached = fresh(scene.one).post(ASK, scene.words | {"address": scene.topic.posts.get(number=1).get_absolute_url()})
    assert reached.status_code == 302


def test_it_asks_to_show_who_one_is_once_more(enter):
    scene = Scene()
    answer = enter(scene.one).get(ASK)
    assert answer.status_code == 302
    assert "/accounts/reauthenticate/" in answer.url or "/me/stepup/" in answer.url


def test_members_see_how_often_a_name_was_opened(fresh, client):
    scene = Scene()
    opening = scene.ask(fresh)
    decide(fresh(scene.other), opening)
    assert f"{now().year}: 1 naam" in fresh(scene.writer).get("/privacy/").content.decode()
    client.logout()
    assert "1 naam" not in client.get("/privacy/").content.decode()
