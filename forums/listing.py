"""Rows of a page with their finished pieces: a model is made only for a piece that does not stand ready."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accounts.clock import today
from forums.fragments import rendered, shelf
from forums.models import Post, Topic
from forums.models.topic import unread_of


@dataclass(slots=True)
class Entry:
    """A post on a page: its piece, and what the page itself adds to it."""

    pk: Any
    number: int
    author_id: Any
    is_gone: bool
    piece: SafeString


def entries(topic: Topic, rows) -> list[Entry]:
    language, day = get_language(), today()

    def piece(row) -> SafeString:
        variant = (language, day, row.author__name, topic.author_id)
        return shelf.take(row.id, row.seq, variant, lambda: rendered("forums/_post.html", post=Post.of_row(row, topic)))

    return [Entry(row.id, row.number, row.author_id, row.removed_at is not None, piece(row)) for row in rows]


def topic_rows(rows) -> list[SafeString]:
    """`_topic_row.html` for each: the same for everyone to whom as much is new."""
    language, day = get_language(), today()

    def piece(row) -> SafeString:
        variant = (language, day, row.author__name, unread_of(row, row.read), row.read > 0)
        stamp = (row.seq, row.pinned, row.closed_at)
        return shelf.take(row.id, stamp, variant, lambda: rendered("forums/_topic_row.html", topic=Topic.of_row(row)))

    return [piece(row) for row in rows]
