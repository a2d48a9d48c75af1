"""Someone who is named in a text with an @: only who may read it, and whom the writer may know."""

import re
from collections.abc import Iterable
from html import escape

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Profile, User
from accounts.policy import ReadableQuerySet
from forums.text import mentions_of

SPOTS = 50  # places in one text at which an @ is looked at
WORDS = 6  # of a name
CHARS = 80  # of a name
AT = re.compile(r"(?<![\w@])@(?=\w)")
AFTER = re.compile(r"[^\w]+$")  # what may stand behind a name


class MentionQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """Where one is named oneself, for as long as one may read it."""
        from_post = self.model._meta.get_field("post").related_model
        return Q(person=user, post__in=from_post.objects.visible_to(user))


class Mention(models.Model):
    """That a post names a person. Made when it is written, and again when it is changed."""

    post = models.ForeignKey("forums.Post", models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions")

    objects = MentionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="mentioned_once")]

    def __str__(self) -> str:
        return f"mention {self.pk}"

    @classmethod
    def record(cls, post, people: Iterable[User]) -> None:
        """`post` names these people now, where its HTML shows them as named: not in code, and not in a text full of marks."""
        people = [one for one in people if f"<strong>@{escape(one.name, quote=False)}</strong>" in post.html]
        cls.objects.filter(post=post).exclude(person__in=people).delete()
        cls.objects.bulk_create((cls(post=post, person=one) for one in people), ignore_conflicts=True)


def readers_of(topic) -> models.QuerySet:
    """The people who may read `topic`, save who began it under a pseudonym: that one is told to nobody."""
    readers = Q(pk__in=topic.readers().values("person"))
    if topic.narrow and topic.author_id:
        readers |= Q(pk=topic.author_id, pk__in=topic.board.seats().values("person"))
    return User.objects.filter(readers)


def known_to(user, topic, *, veiled: bool) -> models.QuerySet:
    """Of the readers of `topic`, those whom `user` may know to be among them.

    In a circle all; elsewhere who takes part in the conversation under the own name, and who chose to be listed.
    Who writes under a pseudonym (`veiled`) has no list of members, so that a mention does not tell who has one.
    """
    readers = readers_of(topic)
    if topic.board.is_circle:
        return readers
    here = topic.posts.filter(removed_at=None, hidden_at=None, author__isnull=False)
    known = Q(pk__in=here.values("author"))
    if not veiled:
        known |= Q(pk__in=Profile.objects.visible_to(user).listed().values("person"))
    return readers.filter(known)


def named_in(body: str, by, topic, *, veiled: bool) -> list[User]:
    """Whom the text `body` by `by` mentions in `topic`. No query for a text without an @."""
    names: set[str] = set()
    for found in list(AT.finditer(body))[:SPOTS]:
        words = body[found.end() : found.end() + CHARS].split("\n", maxsplit=1)[0].split(" ")[:WORDS]
        for count in range(1, len(words) + 1):
            name = " ".join(words[:count])
            names |= {name, AFTER.sub("", name)}
    if not names:
        return []
    people = list(known_to(by, topic, veiled=veiled).filter(name__in=names).order_by("name"))
    pattern = mentions_of({one.name for one in people})
    said = {found[1:] for found in pattern.findall(body)} if pattern else set()
    return [one for one in people if one.name in said]
