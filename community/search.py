"""What someone finds: of all that they may read, and of nothing else.

A source is a kind of row with a column `stems`. The reading rule of its model stands in the one statement that
looks for the newest thousand that match, so that nothing that a reader may not see costs a place, a count or a
second statement. What is found is ranked and cut into pages here, and only what is shown is read in full.
"""

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from heapq import nsmallest
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from community.asked import Asked, Part, fragment, marked
from community.matching import in_time, newest
from events.models import Event
from forums.cases.models import Case, Factor
from forums.cases.stages import STATES_OF
from forums.models import Board, Post
from forums.stems import APART

SHOWN = 20  # on a page
COUNTED = 100  # above this a page says "more than"


@dataclass(frozen=True)
class Wishes:
    """What a reader narrows the search to. Boards are those that the reader may read, narrowed already."""

    boards: tuple[Board, ...] = ()
    everywhere: bool = True  # no board was chosen
    what: str = ""
    kind: str = ""
    authors: tuple | None = None  # keys of people; None for anyone
    since: datetime | None = None
    stage: str = ""  # of a case
    level: str = ""  # of a factor of a case

    @property
    def only_cases(self) -> bool:
        return bool(self.what == "cases" or self.stage or self.level)

    def cases(self) -> QuerySet:
        """The cases that fit, whoever may read them: a condition among others."""
        found = Case.objects.all()
        if self.stage:
            found = found.filter(state__in=STATES_OF[self.stage])
        return found.filter(pk__in=Factor.objects.filter(level=self.level).values("case")) if self.level else found


@dataclass(frozen=True)
class Hit:
    """One line of the page."""

    url: str
    title: list[Part]
    words: list[Part]
    place: str
    moment: datetime
    icon: str = ""
    label: str = ""
    signature: Any = None
    only_day: bool = False
    number: int = 0  # of a reply in its conversation


@dataclass(frozen=True)
class Source:
    """A kind of row that can be found: how it is narrowed, when it was written, and what is shown of it."""

    model: type[models.Model]
    moment: str
    narrow: Callable[[QuerySet, Wishes], QuerySet | None]  # None when a wish leaves no row of this kind
    show: Callable[[Iterable, Asked], dict[Any, Hit]]
    indexed: bool = False  # too many rows to look through
    opens: str = ""  # for an opening text: the key of what it opens, which is then not shown once more


def narrow_posts(posts: QuerySet, wishes: Wishes) -> QuerySet | None:
    if wishes.what == "events":
        return None
    posts = posts.filter(hidden_at=None)
    if not wishes.everywhere:  # everywhere is what the rule gives
        posts = posts.filter(board__in=[board.pk for board in wishes.boards])
    if wishes.what == "openings":
        posts = posts.filter(number=1)
    if wishes.what == "trainers":
        posts = posts.filter(badge="trainer")
    if wishes.only_cases:
        posts = posts.filter(Exists(wishes.cases().filter(topic=OuterRef("topic"))))
    if wishes.kind:
        posts = posts.filter(kind=wishes.kind)
    if wishes.authors is not None:
        posts = posts.filter(author__in=wishes.authors)  # who writes under a pseudonym is no author
    return posts.filter(created_at__gte=wishes.since) if wishes.since else posts


POST = (
    "number", "html", "badge", "created_at", "author__name", "alias__name", "topic__title", "topic__veiled",
    "topic__is_case", "topic__hidden_at", "topic__board__name_nl", "topic__board__name_en",
)  # fmt: skip


def show_posts(posts: QuerySet, asked: Asked) -> dict[Any, Hit]:
    return {
        post.pk: Hit(
            url=post.get_absolute_url() if post.number > 1 else post.topic.get_absolute_url(),
            title=marked(asked, post.topic.name),
            words=fragment(asked, plain(post.html)),
            place=post.topic.board.name,
            moment=post.created_at,
            icon="notebook-pen" if post.topic.is_case else "",
            label=_("Case") if post.topic.is_case else "",
            signature=post.signature,
            only_day=post.topic.veiled,
            number=post.number if post.number > 1 else 0,
        )
        for post in posts.select_related("topic__board", "author", "alias").only(*POST)
    }


def narrow_cases(cases: QuerySet, wishes: Wishes) -> QuerySet | None:
    """By all but the title and the question, which stand in an opening text."""
    if wishes.what not in ("", "cases") or wishes.kind:
        return None
    found = cases if wishes.everywhere else cases.filter(board__in=[board.pk for board in wishes.boards])
    found = found.filter(topic__hidden_at=None).exclude(topic__title="")
    if wishes.stage or wishes.level:
        found = found.filter(pk__in=wishes.cases().values("pk"))
    if wishes.authors is not None:
        found = found.filter(author__in=wishes.authors)
    return found.filter(created_at__gte=wishes.since) if wishes.since else found


def show_cases(cases: QuerySet, asked: Asked) -> dict[Any, Hit]:
    return {
        case.pk: Hit(
            url=case.get_absolute_url(),
            title=marked(asked, case.topic.name),
            words=fragment(asked, case.words),
            place=case.topic.board.name,
            moment=case.created_at,
            icon="notebook-pen",
            label=_("Case"),
            signature=case.topic.signature,
            only_day=True,
        )
        for case in cases.with_topic().prefetch_related("factors", "actions")
    }


def narrow_events(events: QuerySet, wishes: Wishes) -> QuerySet | None:
    elsewhere = wishes.kind or wishes.only_cases or wishes.authors is not None or not wishes.everywhere
    if wishes.what not in ("", "events") or elsewhere:
        return None
    return events.filter(starts_at__gte=wishes.since) if wishes.since else events


def show_events(events: QuerySet, asked: Asked) -> dict[Any, Hit]:
    return {
        event.pk: Hit(
            url=event.get_absolute_url(),
            title=marked(asked, event.title),
            words=fragment(asked, event.summary),
            place=event.cohort.name if event.cohort else "",
            moment=event.starts_at,
            icon="calendar-days" if event.is_return_day else "presentation",
            label=event.get_kind_display(),
            only_day=True,
        )
        for event in events.select_related("cohort")
    }


SOURCES = (
    Source(Post, "created_at", narrow_posts, show_posts, indexed=True, opens="topic"),
    Source(Case, "created_at", narrow_cases, show_cases),
    Source(Event, "starts_at", narrow_events, show_events),
)


# A row that matches, in the order of the page: less is earlier. Its score and its day, both negative, the number of
# its source, and its key. Within a day no moment counts: where a text under a pseudonym stands may not tell when it
# was written.
Rank = tuple[int, int, int, str]


@dataclass(frozen=True)
class Found:
    """A page of what was found."""

    hits: list[Hit]
    total: int
    after: Rank | None  # where the next page begins
    asked: Asked

    @property
    def more_than(self) -> int:
        return COUNTED if self.total > COUNTED else 0

    def others(self, typed: str) -> list[str]:
        """Other forms of the words that stand on this page."""
        parts = (part for hit in self.hits for part in (*hit.title, *hit.words) if part.is_hit)
        words = dict.fromkeys(part.text.casefold() for part in parts)
        return [word for word in words if word not in typed.casefold()][:3]


def search(user, asked: Asked, wishes: Wishes, after: Rank | None = None) -> Found:
    """The page that begins after place `after`. Raises TooSlow when the database takes more than a second."""
    readable = [source.model._default_manager.visible_to(user) for source in SOURCES]
    with in_time():
        candidates = ranked(readable, asked, wishes)
        if len(candidates) < SHOWN and asked.can_widen:  # compounds, and words that are not typed to their end
            asked = asked.widened()
            candidates = ranked(readable, asked, wishes)
    rest = [rank for rank in candidates if rank > after] if after else candidates
    page = nsmallest(SHOWN, rest)
    hits = shown(readable, page, asked)
    return Found(hits, len(candidates), page[-1] if len(rest) > SHOWN else None, asked)


def ranked(readable: list[QuerySet], asked: Asked, wishes: Wishes) -> list[Rank]:
    found, score, opened = [], asked.score(), set()
    for number, source in enumerate(SOURCES):
        rows = source.narrow(readable[number], wishes)
        if rows is None or (source.indexed and not wishes.boards):
            continue
        matches = newest(rows, asked, source.moment, wishes.boards if source.indexed else None, source.opens)
        if source.opens:
            opened |= {plain_key(key) for _pk, _at, stems, key in matches if APART in stems}
        ranks = [(-score(stems), -day_of(at[:13]), number, plain_key(pk)) for pk, at, stems, *_more in matches]
        found += ranks if source.opens else [rank for rank in ranks if rank[3] not in opened]
    return found


@lru_cache(maxsize=4_000)
def day_of(hour: str) -> int:
    """The day as a number, from an hour in UTC as the databases write it."""
    return timezone.localdate(datetime.fromisoformat(f"{hour}:00Z")).toordinal()


def shown(readable: list[QuerySet], page: list[Rank], asked: Asked) -> list[Hit]:
    """The lines of a page, each read as the reader; one that was taken away meanwhile is missing."""
    known: dict[tuple, Hit] = {}
    for number, source in enumerate(SOURCES):
        if keys := [key for _score, _day, of, key in page if of == number]:
            rows = readable[number].filter(pk__in=keys)
            known |= {(number, plain_key(pk)): hit for pk, hit in source.show(rows, asked).items()}
    return [known[rank[2:]] for rank in page if rank[2:] in known]


def plain_key(pk: Any) -> str:
    """A key without dashes, as SQLite keeps it."""
    return str(pk).replace("-", "")


TAGS = re.compile(r"<[^>]*>")


def plain(rendered: str) -> str:
    """The words of a rendered text. They are escaped again where they are shown."""
    return html.unescape(TAGS.sub(" ", rendered))
