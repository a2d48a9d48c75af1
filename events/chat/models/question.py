"""Questions to the trainer: asked with or without a name, and voted for."""

import uuid

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from accounts.audience import circles_of
from accounts.clock import now
from accounts.models import record
from accounts.policy import ReadableQuerySet
from events.chat.faults import Conflict
from events.chat.models.keepable import Keepable
from events.chat.models.log import Awaited
from events.chat.models.room import ChatRoom
from events.chat.models.sealed import QuestionSeal, Sealed
from forums.models.alias import sealed_key


class QuestionQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """What is on show: who reads the room. What waits for a trainer's eyes: trainers, and who asked it."""
        trained = [cohort.pk for cohort in user.trained_cohorts]
        meant = Q(shown_at__isnull=False) | Q(room__event__cohort__in=trained) | Q(author=user)
        if waiting := nameless_of(
            user, Question.objects.filter(shown_at=None, room__event__cohort__in=circles_of(user))
        ):
            meant |= Q(pk__in=waiting)
        return Q(room__in=ChatRoom.objects.visible_to(user)) & meant

    def in_order(self):
        """As the list shows them: what is talked about now, then by votes, then what is done."""
        first = Case(When(state=Question.State.TALKED, then=0), When(state=Question.State.WAITING, then=1), default=2)
        return self.order_by(first, "-votes", "created_at")

    def with_marks(self):
        """Each with `mark`, by which who asked without a name is known to be that person."""
        return self.annotate(mark=F("seal__mark"))


class Question(Keepable, Sealed, Awaited):
    """A question to the trainer. Without a name, nobody sees whose it is: the row holds no author then (R-18)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        TALKED = "in_conversation", _("being discussed now")
        ANSWERED = "answered", _("answered")
        MOVED = "moved", _("goes on in the circle")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    room = models.ForeignKey(ChatRoom, models.CASCADE, related_name="questions")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    cid = models.UUIDField(unique=True)  # made of who asked and the page's own name for it
    body = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    votes = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)  # until someone looked at it; who asked still sees it
    hidden_reason = models.TextField(blank=True, default="", db_default="")  # for who asked

    objects = QuestionQuerySet.as_manager()
    is_repeat = False
    kind, late = "question", "settled"
    revision = 0  # its words never change

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"question {self.pk}"

    def get_absolute_url(self) -> str:
        return f"{self.room.get_absolute_url()}#q-{self.pk}"

    @property
    def phase(self) -> str:
        """Where it is: its state when it is on show, else "unseen", "returned", "hidden" or "gone"."""
        if self.gone_at or self.hidden_at:
            return "gone" if self.gone_at else "hidden"
        return self.state if self.is_on_show else self.stage

    @property
    def is_on_show(self) -> bool:
        return self.shown_at is not None

    @property
    def is_open(self) -> bool:
        """On show, and not done with."""
        return self.phase in (self.State.WAITING, self.State.TALKED)

    @classmethod
    @transaction.atomic
    def ask(cls, room: ChatRoom, author, body: str, cid: uuid.UUID, *, nameless: bool = False) -> "Question":
        """Ask the trainers something. Asked twice is asked once.

        Without a name, and where a trainer looks first, it is shown when a trainer has seen it.

        Returns the question, with the event of the log as `event`; `question.is_repeat` when it stood already.
        Raises Closed.
        """
        room, key = room.locked(), sealed_key(author, cid)
        if same := cls.objects.filter(cid=key).first():
            same.is_repeat, same.event = True, same.log.order_by("at").first()
            return same
        room.must_let_write(author)
        waits = nameless or room.holds(author)
        shown, seq = (None, None) if waits else (now(), room.seq + 1)
        question = cls.objects.create(
            room=room,
            author=None if nameless else author,
            nameless=nameless,
            cid=key,
            body=body,
            shown_at=shown,
            seq=seq,
        )
        if nameless:
            QuestionSeal.close(question, author)
        question.event = question.tell(room.beside() if waits else room)
        return question

    @transaction.atomic
    def vote(self, person, *, wants: bool = True):
        """Say that you want to know this too, or no longer. Twice is once.

        Returns the event of the log. Raises Conflict when it is done or gone, Closed.
        """
        room, mine = self.locked()
        room.must_be_open()
        if not mine.is_open:
            raise Conflict
        if wants:
            changed = Vote.objects.get_or_create(question=mine, person=person)[1]
        else:
            changed = bool(Vote.objects.filter(question=mine, person=person).delete()[0])
        if not changed:
            return mine.last_event()
        mine.votes = mine.ballots.count()
        mine.save(update_fields=["votes"])
        return mine.tell(room, "vote")

    @transaction.atomic
    def become(self, state: str):
        """Be taken up, put back in the row, or answered. Of a room one question is talked about; what was is done.

        Returns the event of the log. Raises Conflict when that is no step from where it stands.
        """
        room, mine = self.locked()
        if mine.gone_at or mine.hidden_at or mine.shown_at is None:
            raise Conflict
        if mine.state == state:
            return mine.last_event()
        if state not in STEPS.get(mine.state, ()):
            raise Conflict
        if state == self.State.TALKED:
            for other in room.questions.filter(state=state).select_for_update():
                other.stand(self.State.ANSWERED)
                other.tell(room)
        mine.stand(state)
        return mine.tell(room)

    def stand(self, state: str) -> None:
        self.state = state
        self.answered_at = now() if state == self.State.ANSWERED else None
        self.save(update_fields=["state", "answered_at"])

    @transaction.atomic
    def take_away(self, by):
        """Take back (who asked) or hide (a trainer): the text is gone at once. Twice is once."""
        room, mine = self.locked()
        if mine.gone_at:
            return mine.last_event()
        kind = "remove" if mine.is_by(by) else "hide"
        mine.body, mine.returned, mine.gone_at = "", "", now()
        mine.hidden_at, mine.hidden_reason = None, ""
        mine.save(update_fields=["body", "returned", "gone_at", "hidden_at", "hidden_reason"])
        if kind == "hide":
            record(by, "hide_message", mine, subject=mine.author)
        mine.go_from_circle(by)
        return mine.tell_away(room, kind)

    @transaction.atomic
    def hide(self, by, reason: str) -> bool:
        """Out of sight of everyone but who asked until someone looked at it; `by` is None when a rule did it.

        Hidden before: the reason changes. False when there is nothing to hide any more.
        """
        room, mine = self.locked()
        if mine.gone_at or mine.shown_at is None:
            return False
        fresh, mine.hidden_at, mine.hidden_reason = mine.hidden_at is None, mine.hidden_at or now(), reason
        mine.save(update_fields=["hidden_at", "hidden_reason"])
        record(by, "hide_text", mine, subject=mine.author)
        if fresh:
            mine.tell_away(room, "hide")
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
        mine.tell(room)
        mine.restore_in_circle(by)
        return True

    def strike(self, by, reason: str) -> bool:
        """Removed by a moderator: as a trainer takes it away. Why stands in the ruling."""
        return not self.take_away(by).is_repeat


STEPS = {
    Question.State.WAITING: (Question.State.TALKED, Question.State.ANSWERED),
    Question.State.TALKED: (Question.State.ANSWERED, Question.State.WAITING),
}


def nameless_of(person, questions: QuestionQuerySet) -> list:
    """Keys of those of `questions` that `person` asked without a name. One query."""
    return [question.pk for question in questions.filter(nameless=True).with_marks() if question.is_sealed_by(person)]


class VoteQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q(person=user)


class Vote(models.Model):
    """One person also wants to know this. Who that is, nobody else sees."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="ballots")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    objects = VoteQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "person"], name="one_vote_per_question")]

    def __str__(self) -> str:
        return f"vote {self.pk}"
