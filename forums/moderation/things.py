"""What can be reported: where it stands, who wrote it, and what stands around it. The chat adds its own kind."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from accounts.audience import Audience
from forums.models import Post

EACH = 5  # before, and as many after


@dataclass(slots=True)
class Line:
    """One contribution as a moderator sees it at a report: no link, no way on."""

    name: str
    is_alias: bool
    moment: datetime
    title: str = ""
    html: str = ""  # made safe when it was stored
    body: str = ""  # plain
    files: list = field(default_factory=list)
    is_it: bool = False  # this one was reported
    is_away: bool = False  # hidden, and not what was reported; or gone


class Thing:
    """One kind of what can be reported. The rows themselves have `is_by`, `hide`, `restore` and `strike`."""

    model: Any

    def place(self, thing) -> tuple[str, Any]:
        """(kind of space, key of the cohort whose circle it is or None)."""
        raise NotImplementedError

    def is_gone(self, thing) -> bool:
        raise NotImplementedError

    def around(self, thing) -> list[Line]:
        """What was reported, with at most ten around it, in order."""
        raise NotImplementedError

    def looked(self, thing) -> None:
        """A moderator opened it: its writer can see so."""


THINGS: dict[Any, Thing] = {}


def add(thing: Thing) -> None:
    THINGS[thing.model] = thing


def kind_of(thing: models.Model) -> Thing:
    return THINGS[type(thing)]


def by_trainer(person, thing) -> bool:
    """Whether `person` is a trainer there: of this cohort, or of any where everyone comes."""
    _space, cohort = kind_of(thing).place(thing)
    if cohort is None:
        return person.is_trainer
    return any(mine.pk == cohort for mine in person.trained_cohorts)


def neighbours(rows: models.QuerySet, field: str, value: int) -> list:
    """The five rows before `value` and the five after it, with the row itself, in order."""
    before = rows.filter(**{f"{field}__lte": value}).order_by(f"-{field}")[: EACH + 1]
    after = rows.filter(**{f"{field}__gt": value}).order_by(field)[:EACH]
    return [*reversed(before), *after]


class Posts(Thing):
    model = Post

    def place(self, thing) -> tuple[str, Any]:
        board = thing.topic.board
        return ("circle" if board.audience == Audience.COHORT else board.audience), board.cohort_id

    def is_gone(self, thing) -> bool:
        return thing.removed_at is not None

    def around(self, thing) -> list[Line]:
        rows = thing.topic.posts.filter(models.Q(removed_at=None) | models.Q(pk=thing.pk))
        shown: Iterable[Post] = neighbours(rows.select_related("author", "alias"), "number", thing.number)
        return [self.line(post, thing) for post in shown]

    def line(self, post: Post, thing: Post) -> Line:
        by, is_it = post.signature, post.pk == thing.pk
        line = Line(by.name, by.is_alias, post.created_at, is_it=is_it)
        line.is_away = post.removed_at is not None or (post.hidden_at is not None and not is_it)
        if not line.is_away:
            line.html, line.title = post.html, thing.topic.title if post.is_opening else ""
        line.files = post.shown_files if is_it else []
        return line

    def looked(self, thing) -> None:
        Post.objects.filter(pk=thing.pk).update(looks=models.F("looks") + 1)


add(Posts())
