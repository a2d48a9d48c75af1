"""Asking what may be kept of a chat, answering, and beginning the conversation in the circle, over HTTP."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.clock import now
from events.chat.models import Keep
from events.chat.tasks import settle_rooms
from tests.chat.rooms import address

WORDS = {"title": "Wat we bewaren", "body": "Uit onze chat."}


def closed(chat, trainer) -> None:
    chat.turn(trainer, "closed")


def over(chat) -> None:
    """The clock closes it."""
    event = chat.event
    event.starts_at, event.ends_at = now() - timedelta(hours=5), now() - timedelta(hours=1)
    event.save()
    settle_rooms()


def ask(client, chat, *things, shown=()):
    data = {"shown": [str(thing.pk) for thing in shown or things], "pick": [str(thing.pk) for thing in things]}
    return client.post(address(chat, "summary/pick/"), data)


def say(client, chat, thing, answer="yes"):
    keep = Keep.objects.get(message=thing) if hasattr(thing, "is_prompt") else Keep.objects.get(question=thing)
    return client.post(address(chat, f"kept/{keep.pk}/"), {"answer": answer})


def begin(client, chat, part="said", **words):
    return client.post(address(chat, f"summary/{part}/begin/"), WORDS | words)


def bodies(topic) -> list[tuple[str, str]]:
    """(name, text) of what stands in the conversation below its opening text."""
    posts = topic.posts.filter(number__gt=1, removed_at=None).order_by("number").select_related("author")
    return [(post.author.name, post.body) for post in posts]


def statements(client, where: str) -> int:
    client.get(where)
    with CaptureQueriesContext(connection) as seen:
        client.get(where)
    return len(seen)
