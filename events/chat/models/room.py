"""The room of a session: it opens and closes by itself, and numbers all that happens in it."""

import uuid
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from accounts.live.publish import publish
from accounts.policy import ReadableQuerySet
from events.chat.faults import Closed
from events.models import Event

BEFORE = timedelta(minutes=15)  # it opens this long before the session
AFTER = timedelta(minutes=30)  # and closes this long after it


class ChatRoomQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """Who takes or took part in the cohort of the session, and its trainers; until it is erased."""
        return Q(event__cohort__in=[m.cohort_id for m in user.standing if m.opens_circle]) & ~Q(
            state=ChatRoom.State.ERASED
        )

    def to_settle(self):
        """Rooms whose stored state is behind the clock."""
        moment = now()
        late = Q(state=ChatRoom.State.SCHEDULED, event__starts_at__lte=moment + BEFORE)
        late |= Q(state=ChatRoom.State.OPEN, event__ends_at__lte=moment - AFTER)
        late |= Q(state=ChatRoom.State.CLOSED, event__ends_at__lte=moment - AFTER - timedelta(days=1))
        late |= Q(event__starts_at__gt=moment + BEFORE) & ~Q(
            state__in=[ChatRoom.State.SCHEDULED, ChatRoom.State.ERASED]
        )
        late |= Q(state__in=[ChatRoom.State.CLOSED, ChatRoom.State.ARCHIVED], event__ends_at__gt=moment - AFTER)
        return self.filter(late)


class ChatRoom(models.Model):
    """Where everyone is while a session is on."""

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("planned")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        ARCHIVED = "archived", _("archive")
        ERASED = "erased", _("erased")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.OneToOneField(Event, models.CASCADE, related_name="room")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SCHEDULED)
    seq = models.PositiveIntegerField(default=0)  # of the last thing that happened

    objects = ChatRoomQuerySet.as_manager()

    def __str__(self) -> str:
        return f"room {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("chat:room", args=[self.event_id])

    @property
    def opens_at(self) -> datetime:
        return self.event.starts_at - BEFORE

    @property
    def closes_at(self) -> datetime:
        return self.event.ends_at + AFTER

    @property
    def state_now(self) -> str:
        """What the clock says, also when nobody settled it yet."""
        moment = now()
        if self.state == self.State.ERASED:
            return self.state
        if moment < self.opens_at:
            return self.State.SCHEDULED
        if moment < self.closes_at:
            return self.State.OPEN
        return self.State.CLOSED if moment < self.closes_at + timedelta(days=1) else self.State.ARCHIVED

    @property
    def is_open(self) -> bool:
        return self.state_now == self.State.OPEN

    def locked(self) -> "ChatRoom":
        """This room under its lock: numbers are given out one at a time."""
        return ChatRoom.objects.select_for_update(of=("self",)).select_related("event").get(pk=self.pk)

    def note(self, kind: str, message=None) -> int:
        """Give what just happened the next number. Call it on a locked room, in the transaction that stores it."""
        self.seq += 1
        self.save(update_fields=["seq", "state"])
        self.log.create(seq=self.seq, kind=kind, message=message)
        publish(self)
        return self.seq

    @transaction.atomic
    def settle(self) -> bool:
        """Open, close or archive when the clock says so. Returns whether anything changed."""
        room = self.locked()
        if room.state == room.state_now:
            return False
        room.state = room.state_now
        room.note("room")
        return True

    @transaction.atomic
    def say(self, author, body: str, cid: uuid.UUID | None = None, reply_to=None):
        """Store a message and give it a number. Sent twice is sent once.

        Returns the message; `message.is_repeat` when it stood already. Raises Closed.
        """
        room = self.locked()
        if cid and (same := room.messages.filter(author=author, cid=cid).first()):
            same.is_repeat = True
            return same
        if not room.is_open:
            raise Closed
        if room.state != room.State.OPEN:
            room.state = room.State.OPEN
            room.note("room")
        message = room.messages.create(
            author=author,
            body=body,
            cid=cid,
            reply_to=reply_to,
            seq=room.seq + 1,
            is_trainer=author.trains(room.event.cohort),
        )
        room.note("message", message)
        return message
