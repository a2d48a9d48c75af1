"""The room of a session: it opens and closes by itself, and numbers all that happens in it."""

import math
import uuid
from datetime import datetime, timedelta

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from accounts.live.publish import publish
from accounts.models import Epoch
from accounts.policy import ReadableQuerySet
from accounts.prepared import insert, update
from events.chat import ready
from events.chat.faults import Closed, Resting, TooSoon
from events.chat.models.running import Running
from events.models import Event

BEFORE = timedelta(minutes=15)  # it opens this long before the session
AFTER = timedelta(minutes=30)  # and closes this long after it


class Side(models.TextChoices):
    """For whom a room of a session is."""

    ALL = "", _("the circle")
    TRAINERS = "trainers", _("trainers only")


class ChatRoomQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """Who takes or took part in the cohort of the session, and its trainers; until it is erased. Theirs: they alone."""
        circles = [m.cohort_id for m in user.standing if m.opens_circle]
        trained = [cohort.pk for cohort in user.trained_cohorts]
        meant = Q(side=Side.ALL, event__cohort__in=circles) | Q(side=Side.TRAINERS, event__cohort__in=trained)
        return meant & ~Q(state=ChatRoom.State.ERASED)

    def to_settle(self):
        """Rooms whose stored state is behind the clock."""
        moment = now()
        late = Q(state=ChatRoom.State.SCHEDULED, event__starts_at__lte=moment + BEFORE)
        late |= Q(state=ChatRoom.State.OPEN, event__ends_at__lte=moment - AFTER, side=Side.ALL)
        late |= Q(state=ChatRoom.State.OPEN, event__ends_at__lte=moment - AFTER - timedelta(days=1))
        late |= Q(state=ChatRoom.State.CLOSED, event__ends_at__lte=moment - AFTER - timedelta(days=1))
        late |= ~Q(choice="") & Q(state__in=[ChatRoom.State.SCHEDULED, ChatRoom.State.OPEN, ChatRoom.State.CLOSED])
        late |= Q(event__starts_at__gt=moment + BEFORE) & ~Q(
            state__in=[ChatRoom.State.SCHEDULED, ChatRoom.State.ERASED]
        )
        late |= Q(state__in=[ChatRoom.State.CLOSED, ChatRoom.State.ARCHIVED], event__ends_at__gt=moment - AFTER)
        return self.filter(late)


class ChatRoom(Running):
    """Where everyone is while a session is on; beside it, one in which only its trainers are."""

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("planned")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        ARCHIVED = "archived", _("archive")
        ERASED = "erased", _("erased")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="rooms")
    side = models.CharField(max_length=10, choices=Side.choices, default=Side.ALL, db_default="", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SCHEDULED)
    seq = models.PositiveIntegerField(default=0)  # of the last thing that happened

    objects = ChatRoomQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "side"], name="one_room_per_side")]

    def __str__(self) -> str:
        return f"room {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("chat:trainers" if self.is_for_trainers else "chat:room", args=[self.event_id])

    @property
    def is_for_trainers(self) -> bool:
        return self.side == Side.TRAINERS

    @classmethod
    def of(cls, event: Event, side: str = Side.ALL) -> "ChatRoom":
        """The room of this session; made when it is first needed."""
        return cls.objects.select_related("event__cohort").get_or_create(event=event, side=side)[0]

    @classmethod
    def read_by(cls, user, event_pk: uuid.UUID, side: str = Side.ALL) -> "ChatRoom | None":
        """The room of this session, for who may read it; made when the session had none yet."""
        rule = cls.objects.rule_for(user)
        if found := ready.READABLE.read(rule, event=event_pk, side=side):
            return found[0]
        session = Event.objects.visible_to(user).sessions().filter(pk=event_pk).first()
        if session and not cls.objects.filter(event=session, side=side).exists():
            cls.of(session, side)
            return next(iter(ready.READABLE.read(rule, event=event_pk, side=side)), None)
        return None

    @property
    def opens_at(self) -> datetime:
        return self.event.starts_at - BEFORE

    @property
    def closes_at(self) -> datetime:
        return self.event.ends_at + AFTER

    @property
    def archived_at(self) -> datetime:
        return self.closes_at + timedelta(days=1)

    @property
    def may_open_from(self) -> datetime:
        """A trainer may open it before its time on the day of the session."""
        return timezone.localtime(self.event.starts_at).replace(hour=0, minute=0, second=0, microsecond=0)

    @property
    def is_past(self) -> bool:
        """Open though its time is over."""
        return self.is_open and now() >= self.closes_at

    @property
    def state_now(self) -> str:
        """What the clock says, also when nobody settled it yet; or a trainer, until the clock moves on."""
        by_clock = self.state_by_clock
        since = {
            self.State.SCHEDULED: self.may_open_from,
            self.State.OPEN: self.opens_at,
            self.State.CLOSED: self.closes_at,
        }.get(by_clock)
        if since is None or self.chosen_at is None or self.chosen_at < since:
            return by_clock
        return self.choice

    @property
    def state_by_clock(self) -> str:
        moment = now()
        if self.state == self.State.ERASED:
            return self.state
        if moment < self.opens_at:
            return self.State.SCHEDULED
        if moment >= self.archived_at:
            return self.State.ARCHIVED
        is_over = moment >= self.closes_at and not self.is_for_trainers  # they may still talk about it
        return self.State.CLOSED if is_over else self.State.OPEN

    @property
    def is_open(self) -> bool:
        return self.state_now == self.State.OPEN

    def locked(self) -> "ChatRoom":
        """This room under its lock: numbers are given out one at a time."""
        return ready.LOCKED.read(pk=self.pk)[0]

    def must_be_open(self) -> None:
        """Raises Closed. The stored state follows the clock; call it on a locked room."""
        if not self.is_open:
            raise Closed
        if self.state != self.State.OPEN:
            self.state = self.State.OPEN
            self.note("room")

    def must_let_write(self, person) -> None:
        """Raises Closed, and Resting for whom a trainer lets read along for a while. Call it on a locked room."""
        self.must_be_open()
        if until := self.rest_of(person):
            raise Resting(until)

    def rest_of(self, person) -> datetime | None:
        """Until when a trainer lets this person read along; they themselves may know."""
        rests = ready.RESTS.read(room=self.pk, person=person.pk, now=now())
        return rests[0].until if rests else None

    def must_be_live(self) -> None:
        """Raises Closed in the archive, where nothing changes any more."""
        if self.state_now in (self.State.ARCHIVED, self.State.ERASED):
            raise Closed

    def beside(self) -> "ChatRoom":
        """The room of the trainers of this session, under its lock; ask for it after that of this one."""
        return ChatRoom.of(self.event, Side.TRAINERS).locked()

    def note(self, kind: str, message=None, **thing):
        """Give what just happened (to a message, a `question` or a `poll`) the next number; returns the event of the log.

        Call it on a locked room, in the transaction that stores what happened.
        """
        self.seq += 1
        update(self, "seq", "state", "slow_seconds", "looks_first", "choice", "chosen_at")
        event = apps.get_model("chat.ChatEvent")(room=self, seq=self.seq, kind=kind, message=message, **thing)
        insert(event)
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
        for same in ready.SAID.read(room=self.pk, author=author.pk, cid=cid) if cid else ():
            same.is_repeat = True
            return same
        return None

    @transaction.atomic
    def say(self, author, body: str, cid: uuid.UUID | None = None, reply_to=None, *, is_prompt: bool = False):
        """Store a message, or something to do (`is_prompt`), and give it a number. Sent twice is sent once.

        Where a trainer looks first, what a participant says gets its number when it is shown.

        Returns the message; `message.is_repeat` when it stood already. Raises Closed, Resting, and TooSoon in slow mode.
        """
        room = self.locked()
        if same := room.said_before(author, cid):
            return same
        room.must_let_write(author)
        if wait := room.wait_of(author):
            raise TooSoon(wait)
        waits = room.holds(author)
        message = apps.get_model("chat.ChatMessage")(
            room=room, author=author, body=body, cid=cid, reply_to=reply_to, seq=None if waits else room.seq + 1,
            is_trainer=author.trains(room.event.cohort), is_prompt=is_prompt,
        )  # fmt: skip
        insert(message)
        message.tell(room.beside() if waits else room, "prompt" if is_prompt else "")
        return message

    def wait_of(self, person) -> int:
        """The seconds until `person` may say something again in slow mode. Trainers never wait."""
        if not self.slow_seconds or person.trains(self.event.cohort):
            return 0
        last = self.messages.filter(author=person).order_by("-created_at").values_list("created_at", flat=True).first()
        return max(0, math.ceil(self.slow_seconds - (now() - last).total_seconds())) if last else 0

    @transaction.atomic
    def erase(self) -> bool:
        """All that was said goes, and the room with it for its readers. False when that was done already."""
        room = self.locked()
        if room.state == self.State.ERASED:
            return False
        for summary in room.summaries.all():
            summary.keeps.filter(post=None).delete()
        room.log.all().delete()
        room.questions.all().delete()
        room.polls.all().delete()
        room.messages.all().delete()
        room.timeouts.all().delete()
        room.readings.all().delete()
        room.state = self.State.ERASED
        room.save(update_fields=["state"])
        Epoch.step()
        publish(room, "access")
        return True
