"""Rows of a page with their finished pieces: a model is made only for a piece that does not stand ready."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accounts.clock import today
from forums.fragments import rendered, shelf
from forums.models import Post, Press, Quote, Topic
from forums.models.attachment import held
from forums.models.follow import heeds_of
from forums.models.topic import unread_of


@dataclass(slots=True)
class Entry:
    """A post on a page: its piece, and what the page itself adds to it."""

    pk: Any
    number: int
    is_mine: bool
    is_gone: bool
    was_edited: bool
    pressed: list[str]
    piece: SafeString
    is_hidden: bool = False
    reason: str = ""  # why it is hidden or was removed, for its writer
    own_html: str = ""  # the own words, while they are hidden
    own_files: list = field(default_factory=list)
    looks: int = 0  # how often a moderator opened it, for its writer

    @property
    def pressed_in_words(self) -> list[str]:
        return [str(Press(kind).label) for kind in self.pressed]


def entries(topic: Topic, rows, reader) -> list[Entry]:
    """The posts as `reader` has them, who writes here under the own name or a pseudonym."""
    language, day = get_language(), today()

    @cache
    def cited() -> dict:
        """What they quote: asked once, for the first piece that has to be made."""
        return Quote.cited_by([row.id for row in rows if row.quoting])

    def made(row) -> SafeString:
        post = Post.of_row(row, topic)
        post.cited = cited().get(row.id, []) if row.quoting else []
        return rendered("forums/_post.html", post=post)

    def piece(row) -> SafeString:
        variant = (language, day, row.author__name, topic.author_id)
        return shelf.take(row.id, row.seq, variant, lambda: made(row))

    names = {one.pk for one in topic.own_names(reader)}

    def is_mine(row) -> bool:
        return row.alias_id in names if row.alias_id else row.author_id == reader.pk

    def entry(row) -> Entry:
        pressed = row.pressed.split() if row.pressed and not row.hidden_at else []
        made = Entry(
            row.id, row.number, is_mine(row), row.removed_at is not None, row.edited_at is not None, pressed, piece(row)
        )
        made.is_hidden = row.hidden_at is not None
        if made.is_mine:
            made.reason, made.own_html, made.looks = row.hidden_reason, row.html, row.looks
            made.own_files = held(row.files)
        return made

    return [entry(row) for row in rows]


def topic_rows(rows, reader) -> list[SafeString]:
    """`_topic_row.html` for each: the same for everyone to whom as much is new."""
    language, day, heeds = get_language(), today(), heeds_of(reader)

    def piece(row) -> SafeString:
        unread = 0 if heeds.mutes(row.id, row.board_id) else unread_of(row, row.read)
        variant = (language, day, row.author__name, unread, row.read > 0)
        stamp = (row.seq, row.pinned, row.closed_at, row.hidden_at)
        return shelf.take(
            row.id, stamp, variant, lambda: rendered("forums/_topic_row.html", topic=Topic.of_row(row, unread))
        )

    return [piece(row) for row in rows]
