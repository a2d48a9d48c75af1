"""Something to do, from a trainer: it stands out in the log, and above it when asked for."""

import re
import uuid

import pytest

from events.chat.models import ChatMessage
from tests import make
from tests.chat.rooms import address, room

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer(chat):
    return make.trainer(chat.event.cohort)


def give(client, chat, body="Schrijf in één zin je kleinste stap.", **more):
    return client.post(address(chat, "prompts/"), {"cid": str(uuid.uuid4()), "body": body} | more)


def text(response) -> str:
    return response.content.decode()


def test_it_stands_out_in_the_chat_and_in_the_log(enter, noor, trainer, chat):
    response = give(enter(trainer), chat)
    message = ChatMessage.objects.get()
    assert response["Location"] == message.get_absolute_url()
    assert "msg--prompt" in text(enter(noor).get(address(chat, "")))
    event = enter(noor).get(address(chat, "events/?after=0")).json()["events"][-1]
    assert (event["kind"], event["id"], "msg--prompt" in event["html"]) == ("prompt", str(message.pk), True)


def test_it_always_has_the_name_of_who_gives_it_above_it(enter, noor, trainer, chat):
    for body, is_prompt in (("Eerst dit.", False), ("Doe dit.", True), ("En dan dit.", False), ("En dit.", False)):
        chat.say(trainer, body, is_prompt=is_prompt)
    lines = re.findall(r'<div class="said( is-on)?">', text(enter(noor).get(address(chat, ""))))
    assert lines[:4] == ["", "", "", " is-on"]


def test_sent_twice_it_stands_once(enter, trainer, chat):
    cid = str(uuid.uuid4())
    for _ in range(2):
        assert give(enter(trainer), chat, cid=cid).status_code == 302
    assert ChatMessage.objects.count() == 1


def test_above_the_chat_only_when_there_is_room_and_nothing_is_lost(enter, noor, trainer, chat):
    for number in range(4):
        assert give(enter(trainer), chat, f"Opdracht {number}", pin="on").status_code == 302
    assert ChatMessage.objects.count() == 4
    assert ChatMessage.objects.filter(pinned_at__isnull=False).count() == 3


def test_an_empty_one_is_told_and_participants_give_none(enter, noor, trainer, chat):
    empty = give(enter(trainer), chat, "")
    assert empty.status_code == 422 and "id_body_error" in text(empty)
    assert give(enter(noor), chat).status_code == 403
    assert not ChatMessage.objects.exists()


def test_in_a_closed_room_the_text_stays_in_its_box(enter, trainer, noor):
    chat = room(noor.cohorts[0], starts=-5, ends=-3)
    late = give(enter(make.trainer(chat.event.cohort)), chat, "Te laat")
    assert late.status_code == 409 and "Te laat" in text(late)
