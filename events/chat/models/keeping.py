"""After the session: what may be kept of what was said. Each author is asked; without a yes nothing is kept (R-19)."""

import hmac
import uuid
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q

from accounts.audience import circles_of
from accounts.clock import now, start_of_today
from accounts.models import Outgoing
from accounts.policy import ReadableQuerySet
from events.chat.faults import Conflict
from events.chat.models.message import ChatMessage
from events.chat.models.question import Question
from events.chat.models.room import AFTER, ChatRoom, Side
from events.chat.models.summary import Part, Summary
from forums.models import Post
from forums.sealing import keyed


def mark_of(keep_pk, person) -> str:
    return keyed("keep", keep_pk, person.pk)


class KeepQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """Whose words they are, and the trainers of the session, who ask."""
        trained = [cohort.pk for cohort in user.trained_cohorts]
        mine = Q(message__author=user) | Q(question__author=user) | Q(nameless=False, post__author=user)
        if sealed := self._sealed(user):
            mine |= Q(pk__in=sealed)
        return Q(summary__in=Summary.objects.visible_to(user)) & (mine | Q(summary__room__event__cohort__in=trained))

    def _sealed(self, user) -> list:
        """Keys of those that `user` asked without a name. One query."""
        rows = Keep.objects.filter(nameless=True, summary__room__event__cohort__in=circles_of(user)).with_marks()
        return [keep.pk for keep in rows if keep.is_sealed_by(user)]

    def with_marks(self):
        """Each with `question_mark`, by which who asked without a name is known to be that person."""
        return self.annotate(question_mark=F("question__seal__mark"))

    def with_things(self):
        return self.with_marks().select_related("message__author", "question__author", "post__topic", "post__author")

    def of_event(self, event):
        """Those of a session, or of its key."""
        return self.filter(summary__room__event=event)

    def with_posts(self):
        return self.select_related("post__topic", "post__author")

    def own(self, user) -> list["Keep"]:
        """Those of `user`, whichever name they carry; the trainer who asks is not the one who is asked."""
        return [keep for keep in self.with_things() if keep.is_of(user)]

    def asking(self):
        """What is there still, and was not answered."""
        there = Q(message__gone_at=None, message__hidden_at=None, message__isnull=False)
        there |= Q(question__gone_at=None, question__hidden_at=None, question__isnull=False)
        return self.filter(there, said_at=None)


class Keep(models.Model):
    """One thing that was said, and whether it may be kept. Of a question without a name it does not know whose it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    summary = models.ForeignKey(Summary, models.CASCADE, related_name="keeps")
    message = models.ForeignKey(ChatMessage, models.SET_NULL, null=True, related_name="keeps")  # gone with the chat
    question = models.ForeignKey(Question, models.SET_NULL, null=True, related_name="keeps")
    nameless = models.BooleanField(default=False)
    mark = models.CharField(max_length=64, blank=True)  # of who asked without a name, for when the chat is gone
    asked_at = models.DateTimeField(default=now)
    is_yes = models.BooleanField(default=False)  # silence is no
    said_at = models.DateTimeField(null=True)
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")  # where it stands

    objects = KeepQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["message"], name="a_message_is_asked_for_once"),
            models.UniqueConstraint(fields=["question"], name="a_question_is_asked_for_once"),
            models.CheckConstraint(condition=Q(message=None) | Q(question=None), name="a_message_or_a_question"),
        ]

    def __str__(self) -> str:
        return f"keep {self.pk}"

    @classmethod
    def asking_of(cls, user) -> list["Keep"]:
        """What waits for a word of `user`, in any session of theirs. One query."""
        there = cls.objects.asking().filter(summary__in=Summary.objects.visible_to(user))
        mine = Q(message__author=user) | Q(question__author=user) | Q(nameless=True)
        return there.filter(mine).select_related("summary__room").own(user)

    @property
    def thing(self) -> Any:
        """What was said; None when the chat was erased."""
        return self.message or self.question

    @property
    def is_there(self) -> bool:
        """Whether its words still stand in the chat."""
        return self.thing is not None and self.thing.gone_at is None and self.thing.hidden_at is None

    @property
    def is_placed(self) -> bool:
        return self.post is not None and self.post.removed_at is None

    @property
    def is_out(self) -> bool:
        """Taken away in the circle itself, by whoever may: another yes does not bring it back."""
        return self.post is not None and self.post.removed_at is not None

    @property
    def is_asking(self) -> bool:
        return self.is_there and self.said_at is None

    @property
    def is_agreed(self) -> bool:
        """A yes that may show: without a name from the next day on, so that the moment does not tell who it was."""
        is_fresh = self.nameless and self.said_at is not None and self.said_at >= start_of_today()
        return self.is_yes and self.is_there and not self.is_out and not is_fresh

    @property
    def body(self) -> str:
        """The words: of the chat, and after that is gone those that were kept."""
        if self.is_there:
            return self.thing.body
        return self.post.body if self.is_placed else ""

    @property
    def author(self):
        """Whose it is under the own name; nobody for a question without one."""
        if self.nameless:
            return None
        return self.thing.author if self.thing else self.post and self.post.author

    def is_sealed_by(self, user) -> bool:
        """Whether `user` asked it without a name; after `with_marks`."""
        if not self.nameless:
            return False
        if self.mark and hmac.compare_digest(self.mark, mark_of(self.pk, user)):
            return True
        asked = Question(pk=self.question_id, nameless=True)
        asked.mark = self.question_mark  # type: ignore[attr-defined]
        return asked.is_sealed_by(user)

    def is_of(self, user) -> bool:
        """Whether these are words of `user`; after `with_things`."""
        return self.is_sealed_by(user) if self.nameless else self.author == user

    @transaction.atomic
    def answer(self, user, *, is_yes: bool) -> None:
        """What its author says, which can be changed at any time. A no takes it out of the circle again. Twice is once.

        Raises Conflict for a yes to words that are gone or hidden, and when it is no longer asked for.
        """
        summary = self.summary.locked()
        mine = Keep.objects.select_for_update(of=("self",)).with_things().filter(pk=self.pk).first()
        if mine is None or (is_yes and not (mine.is_there or mine.is_placed)):
            raise Conflict
        if mine.said_at and mine.is_yes == is_yes:  # without a name, another moment would tell who is here now
            return
        mine.is_yes, mine.said_at = is_yes, now()
        if mine.nameless:
            mine.mark = mark_of(mine.pk, user)
        if not is_yes and mine.is_placed:
            mine.take_out(user)
            mine.post = None
            mine.open_again(summary.room)
        mine.save(update_fields=["is_yes", "said_at", "mark", "post"])
        if is_yes and not mine.nameless:  # at once: without a name, that would tell who is here now
            summary.place()

    def open_again(self, room) -> None:
        """A question that went on in the circle, and does so no longer, is open in the chat. `room` is locked."""
        if self.question and self.question.phase == Question.State.MOVED:
            self.question.stand(Question.State.WAITING)
            self.question.tell(room)

    def take_out(self, by) -> None:
        """Its words leave the conversation in the circle, if they stand there. Call it in a transaction."""
        if self.is_placed:
            self.post.remove(self.post.author or by)


@transaction.atomic
def ask_for(summary: Summary, by, things: list, *, shown: list) -> None:
    """Ask the authors of `things`; of the others of `shown` it is no longer asked, unless they stand in the circle.

    What `by` said needs no question: choosing it is the yes. Each author gets one mail per session, which tells nothing.
    """
    summary = summary.locked()
    asked = Keep.objects.of_event(summary.room.event)  # in either part: a question left open may be answered since
    known = {keep.thing: keep for keep in asked.with_things() if keep.thing}
    dropped = [known[thing].pk for thing in shown if thing in known and thing not in things]
    asked.filter(pk__in=dropped, post=None).delete()
    fresh = [thing for thing in things if thing not in known]
    own = [thing for thing in fresh if by and thing.author == by]  # nobody's is not that of nobody
    moment = now()
    Keep.objects.bulk_create(
        Keep(
            summary=summary,
            **{"question" if isinstance(thing, Question) else "message": thing},
            nameless=getattr(thing, "nameless", False),
            is_yes=thing in own,
            said_at=moment if thing in own else None,
        )
        for thing in fresh
    )
    for author in {thing.author for thing in fresh} - {None, by}:
        key = f"keep_asked:{summary.room_id}:{author.pk}"
        Outgoing.queue("keep_asked", author, about=summary, dedupe_key=key, due_at=moment + Summary.CALM)
    summary.place()


def rooms_to_ask():
    """Rooms that closed by the clock this week with questions left open, of which nobody was asked yet."""
    ended = {"event__ends_at__lte": now() - AFTER, "event__ends_at__gt": now() - AFTER - timedelta(days=7)}
    closed = ChatRoom.objects.filter(side=Side.ALL, state__in=[ChatRoom.State.CLOSED, ChatRoom.State.ARCHIVED], **ended)
    left = Question.objects.filter(state__in=[Question.State.WAITING, Question.State.TALKED], gone_at=None)
    left = left.filter(seq__isnull=False, hidden_at=None, room=OuterRef("pk"))
    return closed.filter(Exists(left)).exclude(summaries__part=Part.OPEN).select_related("event__cohort")


def ask_open(room: ChatRoom, by=None) -> bool:
    """The askers of what was left open are asked whether it may go on in the circle (R-19). Returns whether any is."""
    left = [question for question in room.questions.select_related("author") if question.is_open]
    ask_for(Summary.of(room, Part.OPEN), by, left, shown=[])
    return bool(left)
