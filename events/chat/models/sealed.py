"""Who asked a question without a name: sealed with the key from the settings, opened by two people only (R-17)."""

import hmac
import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.policy import NOBODY, ReadableQuerySet
from forums.sealing import keyed, seal, unseal


def mark_of(question_pk, person) -> str:
    return keyed("question", question_pk, person.pk)


class QuestionSealQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """Nobody, by any road. Who asked is found by the mark, others by an opening of two people."""
        return NOBODY


class QuestionSeal(models.Model):
    """The sealed link from a question to who asked it; unreadable without the key from the settings."""

    question = models.OneToOneField("Question", models.CASCADE, primary_key=True, related_name="seal")
    mark = models.CharField(max_length=64)
    sealed = models.CharField(max_length=200)

    objects = QuestionSealQuerySet.as_manager()

    def __str__(self) -> str:
        return f"seal {self.pk}"

    @classmethod
    def close(cls, question, person) -> None:
        """Keep that `person` asked `question`, where nobody reads it."""
        cls.objects.create(question=question, mark=mark_of(question.pk, person), sealed=seal(str(person.pk)))


class Sealed(models.Model):
    """What a question says of who asked it: nothing, but to that person and to two privacy officers together."""

    nameless = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """What stands for its asker where an opening is spoken of."""
        return _("A question without a name")

    @property
    def where(self) -> str:
        """In what kind of space, without its name."""
        return _("in the chat of a session")

    def is_sealed_by(self, user) -> bool:
        """Whether `user` asked it without a name; after `with_marks`."""
        return self.nameless and hmac.compare_digest(self.mark or "", mark_of(self.pk, user))

    def is_of(self, person) -> bool:
        """Whether `person` asked it without a name. One query."""
        return self.nameless and QuestionSeal.objects.filter(question=self.pk, mark=mark_of(self.pk, person)).exists()

    def is_by(self, user) -> bool:
        """Whether `user` asked it, under the own name or without. One query for the second."""
        return self.author_id == user.pk or self.is_of(user)

    def has_part(self, person) -> bool:
        """Whether `person` has to do with the room: reads it, or said or asked something there."""
        reads = type(self.room).objects.visible_to(person).filter(pk=self.room_id).exists()
        return reads or self.is_by(person) or self.room.messages.filter(author=person).exists()

    def unseal(self, opening) -> uuid.UUID:
        """The key of who asked, for an opening that two people signed and that is in force.

        Raises PermissionError for any other opening, LookupError when the link is gone or does not fit the key.
        """
        if not opening.is_open_for(self):
            raise PermissionError("this opening does not open this seal")
        found = QuestionSeal.objects.filter(question=self.pk).first()
        try:
            return uuid.UUID(unseal(found.sealed if found else ""))
        except ValueError as error:
            raise LookupError("the seal does not fit the key") from error
