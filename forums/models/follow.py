"""What someone follows, and what someone would rather not hear of. Seen by nobody else."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.policy import ReadableQuerySet

KNOWN = 300  # seconds that someone's choices are kept ready


class Heed(models.TextChoices):
    FOLLOW = "follow", _("Follow")
    MUTE = "mute", _("Mute")


@dataclass(frozen=True)
class Heeds:
    """All choices of one person: keys of conversations and of forums, by what was chosen."""

    topics: dict[Any, str] = field(default_factory=dict)
    boards: dict[Any, str] = field(default_factory=dict)

    def of_topic(self, pk, board) -> str:
        """A choice about a conversation outweighs that about its forum."""
        return self.topics.get(pk) or self.boards.get(board, "")

    def mutes(self, pk, board) -> bool:
        return self.of_topic(pk, board) == Heed.MUTE

    def chosen(self, what: str) -> Q:
        """The conversations of which that was chosen, directly or by their forum; nothing for none."""
        topics = [pk for pk, choice in self.topics.items() if choice == what]
        others = [pk for pk, choice in self.topics.items() if choice != what]
        boards = [pk for pk, choice in self.boards.items() if choice == what]
        found = Q(pk__in=topics)
        if boards:
            found |= Q(board__in=boards) & ~Q(pk__in=others) if others else Q(board__in=boards)
        return found

    def any(self, what: str) -> bool:
        return what in self.topics.values() or what in self.boards.values()


class FollowQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q(person=user)


class Follow(models.Model):
    """A choice about one conversation or one forum. Nothing is ever followed unasked."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    topic = models.ForeignKey("forums.Topic", models.CASCADE, null=True, related_name="follows")
    board = models.ForeignKey("forums.Board", models.CASCADE, null=True, related_name="follows")
    choice = models.CharField(max_length=6, choices=Heed.choices)

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "topic"], name="one_choice_per_topic"),
            models.UniqueConstraint(fields=["person", "board"], name="one_choice_per_board"),
            models.CheckConstraint(
                condition=Q(topic=None, board__isnull=False) | Q(topic__isnull=False, board=None),
                name="a_choice_is_about_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"follow {self.pk}"

    @classmethod
    @transaction.atomic
    def choose(cls, person, choice: str, **about) -> None:
        """Follow or mute a `topic` or a `board`; an empty choice takes that back."""
        if choice:
            cls.objects.update_or_create(person=person, **about, defaults={"choice": choice})
        else:
            cls.objects.filter(person=person, **about).delete()
        transaction.on_commit(partial(cache.delete, f"follows:{person.pk}"))


def heeds_of(person) -> Heeds:
    """What `person` follows and mutes; one statement, or none when it was asked a moment ago."""

    def read() -> Heeds:
        rows = list(Follow.objects.filter(person=person).values_list("topic", "board", "choice"))
        topics = {topic: choice for topic, _board, choice in rows if topic}
        return Heeds(topics, {board: choice for _topic, board, choice in rows if board})

    return cache.get_or_set(f"follows:{person.pk}", read, KNOWN)
