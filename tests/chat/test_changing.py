"""Saying it differently and taking it away: one's own, in time, once."""

import uuid
from datetime import timedelta

import pytest
import time_machine

from accounts.clock import now
from events.chat.models import ChatEvent, ChatMessage
from tests import make
from tests.chat.rooms import JSON, address, room


@pytest.fixture
def message(noor, chat):
    return chat.say(noor, "eerst")


def edit(client, message, body="nu", revision=0, **more):
    return client.post(
        address(message.room, f"messages/{message.pk}/edit/"), {"body": body, "revision": revision}, **more
    )


def remove(client, message, **more):
    return client.post(address(message.room, f"messages/{message.pk}/remove/"), **more)


def kinds(chat) -> list[str]:
    return list(ChatEvent.objects.filter(room=chat).order_by("seq").values_list("kind", flat=True))


def test_a_change_is_an_event_with_the_next_number(enter, noor, chat, message):
    answer = edit(enter(noor), message, **JSON)
    message.refresh_from_db()
    assert (message.body, message.revision, message.seq) == ("nu", 1, chat.seq + 1)
    assert answer.status_code == 200
    assert (answer.json()["type"], answer.json()["seq"], answer.json()["dup"]) == ("ack", chat.seq + 2, False)
    assert kinds(chat) == ["room", "message", "edit"]


def test_the_same_change_twice_is_made_once(enter, noor, chat, message):
    first, again = edit(enter(noor), message, **JSON), edit(enter(noor), message, **JSON)
    assert again.status_code == 200
    assert again.json() == first.json() | {"dup": True}
    assert kinds(chat) == ["room", "message", "edit"]


def test_two_changes_of_the_same_revision_conflict_and_both_texts_are_shown(enter, noor, message):
    client = enter(noor)
    edit(client, message, "mijn eerste tab")
    answer = edit(client, message, "mijn tweede tab", **JSON)
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    page = edit(client, message, "mijn tweede tab")
    assert page.status_code == 409
    assert "mijn eerste tab" in page.content.decode()
    assert page.context["form"]["body"].value() == "mijn tweede tab"
    # Whoever saves once more has seen it.
    assert edit(client, message, "mijn tweede tab", page.context["form"]["revision"].value()).status_code == 302
    message.refresh_from_db()
    assert message.body == "mijn tweede tab"


@pytest.mark.parametrize("revision", ["", "x", "-1", "7"])
def test_a_revision_that_is_not_the_last_is_a_conflict(enter, noor, message, revision):
    answer = edit(enter(noor), message, revision=revision, **JSON)
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")


@pytest.mark.parametrize(
    ("body", "code"), [("", "empty"), ("\u200b", "empty"), ("x" * 4001, "too_long"), ("a\x00b", "bad_body")]
)
def test_what_cannot_be_stored_is_refused_and_comes_back(enter, noor, message, body, code):
    answer = edit(enter(noor), message, body, **JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    page = edit(enter(noor), message, body)
    assert page.status_code == 422
    assert page.context["form"]["body"].value() == body
    message.refresh_from_db()
    assert (message.body, message.revision) == ("eerst", 0)


def test_after_a_quarter_of_an_hour_it_stays_as_it_is_and_the_text_comes_back(enter, noor, message):
    client = enter(noor)
    with time_machine.travel(message.created_at + timedelta(minutes=14, seconds=59), tick=False):
        assert edit(client, message, "net op tijd", **JSON).status_code == 200
    with time_machine.travel(message.created_at + timedelta(minutes=15), tick=False):
        answer = edit(client, message, "te laat", 1, **JSON)
        page = edit(client, message, "te laat", 1)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert page.status_code == 403
    assert page.context["form"]["body"].value() == "te laat"


def test_in_a_room_that_closed_nothing_is_changed(enter, noor, chat, message):
    client = enter(noor)
    with time_machine.travel(chat.closes_at - timedelta(minutes=1), tick=False):
        late = chat.say(noor, "op de valreep")
    with time_machine.travel(chat.closes_at + timedelta(minutes=1), tick=False):
        client = enter(noor)
        answer = edit(client, late, **JSON)
    assert (answer.status_code, answer.json()["code"]) == (409, "closed")


def test_what_is_gone_is_not_changed(enter, noor, message):
    message.take_away(noor)
    answer = edit(enter(noor), message, **JSON)
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")


def test_one_changes_and_takes_back_only_what_is_ones_own(enter, noor, chat):
    message = chat.say(make.person(cohort=chat.event.cohort), "van Tom")
    for answer in (edit(enter(noor), message, **JSON), remove(enter(noor), message, **JSON)):
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert enter(noor).get(address(chat, f"messages/{message.pk}/edit/")).status_code == 403
    assert ChatMessage.objects.get(pk=message.pk).body == "van Tom"


def test_taken_back_the_words_are_gone_from_the_row_and_the_page(enter, noor, chat, message):
    client = enter(noor)
    first, again = remove(client, message, **JSON), remove(client, message, **JSON)
    assert (first.status_code, first.json()["dup"]) == (200, False)
    assert again.json() == first.json() | {"dup": True}
    message.refresh_from_db()
    assert message.body == ""
    assert kinds(chat) == ["room", "message", "remove"]
    for where in ("", "events/?after=0"):
        assert ">eerst<" not in client.get(address(chat, where)).content.decode()


def test_without_a_script_a_page_asks_first_and_leads_back(enter, noor, chat, message):
    client = enter(noor)
    assert "eerst" in client.get(address(chat, f"messages/{message.pk}/remove/")).content.decode()
    assert ChatMessage.objects.get().body == "eerst"
    answer = remove(client, message)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{chat.get_absolute_url()}#m-{message.pk}"


def test_taking_back_goes_on_as_long_as_the_room_can_be_read(enter, noor, chat, message):
    with time_machine.travel(chat.closes_at + timedelta(days=3), tick=False):
        assert remove(enter(noor), message, **JSON).status_code == 200
    assert ChatMessage.objects.get().body == ""


def test_a_trainer_may_take_a_message_away_and_that_is_on_record(enter, noor, chat, message):
    trainer = make.trainer(chat.event.cohort)
    assert remove(enter(trainer), message, **JSON).status_code == 200
    assert kinds(chat) == ["room", "message", "hide"]
    assert [entry.verb for entry in noor.looks.all()] == ["hide_message"]


def test_a_trainer_of_another_cohort_finds_nothing(enter, chat, message):
    trainer = make.trainer(make.cohort())
    assert remove(enter(trainer), message, **JSON).status_code == 404


def test_a_message_has_its_address_in_its_own_room_only(enter, noor, chat, message):
    other = room(chat.event.cohort, starts=-50, ends=-49)
    answer = enter(noor).post(address(other, f"messages/{message.pk}/remove/"), **JSON)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert enter(noor).post(address(chat, f"messages/{uuid.uuid4()}/remove/"), **JSON).status_code == 404


def test_changing_counts_for_the_limit(enter, noor, chat, message, settings):
    settings.RATE_LIMITS = True
    answers = [edit(enter(noor), message, f"versie {n}", n, **JSON) for n in range(12)]
    slow = next(a for a in answers if a.status_code == 429)
    assert slow.json()["code"] == "rate_limited"
    assert int(slow.headers["Retry-After"]) >= 1
    assert now() - message.created_at < timedelta(minutes=5)
