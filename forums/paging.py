"""Pages by number and by moment: each is one indexed query, however long the list is."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from forums.sealing import seal, unseal

POSTS = 25  # on a page of a conversation
TOPICS = 25  # on a page of a board


@dataclass(frozen=True)
class Span:
    """The posts after number `after` up to `until`, of a conversation whose last post is number `last`."""

    after: int
    last: int

    @classmethod
    def asked(cls, query, last: int, read: int) -> "Span":
        """What the address asks for; without a wish the page with the first unread post, or the last page.

        Who quotes goes to the last page, where one writes.
        """
        if "quote" in query:
            return cls.ending(last)
        if (number := whole(query.get("after"))) is not None:
            return cls(min(number, max(0, last - 1)), last)
        if (number := whole(query.get("before"))) is not None:
            return cls(max(0, min(number, last + 1) - 1 - POSTS), last)
        wanted = whole(query.get("from")) or min(read, last - 1) + 1
        return cls.holding(wanted, last)

    @classmethod
    def ending(cls, last: int) -> "Span":
        return cls(start_of(last), last)

    @classmethod
    def holding(cls, number: int, last: int) -> "Span":
        return cls(start_of(min(max(number, 1), last)), last)

    @property
    def until(self) -> int:
        return self.after + POSTS

    @property
    def first(self) -> int:
        return self.after + 1

    @property
    def final(self) -> int:
        return min(self.until, self.last)

    @property
    def is_last(self) -> bool:
        return self.until >= self.last

    @property
    def pages(self) -> list[tuple[int, int]]:
        """Pages near this one, the first and the last: (page, number that it starts after)."""
        count, here = start_of(self.last) // POSTS + 1, self.after // POSTS + 1
        near = {1, count, *range(here - 1, here + 2)}
        return [(page, (page - 1) * POSTS) for page in sorted(near) if 1 <= page <= count]

    @property
    def previous(self) -> int | None:
        return max(0, self.after - POSTS) if self.after else None

    @property
    def next(self) -> int | None:
        return None if self.is_last else self.until


def start_of(number: int) -> int:
    """The number after which the page that holds `number` starts."""
    return max(0, number - 1) // POSTS * POSTS


def whole(value: str | None) -> int | None:
    """A number from an address; None for anything else."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else None


def topics_page(topics: QuerySet, cursor: str) -> tuple[list, str]:
    """25 topics after `cursor`, newest activity first and pinned ones before all, and the cursor of what follows."""
    page = list(topics.filter(after_cursor(cursor))[: TOPICS + 1])
    last = page[TOPICS - 1] if len(page) > TOPICS else None
    return page[:TOPICS], cursor_of(last) if last else ""


def cursor_of(topic) -> str:
    """Where a list goes on. Sealed, because it holds the moment of the last post, which may be a pseudonymous one."""
    plain = f"{int(topic.pinned)}.{topic.last_activity_at.isoformat()}.{topic.id}"
    return seal(plain)


def after_cursor(cursor: str) -> Q:
    try:
        pinned, rest = unseal(cursor).split(".", 1)
        moment, key = datetime.fromisoformat(rest.rsplit(".", 1)[0]), UUID(rest.rsplit(".", 1)[1])
        moment = moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return Q()
    if moment is None:
        return Q()
    later = Q(last_activity_at__lte=moment) & (Q(last_activity_at__lt=moment) | Q(pk__lt=key))
    return Q(pinned=True) & later | Q(pinned=False) if pinned == "1" else Q(pinned=False) & later
