"""The room of a session: it opens and closes by itself, and numbers all that happens in it."""

import uuid
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from accounts.live.publish import publish
from accounts.models import Epoch
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

    @classmethod
    def of(cls, event: Event) -> "ChatRoom":
        """The room of this session; made when it is first needed."""
        return cls.objects.select_related("event__cohort").get_or_create(event=event)[0]

    @classmethod
    def read_by(cls, user, event_pk: uuid.UUID) -> "ChatRoom | None":
        """The room of this session, for who may read it; made when the session had none yet."""
        rooms = cls.objects.visible_to(user).select_related("event__cohort").filter(event=event_pk)
        if room := rooms.first():
            return room
        if session := Event.objects.visible_to(user).sessions().filter(pk=event_pk, room=None).first():
            cls.of(session)
        return rooms.first() if session else None

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
        return ChatRoom.objects.select_for_update(of=("self",)).select_related("event__cohort").get(pk=self.pk)

    def note(self, kind: str, message=None):
        """Give what just happened the next number; returns the event of the log.

        Call it on a locked room, in the transaction that stores what happened.
        """
        self.seq += 1
        self.save(update_fields=["seq", "state"])
        event = self.log.create(seq=self.seq, kind=kind, message=message)
        publish(self)
        return event

    @transaction.atomic
    def settle(self) -> bool:
        """Open, close or archive when the clock says so. Returns whether anything changed."""
        room = self.locked()
        if room.state == room.state_now:
            return False
        room.state = room.state_now
        room.note("room")
        if room.state == self.State.ARCHIVED:
            publish(room, "access")  # there is nothing live in it any more
        return True

    def said_before(self, author, cid: uuid.UUID | None):
        """What `author` said here under this name of the page, if anything."""
        same = self.messages.filter(author=author, cid=cid).first() if cid else None
        if same:
            same.is_repeat = True
        return same

    @transaction.atomic
    def say(self, author, body: str, cid: uuid.UUID | None = None, reply_to=None):
        """Store a message and give it a number. Sent twice is sent once.

        Returns the message; `message.is_repeat` when it stood already. Raises Closed.
        """
        room = self.locked()
        if same := room.said_before(author, cid):
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

    @transaction.atomic
    def erase(self) -> bool:
        """All that was said goes, and the room with it for its readers. False when that was done already."""
        room = self.locked()
        if room.state == self.State.ERASED:
            return False
        room.log.all().delete()
        room.messages.all().delete()
        room.state = self.State.ERASED
        room.save(update_fields=["state"])
        Epoch.step()
        publish(room, "access")
        return True
