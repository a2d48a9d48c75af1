"""The log of a room: one number per thing that happened, without holes. Keys only."""

from django.db import models
from django.db.models import Q

from accounts.clock import now
from accounts.policy import ReadableQuerySet
from events.chat.models.message import ChatMessage
from events.chat.models.room import ChatRoom


class ChatEventQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q(room__in=ChatRoom.objects.visible_to(user))

    def since(self, room_pk, after: int | None, limit: int):
        """The first `limit` events after `after`; the newest `limit` when it is None. Oldest first, with their messages."""
        log = self.filter(room=room_pk)
        if after is None:
            found = list(reversed(log.order_by("-seq")[:limit]))
        else:
            found = list(log.filter(seq__gt=after).order_by("seq")[:limit])
        return with_things(found)


def with_things(events: list["ChatEvent"]) -> list["ChatEvent"]:
    """These events of one room with what they are about, each thing read once as it stands now.

    What was erased between the two readings is left out.
    """
    messages = ChatMessage.objects.with_writers().in_bulk({e.message_id for e in events if e.message_id})
    room = None
    for event in events:
        if event.message_id:
            event.message = messages.get(event.message_id)
        else:
            room = room or ChatRoom.objects.select_related("event").get(pk=event.room_id)
            event.room = room
    return [event for event in events if event.message or event.kind == "room"]


class ChatEvent(models.Model):
    """Something happened: what kind, and to which message. The words stand in the message."""

    room = models.ForeignKey(ChatRoom, models.CASCADE, related_name="log")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    message = models.ForeignKey(ChatMessage, models.CASCADE, null=True, related_name="log")
    at = models.DateTimeField(default=now)

    objects = ChatEventQuerySet.as_manager()
    is_repeat = False

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["room", "seq"], name="one_event_per_number")]

    def __str__(self) -> str:
        return f"{self.kind} {self.seq}"
