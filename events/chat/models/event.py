"""The log of a room: one number per thing that happened, without holes. Keys only."""

from django.db import models
from django.db.models import Q, prefetch_related_objects

from accounts.clock import now
from accounts.policy import ReadableQuerySet
from events.chat import ready
from events.chat.models.message import ChatMessage
from events.chat.models.poll import Poll
from events.chat.models.question import Question
from events.chat.models.room import ChatRoom
from events.chat.models.timeout import TimeOut


class ChatEventQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q(room__in=ChatRoom.objects.visible_to(user))

    def with_things(self):
        """With the messages, questions and polls as they stand now, and of their writers no more than is shown."""
        columns = [f"message__{field.name}" for field in ChatMessage._meta.concrete_fields]
        columns += [f"question__{field.name}" for field in Question._meta.concrete_fields]
        columns += [f"poll__{field.name}" for field in Poll._meta.concrete_fields]
        log = self.select_related("message__author", "question__author", "poll")
        return log.only("room", "seq", "kind", "at", *columns, "message__author__name", "question__author__name")


class ChatEvent(models.Model):
    """Something happened: what kind, and to which message, question or poll. The words stand there."""

    room = models.ForeignKey(ChatRoom, models.CASCADE, related_name="log")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    message = models.ForeignKey(ChatMessage, models.CASCADE, null=True, related_name="log")
    question = models.ForeignKey(Question, models.CASCADE, null=True, related_name="log")
    poll = models.ForeignKey(Poll, models.CASCADE, null=True, related_name="log")
    at = models.DateTimeField(default=now)

    objects = ChatEventQuerySet.as_manager()
    is_repeat = False
    pins: list[ChatMessage] = []  # noqa: RUF012  (those of the room now; `since` gives them to what is about pins)
    rests: list[TimeOut] = []  # noqa: RUF012  (the same: those of the session that are in force)

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["room", "seq"], name="one_event_per_number")]

    def __str__(self) -> str:
        return f"{self.kind} {self.seq}"

    @property
    def thing(self) -> ChatMessage | Question | Poll | None:
        """What it happened to; None for the room itself."""
        return self.message or self.question or self.poll

    @classmethod
    def since(cls, room_pk, after: int | None, limit: int):
        """The first `limit` events after `after`; the newest `limit` when it is None. Oldest first, with their messages."""
        if after is None:
            found = ready.NEWEST.read(limit, room=room_pk)[::-1]
        else:
            found = ready.LATER.read(limit, room=room_pk, after=after)
        answers = [event for event in found if event.message and event.message.reply_to_id]
        prefetch_related_objects(answers, "message__reply_to__author")
        if moved := [event for event in found if event.kind == "pin"]:
            pins = list(ChatMessage.objects.filter(room=room_pk).pinned())
            for event in moved:
                event.pins = pins
        if rested := [event for event in found if event.kind == "rest"]:
            rests = list(TimeOut.objects.in_force().filter(room__event__rooms=room_pk))
            for event in rested:
                event.rests = rests
        if rooms := [event for event in found if event.thing is None and event.kind != "rest"]:
            room = ChatRoom.objects.select_related("event").get(pk=room_pk)
            for event in rooms:
                event.room = room
        return found
