"""Redis that is away for a while: pages are read, messages are stored, nobody sees an error."""

import uuid

import pytest
from django.core.cache import cache

from accounts.throttle import wait_for
from events.chat.models import ChatMessage
from tests import make
from tests.chat.rooms import JSON, address, room

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(settings):
    """A Redis to which no connection can be made, and limits that would be counted in it."""
    settings.RATE_LIMITS = True
    settings.CACHES = {"default": {"BACKEND": "community.cache.CalmRedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}


def test_nothing_is_remembered_and_nothing_fails(away):
    assert cache.add("a", 1, 10) is False
    cache.set("a", 1, 10)
    assert (cache.get("a"), cache.get("a", 2), cache.delete("a")) == (None, 2, False)
    assert cache.get_or_set("a", lambda: 3, 10) == 3
    with pytest.raises(ValueError, match="not remembered"):
        cache.incr("a")


def test_no_limit_stops_anyone(away):
    assert [wait_for("who", "chat") for _ in range(10)] == [0] * 10
    assert wait_for("who", "upload_bytes", 10**12) == 0


def test_messages_are_stored_and_conversations_are_read(away, enter):
    cohort = make.cohort()
    noor = make.person(cohort=cohort)
    chat, topic = room(cohort), make.topic(board=make.board(cohort=cohort), author=noor)
    said = enter(noor).post(address(chat), {"cid": str(uuid.uuid4()), "body": "Dag"}, **JSON)
    assert (said.status_code, ChatMessage.objects.count()) == (201, 1)
    for page in ("/", topic.board.get_absolute_url(), topic.get_absolute_url(), address(chat, "")):
        assert enter(noor).get(page).status_code == 200
