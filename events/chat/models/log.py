"""What stands in the log of a room, and what of it waits until a trainer has seen it."""

from typing import Any, Self

from django.db import models, transaction

from accounts.clock import now
from accounts.live.publish import publish
from accounts.models import record
from events.chat.faults import Conflict


class InLog(models.Model):
    """A message, a question or a poll: what happens to it is told in the log, under its `kind`."""

    kind = ""
    room: Any
    log: Any

    class Meta:
        abstract = True

    def locked(self) -> tuple[Any, Self]:
        """The room and the thing, both under their locks."""
        return self.room.locked(), type(self).objects.select_for_update().get(pk=self.pk)  # type: ignore[attr-defined]

    def last_event(self):
        """What happened to it last, in whichever room, as the answer to who asks for it again."""
        event = self.log.order_by("pk").last()
        event.is_repeat = True
        return event

    def tell(self, room, kind: str = ""):
        """Put in the log of `room` that something happened to it; returns the event. Call it on a locked room."""
        return room.note(kind or self.kind, **{self.kind: self})


class Awaited(InLog):
    """What may have to wait for a trainer: then it has no number, and only its writer and the trainers see it.

    It comes on show, with a number of that moment, or is given back with words that only its writer reads. What waits
    is an event of the trainers' room, so that nothing of it is in what the others' pages hear.
    """

    gone_at: Any
    author: Any
    late = ""  # which words are for a trainer who comes too late

    seq = models.PositiveIntegerField(null=True)  # of the moment it came on show
    shown_at = models.DateTimeField(null=True)  # when a trainer showed it
    returned = models.TextField(
        blank=True, default="", db_default=""
    )  # why a trainer gave it back; for its writer only

    class Meta:
        abstract = True

    @property
    def is_on_show(self) -> bool:
        return self.seq is not None

    @property
    def stage(self) -> str:
        """How far it is: "unseen", "returned", "shown" or "gone"."""
        if self.gone_at:
            return "gone"
        if self.is_on_show:
            return "shown"
        return "returned" if self.returned else "unseen"

    @transaction.atomic
    def show(self, by):
        """Put on show what a trainer has seen. Twice is once.

        Returns the event of the log. Raises Conflict when it was given back or taken away, Closed in the archive.
        """
        room, mine = self.locked()
        if mine.stage == "shown":
            return mine.last_event()
        room.must_be_live()
        if mine.stage != "unseen":
            raise Conflict
        mine.shown_at, mine.seq = now(), room.seq + 1
        mine.save(update_fields=["shown_at", "seq"])
        mine.tell(room.beside())
        return mine.tell(room)

    @transaction.atomic
    def give_back(self, by, words: str):
        """Not on show: its writer reads why. Twice is once; who did it is on record.

        Returns the event of the log. Raises Conflict when it is on show already, or gone, Closed in the archive.
        """
        room, mine = self.locked()
        if mine.returned == words:
            return mine.last_event()
        room.must_be_live()
        if mine.stage != "unseen":
            raise Conflict
        mine.returned = words
        mine.save(update_fields=["returned"])
        record(by, "give_back", mine, subject=mine.author)
        if mine.author:
            publish(mine.author, "access")  # open pages of this person look again
        return mine.tell(room.beside())

    def tell_away(self, room, kind: str):
        """Tell that its words are gone or hidden, wherever they were told before; returns the event of the room it stands in."""
        waited = not self.is_on_show or self.log.exclude(room=room).exists()
        aside = self.tell(room.beside(), kind) if waited else None
        return self.tell(room, kind) if self.is_on_show else aside
