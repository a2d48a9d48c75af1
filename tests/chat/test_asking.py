"""The pages of questions: what is answered to whom, with a script and without."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.chat.models import ChatRoom, Question, Side
from tests import make
from tests.chat.rooms import JSON, address

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer(chat):
    return make.trainer(chat.event.cohort, name="Judith")


def ask(client, chat, body="Krijgen we de dia's?", **more):
    data = {"cid": str(uuid.uuid4()), "body": body} | {k: v for k, v in more.items() if not k.startswith("HTTP")}
    return client.post(address(chat, "questions/"), data, **{k: v for k, v in more.items() if k.startswith("HTTP")})


def act(client, question, what, **data):
    return client.post(address(question.room, f"questions/{question.pk}/{what}/"), data, **JSON)


def text(response) -> str:
    return response.content.decode()


def test_a_script_gets_an_ack_and_the_same_for_a_repeat(enter, noor, chat):
    cid = str(uuid.uuid4())
    first = ask(enter(noor), chat, cid=cid, **JSON)
    again = ask(enter(noor), chat, cid=cid, **JSON)
    assert (first.status_code, again.status_code) == (201, 200)
    one, two = first.json(), again.json()
    assert (one["type"], one["cid"], one["dup"], two["dup"]) == ("ack", cid, False, True)
    assert (one["seq"], one["id"]) == (two["seq"], str(Question.objects.get().pk))


def test_a_plain_form_leads_back_to_the_list(enter, noor, chat):
    response = ask(enter(noor), chat)
    assert response.status_code == 302 and response["Location"].endswith("?tab=questions#questions")
    assert "Krijgen we de dia&#x27;s?" in text(enter(noor).get(address(chat, "")))


@pytest.mark.parametrize(
    ("body", "status", "code"), [("", 422, "empty"), ("\u2800 ", 422, "empty"), ("a" * 4001, 422, "too_long")]
)
def test_a_bad_question_is_told_and_kept(enter, noor, chat, body, status, code):
    assert (ask(enter(noor), chat, body, **JSON).status_code, ask(enter(noor), chat, body, **JSON).json()["code"]) == (
        status,
        code,
    )
    page = ask(enter(noor), chat, body, nameless="on")
    assert page.status_code == status and 'data-tab="questions"' in text(page)
    assert body[:50] in text(page) and "checked" in text(page).split('name="nameless"')[1].split(">")[0]
    assert not Question.objects.exists()


def test_a_script_must_name_its_question(enter, noor, chat):
    assert ask(enter(noor), chat, cid="x", **JSON).json()["code"] == "bad_cid"


def test_what_waits_is_on_the_page_of_who_asked_and_of_trainers_only(enter, noor, mo, trainer, chat):
    ask(enter(noor), chat, "Zonder naam gesteld", nameless="on")
    question = Question.objects.get()
    pages = {who: text(enter(who).get(address(chat, ""))) for who in (noor, mo, trainer)}
    assert ["Zonder naam gesteld" in pages[who] for who in (noor, mo, trainer)] == [True, False, True]
    assert "Noor" not in pages[trainer].split('data-list="unseen"')[1].split("</ol>")[0]
    for who in (mo, noor):
        assert str(question.pk) not in text(enter(who).get(address(chat, "events/"), {"after": 0}))
    assert (
        "Zonder naam gesteld"
        in enter(trainer).get(address(chat, "trainers/events/"), {"after": 0}).json()["events"][-1]["html"]
    )
    assert enter(noor).get(address(chat, "trainers/events/"), {"after": 0}).status_code == 404


def test_on_show_without_a_name_nothing_tells_whose_it_is(enter, noor, mo, trainer, chat):
    first, second = (ask(enter(who), chat, "Mag dat?", nameless="on", **JSON).json() for who in (noor, mo))
    for one in (first, second):
        assert act(enter(trainer), Question.objects.get(pk=one["id"]), "state", state="shown").json()["dup"] is False
    events = enter(trainer).get(address(chat, "events/"), {"after": 0}).json()["events"][-2:]
    alike = [event["html"].replace(event["id"], "") for event in events]
    assert alike[0] == alike[1] and [event["cid"] for event in events] == [None, None]
    assert 'data-by=""' in alike[0] and "Zonder naam" in alike[0]


def test_a_vote_is_a_state(enter, noor, mo, chat):
    ask(enter(noor), chat)
    question = Question.objects.get()
    assert [act(enter(mo), question, "vote", vote=1).json()["dup"] for _ in range(2)] == [False, True]
    assert 'aria-pressed="true"' in text(enter(mo).get(address(chat, "")))
    assert act(enter(mo), question, "vote", vote=0).json()["dup"] is False
    assert act(enter(noor), question, "vote").json()["code"] == "forbidden"


def test_who_asked_without_a_name_cannot_vote_for_it_either(enter, noor, trainer, chat):
    ask(enter(noor), chat, nameless="on")
    question = Question.objects.get()
    question.show(trainer)
    assert act(enter(noor), question, "vote").status_code == 403
    assert f"questions/{question.pk}/vote/" not in text(enter(noor).get(address(chat, "")))


def test_only_trainers_take_it_up_and_a_step_that_is_none_is_refused(enter, noor, mo, trainer, chat):
    ask(enter(noor), chat)
    question = Question.objects.get()
    assert act(enter(mo), question, "state", state="in_conversation").status_code == 403
    assert act(enter(trainer), question, "state", state="moved").status_code == 422
    assert act(enter(trainer), question, "state", state="answered").status_code == 200
    late = act(enter(trainer), question, "state", state="in_conversation")
    assert (late.status_code, late.json()["code"]) == (409, "conflict")


def test_given_back_with_words_for_who_asked(enter, noor, mo, trainer, chat):
    ask(enter(noor), chat, "Wat vind je van mijn collega Kees?", nameless="on")
    where = address(chat, f"questions/{Question.objects.get().pk}/return/")
    assert enter(trainer).post(where, {"words": ""}).status_code == 422
    assert enter(trainer).post(where, {"words": "Er staat een naam in."}).status_code == 302
    pages = [text(enter(who).get(address(chat, ""))) for who in (noor, mo, trainer)]
    assert ["Er staat een naam in." in page for page in pages] == [True, False, False]


def test_taken_back_it_is_gone_from_every_page(enter, noor, mo, chat):
    ask(enter(noor), chat, "Toch maar niet")
    where = address(chat, f"questions/{Question.objects.get().pk}/remove/")
    assert enter(mo).post(where).status_code == 403
    assert enter(noor).get(where).status_code == 200
    assert enter(noor).post(where).status_code == 302
    assert "Toch maar niet" not in text(enter(mo).get(address(chat, "")))
    assert "Toch maar niet" not in text(enter(mo).get(address(chat, "events/"), {"after": 0}))


def test_the_question_talked_about_is_on_the_screen(enter, noor, trainer, chat):
    ask(enter(noor), chat, "Eerst deze")
    ask(enter(noor), chat, "Dan deze")
    screen = address(chat, "present/")
    first = Question.objects.get(body="Eerst deze")
    assert text(enter(trainer).get(screen)).count("Eerst deze") == 1
    done = enter(trainer).post(
        address(chat, f"questions/{first.pk}/state/"), {"state": "in_conversation", "next": "present"}
    )
    assert done["Location"] == screen
    shown = text(enter(trainer).get(screen))
    assert shown.index("Eerst deze") < shown.index("Dan deze")
    assert enter(noor).get(screen).status_code == 404


def test_trainers_talk_beside_the_chat(enter, noor, trainer, chat):
    said = enter(trainer).post(
        address(chat, "trainers/messages/"), {"cid": str(uuid.uuid4()), "body": "Pauze?"}, **JSON
    )
    assert said.status_code == 201
    assert ChatRoom.objects.get(side=Side.TRAINERS).messages.get().body == "Pauze?"
    for page in ("", "trainers/"):
        assert "Pauze?" in text(enter(trainer).get(address(chat, page)))
    assert "Pauze?" not in text(enter(noor).get(address(chat, "")))
    assert enter(noor).post(address(chat, "trainers/messages/"), {"body": "Hoi"}, **JSON).status_code == 404


def test_the_page_costs_the_same_with_many_questions(enter, noor, mo, trainer, chat):
    costs = []
    for many in (1, 6):
        for number in range(many):
            question = Question.ask(chat, noor, f"Vraag {number}?", uuid.uuid4(), nameless=bool(number % 2))
            if number % 3:
                question.show(trainer) if question.nameless else question.vote(mo)
        costs.append([statements(enter(who), chat) for who in (noor, mo, trainer)])
    assert costs[0] == costs[1]


def statements(client, chat) -> int:
    client.get(address(chat, ""))
    with CaptureQueriesContext(connection) as seen:
        client.get(address(chat, ""))
    return len(seen)
