"""Quotes in a box that one writes in: as they are sent, kept in a draft, and shown again."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from forums.models import Cited, Passage, Post
from forums.models.quote import MOST


@dataclass(slots=True)
class Quoting:
    """What someone is quoting: the passages, how they look now, and whether some could not be found."""

    passages: list[Passage] = field(default_factory=list)
    cited: list[Cited] = field(default_factory=list)
    lost: bool = False  # words that do not stand in that post, or not any more
    many: bool = False

    def add(self, post: Post | None, passage: Passage | None) -> None:
        cited = Cited.cut(post, passage) if passage else None
        if not passage or not cited or not cited.words:
            self.lost = True
        elif len(self.passages) == MOST:
            self.many = True
        elif passage not in self.passages:
            self.passages.append(passage)
            self.cited.append(cited)

    def without(self, place: int) -> "Quoting":
        rest = [at for at in range(len(self.passages)) if at != place]
        return Quoting([self.passages[at] for at in rest], [self.cited[at] for at in rest])

    @property
    def stored(self) -> list:
        """As a draft keeps it: where the words stand, not the words."""
        return [one.stored for one in self.passages]


def sources(reader, keys: Iterable, topic=None) -> dict[uuid.UUID, Post]:
    """The posts with these keys that `reader` may read, of `topic` only when it is given. No query for none."""
    if not (keys := set(keys)):
        return {}
    found = Post.objects.visible_to(reader).filter(pk__in=keys).select_related("author", "alias")
    return {post.pk: post for post in (found.filter(topic=topic) if topic else found)}


def sent(reader, values: list[str], topic=None) -> Quoting:
    """What a form sends: `<key of a post>:<words of it>`, each."""
    pairs = [(key_of(value), value.partition(":")[2]) for value in values[: MOST * 4]]
    known, found = sources(reader, [key for key, _words in pairs if key], topic), Quoting()
    for key, words in pairs:
        post = known.get(key)
        found.add(post, Passage.of_words(post, words) if post else None)
    return found


def kept(reader, stored: list, topic) -> Quoting:
    """What a draft holds. Passages that are gone are left out without a word."""
    passages = Passage.kept(stored)
    known, found = sources(reader, [one.source for one in passages], topic), Quoting()
    for passage in passages:
        found.add(known.get(passage.source), passage)
    found.lost = False
    return found


def asked(reader, found: Quoting, query, topic) -> Quoting:
    """`found` with the post that the address asks to quote: `quote` is its number, `at` the place of the words."""
    if not (number := query.get("quote", "")).isascii() or not number.isdigit() or len(number) > 9:
        return found
    posts = Post.objects.visible_to(reader).filter(topic=topic, number=int(number))
    if post := posts.select_related("author", "alias").first():
        found.add(post, passage_at(post, query.get("at", "")))
    return found


def passage_at(post: Post, place: str) -> Passage | None:
    """The words at `<start>-<length>`, counted without white space; the first words of the post otherwise."""
    start, _dash, length = place.partition("-")
    if all(part.isascii() and part.isdigit() and len(part) < 6 for part in (start, length)):
        return Passage.at(post, int(start), int(length))
    return Passage.opening(post)


def key_of(value: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(value.partition(":")[0])
    except ValueError:
        return None
