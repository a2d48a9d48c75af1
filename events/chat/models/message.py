"""What someone said in the room, under their own name."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from accounts.clock import now
from accounts.models import record
from accounts.policy import ReadableQuerySet
from events.chat.faults import Conflict, Full, LooksFirst, TooLate
from events.chat.models.keepable import Keepable
from events.chat.models.log import Awaited
from events.chat.models.room import ChatRoom

MAY_EDIT = timedelta(minutes=15)
MOST_PINS = 3


class ChatMessageQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """What is on show: who reads the room. What waits for a trainer's eyes: trainers, and who wrote it."""
        trained = [cohort.pk for cohort in user.trained_cohorts]
        meant = Q(seq__isnull=False) | Q(room__event__cohort__in=trained) | Q(author=user)
        return Q(room__in=ChatRoom.objects.visible_to(user)) & meant

    def on_show(self):
        return self.filter(seq__isnull=False)

    def outside_log(self):
        """What is pinned above it, and what is not on show: it waits for a trainer, or was given back. Oldest first."""
        found = self.filter(Q(seq=None, gone_at=None) | Q(pinned_at__isnull=False))
        return found.select_related("author", "reply_to__author").order_by("created_at", "pk")

    def with_writers(self):
        return self.select_related("author").prefetch_related("reply_to__author")

    def pinned(self):
        """What stands above the log, in the order in which it was pinned."""
        return self.filter(pinned_at__isnull=False).select_related("author").order_by("pinned_at", "seq")


class ChatMessage(Keepable, Awaited):
    """One message. Taken back or hidden, its text is gone from the row; its place stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    room = models.ForeignKey(ChatRoom, models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    is_trainer = models.BooleanField(default=False)  # of this cohort, when it was said
    cid = models.UUIDField(null=True)  # the page's own name for it
    body = models.TextField(blank=True)
    is_prompt = models.BooleanField(default=False, db_default=False)  # something to do, from a trainer
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=now)
    edited_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)  # until someone looked at it; its author still sees it
    hidden_reason = models.TextField(blank=True, default="", db_default="")  # for its author

    pinned_at = models.DateTimeField(null=True)

    objects = ChatMessageQuerySet.as_manager()
    is_repeat = False
    kind, late = "message", "waited"

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["room", "author", "cid"], name="said_once"),
            models.UniqueConstraint(fields=["room", "seq"], name="one_message_per_number"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"

    def get_absolute_url(self) -> str:
        return f"{self.room.get_absolute_url()}#{'m' if self.is_on_show else 'w'}-{self.pk}"

    def is_by(self, user) -> bool:
        return self.author_id == user.pk

    @property
    def may_be_edited(self) -> bool:
        return self.gone_at is None and now() - self.created_at < MAY_EDIT

    @transaction.atomic
    def edit(self, body: str, revision: int | None):
        """Say it differently, within 15 minutes and while the room is open. The same change twice is made once.

        Returns the event of the log. Raises Conflict on another revision or when it is gone, TooLate
        afterwards, Closed, Resting. Raises LooksFirst where a trainer looks first: what comes on show is what was seen.
        """
        room, mine = self.locked()
        if mine.gone_at:
            raise Conflict
        if mine.revision - 1 == revision and mine.body == body:
            return mine.last_event()
        if not mine.may_be_edited:
            raise TooLate
        room.must_let_write(mine.author)
        if not mine.is_on_show or room.holds(mine.author):
            raise LooksFirst
        if mine.revision != revision:
            raise Conflict
        mine.body, mine.revision, mine.edited_at = body, mine.revision + 1, now()
        mine.save(update_fields=["body", "revision", "edited_at"])
        event = mine.tell(room, "edit")
        if mine.pinned_at:
            mine.tell(room, "pin")
        return event

    @transaction.atomic
    def pin(self, by, *, wants: bool = True):
        """Put it above the log for everyone, or take it off. Twice is once.

        Returns the event of the log, or None when it was so already. Raises Full when three are there, Conflict
        when it is gone, hidden or not on show, Closed in the archive.
        """
        room, mine = self.locked()
        room.must_be_live()
        if wants == bool(mine.pinned_at):
            return None
        if wants and (mine.gone_at or mine.hidden_at or not mine.is_on_show):
            raise Conflict
        if wants and room.messages.pinned().count() >= MOST_PINS:
            raise Full
        mine.pinned_at = now() if wants else None
        mine.save(update_fields=["pinned_at"])
        return mine.tell(room, "pin")

    def unpin(self, room: ChatRoom) -> None:
        """What goes out of sight goes from above the log, too. Call it under the lock of the room."""
        if self.pinned_at:
            self.pinned_at = None
            self.save(update_fields=["pinned_at"])
            self.tell(room, "pin")

    @transaction.atomic
    def take_away(self, by):
        """Take back (its author) or hide (a trainer): the text is gone at once. Twice is once.

        Returns the event of the log; `event.is_repeat` when it was gone already.
        """
        room, mine = self.locked()
        if mine.gone_at:
            return mine.last_event()
        mine.body, mine.returned, mine.gone_at, mine.hidden_at, mine.hidden_reason = "", "", now(), None, ""
        mine.save(update_fields=["body", "returned", "gone_at", "hidden_at", "hidden_reason"])
        kind = "remove" if mine.author_id == by.pk else "hide"
        if kind == "hide":
            record(by, "hide_message", mine, subject=mine.author)
        event = mine.tell_away(room, kind)
        mine.unpin(room)
        mine.go_from_circle(by)
        return event

    @transaction.atomic
    def hide(self, by, reason: str) -> bool:
        """Out of sight of everyone but its author until someone looked at it; `by` is None when a rule did it.

        Hidden before: the reason changes. False when there is nothing to hide any more.
        """
        room, mine = self.locked()
        if mine.gone_at or not mine.is_on_show:
            return False
        fresh, mine.hidden_at, mine.hidden_reason = mine.hidden_at is None, mine.hidden_at or now(), reason
        mine.save(update_fields=["hidden_at", "hidden_reason"])
        record(by, "hide_text", mine, subject=mine.author)
        if fresh:
            mine.tell(room, "hide")
            mine.unpin(room)
            mine.hide_in_circle(by, reason)
        return True

    @transaction.atomic
    def restore(self, by) -> bool:
        """Back in sight. False when it was not hidden."""
        room, mine = self.locked()
        if mine.gone_at or mine.hidden_at is None:
            return False
        mine.hidden_at, mine.hidden_reason = None, ""
        mine.save(update_fields=["hidden_at", "hidden_reason"])
        record(by, "restore_text", mine, subject=mine.author)
        mine.tell(room, "edit")
        mine.restore_in_circle(by)
        return True

    def strike(self, by, reason: str) -> bool:
        """Removed by a moderator: as a trainer takes it away. Why stands in the ruling."""
        return not self.take_away(by).is_repeat
