"""Files with a post. Whoever reads the post can fetch them; nothing in a row tells who added them."""

import uuid
from collections.abc import Collection
from dataclasses import asdict, dataclass
from functools import partial

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import cached_property

from accounts.policy import ReadableQuerySet
from forums.files import store
from forums.files.kinds import KINDS
from forums.models.alias import Alias, own_aliases

MOST = 10  # files of one post


@dataclass(frozen=True)
class Held:
    """A file as lists tell it: `id` is its name on the disk while it waits, and its key once it stands in a post."""

    id: str
    name: str
    kind: str
    size: int  # bytes
    waited_as: str = ""  # its name on the disk before, when it comes out of a draft

    @property
    def url(self) -> str:
        return reverse("forums:attachment", args=[self.id])

    @property
    def weight(self) -> str:
        """How large it is, in words."""
        if self.size < 1_000_000:
            return f"{max(1, round(self.size / 1000))} kB"
        return f"{number_format(self.size / 1_000_000, 1)} MB"

    def line(self) -> dict:
        """What a JSON column keeps of it."""
        known = asdict(self)
        del known["waited_as"]
        return known


def held(lines: list[dict]) -> list[Held]:
    return [Held(**line) for line in lines]


class Carrying(models.Model):
    """A post's side: what it shows of its files stands in the row itself, so that a page asks nothing more."""

    files = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))

    class Meta:
        abstract = True

    @cached_property
    def shown_files(self) -> list[Held]:
        return held(self.files)

    def carry(self, files: list[Held], drop: Collection[str] = ()) -> None:
        """Take `files` along from now on and let go of those in `drop`, within the transaction that saves the row."""
        if not files and not drop:
            return
        kept = [line for line in self.files if line["id"] not in drop]
        if gone := [line["id"] for line in self.files if line not in kept]:
            self._let_go(self.attachments.filter(pk__in=gone))
        rows = [
            Attachment(post=self, name=file.name, kind=file.kind, size=file.size, stored=file.id)
            for file in files[: MOST - len(kept)]
        ]
        Attachment.objects.bulk_create(rows)
        self.files = kept + [row.line() for row in rows]
        self.__dict__.pop("shown_files", None)

    def carry_nothing(self) -> None:
        """The files are gone at once, with the text that they came with."""
        if self.files:
            self._let_go(self.attachments.all())
            self.files = []

    def _let_go(self, rows) -> None:
        stored = list(rows.values_list("stored", flat=True))
        rows.delete()
        transaction.on_commit(partial(store.drop, stored))


class AttachmentQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """Whoever reads the post; its author alone while it is hidden."""
        posts = self.model._meta.get_field("post").related_model.objects.visible_to(user)
        hidden = Alias.objects.filter(posts__hidden_at__isnull=False, posts__attachments__isnull=False).distinct()
        mine = own_aliases(user, hidden.annotate(mark=F("seal__mark")).values_list("pk", "topic", "mark"))
        shown = Q(post__hidden_at=None) | Q(post__author=user) | Q(post__alias__in=mine)
        return Q(post__in=posts, post__removed_at=None) & shown


class Attachment(models.Model):
    """One file. `stored` is its name on the disk, which no page tells."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    post = models.ForeignKey("forums.Post", models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=4)
    size = models.PositiveIntegerField()  # bytes
    stored = models.CharField(max_length=40, unique=True)

    objects = AttachmentQuerySet.as_manager()

    def __str__(self) -> str:
        return f"attachment {self.pk}"

    @property
    def mime(self) -> str:
        return KINDS[self.kind]

    def line(self) -> dict:
        return Held(str(self.pk), self.name, self.kind, self.size).line()
