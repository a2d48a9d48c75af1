"""The pages while a trainer looks first: what the room, the writer and the trainers are shown, with a script and without."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.chat.models import ChatMessage, ChatRoom, Question
from tests import make
from tests.chat.rooms import JSON, address

pytestmark = pytest.mark.django_db
RULE = "Een trainer bekijkt elk bericht voordat iedereen het ziet."


def text(response) -> str:
    return response.content.decode()


def page(enter, who, chat, rest="") -> str:
    return text(enter(who).get(address(chat, rest)))


def say(client, chat, body="Mag dit?", **more):
    return client.post(address(chat), {"cid": str(uuid.uuid4()), "body": body} | more, **JSON)


def act(client, message, what, **data):
    return client.post(address(message.room, f"messages/{message.pk}/{what}/"), data, **JSON)


def test_a_trainer_switches_it_and_everyone_sees_the_rule(enter, noor, chat, judith):
    assert RULE not in page(enter, noor, chat)
    for wants, dup in (("1", False), ("1", True)):
        assert enter(judith).post(address(chat, "first/"), {"first": wants}, **JSON).json()["dup"] is dup
    for who in (noor, judith):
        assert RULE in page(enter, who, chat)
        assert "data-looks-first" in page(enter, who, chat)
    assert "Een trainer kijkt eerst." in page(enter, noor, chat)
    assert "Een trainer kijkt eerst." not in page(enter, judith, chat)
    assert enter(judith).post(address(chat, "first/"), {"first": "0"}).status_code == 302
    assert RULE not in page(enter, noor, chat)


def test_nobody_else_switches_it(enter, noor, chat):
    for person, status in ((noor, 403), (make.trainer(make.cohort()), 404), (make.organiser(), 404)):
        assert enter(person).post(address(chat, "first/"), {"first": "1"}, **JSON).status_code == status
    assert not ChatRoom.objects.get(pk=chat.pk).looks_first


def test_a_script_hears_that_it_waits_and_the_same_for_a_repeat(enter, noor, first, judith):
    cid = str(uuid.uuid4())
    once, again = (say(enter(noor), first, cid=cid) for _ in range(2))
    message = ChatMessage.objects.get()
    wanted = {"type": "ack", "cid": cid, "seq": None, "state": "waiting", "id": str(message.pk)}
    for answer, status, dup in ((once, 201, False), (again, 200, True)):
        assert answer.status_code == status
        assert answer.json().items() >= (wanted | {"dup": dup}).items()
    message.show(judith)
    shown = say(enter(noor), first, cid=cid).json()
    assert shown["seq"] == ChatMessage.objects.get().seq and "state" not in shown


def test_its_writer_sees_it_wait_and_takes_it_back_without_a_script(enter, noor, mo, first):
    enter(noor).post(address(first), {"cid": str(uuid.uuid4()), "body": "Mag dit?"})
    own = page(enter, noor, first)
    assert "Mag dit?" in own and "wacht op een trainer" in own.split("data-waits")[1]
    where = address(first, f"messages/{ChatMessage.objects.get().pk}/remove/")
    assert where in own
    assert "Alleen jij en de trainers konden hem zien." in text(enter(noor).get(where))
    assert enter(mo).post(where).status_code == 404
    assert enter(noor).post(where).status_code == 302
    assert "data-waits=" not in page(enter, noor, first)


def test_a_trainer_shows_it_from_the_desk_and_then_it_stands_in_the_log(enter, noor, mo, first, judith):
    say(enter(noor), first, "Mag dit?")
    message = ChatMessage.objects.get()
    desk = page(enter, judith, first).split('data-list="unseen"')[1].split("</ol>")[0]
    assert "Mag dit?" in desk and "Noor" in desk
    assert act(enter(judith), message, "remove").status_code == 403  # its writer keeps the text
    plain = enter(judith).post(address(first, f"messages/{message.pk}/show/"))
    assert plain["Location"].endswith("?tab=questions#questions")
    assert act(enter(judith), message, "show").json()["dup"] is True
    assert "Mag dit?" in page(enter, mo, first)
    assert 'data-waits="' not in page(enter, noor, first)
    late = enter(judith).post(address(first, f"messages/{message.pk}/return/"), {"words": "Nee."}, **JSON)
    assert (late.status_code, late.json()["code"]) == (409, "conflict")
    assert "Met dit bericht is intussen al iets gedaan." in late.json()["message"]


def test_given_back_the_text_is_there_for_its_writer_to_send_again(enter, noor, mo, first, judith):
    answered = first.say(judith, "Wie heeft een voorbeeld?")
    say(enter(noor), first, "Kees doet dat.", reply_to=str(answered.pk))
    message = ChatMessage.objects.get(author=noor)
    where = address(first, f"messages/{message.pk}/return/")
    assert "Deze" not in text(enter(judith).get(where)) and "Dit bericht teruggeven?" in text(enter(judith).get(where))
    assert enter(judith).post(where, {"words": ""}).status_code == 422
    assert enter(judith).post(where, {"words": "Er staat een naam in."}).status_code == 302
    pages = {who: page(enter, who, first) for who in (noor, mo, judith)}
    assert ["Er staat een naam in." in pages[who] for who in (noor, mo, judith)] == [True, False, False]
    assert ["Kees doet dat." in pages[who] for who in (noor, mo, judith)] == [True, False, False]
    assert f"?again={message.pk}#id_body" in pages[noor]
    form = enter(noor).get(address(first, ""), {"again": str(message.pk)}).context["form"]
    assert (form["body"].value(), form["reply_to"].value()) == ("Kees doet dat.", answered.pk)
    for who, key in ((mo, message.pk), (noor, answered.pk), (noor, "x")):
        assert not enter(who).get(address(first, ""), {"again": str(key)}).context["form"]["body"].value()


def test_a_named_question_says_that_it_waits_and_comes_back_with_its_text(enter, noor, mo, first, judith):
    data = {"cid": str(uuid.uuid4()), "body": "Krijgen we de dia's?"}
    assert enter(noor).post(address(first, "questions/"), data, **JSON).json()["state"] == "waiting"
    assert "Krijgen we" not in page(enter, mo, first)
    desk = page(enter, judith, first).split('data-list="unseen"')[1].split("</ol>")[0]
    assert "Krijgen we" in desk and "Noor" in desk
    question = Question.objects.get()
    where = address(first, f"questions/{question.pk}/return/")
    assert "Jij ziet niet wie dat is." not in text(enter(judith).get(where))
    enter(judith).post(where, {"words": "Dat zei ik net."})
    own = enter(noor).get(address(first, ""), {"again": str(question.pk)})
    assert "Dat zei ik net." in text(own) and own.context["ask"]["body"].value() == "Krijgen we de dia's?"


def test_a_waiting_message_is_no_answer_to_give_and_nothing_to_report(enter, noor, mo, first, judith):
    message = first.say(noor, "wacht")
    for who in (noor, mo, judith):
        answer = say(enter(who), first, "Antwoord", reply_to=str(message.pk))
        assert (answer.status_code, answer.json()["code"]) == (422, "bad_reply")
    assert act(enter(judith), message, "report", reason="recognisable").status_code == 404
    assert act(enter(judith), message, "pin", pinned="1").status_code == 409
    refused = enter(noor).post(address(first, f"messages/{message.pk}/edit/"), {"body": "x", "revision": 0}, **JSON)
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert "Een trainer bekijkt nu elk bericht eerst." in refused.json()["message"]


def test_earlier_messages_and_the_time_go_by_when_it_was_shown(enter, noor, first, judith):
    waiting = [first.say(noor, f"wacht {n}") for n in range(3)]
    said = [first.say(judith, f"van Judith {n}") for n in range(52)]
    waiting[0].show(judith)
    newest = enter(noor).get(address(first, ""))
    assert [entry.body for entry in newest.context["log"]][-1] == "wacht 0"
    assert len(newest.context["log"]) == 50
    older = enter(noor).get(address(first, ""), {"before": said[5].seq})
    assert [entry.body for entry in older.context["log"]] == [f"van Judith {n}" for n in range(5)]
    assert "data-waits=" not in text(older)  # what waits stands at the end of the newest


def test_the_page_costs_the_same_with_much_that_waits(enter, noor, first, judith):
    costs = []
    for many in (1, 6):
        for number in range(many):
            first.say(noor, f"wacht {number}")
        costs.append([statements(enter(who), first) for who in (noor, judith)])
    assert costs[0] == costs[1]


def statements(client, chat) -> int:
    client.get(address(chat, ""))
    with CaptureQueriesContext(connection) as seen:
        client.get(address(chat, ""))
    return len(seen)


def test_in_the_archive_a_trainer_is_offered_nothing_that_is_refused_there(enter, first, noor, judith):
    waits = first.say(noor, "Nooit bekeken")
    assert f"messages/{waits.pk}/show/" in page(enter, judith, first)
    with time_machine.travel(first.archived_at + timedelta(minutes=1)):
        shown = page(enter, judith, first)
    assert "Nooit bekeken" in shown
    assert f"messages/{waits.pk}/" not in shown
