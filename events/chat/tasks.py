"""Rooms are made, open, close and are emptied by themselves."""

from datetime import timedelta

from django.conf import settings

from accounts.clock import start_of_today, today
from accounts.jobs import job
from events.chat.models import ChatRoom, Keep, Side, Summary
from events.chat.models.keeping import ask_open, rooms_to_ask
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
def ask_open_questions() -> int:
    """Who asked what was left open is asked whether it may go on in the circle (R-19). Returns for how many rooms."""
    return sum(ask_open(room) for room in rooms_to_ask())


@job
def place_nameless() -> int:
    """What was said yes to without a name stands in the circle the next day. Returns how much."""
    waiting = Keep.objects.filter(nameless=True, is_yes=True, post=None, said_at__lt=start_of_today())
    there = Summary.objects.filter(keeps__in=waiting, topic__removed_at=None, topic__isnull=False).distinct()
    return sum(summary.settle() for summary in there)


@job
def erase_chats() -> int:
    """Everything that was said goes 90 days after the last session of the cohort. Returns the number of rooms."""
    end = today() - timedelta(days=settings.TERMS["chat_after_last_session"])
    late = ChatRoom.objects.filter(event__cohort__ends_on__lt=end).exclude(state=ChatRoom.State.ERASED)
    return sum(room.erase() for room in late)
