"""Taking words out of sight: for a while, or for good because a moderator decided so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction

from accounts.clock import now
from accounts.models import record
from forums import index
from forums.fragments import shelf

if TYPE_CHECKING:
    from forums.models.post import Post

CHANGED = ["hidden_at", "hidden_reason", "seq"]


class Hideable:
    """The verbs with which a post goes out of sight and comes back. Its topic is locked first, as always."""

    topic: Any
    pk: Any

    @transaction.atomic
    def hide(self, by, reason: str) -> bool:
        """Out of sight of everyone but its writer, on open pages too; the opening text takes the title along.

        `by` is None when a rule did it. `reason` is for the writer. Hidden before: the reason changes.
        False when there is nothing to hide any more.
        """
        topic, mine = self._locked()
        if mine.removed_at:
            return False
        if mine.hidden_at is None:
            mine.hidden_at, mine.seq = now(), topic.changed(mine)
        mine.hidden_reason = reason
        mine.save(update_fields=CHANGED)
        self._title_too(topic, mine)
        record(by, "hide_text", mine, subject=mine.author)
        transaction.on_commit(partial(shelf.forget, mine.pk))
        return True

    @transaction.atomic
    def restore(self, by) -> bool:
        """Back in sight, as it stands now. False when it was not hidden."""
        topic, mine = self._locked()
        if mine.removed_at or mine.hidden_at is None:
            return False
        mine.hidden_at, mine.hidden_reason, mine.seq = None, "", topic.changed(mine)
        mine.save(update_fields=CHANGED)
        self._title_too(topic, mine)
        record(by, "restore_text", mine, subject=mine.author)
        return True

    @transaction.atomic
    def strike(self, by, reason: str) -> bool:
        """Removed by a moderator: the words are gone from the row, the place stays and says so. Twice is once."""
        topic, mine = self._locked()
        if mine.removed_at:
            return False
        moment = now()
        mine.body, mine.html, mine.stems, mine.reactions, mine.quoting = "", "", "", {}, False
        mine.keeps_place, mine.hidden_reason = True, reason
        mine.carry_nothing()
        mine.hidden_at, mine.removed_at, mine.seq = moment, moment, topic.changed(mine)
        mine.save()
        index.forget(mine._meta.db_table)
        mine.revisions.all().delete()
        mine.presses.all().delete()
        mine.quotes.all().delete()
        mine.mentions.all().delete()
        if mine.is_opening:
            topic.title, topic.hidden_at = "", None
            topic.save(update_fields=["title", "hidden_at"])
            topic.retag(())
        topic.recount()
        record(by, "remove_text", mine, subject=mine.author)
        transaction.on_commit(partial(shelf.forget, mine.pk))
        return True

    def _locked(self) -> tuple[Any, Post]:
        """The topic under its lock, and then this post as it is now."""
        topic = self.topic.locked()
        return topic, type(self).objects.select_for_update().get(pk=self.pk)  # type: ignore[attr-defined]

    def _title_too(self, topic, mine) -> None:
        if mine.is_opening:
            topic.hidden_at = mine.hidden_at
            topic.save(update_fields=["hidden_at"])
