"""What people write is in its own row and nowhere else."""

import logging

import pytest
from django.apps import apps
from django.core import mail
from django.db.models import CharField, JSONField, TextField

from accounts.live import publish as way_out
from community.tick import run_due
from tests import make
from tests.chat.rooms import room

SECRET = "De afdeling zweeg toen Guusje huilde"
SEEN = ["guusje"]  # the name was pointed out
# The rows in which words may stand: where they were written, and how they stood before.
HOMES = {
    "forums.Post.body",
    "forums.Post.html",
    "forums.Topic.title",
    "forums.Draft.body",
    "forums.Revision.body",
    "chat.ChatMessage.body",
    "cases.Case.title",
    "cases.Case.context",
    "cases.Case.situation",
    "cases.Case.actions_tried",
    "cases.Case.question",
    "cases.Case.evaluation",
    "cases.Factor.text",
    "cases.ChosenAction.text",
}


def write_everywhere(enter, cohort) -> None:
    noor = make.person(cohort=cohort)
    client = enter(noor)
    board = make.board(cohort=cohort)
    client.post(f"{board.get_absolute_url()}new/", {"title": SECRET, "body": SECRET, "seen": SEEN})
    topic = board.topics.get()
    client.post(f"{topic.get_absolute_url()}reply/", {"body": SECRET, "seen": SEEN})
    post = topic.posts.last()
    client.post(f"/forums/posts/{post.pk}/edit/", {"body": f"{SECRET} gisteren", "revision": 0, "seen": SEEN})
    client.post("/forums/check/", {"title": SECRET, "body": SECRET, "topic": str(topic.pk), "fine": SEEN})
    client.post("/forums/drafts/", {"place": topic.get_absolute_url(), "body": SECRET, "revision": 0})
    write_cases(client)
    chat = room(cohort)
    client.post(f"/events/{chat.event_id}/chat/messages/", {"body": SECRET})
    message = chat.messages.get()
    client.post(f"{chat.get_absolute_url()}messages/{message.pk}/edit/", {"body": f"{SECRET} nu", "revision": 0})


def write_cases(client) -> None:
    """A draft, and a case that went on to the end."""
    words = {"title": SECRET, "context": SECRET, "situation": SECRET, "actions_tried": SECRET, "question": SECRET}
    rows = {"risk-0-text": SECRET, "risk-0-level": "team", "protection-0-text": SECRET, "protection-0-level": "team"}
    seen = {"seen": SEEN}
    ticks = ["names", "organisation", "roles", "dates", "health"]
    client.post("/forums/cases/new/", words | rows)
    answer = client.post(
        "/forums/cases/new/", words | rows | seen | {"stage": "submitted", "ticks": ticks, "pseudonymous": "on"}
    )
    for data in (
        {"stage": "discussion"},
        {"stage": "action", "action-0-text": SECRET, "action-0-level": "team", "follow_up_on": ""},
        {"stage": "evaluated", "evaluation": SECRET},
    ):
        assert client.post(f"{answer.url}stage/", data | seen).status_code == 302


def homes_of(words: str) -> set[str]:
    """Every text column of every table that holds `words`."""
    found = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, CharField | TextField | JSONField):
                values = model._base_manager.values_list(field.name, flat=True)
                if any(words in str(value) for value in values):
                    found.add(f"{model._meta.label}.{field.name}")
    return found


@pytest.mark.django_db(transaction=True)
def test_a_sentence_is_in_its_own_row_and_nowhere_else(enter, caplog, monkeypatch):
    said = []
    send = way_out.send
    monkeypatch.setattr(way_out, "send", lambda group, message: said.append((group, message)) or send(group, message))
    caplog.set_level(logging.DEBUG, logger="ruggespraak")
    cohort = make.cohort()
    make.trainer(cohort)
    write_everywhere(enter, cohort)
    run_due()
    assert homes_of(SECRET) == HOMES
    assert said
    assert SECRET not in str(said)
    assert SECRET not in caplog.text
    assert [message for message in mail.outbox if SECRET in str(message.message())] == []
