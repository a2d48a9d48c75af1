"""A pseudonym in one conversation, and the sealed link to who writes under it.

A post under a pseudonym holds the alias and no author. Who that is stands in a table of its
own, encrypted with a key from the settings, so that the database alone tells nothing; a mark
made with the same key lets a writer find the own aliases, and ties no two of them together.
"""

import hmac
import uuid
from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.models import Outgoing, User
from accounts.policy import NOBODY, ReadableQuerySet
from forums.sealing import keyed, seal, unseal
from forums.trees import draw


def sealed_key(person, submission_id) -> uuid.UUID:
    """What stands for the name of a submission on a pseudonymous post: the name itself could be recognised."""
    return uuid.UUID(keyed("sent", person.pk, submission_id)[:32])


class AliasQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        from_topic = self.model._meta.get_field("topic").related_model
        return Q(topic__in=from_topic.objects.visible_to(user))


class Alias(models.Model):
    """A name that one person has in one conversation. It holds nothing of that person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    topic = models.ForeignKey("forums.Topic", models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=40)

    objects = AliasQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "name"], name="one_alias_per_name")]

    def __str__(self) -> str:
        return f"alias {self.pk}"

    @classmethod
    def take(cls, topic, person) -> "Alias":
        """A name for `person` in `topic`, whose row is locked: the one they have, or a new one."""
        if mine := own_alias(person, topic.pk):
            return mine
        alias = cls(topic=topic, name=draw(set(topic.aliases.values_list("name", flat=True))))
        alias.save(force_insert=True)
        Seal.objects.create(alias=alias, mark=mark_of(alias.pk, person), sealed=seal(str(person.pk)))
        return alias

    def again_in(self, topic) -> "Alias":
        """The same writer under a pseudonym in another topic, where their posts go. Nobody sees who it is.

        The name stays, unless someone else has it there.
        """
        taken = set(topic.aliases.values_list("name", flat=True))
        alias = Alias(topic=topic, name=self.name if self.name not in taken else draw(taken | {self.name}))
        alias.save(force_insert=True)
        person = self.seal.whose()
        Seal.objects.create(alias=alias, mark=keyed("alias", alias.pk, person), sealed=seal(str(person)))
        return alias

    @property
    def where(self) -> str:
        """In what kind of space, without its name."""
        return _("in a closed circle") if self.topic.board.is_circle else _("in a conversation for all members")

    def is_of(self, person) -> bool:
        """Whether `person` writes under this name."""
        return Seal.objects.filter(alias=self, mark=mark_of(self.pk, person)).exists()

    def has_part(self, person) -> bool:
        """Whether `person` writes in this conversation, under whichever name, or was chosen to read it."""
        wrote = self.topic.posts.filter(author=person).exists() or own_alias(person, self.topic_id) is not None
        return wrote or self.topic.seats.filter(person=person).exists()

    def unseal(self, opening) -> uuid.UUID:
        """The key of who writes under this name, for an opening that two people signed and that is in force.

        Raises PermissionError for any other opening, LookupError when the link is gone.
        """
        if not opening.is_open_for(self):
            raise PermissionError("this opening does not open this seal")
        return Seal.objects.get(alias=self).whose()


def tell(alias: Alias | None, person, kind: str, occasion: str) -> None:
    """Queue one mail of `kind` for `occasion` to who writes: `person`, or whoever is behind `alias`.

    The one road from an alias to a mailbox. Nothing comes back to the caller, and the row that is queued is the same
    for both: it names the receiver and neither the conversation nor the alias; its key is a mark that only this site
    can make. What `kind` says must be the same for everyone.
    """
    if alias is not None:
        try:
            key = Seal.objects.get(alias=alias).whose()
        except (Seal.DoesNotExist, LookupError):
            return
        person = User.objects.filter(pk=key).first()
    if person is not None:
        Outgoing.queue(kind, person, dedupe_key=f"{kind}:{keyed('tell', kind, occasion, person.pk)}")


class SealQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """Nobody, by any road. The writer is found by the mark, others by an opening of two people."""
        return NOBODY


class Seal(models.Model):
    """Who writes under an alias; unreadable without the key from the settings."""

    alias = models.OneToOneField(Alias, models.CASCADE, primary_key=True, related_name="seal")
    mark = models.CharField(max_length=64)
    sealed = models.CharField(max_length=200)

    objects = SealQuerySet.as_manager()

    def __str__(self) -> str:
        return f"seal {self.pk}"

    def whose(self) -> uuid.UUID:
        try:
            return uuid.UUID(unseal(self.sealed))
        except ValueError as error:
            raise LookupError("the seal does not fit the key") from error


def mark_of(alias_pk, person) -> str:
    return keyed("alias", alias_pk, person.pk)


def own_alias(person, topic_pk) -> Alias | None:
    """The name under which `person` writes in a topic; None for who does not. One query."""
    return next(iter(own_names(person, topic_pk)), None)


def own_names(person, topic_pk) -> list[Alias]:
    """All the names that `person` has in a topic: more than one where conversations were joined. One query."""
    found = Alias.objects.filter(topic=topic_pk).annotate(mark=F("seal__mark")).order_by("name")
    return [alias for alias in found if hmac.compare_digest(alias.mark or "", mark_of(alias.pk, person))]


def own_aliases(person, aliases: Iterable[tuple]) -> list:
    """Of (alias, topic, mark), the aliases that are `person`'s."""
    return [alias for alias, _topic, mark in aliases if hmac.compare_digest(mark or "", mark_of(alias, person))]


def own_topics(person, aliases: Iterable[tuple]) -> list:
    """Of (alias, topic, mark), the topics in which `person` has that alias."""
    return [topic for alias, topic, mark in aliases if hmac.compare_digest(mark or "", mark_of(alias, person))]
