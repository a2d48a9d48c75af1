"""Rooms are made, open, close and are emptied by themselves."""

from datetime import timedelta

from django.conf import settings

from accounts.clock import today
from accounts.jobs import job
from events.chat.models import ChatRoom, Side
from events.models import Event


@job
def make_rooms() -> int:
    """Every session has a room. Returns how many were made."""
    return len([ChatRoom.of(session) for session in Event.objects.sessions().exclude(rooms__side=Side.ALL)])


@job
def settle_rooms() -> int:
    """Rooms whose moment has come open, close or go to the archive. Returns how many."""
    return sum(room.settle() for room in ChatRoom.objects.to_settle())


@job
def erase_chats() -> int:
    """Everything that was said goes 90 days after the last session of the cohort. Returns the number of rooms."""
    end = today() - timedelta(days=settings.TERMS["chat_after_last_session"])
    late = ChatRoom.objects.filter(event__cohort__ends_on__lt=end).exclude(state=ChatRoom.State.ERASED)
    return sum(room.erase() for room in late)
