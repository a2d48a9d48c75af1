"""A room with people in it."""

from datetime import timedelta

from asgiref.sync import sync_to_async

from accounts.clock import now
from events.chat.models import ChatRoom
from events.models import Event
from tests import make, sockets

JSON = {"HTTP_ACCEPT": "application/json"}


def room(cohort=None, starts=-1, ends=2) -> ChatRoom:
    """The room of a session that began `-starts` hours ago and ends in `ends` hours."""
    cohort = cohort or make.cohort()
    number = cohort.sessions.count() + 1
    session = Event.plan_session(
        cohort, number, "Tools", now() + timedelta(hours=starts), now() + timedelta(hours=ends)
    )
    chat = ChatRoom.of(session)
    chat.settle()
    return ChatRoom.objects.select_related("event__cohort").get(pk=chat.pk)


def address(chat: ChatRoom, rest="messages/") -> str:
    return f"/events/{chat.event_id}/chat/{rest}"


def path(chat: ChatRoom, after: int | None = None) -> str:
    """The address of the live line."""
    return f"/ws/chat/{chat.event_id}/" + ("" if after is None else f"?after={after}")


def listening(chat: ChatRoom, client, after: int | None = None):
    """An open socket of the room."""
    return sockets.listening(path(chat, after), client)


@sync_to_async
def said(chat: ChatRoom, person, body: str, cid=None):
    return chat.say(person, body, cid)
