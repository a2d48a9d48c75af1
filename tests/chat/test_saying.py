"""Saying something over HTTP: stored before it is acknowledged, once, and given back when it cannot be."""

import threading
import uuid

import pytest
from django.db import connections

from events.chat.models import ChatEvent, ChatMessage
from tests import make
from tests.chat.rooms import room, signed_in

JSON = {"HTTP_ACCEPT": "application/json"}


def address(chat, rest="messages/"):
    return f"/events/{chat.event_id}/chat/{rest}"


@pytest.fixture
def noor(db):
    return make.person(cohort=make.cohort(), name="Noor")


@pytest.fixture
def chat(noor):
    return room(noor.cohorts[0])


def test_it_is_stored_before_it_is_acknowledged(enter, noor, chat):
    cid = str(uuid.uuid4())
    answer = enter(noor).post(address(chat), {"cid": cid, "body": "Hallo"}, **JSON)
    assert answer.status_code == 201
    message = ChatMessage.objects.get()
    assert answer.json() == {
        "type": "ack", "cid": cid, "seq": message.seq, "dup": False,
        "at": message.created_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }  # fmt: skip


def test_sent_twice_is_said_once(enter, noor, chat):
    words = {"cid": str(uuid.uuid4()), "body": "Hallo"}
    first = enter(noor).post(address(chat), words, **JSON)
    again = enter(noor).post(address(chat), words | {"body": "iets anders"}, **JSON)
    assert again.status_code == 200
    assert again.json() == first.json() | {"dup": True}
    assert [m.body for m in ChatMessage.objects.all()] == ["Hallo"]


@pytest.mark.django_db(transaction=True)
def test_three_times_at_once_is_said_once_and_numbers_have_no_holes():
    noor = make.person(cohort=make.cohort())
    chat = room(noor.cohorts[0])
    words, answers = {"cid": str(uuid.uuid4()), "body": "Hallo"}, []

    def send(body):
        try:
            answers.append(signed_in(noor).post(address(chat), body, **JSON).status_code)
        finally:
            connections.close_all()

    bodies = [words] * 3 + [{"cid": str(uuid.uuid4()), "body": f"bericht {n}"} for n in range(5)]
    threads = [threading.Thread(target=send, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 200, 201, 201, 201, 201, 201, 201]
    assert ChatMessage.objects.count() == 6
    numbers = list(ChatEvent.objects.order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(
    ("body", "code"),
    [("", "empty"), ("  \u200b\u2800", "empty"), ("x" * 4001, "too_long"), ("a\x00b", "bad_body"), ("\x1b[31m", "bad_body")],
)
def test_what_cannot_be_stored_is_refused_and_comes_back(enter, noor, chat, body, code):
    answer = enter(noor).post(address(chat), {"cid": str(uuid.uuid4()), "body": body}, **JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    page = enter(noor).post(address(chat), {"body": body})
    assert page.status_code == 422
    assert body.strip() in page.content.decode()
    assert not ChatMessage.objects.exists()


def test_a_lone_surrogate_is_refused(enter, noor, chat):
    answer = enter(noor).post(
        address(chat), "cid=7d0cf0d4-0000-4000-8000-000000000000&body=%ED%A0%80", content_type="application/x-www-form-urlencoded", **JSON
    )
    assert answer.status_code in (201, 422)  # bytes that are no UTF-8 arrive as replacement characters
    assert "\ud800" not in "".join(ChatMessage.objects.values_list("body", flat=True))


def test_a_name_that_is_no_uuid_is_refused(enter, noor, chat):
    for cid in ("", "x", "123"):
        answer = enter(noor).post(address(chat), {"cid": cid, "body": "Hallo"}, **JSON)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_cid")


def test_an_answer_points_at_a_message_of_this_room(enter, noor, chat):
    other = room(make.cohort()).say(make.person(cohort=make.cohort()), "elders")
    for target in (other.pk, "x", uuid.uuid4()):
        words = {"cid": str(uuid.uuid4()), "body": "Hallo", "reply_to": str(target)}
        answer = enter(noor).post(address(chat), words, **JSON)
        assert (answer.status_code, answer.json()["code"]) == (422, "bad_reply")


def test_a_closed_room_keeps_the_text(enter, noor):
    chat = room(noor.cohorts[0], starts=-5, ends=-2)
    words = {"cid": str(uuid.uuid4()), "body": "nog één ding"}
    answer = enter(noor).post(address(chat), words, **JSON)
    assert (answer.status_code, answer.json()["code"]) == (409, "closed")


def test_too_fast_says_when_it_can_go_on(enter, noor, chat, settings):
    settings.RATE_LIMITS = True
    client = enter(noor)
    answers = [client.post(address(chat), {"cid": str(uuid.uuid4()), "body": str(n)}, **JSON) for n in range(12)]
    slow = next(a for a in answers if a.status_code == 429)
    assert slow.json()["code"] == "rate_limited"
    assert int(slow.headers["Retry-After"]) * 1000 == slow.json()["retry_after_ms"]


def test_who_is_signed_out_hears_so_as_json(client, chat):
    answer = client.post(address(chat), {"cid": str(uuid.uuid4()), "body": "Hallo"}, **JSON)
    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")


def test_without_a_script_the_form_leads_back_to_the_room(enter, noor, chat):
    answer = enter(noor).post(address(chat), {"body": "gewoon een formulier"})
    assert answer.status_code == 302
    assert "gewoon een formulier" in enter(noor).get(address(chat, "")).content.decode()


def test_one_changes_and_takes_back_only_what_is_ones_own(enter, noor, chat):
    tom = make.person(cohort=chat.event.cohort)
    message = chat.say(tom, "van Tom")
    change = {"body": "van Noor", "revision": 0}
    assert enter(noor).post(address(chat, f"messages/{message.pk}/edit/"), change, **JSON).status_code == 403
    assert enter(noor).post(address(chat, f"messages/{message.pk}/remove/"), **JSON).status_code == 403
    assert enter(tom).post(address(chat, f"messages/{message.pk}/edit/"), change, **JSON).status_code == 200
    assert enter(tom).post(address(chat, f"messages/{message.pk}/edit/"), change, **JSON).status_code == 409
    assert enter(tom).post(address(chat, f"messages/{message.pk}/remove/"), **JSON).json()["dup"] is False
    assert enter(tom).post(address(chat, f"messages/{message.pk}/remove/"), **JSON).json()["dup"] is True
    assert ChatMessage.objects.get(pk=message.pk).body == ""


def test_a_trainer_may_take_a_message_away_and_that_is_on_record(enter, noor, chat):
    trainer = make.trainer(chat.event.cohort)
    message = chat.say(noor, "een naam")
    assert enter(trainer).post(address(chat, f"messages/{message.pk}/remove/"), **JSON).status_code == 200
    assert [entry.verb for entry in noor.looks.all()] == ["hide_message"]


def test_nothing_of_the_room_exists_for_others(enter, noor, chat):
    message = chat.say(noor, "alleen voor deze kring")
    others = [make.person(cohort=make.cohort()), make.person(alumnus=True), make.person(roles=["organiser"])]
    others += [make.person(roles=[role]) for role in ("moderator", "researcher", "privacy_officer")]
    for person in others:
        client = enter(person)
        for rest in ("", "events/?after=0", f"messages/{message.pk}/edit/", f"messages/{message.pk}/remove/"):
            assert client.get(address(chat, rest)).status_code == 404, (person.standing, rest)
        assert client.post(address(chat), {"body": "hallo", "cid": str(uuid.uuid4())}).status_code == 404


def test_alumni_of_the_cohort_read_and_do_not_write(enter, chat):
    alumna = make.person(cohort=chat.event.cohort, alumnus=True)
    assert enter(alumna).get(address(chat, "")).status_code == 200
    assert enter(alumna).post(address(chat), {"body": "hallo"}).status_code == 403


def test_what_came_after_a_number_can_be_asked(enter, noor, chat):
    numbers = [chat.say(noor, f"bericht {n}").seq for n in range(205)]
    frame = enter(noor).get(address(chat, f"events/?after={numbers[0] - 1}"), **JSON).json()
    assert [e["seq"] for e in frame["events"]] == numbers[:200]
    assert (frame["more"], frame["last_seq"]) == (True, numbers[-1])
    rest = enter(noor).get(address(chat, f"events/?after={frame['to']}"), **JSON).json()
    assert [e["seq"] for e in rest["events"]] == numbers[200:]
    assert rest["more"] is False


def test_the_page_takes_as_many_statements_for_one_message_as_for_fifty(enter, noor, chat, django_assert_max_num_queries):
    chat.say(noor, "één")
    client = enter(noor)
    client.get(address(chat, ""))
    with django_assert_max_num_queries(10) as one:
        client.get(address(chat, ""))
    for n in range(40):
        chat.say(noor, str(n))
    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get(address(chat, ""))
