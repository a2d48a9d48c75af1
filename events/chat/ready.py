"""The queries behind every message, put into SQL once. What they mean is said where they are asked, in the models."""

from django.db.models import CharField, DateTimeField, IntegerField, UUIDField

from accounts.prepared import Prepared

READABLE = Prepared(
    "chat.ChatRoom",
    lambda rooms, rule, event, side: rooms.filter(rule, event=event, side=side).select_related("event__cohort"),
    event=UUIDField(),
    side=CharField(),
)
LOCKED = Prepared(
    "chat.ChatRoom",
    lambda rooms, pk: rooms.select_for_update(of=("self",)).select_related("event__cohort").filter(pk=pk),
    pk=UUIDField(),
)
SAID = Prepared(
    "chat.ChatMessage",
    lambda messages, room, author, cid: messages.filter(room=room, author=author, cid=cid),
    room=UUIDField(),
    author=UUIDField(),
    cid=UUIDField(),
)
RESTS = Prepared(
    "chat.TimeOut",
    lambda rests, room, person, now: rests.filter(room=room, person=person, until__gt=now),
    room=UUIDField(),
    person=UUIDField(),
    now=DateTimeField(),
)
HIDES = Prepared("chat.Hiding", lambda hidings, person: hidings.filter(person=person), person=UUIDField())
LATER = Prepared(
    "chat.ChatEvent",
    lambda log, limit, room, after: log.filter(room=room, seq__gt=after).with_things().order_by("seq")[:limit],
    room=UUIDField(),
    after=IntegerField(),
)
NEWEST = Prepared(
    "chat.ChatEvent",
    lambda log, limit, room: log.filter(room=room).with_things().order_by("-seq")[:limit],
    room=UUIDField(),
)
