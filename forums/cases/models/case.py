"""A case: a situation from someone's own work that comes back, stage after stage."""

import uuid

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.clock import now, today
from accounts.policy import ReadableQuerySet
from forums.cases.models.factor import Factor, Level
from forums.cases.models.moving import Moving
from forums.cases.rounds import Standing, standing_of
from forums.cases.stages import STAGE_OF, Stage, State
from forums.faults import Conflict
from forums.models import Alias, Board, Narrow, ReadUntil, Topic
from forums.models.alias import own_topics
from forums.signature import Signature, signature_of
from forums.stems import column

# Which fields each page of writing fills.
FIELDS = {
    "context": ("board", "title", "sector", "team_size", "context"),
    "situation": ("situation", "actions_tried"),
    "factors": ("levels",),
    "question": ("question", "follow_up_on"),
    "action": ("follow_up_on",),
    "evaluation": ("evaluation", "outcome", "follow_up_on"),
}
ONCE = ("board", "title", "question")  # after bringing it in these stand in the topic, or are settled


class CaseQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """A draft: its author. What is brought in: whoever reads its topic."""
        read = Topic.objects.visible_to(user).filter(pk=OuterRef("topic"))  # asked per case, not as a list of all
        return Q(topic=None, author=user) | Q(Exists(read))

    def own(self, user):
        """Those that `user` brought in under whichever name, and drafts; after `visible_to`.

        One query more, for the pseudonyms.
        """
        topics = Topic.objects.visible_to(user).filter(is_case=True, alias__isnull=False)
        found = Alias.objects.filter(pk__in=topics.values("alias")).annotate(mark=F("seal__mark"))
        hidden = own_topics(user, found.values_list("pk", "topic", "mark"))
        return self.filter(Q(author=user) | Q(topic__in=hidden))

    def brought_in(self):
        return self.exclude(state=State.DRAFT)

    def struck(self):
        """Those with words left whose opening text was taken away by a moderator."""
        gone = self.exclude(state__in=(State.DRAFT, State.WITHDRAWN)).exclude(context="")
        return gone.filter(topic__posts__number=1, topic__posts__removed_at__isnull=False)

    def with_topic(self):
        """With all that a row or page shows of the topic: no query for each."""
        return self.select_related("author", "board__cohort", "topic__author", "topic__alias", "topic__board")

    def with_read(self, user):
        """Each with `read`: the number up to which `user` has read its topic."""
        mine = ReadUntil.objects.filter(person=user, topic=OuterRef("topic")).values("number")[:1]
        return self.annotate(read=Coalesce(Subquery(mine), 0))


class Case(Moving, models.Model):
    """A situation from someone's own work.

    Once brought in it has a topic with the same key, which holds its title and its question; under a pseudonym
    it has no author, and its owner is whoever began the topic.
    """

    class TeamSize(models.TextChoices):
        FEW = "3-5", gettext_lazy("3 to 5 people")
        SMALL = "6-10", gettext_lazy("6 to 10 people")
        MIDDLE = "11-20", gettext_lazy("11 to 20 people")
        LARGE = "21-50", gettext_lazy("21 to 50 people")
        MORE = "50+", gettext_lazy("more than 50 people")

    class Outcome(models.TextChoices):
        WORKED = "worked", gettext_lazy("It helped")
        PARTLY = "partly", gettext_lazy("It helped in part")
        NOT_WORKED = "not_worked", gettext_lazy("It did not work")

    State = State
    Narrow = Narrow

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="cases")
    board = models.ForeignKey(Board, models.CASCADE, related_name="cases")
    topic = models.OneToOneField(Topic, models.CASCADE, null=True, related_name="case")
    submission_id = models.UUIDField(null=True)  # of its first page; gone when it is brought in
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    state_on = models.DateField(default=today)  # the day on which it came into this state
    round = models.PositiveSmallIntegerField(default=1)
    round_on = models.DateField(default=today)
    title = models.CharField(max_length=150, blank=True)  # of a draft
    sector = models.CharField(max_length=60, blank=True)
    team_size = models.CharField(max_length=5, choices=TeamSize.choices, blank=True)
    context = models.TextField(blank=True)
    situation = models.TextField(blank=True)
    levels = models.CharField(max_length=60, blank=True)  # codes of Level with commas
    question = models.TextField(blank=True)  # of a draft
    actions_tried = models.TextField(blank=True)
    evaluation = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    follow_up_on = models.DateField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)  # how many went out for this date
    reminded_on = models.DateField(null=True)
    shares_feedback = models.BooleanField(default=False)  # whoever reads the case reads a trainer's feedback too
    stems = models.TextField(blank=True, editable=False)  # what a search goes by; a draft has none
    revisions = models.JSONField(default=dict)  # page of writing -> how often it was changed
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, topic=None) | (~Q(state=State.DRAFT) & Q(topic__isnull=False)),
                name="only_a_draft_has_no_topic",
            ),
            models.UniqueConstraint(fields=["author", "submission_id"], name="begun_once"),
        ]
        indexes = [
            models.Index(fields=["state", "state_on"]),
            models.Index(fields=["follow_up_on", "reminders"]),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("cases:case", args=[self.pk])

    @property
    def name(self) -> str:
        if self.is_withdrawn:
            return _("Withdrawn case")
        if self.is_struck:
            return _("Case that was taken away")
        return self.topic.name if self.topic_id else self.title or _("Case without a title")

    @property
    def signature(self) -> Signature:
        return self.topic.signature if self.topic_id else signature_of(self.author, "")

    @property
    def unread(self) -> int:
        """How many replies are new to whom it was read for (`with_read`)."""
        return self.topic.unread_since(self.read) if self.topic_id else 0

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_withdrawn(self) -> bool:
        return self.state == State.WITHDRAWN

    @property
    def is_struck(self) -> bool:
        """A moderator took its opening text away, and with it the title; the rest of its words go within a minute."""
        return not self.is_draft and not self.is_withdrawn and not self.topic.title

    @property
    def is_gone(self) -> bool:
        """None of its own words are left, or only for a moment."""
        return self.is_withdrawn or self.is_struck

    @property
    def is_veiled(self) -> bool:
        """Brought in under a pseudonym: sector and team are not shown, and no times (R-15)."""
        return bool(self.topic_id and self.topic.alias_id)

    @property
    def stage(self) -> Stage | None:
        return STAGE_OF.get(State(self.state))

    @property
    def standing(self) -> Standing | None:
        """The round in which its discussion is; None when it is not being discussed."""
        return standing_of(self.round, self.round_on) if self.state == State.DISCUSSION else None

    @property
    def level_list(self) -> list[Level]:
        return [Level(code) for code in self.levels.split(",") if code in Level.values]

    def is_by(self, user) -> bool:
        """Whether `user` brought it in, under whichever name."""
        return self.topic.is_by(user) if self.topic_id else self.author_id == user.pk

    def locked(self) -> "Case":
        return Case.objects.select_for_update().get(pk=self.pk)

    def revision_of(self, step: str) -> int:
        return self.revisions.get(step, 0)

    @classmethod
    @transaction.atomic
    def begin(cls, author, board: Board, submission_id=None) -> "Case":
        """A draft, seen by its author only. Sent twice is begun once."""
        key = submission_id or uuid.uuid4()
        return cls.objects.get_or_create(author=author, submission_id=key, defaults={"board": board})[0]

    @transaction.atomic
    def keep(self, step: str, words: dict, revision: int) -> "Case":
        """Save one page of writing: `words` are its fields, with `factors` or `actions` as lists of rows.

        Raises Conflict when another revision of the page was saved meanwhile, or the words of the case are gone.
        """
        mine = self.locked()
        if mine.is_gone:
            raise Conflict
        fresh = {name: words[name] for name in FIELDS[step] if name in words and (mine.is_draft or name not in ONCE)}
        rows = {part: words[part] for part in ("factors", "actions") if part in words}
        if mine.holds(fresh, rows):
            return mine
        if mine.revision_of(step) != revision:
            raise Conflict
        mine.take(step, fresh, rows)
        mine.stems = mine.stemmed()
        mine.save()
        return mine

    def holds(self, fresh: dict, rows: dict) -> bool:
        """Whether it says so already."""
        same = all(getattr(self, name) == value for name, value in fresh.items())
        return same and all(self.rows_of(part) == [plain(row) for row in wanted] for part, wanted in rows.items())

    def rows_of(self, part: str) -> list[dict]:
        return [plain(vars(row)) for row in getattr(self, part).all()]

    def take(self, step: str, fresh: dict, rows: dict) -> None:
        """Put the words of a page in this case, whose row is locked; its caller saves it."""
        if "follow_up_on" in fresh and fresh["follow_up_on"] != self.follow_up_on:
            self.reminders, self.reminded_on = 0, None
        for name, value in fresh.items():
            setattr(self, name, value)
        for part, wanted in rows.items():
            self.take_rows(getattr(self, part), wanted)
        self.revisions[step], self.changed_at = self.revision_of(step) + 1, now()

    def take_rows(self, known, wanted: list[dict]) -> None:
        """The rows as they are wanted; a row that says which one it was stays that one."""
        old = {row.pk: row for row in known.all()}
        for position, row in enumerate(wanted):
            one = old.pop(row.get("id"), None) or known.model(case=self)
            for name, value in plain(row).items():
                setattr(one, name, value)
            one.position = position
            one.save()
        known.filter(pk__in=old).delete()

    def stemmed(self) -> str:
        """Its words for the search, but for the title and the question, which stand in the topic."""
        return "" if self.is_draft or self.is_gone else column("", self.words)

    @property
    def words(self) -> str:
        """All that it says beside the title and the question."""
        rows = [row.text for part in (self.factors, self.actions) for row in part.all()]
        return "\n".join([self.context, self.situation, self.actions_tried, self.evaluation, *rows])

    @property
    def risks(self) -> list[Factor]:
        return [factor for factor in self.factors.all() if factor.kind == Factor.Kind.RISK]

    @property
    def protections(self) -> list[Factor]:
        return [factor for factor in self.factors.all() if factor.kind == Factor.Kind.PROTECTION]


def plain(row: dict) -> dict:
    """What a factor or an action says, without its key and place."""
    return {name: row[name] for name in ("kind", "text", "level", "changer") if name in row}
