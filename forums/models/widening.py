"""Letting more people read a conversation: only by who began it, and each contributor is asked first (R-9)."""

import uuid

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from accounts.audience import Audience
from accounts.clock import now
from accounts.live.publish import publish
from accounts.models import Epoch
from accounts.policy import ReadableQuerySet
from forums.models.alias import Alias
from forums.models.board import Board
from forums.models.post import Post
from forums.models.seat import forget_veiled
from forums.models.tending import recount_boards
from forums.models.topic import Topic


def wider_boards(topic: Topic) -> list[Board]:
    """Where all who read `topic` now can read it too, and more people besides: its own board first, when it is narrow."""
    found = [topic.board] if topic.narrow else []
    if topic.board.audience in (Audience.COHORT, Audience.ALUMNI):
        found += Board.objects.filter(audience=Audience.EVERYONE)
    return found


class WideningQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q(topic__in=Topic.objects.visible_to(user))

    def open(self):
        return self.filter(done_at=None, dropped_at=None)

    def asking(self, user):
        """Those that wait for a word of `user`, who wrote in the conversation under the own name."""
        wrote = Post.objects.filter(author=user, removed_at=None).exclude(topic__author=user)
        said = WideningAnswer.objects.filter(person=user).values("widening")
        return self.open().filter(topic__in=wrote.values("topic")).exclude(pk__in=said)


class Widening(models.Model):
    """A wish of who began a conversation. It holds nobody: who that is stands with the conversation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="widenings")
    board = models.ForeignKey(Board, models.CASCADE, related_name="+")  # where it goes; its own when it was narrow
    asked_at = models.DateTimeField(default=now)
    done_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    objects = WideningQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["topic"], condition=Q(done_at=None, dropped_at=None), name="one_open_widening"
            )
        ]

    def __str__(self) -> str:
        return f"widening {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("forums:widen", args=[self.topic_id])

    @classmethod
    def question_for(cls, user, topic: Topic) -> dict:
        """What the page of `topic` asks `user`: `widening` and what they `said`; empty for who is not asked."""
        waiting = topic.asks_wider and cls.objects.open().filter(topic=topic).select_related("board").first()
        if not waiting:
            return {}
        waiting.topic = topic
        return {"widening": waiting, "said": waiting.answer_of(user)} if waiting.asks(user) else {}

    @classmethod
    @transaction.atomic
    def ask(cls, topic: Topic, board: Board) -> "Widening":
        """Ask all who wrote along. Without others it is done at once. Twice is once."""
        mine = topic.locked()
        if waiting := cls.objects.open().filter(topic=mine).first():
            return waiting
        widening = cls.objects.create(topic=mine, board=board)
        Topic.objects.filter(pk=mine.pk).update(asks_wider=True)
        if not widening.contributors():
            widening.finish()
        return widening

    def contributors(self) -> set[tuple]:
        """(person, alias) of everyone who wrote along, apart from who began it."""
        topic = self.topic
        posts = topic.posts.filter(removed_at=None).values_list("author", "alias").order_by().distinct()
        opener = (topic.author_id, topic.alias_id)
        return {by for by in posts if by not in (opener, (None, None))}

    def agreed(self) -> set[tuple]:
        return set(self.answers.filter(is_yes=True).values_list("person", "alias"))

    def counts(self) -> dict[str, int]:
        """How many were asked, said yes and said no."""
        asked = self.contributors()
        said = {
            (person, alias): is_yes for person, alias, is_yes in self.answers.values_list("person", "alias", "is_yes")
        }
        answers = [said[by] for by in asked if by in said]
        return {"asked": len(asked), "yes": answers.count(True), "no": answers.count(False)}

    def answer_of(self, user) -> "WideningAnswer | None":
        names = self.topic.own_names(user)
        return self.answers.filter(Q(person=user) | Q(alias__in=names)).first()

    def asks(self, user) -> bool:
        """Whether `user` wrote along and may say yes or no."""
        names = {(None, alias.pk) for alias in self.topic.own_names(user)}
        return bool(self.contributors() & (names | {(user.pk, None)}))

    @transaction.atomic
    def answer(self, user, *, is_yes: bool) -> None:
        """What a contributor says, under whichever name. It can be changed as long as it is not done."""
        mine = Widening.objects.select_for_update().get(pk=self.pk)
        if mine.done_at or mine.dropped_at:
            return
        wrote = mine.contributors()
        for by in [(user.pk, None), *((None, alias.pk) for alias in mine.topic.own_names(user))]:
            if by in wrote:
                row = {"person_id": by[0], "alias_id": by[1]}
                mine.answers.update_or_create(**row, defaults={"is_yes": is_yes})

    @transaction.atomic
    def drop(self) -> None:
        """Leave it as it is."""
        Topic.objects.filter(pk=self.topic_id).update(asks_wider=False)
        Widening.objects.open().filter(pk=self.pk).update(dropped_at=now())

    @transaction.atomic
    def finish(self) -> None:
        """Do it: what has a yes goes along, what has none stays behind for those who read it before. Twice is once."""
        topic = self.topic.locked()
        mine = Widening.objects.select_for_update().get(pk=self.pk)
        if mine.done_at or mine.dropped_at:
            return
        mine.topic = topic
        self._leave_behind(topic, mine.contributors() - mine.agreed())
        before, topic.board, topic.narrow, topic.pinned = topic.board, mine.board, "", False
        topic.asks_wider, topic.widened_at = False, now()
        topic.save(update_fields=["board", "narrow", "pinned", "asks_wider", "widened_at"])
        topic.seats.all().delete()
        topic.posts.update(board=mine.board, stems=None)  # a worker fills them again; until then nobody finds them
        topic.changed()
        mine.done_at = topic.widened_at
        mine.save(update_fields=["done_at"])
        forget_veiled(before.cohort_id)
        recount_boards(before, mine.board)
        Epoch.step()
        publish(topic, "access")

    def _leave_behind(self, topic: Topic, silent: set[tuple]) -> None:
        """Posts of who did not say yes: a conversation of their own, where they stood."""
        shown = topic.posts.filter(removed_at=None, number__gt=1)
        posts = [
            post for post in shown.select_for_update().order_by("number") if (post.author_id, post.alias_id) in silent
        ]
        if posts:
            topic.go_on(posts, topic.title)


class WideningAnswerQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """One's own. Who asked sees numbers only."""
        return Q(person=user, widening__in=Widening.objects.visible_to(user))


class WideningAnswer(models.Model):
    """Yes or no of one contributor, a person or a pseudonym."""

    widening = models.ForeignKey(Widening, models.CASCADE, related_name="answers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    alias = models.ForeignKey(Alias, models.CASCADE, null=True, related_name="+")
    is_yes = models.BooleanField()

    objects = WideningAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["widening", "person"], name="one_word_per_person"),
            models.UniqueConstraint(fields=["widening", "alias"], name="one_word_per_alias"),
            models.CheckConstraint(condition=Q(person=None) ^ Q(alias=None), name="a_person_or_an_alias"),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"
