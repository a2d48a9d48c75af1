"""A conversation on a board, opened by one person and answered by others."""

import uuid
from functools import partial

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, Count, F, Max, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.db.utils import IntegrityError
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.clock import now
from accounts.live.publish import publish
from accounts.models import Epoch, Role, User
from accounts.policy import ReadableQuerySet
from forums import text
from forums.faults import Closed
from forums.fragments import shelf
from forums.models.alias import Alias, own_names, sealed_key
from forums.models.board import Board
from forums.models.draft import Draft
from forums.models.follow import Heed, heeds_of
from forums.models.kind import Kind
from forums.models.mention import Mention, named_in
from forums.models.quote import Quote
from forums.models.reading import FRESH, ReadUntil
from forums.models.seat import Narrow, Seat, narrow_rule
from forums.models.tag import Tagged
from forums.models.tending import Tending
from forums.signature import Signature, badge_of, signature_of
from forums.stems import stems_of

SHOWN = (
    "id", "title", "badge", "pinned", "closed_at", "replies_count", "last_number", "trainer_number", "veiled",
    "last_activity_at", "seq", "is_case", "hidden_at", "tags", "board_id", "author_id", "author__name", "alias_id", "alias__name", "read",
)  # fmt: skip


class TopicQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q(board__in=Board.objects.visible_to(user), removed_at=None) & narrow_rule(user)

    def as_rows(self):
        """Only what a list shows, as plain rows; after `with_read`."""
        return self.values_list(*SHOWN, named=True)

    def with_read(self, user):
        """Each with `read`: the number up to which `user` has read it."""
        mine = ReadUntil.objects.filter(person=user, topic=OuterRef("pk")).values("number")[:1]
        return self.annotate(read=Coalesce(Subquery(mine), 0))

    def unread_by(self, user):
        """With something that `user` has not seen and wants to hear of; what is long ago counts as known."""
        fresh = self.with_read(user).filter(last_activity_at__gt=now() - FRESH, last_number__gt=F("read"))
        return fresh.heard_by(user)

    def heard_by(self, user):
        """Without what `user` muted."""
        heeds = heeds_of(user)
        return self.exclude(heeds.chosen(Heed.MUTE)) if heeds.any(Heed.MUTE) else self

    def followed_first(self, user):
        """What `user` follows before the rest, then the newest."""
        heeds = heeds_of(user)
        if not heeds.any(Heed.FOLLOW):
            return self.order_by("-last_activity_at", "-pk")
        last = Case(When(heeds.chosen(Heed.FOLLOW), then=0), default=1)
        return self.annotate(rank=last).order_by("rank", "-last_activity_at", "-pk")

    def unanswered(self):
        return self.filter(replies_count=0)


class Topic(Tending, Tagged):
    """A conversation. Its first post is its opening text; its counters are stored and change under its lock."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    board = models.ForeignKey(Board, models.CASCADE, related_name="topics")
    title = models.CharField(max_length=150, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="topics")
    alias = models.ForeignKey(Alias, models.SET_NULL, null=True, related_name="+")  # of who began it, then no author
    veiled = models.BooleanField(default=False, db_default=False)  # someone writes under a pseudonym: days, no times
    narrow = models.CharField(max_length=10, choices=Narrow.choices, blank=True, default="", db_default="")
    is_case = models.BooleanField(default=False, db_default=False)
    badge = models.CharField(max_length=20, blank=True)
    pinned = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)  # with its opening text, until someone looked at it
    replies_count = models.PositiveIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)  # of the last post that is shown
    trainer_number = models.PositiveIntegerField(null=True)  # of the last reply by a trainer
    last_activity_at = models.DateTimeField(default=now)
    seq = models.PositiveIntegerField(default=0)  # of its last change
    asks_wider = models.BooleanField(default=False, db_default=False)  # who wrote along is asked to go along
    widened_at = models.DateTimeField(null=True)  # since when more people read it than at first
    last_left = models.PositiveIntegerField(default=0, db_default=0)  # the highest number that stands elsewhere now
    stays = models.BooleanField(default=False, db_default=False)  # who wrote in it said yes to these readers only

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["-pinned", "-last_activity_at", "-pk"]
        indexes = [models.Index(fields=["board", "-pinned", "-last_activity_at", "-id"], name="topics_of_a_board")]

    def __str__(self) -> str:
        return f"topic {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("forums:topic", args=[self.pk])

    @classmethod
    def of_row(cls, row, unread: int) -> "Topic":
        """A topic with what a row of `as_rows` tells, of which `unread` posts are new to the reader."""
        known = row._asdict()
        name, alias, read = known.pop("author__name"), known.pop("alias__name"), known.pop("read")
        topic = cls(**known)
        topic.author = User(pk=row.author_id, name=name) if row.author_id else None
        topic.alias = Alias(pk=row.alias_id, name=alias) if row.alias_id else None
        topic.read, topic.unread = read, unread
        return topic

    @property
    def name(self) -> str:
        """The title; it goes with the opening text when its author takes that back, or while that is hidden."""
        return (self.title if not self.hidden_at else "") or _("Conversation without a title")

    @property
    def signature(self) -> Signature:
        return signature_of(self.author, self.badge, self.alias)

    def own_alias(self, user) -> Alias | None:
        """The name under which `user` writes here; None for who writes under the own name."""
        return next(iter(self.own_names(user)), None)

    def own_names(self, user) -> list[Alias]:
        """All pseudonyms of `user` here: more than one where conversations were joined. Asked once."""
        if not self.veiled:
            return []
        known = self.__dict__.setdefault("_aliases", {})
        if user.pk not in known:
            known[user.pk] = own_names(user, self.pk)
        return known[user.pk]

    def is_by(self, user) -> bool:
        """Whether `user` began it, under whichever name."""
        if self.alias_id is None:
            return self.author_id == user.pk
        return any(alias.pk == self.alias_id for alias in self.own_names(user))

    def unread_since(self, read: int) -> int:
        return unread_of(self, read)

    def seat(self, people) -> None:
        """Who the chosen few are. Stored by name, so that their order does not tell who began it."""
        rows = [Seat(topic=self, person=person) for person in sorted(set(people), key=lambda one: one.name)]
        self.seats.bulk_create(rows, ignore_conflicts=True)

    def readers(self):
        """The memberships that open this conversation, save that of who began it for the trainers only."""
        if not self.narrow:
            return self.board.seats()
        chosen = Q(person__in=self.seats.values("person")) if self.narrow == Narrow.FEW else Q(pk__in=[])
        return self.board.seats().filter(Q(role=Role.TRAINER) | chosen)

    def readers_count(self) -> int:
        """How many people can read it."""
        if not self.narrow:
            return self.board.readers_count()
        return self.readers().aggregate(n=Count("person", distinct=True))["n"] + (self.narrow == Narrow.TRAINERS)

    @classmethod
    def sent(cls, author, key) -> "Topic | None":
        """The conversation that `author` began or answered with this submission."""
        post = cls._meta.get_field("posts").related_model.sent(author, key)
        return post and post.topic

    def locked(self) -> "Topic":
        return Topic.objects.select_for_update().get(pk=self.pk)

    def reply(self, author, body: str, kind: str = Kind.REPLY, submission_id=None, **more):
        """Answer, with `quotes` (passages of other posts) and `files`. Sent twice is sent once.

        Raises Closed when the conversation takes no replies any more.
        """
        key, named = submission_id or uuid.uuid4(), self.named_by(author, body)
        html = text.to_html(body, [one.name for one in named])  # before the lock: it takes a while
        stems_of(body)  # for the same reason: each word is remembered
        try:
            return self._reply(author, body, html, kind, key, named=named, **more)
        except IntegrityError:
            return self.posts.model.sent(author, key)

    @transaction.atomic
    def _reply(self, author, body, html, kind, key, **more):
        topic = self.locked()
        if same := self.posts.model.sent(author, key):
            return same
        if topic.closed_at or topic.removed_at:
            raise Closed
        return topic.write(author, body, html, kind, key, **more)

    def write(self, author, body, html, kind, key, files=(), quotes=(), named=(), *, typed=True):
        """Add a post to this topic, whose row is locked. Under a pseudonym it holds the alias and no author.

        Not `typed` here, it was said elsewhere under the own name, and leaves what its author was typing as it is.
        """
        number, alias = self.next_number(), self.own_alias(author) if typed else None
        moment, badge, before = now(), "" if alias else badge_of(author, self.board), self.last_number
        self.seq, self.last_number, self.last_activity_at = self.seq + 1, number, moment
        self.replies_count += number > 1
        if number > 1 and badge == Role.TRAINER:
            self.trainer_number = number
        self.save(update_fields=["seq", "last_number", "last_activity_at", "replies_count", "trainer_number"])
        Board.objects.filter(pk=self.board_id).update(last_activity_at=moment)
        by = {"alias": alias, "submission_id": sealed_key(author, key)} if alias else {"author": author}
        post = self.posts.model(
            topic=self, number=number, seq=self.seq, kind=kind, badge=badge, body=body, html=html,
            html_version=text.VERSION, created_at=moment, quoting=bool(quotes), **{"submission_id": key} | by,
        )  # fmt: skip
        post.index()
        post.carry(files)
        post.save(force_insert=True)
        Quote.record(post, quotes)
        Mention.record(post, named)
        if not (alias and number == 1):  # the writer reads the new page anyway, as any reader does
            self._seen_by_writer(author, before, number)
        if typed:
            Draft.placed(author, self.get_absolute_url(), files)
        publish(self)
        return post

    def named_by(self, author, body: str) -> list[User]:
        """Whom a text of `author` mentions here."""
        return named_in(body, author, self, veiled=self.own_alias(author) is not None)

    def _seen_by_writer(self, author, before: int, number: int) -> None:
        """Who had read everything before, up to number `before`, has read the own text too."""
        if number == 1:
            ReadUntil.reach(author, self, 1)
        else:
            ReadUntil.objects.filter(person=author, topic=self, number__gte=before).update(number=number)

    def changed(self, post=None) -> int:
        """The number of a change to this topic, whose row is locked.

        With `post`, whose words are other ones now or not to be seen any more, what quotes them changes too.
        """
        number = self.seq + 1
        quoting = list(self.posts.filter(quotes__source=post).distinct()) if post else []
        for place, other in enumerate(quoting, number + 1):
            other.seq = place
            transaction.on_commit(partial(shelf.forget, other.pk))
        self.posts.bulk_update(quoting, ["seq"])
        self.seq = number + len(quoting)
        self.save(update_fields=["seq"])
        publish(self)
        return number

    @transaction.atomic
    def erase(self) -> None:
        """It goes for good, with all that was written in it."""
        keys = list(self.posts.values_list("pk", flat=True))
        board = self.board
        self.delete()
        board.recount()
        Epoch.step()  # open pages of it close
        transaction.on_commit(partial(shelf.forget, *keys))

    def counted(self) -> dict:
        """The stored counters as the posts give them."""
        shown = self.posts.shown()
        found = shown.aggregate(last_number=Max("number"), last_activity_at=Max("created_at"))
        replies = shown.filter(number__gt=1, removed_at=None)
        found |= replies.aggregate(
            replies_count=Count("pk"), trainer_number=Max("number", filter=Q(badge=Role.TRAINER))
        )
        found["last_number"] = found["last_number"] or 0
        found["last_activity_at"] = found["last_activity_at"] or self.created_at
        return found

    def recount(self, *, keep: bool = True) -> dict:
        """Set the stored counters of this topic, whose row is locked, right. Returns those that were wrong."""
        right = self.counted()
        wrong = {name: getattr(self, name) for name, value in right.items() if getattr(self, name) != value}
        for name in wrong:
            setattr(self, name, right[name])
        if wrong and keep:
            self.save(update_fields=list(wrong))
        return wrong


def unread_of(row, read: int) -> int:
    """How many posts of a topic came after number `read`; none when that is long ago."""
    return max(0, row.last_number - read) if row.last_activity_at > now() - FRESH else 0
