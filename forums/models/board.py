"""A forum: a place for conversations, and for whom it is."""

import uuid

from django.core.cache import cache
from django.db import models, transaction
from django.db.models import Count, Max, Q
from django.db.utils import IntegrityError
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.audience import Audience, audience_rule
from accounts.clock import now, today
from accounts.models import Cohort, Membership, Role, User
from accounts.policy import ReadableQuerySet
from forums.models.alias import Alias
from forums.models.kind import Kind
from forums.models.mention import named_in
from forums.models.seat import forget_veiled
from forums.signature import badge_of
from forums.stems import stems_of
from forums.text import to_html

COUNTED = 60  # seconds that the number of readers is kept
WIDE = [Audience.RESEARCH, Audience.EVERYONE, Audience.ALUMNI]  # each holds the readers of the next
INSIDERS = (Role.TRAINER, Role.ORGANISER, Role.MODERATOR)


class BoardQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return audience_rule(user)


class Board(models.Model):
    """A forum. One for each cohort (its circle), one for alumni, one for each subject, one about research."""

    slug = models.SlugField(max_length=80, unique=True)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    cohort = models.OneToOneField(Cohort, models.CASCADE, null=True, blank=True, related_name="circle")
    name_nl = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    description_nl = models.CharField(max_length=300, blank=True)
    description_en = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    topics_count = models.PositiveIntegerField(_("conversations"), default=0, editable=False)
    last_activity_at = models.DateTimeField(null=True, editable=False)

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience=Audience.COHORT, cohort__isnull=False)
                | (~Q(audience=Audience.COHORT) & Q(cohort=None)),
                name="circles_have_a_cohort",
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=["topics", "posts", "cases", "drafts", "attachments", "bookmarks"]),
                name="slugs_that_are_free",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("forums:board", args=[self.slug])

    @classmethod
    def for_cohort(cls, cohort: Cohort) -> "Board":
        """The circle of `cohort`; made when it is not there yet."""
        return cls.objects.get_or_create(
            cohort=cohort,
            defaults={
                "slug": f"kring-{cohort.slug}",
                "audience": Audience.COHORT,
                "name_nl": f"Kring {cohort.name.removeprefix('Editie ')}",
                "name_en": f"Circle {cohort.name.removeprefix('Editie ')}",
                "description_nl": "Besloten kring van deze editie, met de trainers van de editie.",
                "description_en": "Closed circle of this cohort, with the trainers of the cohort.",
            },
        )[0]

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_nl

    @property
    def description(self) -> str:
        return self.description_en if get_language() == "en" else self.description_nl

    @property
    def is_circle(self) -> bool:
        return self.audience == Audience.COHORT

    def is_within(self, other: "Board") -> bool:
        """Whether everyone who reads here reads on `other` too."""
        if self.pk == other.pk:
            return True
        return self.audience in WIDE and other.audience in WIDE[: WIDE.index(self.audience) + 1]

    def seats(self) -> models.QuerySet[Membership]:
        """The memberships that open this board now: the reading rule, seen from the other side."""
        current = Membership.objects.current().filter(person__in=User.objects.admitted())
        if self.is_circle:
            both = current.filter(cohort=self.cohort_id, role__in=[Role.PARTICIPANT, Role.TRAINER])
            return both.exclude(cohort__state=Cohort.State.ARCHIVED)
        who = Q(role__in=INSIDERS) | Q(role=Role.PARTICIPANT, certificate_on__lte=today())
        if self.audience in (Audience.EVERYONE, Audience.RESEARCH):
            who |= Q(role=Role.PARTICIPANT)
        if self.audience == Audience.RESEARCH:
            who |= Q(role__in=[Role.RESEARCHER, Role.REGISTER_KEEPER])
        return current.filter(who)

    def writers_count(self) -> int:
        """How many people could have written here, trainers not counted: a few are soon guessed."""
        seats = self.seats().exclude(role=Role.TRAINER)
        return seats.aggregate(n=Count("person", distinct=True))["n"]

    def readers_count(self) -> int:
        """How many people can read here; at most a minute old."""
        whose = self.cohort_id or self.audience
        return cache.get_or_set(f"readers:{whose}", self._count_readers, COUNTED)

    def _count_readers(self) -> int:
        return self.seats().aggregate(n=Count("person", distinct=True))["n"]

    def readers_by_role(self) -> list[tuple[str, int]]:
        """How many of each role can read here, largest first; who holds two roles counts in both."""
        counts = {
            role: Count("person", distinct=True, filter=Q(role=role))
            for role in (Role.TRAINER, Role.ORGANISER, Role.MODERATOR, Role.RESEARCHER, Role.REGISTER_KEEPER)
        }
        done = Q(role=Role.PARTICIPANT, certificate_on__lte=today())
        counts[Role.ALUMNUS] = Count("person", distinct=True, filter=done)
        counts[Role.PARTICIPANT] = Count("person", distinct=True, filter=Q(role=Role.PARTICIPANT) & ~done)
        found = self.seats().order_by().aggregate(**{str(role): count for role, count in counts.items()})
        return sorted(((str(Role(role).label), n) for role, n in found.items() if n), key=lambda one: -one[1])

    def open_topic(self, author, title: str, body: str, kind: str = Kind.QUESTION, submission_id=None, **how):
        """Begin a conversation with its opening text. Sent twice is sent once.

        `how`: `pseudonymous` (the writer stands under a tree's name here, from now on), `files` that go
        with the text, `tags` to be found by, and the fields `narrow` and `is_case` of a topic.
        """
        key, topic = submission_id or uuid.uuid4(), self.topics.model(board=self, narrow=how.get("narrow", ""))
        named = named_in(body, author, topic, veiled=how.get("pseudonymous", False))
        html = to_html(body, [one.name for one in named])  # before the lock: it takes a while
        stems_of(body)  # for the same reason: each word is remembered
        try:
            return self._open(author, title, body, html, kind, key, named=named, **how)
        except IntegrityError:
            return self.topics.model.sent(author, key)

    @transaction.atomic
    def _open(self, author, title, body, html, kind, key, *, pseudonymous=False, files=(), tags=(), named=(), **more):
        board = Board.objects.select_for_update().get(pk=self.pk)
        if same := self.topics.model.sent(author, key):
            return same
        by = {"veiled": True} if pseudonymous else {"author": author, "badge": badge_of(author, self)}
        topic = board.topics.create(title=title, last_activity_at=now(), **by | more)
        if pseudonymous:
            topic.alias = Alias.take(topic, author)
            topic.save(update_fields=["alias"])
            forget_veiled(board.cohort_id)
        if tags:
            topic.retag(tags)
        topic.write(author, body, html, kind, key, files=files, named=named)
        Board.objects.filter(pk=board.pk).update(topics_count=board.topics_count + (not topic.narrow))
        return topic

    @transaction.atomic
    def recount(self, *, keep: bool = True) -> dict:
        """Set the stored counters right. Returns those that were wrong, with what they were."""
        board = Board.objects.select_for_update().get(pk=self.pk)
        topics = board.topics.filter(removed_at=None)  # a number for all tells nothing of narrow ones
        right = topics.aggregate(
            topics_count=Count("pk", filter=Q(narrow="")), last_activity_at=Max("last_activity_at")
        )
        wrong = {name: getattr(board, name) for name, value in right.items() if getattr(board, name) != value}
        if wrong and keep:
            Board.objects.filter(pk=board.pk).update(**right)
        return wrong
