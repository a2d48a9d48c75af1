"""Saying something over HTTP: stored before it is acknowledged, once, and given back when it cannot be."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client

from accounts.clock import now
from events.chat.models import ChatEvent, ChatMessage
from events.models import Event
from tests import make
from tests.chat.rooms import JSON, address, room
from tests.sockets import BACKEND, signed_in


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
    [
        ("", "empty"),
        ("  \u200b\u2800", "empty"),
        ("x" * 4001, "too_long"),
        ("a\x00b", "bad_body"),
        ("\x1b[31m", "bad_body"),
    ],
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
        address(chat),
        "cid=7d0cf0d4-0000-4000-8000-000000000000&body=%ED%A0%80",
        content_type="application/x-www-form-urlencoded",
        **JSON,
    )
    assert answer.status_code == 400  # bytes that are no UTF-8
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


def test_a_repeat_is_answered_also_when_the_limit_is_reached(enter, noor, chat, settings):
    settings.RATE_LIMITS = True
    client, words = enter(noor), {"cid": str(uuid.uuid4()), "body": "Hallo"}
    client.post(address(chat), words, **JSON)
    answers = [client.post(address(chat), words, **JSON) for _ in range(40)]
    assert {answer.status_code for answer in answers} == {200}
    assert ChatMessage.objects.count() == 1


def test_a_repeat_is_answered_also_when_the_room_has_closed(enter, noor, chat):
    words = {"cid": str(uuid.uuid4()), "body": "Hallo"}
    client = enter(noor)
    seq = client.post(address(chat), words, **JSON).json()["seq"]
    Event.objects.filter(pk=chat.event_id).update(ends_at=now() - timedelta(minutes=31))
    again = client.post(address(chat), words, **JSON)
    assert (again.status_code, again.json()["seq"]) == (200, seq)


def test_two_people_may_use_the_same_name_for_a_message(enter, noor, chat):
    words, tom = {"cid": str(uuid.uuid4()), "body": "Hallo"}, make.person(cohort=chat.event.cohort)
    assert enter(noor).post(address(chat), words, **JSON).status_code == 201
    assert enter(tom).post(address(chat), words, **JSON).status_code == 201


def test_another_text_from_a_form_that_was_sent_already_is_not_lost(enter, noor, chat):
    """As after the browser's button "back": the same hidden name, other words."""
    client, words = enter(noor), {"cid": str(uuid.uuid4()), "body": "Hallo"}
    assert client.post(address(chat), words).status_code == 302
    page = client.post(address(chat), words | {"body": "iets heel anders"})
    assert page.status_code == 409
    form = page.context["form"]
    assert form["body"].value() == "iets heel anders"
    assert form["cid"].value() != words["cid"]
    assert client.post(address(chat), words).status_code == 302
    assert [m.body for m in chat.messages.all()] == ["Hallo"]


def test_who_wrote_what_where_and_when_is_never_taken_from_the_form(enter, noor, chat):
    other = make.person(cohort=chat.event.cohort)
    forged = {"author": other.pk, "seq": 99, "created_at": "2001-01-01", "room": uuid.uuid4(), "is_trainer": "1"}
    enter(noor).post(address(chat), {"cid": str(uuid.uuid4()), "body": "Hallo"} | forged, **JSON)
    message = ChatMessage.objects.get()
    assert (message.author, message.room, message.seq, message.is_trainer) == (noor, chat, chat.seq + 1, False)
    assert now() - message.created_at < timedelta(minutes=1)


def test_a_token_that_is_not_ours_is_refused(noor, chat):
    client = Client(enforce_csrf_checks=True)
    client.force_login(noor, backend=BACKEND)
    answer = client.post(address(chat), {"cid": str(uuid.uuid4()), "body": "Hallo"}, **JSON)
    assert (answer.status_code, answer.json()["code"]) == (403, "token")


def test_words_are_kept_as_typed_but_for_line_ends_and_composed_letters(enter, noor, chat):
    enter(noor).post(address(chat), {"cid": str(uuid.uuid4()), "body": " e\u0301e\u0301n\r\n  twee\t"}, **JSON)
    assert ChatMessage.objects.get().body == " één\n  twee\t"


def test_what_one_types_is_shown_and_never_run(enter, noor, chat):
    attack = "<script>alert(1)</script> javascript:alert(1) https://example.org/?a=1&b=<img src=x onerror=alert(1)>"
    chat.say(noor, attack)
    page = enter(noor).get(address(chat, "")).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page
