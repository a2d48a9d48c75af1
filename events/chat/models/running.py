"""What a trainer sets while the room of a session is on."""

from typing import Any

from django.db import models, transaction

from accounts.clock import now
from accounts.models import record
from events.chat.faults import TooEarly


class Running(models.Model):
    """How the room goes: how fast one may write, whether a trainer looks first, whether it is open beside the clock."""

    State: Any
    locked: Any

    slow_seconds = models.PositiveSmallIntegerField(default=0, db_default=0)  # between two messages of a participant
    looks_first = models.BooleanField(default=False, db_default=False)  # a trainer sees what participants write first
    choice = models.CharField(max_length=10, blank=True, default="", db_default="")  # of a trainer, beside the clock
    chosen_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @transaction.atomic
    def slow_down(self, by, seconds: int):
        """Participants wait this long between two messages; 0 ends it.

        Returns the event of the log, or None when it was so already. Raises Closed in the archive.
        """
        room = self.locked()
        room.must_be_live()
        if room.slow_seconds == seconds:
            return None
        room.slow_seconds = seconds
        record(by, "slow_chat", room, seconds=seconds)
        return room.note("room")

    @transaction.atomic
    def look_first(self, by, *, wants: bool = True):
        """What participants write waits until a trainer shows it, or no longer. What waits already goes on waiting.

        Returns the event of the log, or None when it was so already. Raises Closed in the archive.
        """
        room = self.locked()
        room.must_be_live()
        if room.looks_first == wants:
            return None
        room.looks_first = wants
        record(by, "look_first_chat", room, on=wants)
        return room.note("room")

    def holds(self, author) -> bool:
        """Whether what `author` writes here waits for a trainer. What trainers write never does."""
        return self.looks_first and not author.trains(self.event.cohort)  # type: ignore[attr-defined]

    @transaction.atomic
    def turn(self, by, state: str):
        """Open or close it, whatever the clock says.

        Returns the event of the log, or None when it was so already. Raises Closed in the archive, TooEarly
        before the day of the session.
        """
        room = self.locked()
        room.must_be_live()
        wants_open = state == self.State.OPEN
        if wants_open == room.is_open:
            return None
        by_clock = room.state_by_clock
        if wants_open and now() < room.may_open_from:
            raise TooEarly
        is_undone = wants_open == (by_clock == self.State.OPEN)
        room.choice, room.chosen_at = ("", None) if is_undone else (state, now())
        room.state = room.state_now
        record(by, "open_chat" if wants_open else "close_chat", room)
        return room.note("room")
