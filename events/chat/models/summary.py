"""What is left of a chat: a conversation in the circle, of what its authors said yes to (R-19)."""

import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.audience import circles_of
from accounts.clock import now
from accounts.policy import ReadableQuerySet
from events.chat.faults import Begun, Conflict
from events.chat.models.message import ChatMessage
from events.chat.models.room import AFTER, ChatRoom, Side
from events.models import Event
from forums.faults import Closed
from forums.models import Board, Kind, Topic
from forums.text import verbatim

NAMELESS = _("Asked in the chat without a name:")


class Part(models.TextChoices):
    """Which of the two conversations of a session."""

    SAID = "said", _("what was said")
    OPEN = "open", _("open questions")


class SummaryQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """The circle of the session, also when the chat itself is erased."""
        return Q(room__event__cohort__in=circles_of(user))


class Summary(models.Model):
    """Of one room at most two: what was said, and the questions that were left open."""

    REMINDED = timedelta(days=14)  # that its trainers are, after the session
    CALM = timedelta(minutes=10)  # before the authors hear of it: a slip of the hand can be undone

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    room = models.ForeignKey(ChatRoom, models.CASCADE, related_name="summaries")
    part = models.CharField(max_length=10, choices=Part.choices)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, related_name="+")

    objects = SummaryQuerySet.as_manager()

    class Meta:
        ordering = ["-part"]
        constraints = [models.UniqueConstraint(fields=["room", "part"], name="one_summary_per_part")]

    def __str__(self) -> str:
        return f"summary {self.pk}"

    @classmethod
    def missing(cls, trainer, sessions: Iterable[Event]) -> list[ChatRoom]:
        """Chats of these sessions in which something was said and of which nothing was chosen yet, for two weeks.

        Asks nothing of the database when none of them was just over.
        """
        recent = [one.pk for one in sessions if now() - cls.REMINDED < one.ends_at <= now() - AFTER]
        if not recent:
            return []
        said = ChatMessage.objects.on_show().filter(room=OuterRef("pk"), gone_at=None, hidden_at=None)
        rooms = ChatRoom.objects.visible_to(trainer).filter(Exists(said), event__in=recent, side=Side.ALL)
        return list(rooms.exclude(summaries__part=Part.SAID).select_related("event__cohort").order_by("event__ends_at"))

    @classmethod
    def of(cls, room: ChatRoom, part: str) -> "Summary":
        """That of this room; made when it is first needed."""
        return cls.objects.select_related("topic").get_or_create(room=room, part=part)[0]

    @property
    def board(self) -> Board:
        """Where it goes: the circle of the session, and no further."""
        return self.board_of(self.room.event)

    @staticmethod
    def board_of(event) -> Board:
        return Board.for_cohort(event.cohort)

    @property
    def stands(self) -> bool:
        return self.topic is not None and self.topic.removed_at is None

    def locked(self) -> "Summary":
        """This summary, after the lock of its room: what is placed is placed once."""
        room = self.room.locked()
        mine = Summary.objects.select_related("topic").get(pk=self.pk)
        mine.room = room
        return mine

    @transaction.atomic
    def open_topic(self, by, title: str, body: str) -> Topic:
        """Begin the conversation, under the name of the trainer `by`, with all that has a yes. Twice is once.

        Raises Begun when it stands already and begins with other words.
        Raises Conflict when nobody said yes.
        """
        mine = self.locked()
        if mine.stands:
            if (mine.topic.title, mine.topic.posts.get(number=1).body) != (title, body):
                raise Begun
            return mine.topic
        if not mine.waiting(by):
            raise Conflict
        mine.made_by = by
        mine.topic = mine.board.open_topic(by, title, body, Kind.REFLECTION, stays=True)
        mine.save(update_fields=["topic", "made_by"])
        mine.place()
        return mine.topic

    def can_begin(self, by) -> bool:
        """Whether the trainer `by` would begin it with something."""
        return not self.stands and bool(self.waiting(by))

    def waiting(self, by) -> list:
        """What has a yes and does not stand there yet, in the order in which it was said; in no name of who left.

        `by` is the trainer who passes on what has no name.
        """
        found = [keep for keep in self.keeps.filter(is_yes=True).with_things() if keep.is_agreed and not keep.is_placed]
        here = set(self.board.seats().values_list("person", flat=True)) if found else set()
        found = [keep for keep in found if (signer := self.signer(keep, by)) and signer.pk in here]
        return sorted(found, key=lambda keep: keep.thing.seq)

    @staticmethod
    def signer(keep, by):
        """Under whose name it stands: its author's; a question without a name under that of the trainer `by`."""
        return by if keep.nameless else keep.author

    def place(self) -> int:
        """Put what waits into the conversation, once that is there. Returns how much. Call it on a locked one."""
        done = 0
        for keep in self.waiting(self.made_by) if self.stands else []:
            try:
                keep.post = self.write(keep)
            except Closed:
                break
            keep.save(update_fields=["post"])
            done += 1
            if self.part == Part.OPEN and keep.question and keep.question.is_open:
                keep.question.stand(keep.question.State.MOVED)
                keep.question.tell(self.room)
        return done

    def write(self, keep):
        """One contribution; what is passed on without a name says so."""
        kind = Kind.QUESTION if keep.question else Kind.REPLY
        words = verbatim(keep.body)
        if keep.nameless:
            with override(settings.LANGUAGE_CODE):
                lead = str(NAMELESS)
            words = f"{lead}\n\n" + "\n".join(f"> {line}" for line in words.split("\n"))
        return self.topic.reply(self.signer(keep, self.made_by), words, kind, typed=False)

    @transaction.atomic
    def settle(self) -> int:
        """Place what waits, for due work. Returns how much."""
        return self.locked().place()
