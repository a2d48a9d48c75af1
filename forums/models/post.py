"""What someone wrote in a conversation, and how it stood before."""

import uuid
from functools import partial

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.clock import now
from accounts.models import User
from accounts.policy import ReadableQuerySet
from forums import index, stems, text
from forums.faults import Conflict
from forums.fragments import shelf
from forums.models.alias import Alias, sealed_key
from forums.models.attachment import Carrying
from forums.models.board import Board
from forums.models.draft import Draft
from forums.models.hiding import Hideable
from forums.models.kind import Kind
from forums.models.mention import Mention
from forums.models.quote import Cited, Quote
from forums.models.reaction import Press, Reaction
from forums.models.topic import Topic
from forums.signature import Signature, signature_of

SHOWN = (
    "id", "number", "seq", "kind", "badge", "html", "revision", "created_at", "edited_at", "removed_at", "hidden_at",
    "hidden_reason", "looks", "keeps_place", "reactions", "quoting", "files", "author_id", "author__name",
    "alias_id", "alias__name",
)  # fmt: skip


class PostQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        # Asked per post, not as a list of all topics that `user` may read: a search walks past many.
        return Q(Exists(Topic.objects.visible_to(user).filter(pk=OuterRef("topic"))))

    def shown(self):
        """Those that have a place on the page: taken back with answers after it leaves a gap with words."""
        return self.filter(Q(removed_at=None) | Q(keeps_place=True))

    def as_rows(self, reader):
        """Only what a page shows, as plain rows: a page that stands ready in pieces needs no more.

        Each with `pressed`: the reactions that `reader` gave, which the page adds to the piece.
        """
        own = Reaction.objects.pressed(reader, models.OuterRef("pk"))
        return self.annotate(pressed=own).values_list(*SHOWN, "pressed", named=True)

    def between(self, after: int, until: int):
        """A page of a topic, by number."""
        return self.filter(number__gt=after, number__lte=until).order_by("number")

    def unindexed(self):
        """Written before there was an index, or in bulk without it."""
        return self.filter(stems=None)

    @transaction.atomic
    def restem(self) -> int:
        """Fill what a search goes by again, from topic and text, under the rows' locks. Returns how many rows."""
        posts = list(self.select_related("topic__board").select_for_update(of=("self",)))
        for post in posts:
            post.index()
            Post.objects.filter(pk=post.pk).update(board=post.board_id, stems=post.stems)
        return len(posts)


class Post(Hideable, Carrying):
    """One contribution. Its number in the topic lasts; `seq` is that of its last change."""

    Kind = Kind

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField()
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.REPLY)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="posts")
    alias = models.ForeignKey(Alias, models.RESTRICT, null=True, related_name="posts")  # instead of an author
    badge = models.CharField(max_length=20, blank=True)  # the author's role when it was written
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    html_version = models.PositiveSmallIntegerField(default=text.VERSION)
    submission_id = models.UUIDField(default=uuid.uuid4)
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=now)
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    keeps_place = models.BooleanField(default=False)  # removed, with answers after it
    hidden_at = models.DateTimeField(null=True)  # until someone looked at it; its author still sees it
    hidden_reason = models.TextField(blank=True, default="", db_default="")  # for its author, also of a removal
    looks = models.PositiveSmallIntegerField(default=0, db_default=0)  # how often a moderator opened it
    reactions = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))  # how often each
    # What a search goes by: the board once more, and the words as stems (None: not filled yet).
    board = models.ForeignKey(
        Board, models.CASCADE, null=True, related_name="+", editable=False, db_index=False, db_constraint=False
    )
    stems = models.TextField(null=True, editable=False)

    quoting = models.BooleanField(default=False, db_default=False)  # words of other posts stand above it

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["topic", "number"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="one_post_per_number"),
            models.UniqueConstraint(fields=["author", "submission_id"], name="sent_once"),
            models.CheckConstraint(condition=Q(author=None) | Q(alias=None), name="an_alias_has_no_author"),
        ]
        indexes = [
            models.Index(fields=["topic", "seq"]),
            models.Index(fields=["board", "-created_at", "-id"], name="posts_of_a_board"),
            models.Index(fields=["id"], condition=Q(stems=None), name="posts_not_indexed"),
        ]

    def __str__(self) -> str:
        return f"post {self.pk}"

    def get_absolute_url(self) -> str:
        return f"{reverse('forums:topic', args=[self.topic_id])}?from={self.number}#post-{self.number}"

    @property
    def signature(self) -> Signature:
        return signature_of(self.author, self.badge, self.alias)

    def is_by(self, user) -> bool:
        """Whether `user` wrote it, under whichever name."""
        return self.author_id == user.pk if self.alias_id is None else self.alias.is_of(user)

    @property
    def is_opening(self) -> bool:
        return self.number == 1

    @property
    def is_by_opener(self) -> bool:
        """A later post by who began the conversation."""
        if self.number == 1 or (self.author_id is None and self.alias_id is None):
            return False
        return (self.author_id, self.alias_id) == (self.topic.author_id, self.topic.alias_id)

    @property
    def at(self) -> str:
        """When it was written, for machines: the moment in UTC, or only the day under a pseudonym (R-15)."""
        if self.alias_id:
            return timezone.localdate(self.created_at).isoformat()
        return self.created_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    @classmethod
    def sent(cls, author, key) -> "Post | None":
        """The post that `author` sent with this submission, under whichever name."""
        mine = Q(author=author, submission_id=key)
        hidden = Q(author=None, alias__isnull=False, submission_id=sealed_key(author, key))
        return cls.objects.filter(mine | hidden).select_related("topic").first()

    @property
    def says_kind(self) -> bool:
        """Whether the kind is worth a word beside the name."""
        return self.kind not in (Kind.REPLY, Kind.EXPERT)

    def index(self) -> None:
        """Set what a search goes by, after each change of text, title or board; the caller saves."""
        words = [self.topic.title, self.body] if self.is_opening else [self.body]
        self.board = self.topic.board
        self.stems = "" if self.removed_at else stems.column(*words, place=stems.place_of(self.board))

    @cached_property
    def cited(self) -> list[Cited]:
        """What it quotes, as that stands now. Who shows many posts fills it in for all of them."""
        return Quote.cited_by([self.pk]).get(self.pk, []) if self.quoting else []

    @property
    def presses_in_words(self) -> list[tuple[str, str, int]]:
        """The four reactions in their order: (kind, word, how often)."""
        return [(value, word, self.reactions.get(value, 0)) for value, word in Press.choices]

    @classmethod
    def of_row(cls, row, topic: Topic) -> "Post":
        """A post with what a row of `as_rows` tells."""
        post = cls(topic=topic, **{name: getattr(row, name) for name in SHOWN if "__" not in name})
        post.author = User(pk=row.author_id, name=row.author__name) if row.author_id else None
        post.alias = Alias(pk=row.alias_id, name=row.alias__name) if row.alias_id else None
        return post

    @classmethod
    def since(cls, topic_pk, after: int | None, limit: int) -> list["Post"]:
        """What changed in a topic after change `after`, in order; the last changes when None. For the live page."""
        posts = cls.objects.filter(topic=topic_pk).select_related("author", "alias", "topic")
        if after is None:
            found = list(posts.order_by("-seq")[:limit])[::-1]
        else:
            found = list(posts.filter(seq__gt=after).order_by("seq")[:limit])
        quoting = [post.pk for post in found if post.quoting]
        cited = Quote.cited_by(quoting) if quoting else {}
        for post in found:
            post.cited = cited.get(post.pk, [])
        return found

    def edit(self, by, body: str, revision: int, title: str | None = None, tags=None, **parts) -> None:
        """Write it differently; `tags` are those of the conversation. `parts`: `files` that come along, the keys of
        those to `drop`, and the places of quotes to `unquote`.

        Raises Conflict when another revision was saved meanwhile, or it is gone.
        """
        named = self.topic.named_by(by, body)
        html = text.to_html(body, [one.name for one in named])  # before the lock: it takes a while
        stems.stems_of(body)  # for the same reason: each word is remembered
        self._edit(by, body, html, revision, title, tags, named, **parts)

    @transaction.atomic
    def _edit(self, by, body, html, revision, title, tags, named, files=(), drop=(), unquote=()) -> None:
        topic, mine = self.topic.locked(), Post.objects.select_for_update().get(pk=self.pk)
        title = topic.title if title is None or not mine.is_opening else title
        if (mine.body, topic.title) == (body, title) and not (
            mine.removed_at or files or drop or unquote or (tags is not None and set(tags) != set(topic.slugs))
        ):
            return
        if mine.revision != revision or mine.removed_at:
            raise Conflict
        mine.revisions.create(number=mine.revision, title=topic.title if mine.is_opening else "", body=mine.body)
        if tags is not None and mine.is_opening:
            topic.retag(tags)
        if topic.title != title:
            topic.title = title
            topic.save(update_fields=["title"])
        mine.body, mine.html, mine.html_version = body, html, text.VERSION
        mine.revision, mine.edited_at, mine.seq = revision + 1, now(), topic.changed(mine)
        mine.topic = topic
        mine.index()
        mine.carry(files, drop)
        mine.quoting = Quote.drop(mine, unquote)
        mine.save()
        Mention.record(mine, named)
        Draft.placed(by, reverse("forums:post_edit", args=[self.pk]), files)

    @transaction.atomic
    def remove(self, by) -> None:
        """Take it back: the words are gone at once, earlier versions too. Twice is once."""
        topic, mine = self.topic.locked(), Post.objects.select_for_update().get(pk=self.pk)
        if mine.removed_at:
            return
        mine.keeps_place = mine.number < topic.last_number
        mine.body, mine.html, mine.stems, mine.reactions, mine.quoting = "", "", "", {}, False
        mine.removed_at, mine.seq = now(), topic.changed(mine)
        mine.carry_nothing()
        mine.hidden_at, mine.hidden_reason = None, ""
        mine.save()
        index.forget(self._meta.db_table)
        mine.revisions.all().delete()
        mine.presses.all().delete()
        mine.quotes.all().delete()
        mine.mentions.all().delete()
        transaction.on_commit(partial(shelf.forget, mine.pk))
        Draft.placed(by, reverse("forums:post_edit", args=[self.pk]))
        if mine.is_opening:
            topic.title, topic.hidden_at = "", None
            topic.retag(())
            topic.removed_at = None if mine.keeps_place else now()
            topic.save(update_fields=["title", "hidden_at", "removed_at"])
        topic.recount()
        topic.board.recount()


class RevisionQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """Whose text it is, under the own name. Under a pseudonym the view finds them from the own post."""
        return Q(post__author=user, post__topic__in=Topic.objects.visible_to(user))


class Revision(models.Model):
    """How a post stood before an edit. Erased after a day, because an edit often takes out a name."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=150, blank=True)
    body = models.TextField()
    at = models.DateTimeField(default=now)  # until when it stood

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["post", "number"]
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="one_row_per_revision")]
        indexes = [models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"revision {self.pk}"
