"""Polls: one vote each, and nothing that tells who chose what."""

import uuid

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from accounts.clock import now
from accounts.models import record
from accounts.policy import ReadableQuerySet
from events.chat.faults import Conflict
from events.chat.models.log import InLog
from events.chat.models.room import ChatRoom
from forums.models.alias import sealed_key

FEWEST, MOST = 2, 6  # options
TOGETHER = 4  # votes that are told together: of fewer one could see who chose what


class PollQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q(room__in=ChatRoom.objects.visible_to(user))


class Poll(InLog):
    """A question of a trainer with a few answers to choose from.

    Who voted is kept, so that each votes once; what they chose is only added to the sums. Sums are shown by four votes
    at a time: whoever saw the last one voting does not see what it was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    room = models.ForeignKey(ChatRoom, models.CASCADE, related_name="polls")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    cid = models.UUIDField(unique=True)  # made of who began it and the page's own name for it
    seq = models.PositiveIntegerField()  # of the moment it began
    question = models.TextField(blank=True)
    options = models.JSONField(default=list)  # words
    sums = models.JSONField(default=list)  # votes for each; never shown as they are
    shown = models.JSONField(default=list)  # the sums that everyone sees; empty until there are enough
    total = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)

    objects = PollQuerySet.as_manager()
    is_repeat = False
    kind = "poll"

    class Meta:
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"poll {self.pk}"

    def get_absolute_url(self) -> str:
        return f"{self.room.get_absolute_url()}#p-{self.pk}"

    @property
    def phase(self) -> str:
        return "gone" if self.gone_at else "closed" if self.closed_at else "open"

    @property
    def bars(self) -> list[dict]:
        """The options with their shown sums, and what these are of."""
        sums = self.shown or [None] * len(self.options)
        return [{"words": words, "votes": votes} for words, votes in zip(self.options, sums, strict=True)]

    @property
    def told(self) -> int:
        """How many votes the shown sums are of."""
        return sum(self.shown)

    @classmethod
    @transaction.atomic
    def begin(cls, room: ChatRoom, author, question: str, options: list[str], cid: uuid.UUID) -> "Poll":
        """Ask the room to choose. Sent twice is sent once; `poll.is_repeat` says so. Raises Closed."""
        room, key = room.locked(), sealed_key(author, cid)
        if same := cls.objects.filter(cid=key).first():
            same.is_repeat = True
            return same
        room.must_be_open()
        poll = cls.objects.create(
            room=room, author=author, cid=key, seq=room.seq + 1, question=question, options=options,
            sums=[0] * len(options),
        )  # fmt: skip
        poll.tell(room)
        return poll

    @transaction.atomic
    def choose(self, person, choice: int):
        """Count one vote of `person`, who has one. A second one changes nothing.

        Returns the event of the log. Raises Conflict when the poll is over, Closed, ValueError for no such option.
        """
        if not 0 <= choice < len(self.options):
            raise ValueError(choice)
        room, mine = self.locked()
        room.must_be_open()
        if mine.phase != "open":
            raise Conflict
        if not Ballot.objects.get_or_create(poll=mine, person=person)[1]:
            return mine.last_event()
        mine.sums[choice] += 1
        mine.total += 1
        if mine.total - mine.told >= TOGETHER:
            mine.shown = list(mine.sums)
        mine.save(update_fields=["sums", "total", "shown"])
        return mine.tell(room)

    @transaction.atomic
    def close(self):
        """No more votes. Twice is once. Raises Conflict when it is gone."""
        room, mine = self.locked()
        if mine.gone_at:
            raise Conflict
        if mine.closed_at:
            return mine.last_event()
        mine.closed_at = now()
        mine.save(update_fields=["closed_at"])
        return mine.tell(room)

    @transaction.atomic
    def take_away(self, by):
        """Its words and its sums are gone at once. Twice is once."""
        room, mine = self.locked()
        if mine.gone_at:
            return mine.last_event()
        mine.question, mine.options, mine.sums, mine.shown, mine.gone_at = "", [], [], [], now()
        mine.save(update_fields=["question", "options", "sums", "shown", "gone_at"])
        record(by, "hide_message", mine, subject=mine.author)
        return mine.tell(room, "hide")


class BallotQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q(person=user)


class Ballot(models.Model):
    """That someone voted in a poll; not for what."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="ballots")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    objects = BallotQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "person"], name="one_ballot_per_poll")]

    def __str__(self) -> str:
        return f"ballot {self.pk}"
