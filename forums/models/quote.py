"""Words of another post of the same conversation, shown above a reply: a reference, never a copy.

What is shown is cut from the post that is quoted, each time. So when that one is changed, hidden
or taken back, the words are gone from every quote of it with it.
"""

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q

from accounts.policy import ReadableQuerySet
from forums import text

MOST = 5  # quotes above one reply
CHARS = 1_000  # of one quote
OPENING = 300  # characters, of a post that is quoted as a whole
SPACE = re.compile(r"[\s\ufeff]+")


@dataclass(slots=True, frozen=True)
class Passage:
    """Where words stand: which post in which revision, and from where to how far in its plain text."""

    source: uuid.UUID
    revision: int
    start: int
    length: int

    @property
    def stored(self) -> list:
        return [str(self.source), self.revision, self.start, self.length]

    @classmethod
    def kept(cls, rows: list) -> "list[Passage]":
        return [cls(uuid.UUID(source), *where) for source, *where in rows]

    @classmethod
    def of_words(cls, post, words: str) -> "Passage | None":
        """Where `words` stand in `post`, however the lines break; None when they do not."""
        plain, wanted = text.words(post.html), SPACE.sub("", words)
        return cls.at(post, SPACE.sub("", plain).find(wanted), len(wanted), plain) if wanted else None

    @classmethod
    def at(cls, post, start: int, length: int, plain: str | None = None) -> "Passage | None":
        """From character `start`, so many of them, not counting white space. What is too long ends at a word."""
        plain = text.words(post.html) if plain is None else plain
        places = [at for at, char in enumerate(plain) if not SPACE.match(char)]
        if start < 0 or length < 1 or start + length > len(places):
            return None
        first, end = places[start], places[start + length - 1] + 1
        return cls(post.pk, post.revision, first, cut(plain, first, end - first, CHARS))

    @classmethod
    def opening(cls, post) -> "Passage | None":
        """The first words of `post`."""
        plain = text.words(post.html)
        return cls(post.pk, post.revision, 0, cut(plain, 0, len(plain), OPENING)) if plain else None


def cut(plain: str, start: int, length: int, most: int) -> int:
    """`length`, or as much of it as fits within `most` and ends at a word."""
    if length <= most:
        return length
    space = plain.rfind(" ", start, start + most + 1)
    return space - start if space > start else most


@dataclass(slots=True, frozen=True)
class Cited:
    """A quote as it is shown now; without words when they are not to be seen any more."""

    source: uuid.UUID | None
    number: int | None
    name: str
    words: str
    fault: str = ""  # "gone", "hidden" or "changed"

    @property
    def value(self) -> str:
        return f"{self.source}:{self.words}"

    @classmethod
    def cut(cls, post, passage: Passage) -> "Cited":
        if post is None or post.removed_at:
            return cls(None, post and post.number, "", "", "gone")
        if post.hidden_at:
            return cls(None, post.number, "", "", "hidden")
        name = post.signature.name
        if post.revision != passage.revision:
            return cls(post.pk, post.number, name, "", "changed")
        end = passage.start + passage.length
        return cls(post.pk, post.number, name, text.words(post.html)[passage.start : end])


class QuoteQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q(post__in=self.model._meta.get_field("post").related_model.objects.visible_to(user))


class Quote(models.Model):
    """That a post quotes another one of its conversation, and which words."""

    post = models.ForeignKey("forums.Post", models.CASCADE, related_name="quotes")
    source = models.ForeignKey("forums.Post", models.SET_NULL, null=True, related_name="quoted_by")
    position = models.PositiveSmallIntegerField()
    revision = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    length = models.PositiveIntegerField()

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering = ["post", "position"]
        constraints = [models.UniqueConstraint(fields=["post", "position"], name="one_quote_per_position")]

    def __str__(self) -> str:
        return f"quote {self.pk}"

    @classmethod
    def record(cls, post, passages: Iterable[Passage]) -> None:
        """What `post`, which was just written, quotes."""
        where = [
            {"source_id": one.source, "revision": one.revision, "start": one.start, "length": one.length}
            for one in passages
        ]
        cls.objects.bulk_create(cls(post=post, position=at, **one) for at, one in enumerate(where))

    @classmethod
    def drop(cls, post, places: Iterable[int]) -> bool:
        """Take the quotes at `places` out of `post`. Returns whether it still has one."""
        if places:
            post.quotes.filter(position__in=places).delete()
        return post.quoting and (not places or post.quotes.exists())

    @classmethod
    def cited_by(cls, posts: list) -> dict[uuid.UUID, list[Cited]]:
        """What each of these posts, by their keys, shows of others. One query.

        What stands in another conversation by now is not shown: others may read that one.
        """
        found: dict[uuid.UUID, list[Cited]] = {}
        quotes = cls.objects.filter(post__in=posts).select_related("source__author", "source__alias")
        for quote in quotes.annotate(home=F("post__topic")):
            passage = Passage(quote.source_id, quote.revision, quote.start, quote.length)
            source = quote.source if quote.source and quote.source.topic_id == quote.home else None
            found.setdefault(quote.post_id, []).append(Cited.cut(source, passage))
        return found
