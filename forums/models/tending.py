"""Looking after conversations: closing, pinning, moving, splitting and joining them. The verbs of a Topic for that."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.clock import now
from accounts.live.publish import publish
from accounts.models import Epoch, record
from forums import text
from forums.faults import Fixed, Nothing, Wider
from forums.models.handover import (
    carry_aliases,
    carry_follows,
    hand_over,
    move_drafts,
    read_in_both,
    read_in_new,
    titled,
)
from forums.models.kind import Kind
from forums.signature import badge_of

MOST = 200  # posts in one split
MOVED = _("A moderator moved this conversation to another forum.")
SPLIT = _("A moderator let some messages go on in a conversation of their own: %(link)s")
JOINED = _("A moderator joined another conversation with this one. Its messages follow here.")


class Tending:
    """Needs the fields of a Topic. Each verb locks the topics first, in the order of their keys, then boards."""

    pk: Any

    @transaction.atomic
    def close(self, by, *, closed: bool) -> None:
        """Take no replies any more, or take them again. Twice is once."""
        topic = self.locked()  # type: ignore[attr-defined]
        if (topic.closed_at is not None) == closed:
            return
        topic.closed_at = now() if closed else None
        topic.save(update_fields=["closed_at"])
        topic.changed()
        record(by, "close_topic" if closed else "reopen_topic", topic)

    @transaction.atomic
    def pin(self, by, *, pinned: bool) -> None:
        """Stand above the others on its board, or no longer."""
        topic = self.locked()  # type: ignore[attr-defined]
        if topic.pinned == pinned:
            return
        topic.pinned = pinned
        topic.save(update_fields=["pinned"])
        topic.changed()
        record(by, "pin_topic" if pinned else "unpin_topic", topic)

    @transaction.atomic
    def move(self, by, board) -> None:
        """To another board, for as many readers or fewer. Raises Wider, Fixed."""
        topic = self.locked()  # type: ignore[attr-defined]
        if topic.board_id == board.pk:
            return
        topic._must_be_loose()
        if not board.is_within(topic.board):
            raise Wider
        before, topic.board, topic.pinned = topic.board, board, False
        topic.save(update_fields=["board", "pinned"])
        topic.posts.update(board=board, stems=None)  # a worker fills them again; until then nobody finds them
        topic.note(by, MOVED)
        recount_boards(before, board)
        Epoch.step()
        publish(topic, "access")
        record(by, "move_topic", topic, board=board.pk)

    @transaction.atomic
    def split(self, by, numbers: list[int], title: str):
        """Some of its posts go on as a conversation of their own, for the same readers.

        Returns that. Raises Nothing when none of `numbers` is a post that can go, Fixed.
        """
        topic = self.locked()  # type: ignore[attr-defined]
        topic._must_be_loose()
        wanted = topic.posts.filter(number__in=numbers[:MOST], number__gt=1, removed_at=None)
        posts = list(wanted.select_for_update().order_by("number"))
        if not posts:
            raise Nothing
        new = topic.go_on(posts, title)
        topic.note(by, SPLIT, link=settings.SITE_URL + new.get_absolute_url())
        recount_boards(topic.board)
        record(by, "split_topic", topic, into=str(new.pk), posts=len(posts))
        return new

    def go_on(self, posts: list, title: str):
        """`posts` of this topic, whose row is locked, as a conversation of their own for the same readers."""
        first, last = posts[0], posts[-1].number
        new = self.board.topics.create(  # type: ignore[attr-defined]
            title=title, author_id=first.author_id, badge=first.badge, veiled=self.veiled, narrow=self.narrow,  # type: ignore[attr-defined]
            created_at=first.created_at, closed_at=self.closed_at, hidden_at=first.hidden_at, seq=self.seq, stays=self.stays,  # type: ignore[attr-defined]
        )  # fmt: skip
        new.seats.bulk_create(new.seats.model(topic=new, person_id=seat.person_id) for seat in self.seats.all())  # type: ignore[attr-defined]
        aliases = carry_aliases(self, new)
        new.alias = aliases.get(first.alias_id)
        numbers = [post.number for post in posts]
        hand_over(posts, self, new, aliases)
        new.recount()
        read_in_new(self, new, numbers, last)
        carry_follows(self, new)
        return new

    @transaction.atomic
    def merge(self, by, other) -> None:
        """Go on in `other`: all posts stand there, after its own. Raises Wider, Fixed.

        `other` has as many readers or fewer. What people were writing here waits for them there.
        """
        pair = type(self).objects.select_for_update().filter(pk__in=[self.pk, other.pk])  # type: ignore[attr-defined]
        found = {topic.pk: topic for topic in pair.order_by("pk")}
        topic, into = found[self.pk], found[other.pk]
        topic._must_be_loose()
        into._must_be_loose()
        if topic.narrow or not into.board.is_within(topic.board):
            raise Wider
        posts = list(topic.posts.select_for_update().order_by("number"))
        read_to, last = into.last_number, topic.last_number
        into.note(by, JOINED)
        into.seq, into.veiled = max(into.seq, topic.seq), into.veiled or topic.veiled
        into.stays = into.stays or topic.stays
        into.save(update_fields=["seq", "veiled", "stays"])
        titled(posts, topic)
        hand_over(posts, topic, into, carry_aliases(topic, into))
        into.recount()
        read_in_both(topic, into, last, read_to)
        move_drafts(topic, into)
        carry_follows(topic, into)
        into.retag({*into.slugs, *(slug for slug, _word in topic.words)})
        topic.retag(())
        topic.title, topic.removed_at, topic.pinned = "", now(), False
        topic.save(update_fields=["title", "removed_at", "pinned"])
        topic.recount()
        recount_boards(topic.board, into.board)
        Epoch.step()
        publish(topic, "access")
        record(by, "merge_topic", topic, into=str(into.pk))

    @property
    def is_loose(self) -> bool:
        """Whether it can be moved, split or joined: no case, and not for the trainers only."""
        return not (self.is_case or self.removed_at or self.narrow == "trainers")  # type: ignore[attr-defined]

    def _must_be_loose(self) -> None:
        if not self.is_loose:
            raise Fixed

    def next_number(self) -> int:
        """The number of the next post of this topic, whose row is locked; none is given twice."""
        highest = self.posts.order_by("-number").values_list("number", flat=True).first() or 0  # type: ignore[attr-defined]
        return max(highest, self.last_left) + 1  # type: ignore[attr-defined]

    def note(self, by, pattern, **words: str) -> None:
        """A message of who looks after it, under the own name: also of who has a pseudonym here."""
        with override(settings.LANGUAGE_CODE):
            body = str(pattern) % words
        moment, number = now(), self.next_number()
        post = self.posts.model(  # type: ignore[attr-defined]
            topic=self, number=number, seq=self.changed(), kind=Kind.MODERATION, author=by, body=body,  # type: ignore[attr-defined]
            badge=badge_of(by, self.board), html=text.to_html(body), created_at=moment, submission_id=uuid.uuid4(),  # type: ignore[attr-defined]
        )  # fmt: skip
        post.index()
        post.save(force_insert=True)
        self.recount()  # type: ignore[attr-defined]


def recount_boards(*boards) -> None:
    for board in sorted({board.pk: board for board in boards}.values(), key=lambda board: board.pk):
        board.recount()
