"""Feedback by a trainer: asked for, written, given and read. Its words stand in these rows only."""

import uuid

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.clock import now, today
from accounts.models import Role
from accounts.policy import ReadableQuerySet
from forums.cases.faults import NotYet, Skipped, Taken
from forums.cases.models.case import Case
from forums.cases.models.factor import Factor
from forums.faults import Conflict
from forums.signature import Signature, signature_of

FIELDS = ("goal", "seen", "next_step")


def desk_rule(user, cases, own) -> Q:
    """What a trainer of the cohort reads, from the request on; never about a case that this trainer brought in."""
    trained = [cohort.pk for cohort in user.trained_cohorts]
    return Q(case__in=cases, case__board__cohort__in=trained) & ~Q(case__in=own)


def near_rule(user, cases, own) -> Q:
    """What the trainers read, and the author once it is given."""
    return desk_rule(user, cases, own) | Q(state__in=Feedback.GIVEN, case__in=own)


def reading_rule(user, cases, own) -> Q:
    """What `user` reads of feedback on `cases`, which this user reads; `own` are those that the user brought in.

    Until it is given only the trainers; then its author, and where that was chosen who reads the case. What was
    given before more people came to read the case stays behind: its trainer was not asked for them (R-9).
    """
    asked = Q(case__topic__widened_at=None) | Q(given_at__gt=F("case__topic__widened_at"))
    return near_rule(user, cases, own) | asked & Q(state__in=Feedback.GIVEN, shared=True, case__in=cases)


class FeedbackQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        cases = Case.objects.visible_to(user)
        return reading_rule(user, cases, cases.own(user))

    def on(self, case, user, *, is_mine: bool):
        """What `user`, who reads `case`, may read on it: by the same rule, and without asking whose case it is."""
        return self.filter(reading_rule(user, [case.pk], [case.pk] if is_mine else []))

    def open(self):
        """Not given yet, the longest waiting first. By day: a time would tell of a pseudonym."""
        return self.filter(state__in=Feedback.OPEN).order_by("asked_on", "pk")

    def with_all(self):
        """With what a page shows of the case and the trainer: no query for each."""
        return self.select_related("trainer", "case__author", "case__board__cohort", "case__topic__author",
                                   "case__topic__alias", "case__topic__board")  # fmt: skip


class Feedback(models.Model):
    """What a trainer answers who was asked: where to, where now, how on.

    `shared` is the choice of who asked: read by whoever reads the case, instead of by its author only.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", _("asked for")
        DRAFT = "draft", _("draft")
        GIVEN = "given", _("given")
        READ = "read", _("read")

    OPEN = (State.REQUESTED, State.DRAFT)
    GIVEN = (State.GIVEN, State.READ)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="feedback")
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    shared = models.BooleanField(default=False)
    goal = models.TextField(blank=True)
    seen = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    factors = models.ManyToManyField(Factor, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    asked_on = models.DateField(default=today)
    given_at = models.DateTimeField(null=True)
    corrected_at = models.DateTimeField(null=True)
    read_on = models.DateField(null=True)  # shown to nobody

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["requested", "draft"]), name="one_open_feedback_of_a_case"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["requested", "draft"], given_at=None)
                | Q(state__in=["given", "read"], given_at__isnull=False),
                name="feedback_is_given_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"feedback {self.pk}"

    def get_absolute_url(self) -> str:
        """Where it is written; it is read on the page of the case."""
        return reverse("cases:feedback_write", args=[self.case_id, self.pk])

    @property
    def signature(self) -> Signature:
        return signature_of(self.trainer, Role.TRAINER)

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_new(self) -> bool:
        """Its author has not seen it as it stands now."""
        return self.state == self.State.GIVEN

    @property
    def parts(self) -> list[tuple]:
        """(question, answer) of the three fields, in order."""
        return parts_of(self)

    def belongs_to(self, user) -> bool:
        """Whether `user` writes it, or may begin."""
        return self.state == self.State.REQUESTED or self.trainer_id in (None, user.pk)

    def locked(self) -> "Feedback":
        """Raises Conflict when it went away meanwhile, with its case."""
        found = Feedback.objects.select_for_update().filter(pk=self.pk).first()
        if found is None:
            raise Conflict
        return found

    @classmethod
    def waiting(cls, case) -> dict | None:
        """When the author of `case` asked for what is not given yet, and for whom: no word of it, and no trainer."""
        return case.feedback.filter(state__in=cls.OPEN).values("asked_on", "shared").first()

    @classmethod
    @transaction.atomic
    def ask(cls, case, *, shared: bool) -> "Feedback":
        """Ask for it. While one is asked for already it stays that one, which may still go to fewer readers.

        Raises Skipped for a case that is not brought in.
        """
        case = case.locked()
        if case.is_draft or case.is_gone:
            raise Skipped
        found, is_new = cls.objects.get_or_create(case=case, state__in=cls.OPEN, defaults={"shared": shared})
        if not is_new and found.shared and not shared:
            found.shared = False
            found.save(update_fields=["shared"])
        return found

    def holds(self, words: dict) -> bool:
        same = all(getattr(self, name) == words[name] for name in FIELDS)
        return same and {factor.pk for factor in self.factors.all()} == {factor.pk for factor in words["factors"]}

    def put(self, words: dict, **more) -> None:
        """Store `words` in this row, which is locked."""
        for name, value in {**{name: words[name] for name in FIELDS}, **more}.items():
            setattr(self, name, value)
        self.revision += 1
        self.save()
        self.factors.set(words["factors"])

    def to_write(self, by) -> "Feedback":
        """The locked row, for a trainer who writes it. Raises Taken when a colleague does, Conflict when it is given."""
        mine = self.locked()
        if not mine.is_open:
            raise Conflict
        if not mine.belongs_to(by):
            raise Taken
        return mine

    @transaction.atomic
    def keep(self, by, words: dict, revision: int) -> "Feedback":
        """Save the draft; whoever saves first writes it. Raises as `to_write`, and Conflict for an older page."""
        mine = self.to_write(by)
        if mine.holds(words):
            return mine
        if mine.revision != revision:
            raise Conflict
        mine.put(words, trainer=by, state=self.State.DRAFT)
        return mine

    @transaction.atomic
    def take(self, by, words: dict | None = None) -> "Feedback":
        """Write it from now on. With `words` of one's own, what the other wrote stays as a note between trainers."""
        mine = self.locked()
        if not mine.is_open:
            raise Conflict
        other, stood = mine.trainer, [answer for _question, answer in mine.parts if answer]
        if words and not mine.holds(words):
            if other and other != by and stood:
                mine.notes.create(trainer=other, body="\n\n".join(stood), at=now())
            mine.put(words, trainer=by, state=self.State.DRAFT)
        elif other != by or mine.state == self.State.REQUESTED:
            mine.trainer, mine.state, mine.revision = by, self.State.DRAFT, mine.revision + 1
            mine.save()
        return mine

    @transaction.atomic
    def give(self, by, words: dict, revision: int) -> "Feedback":
        """Give it: from now on the author reads it, or all who read the case. Pressed twice it is given once.

        The notes between trainers go. Raises NotYet without all three fields, and as `keep`.
        """
        if missing := [question for question, answer in parts_of(words) if not answer]:
            raise NotYet(missing)
        given = self.locked()
        if not given.is_open and given.trainer_id == by.pk and given.holds(words):
            return given
        mine = self.to_write(by)
        if mine.revision != revision and not mine.holds(words):
            raise Conflict
        mine.put(words, trainer=by, state=self.State.GIVEN, given_at=now())
        mine.notes.all().delete()
        return mine

    @transaction.atomic
    def correct(self, words: dict, revision: int) -> "Feedback":
        """Change what was given; how it stood stays as a version, and it is new again for its author."""
        mine = self.locked()
        if mine.holds(words):
            return mine
        if mine.is_open or mine.revision != revision:
            raise Conflict
        stood = {name: getattr(mine, name) for name in FIELDS}
        mine.versions.create(**stood, at=mine.corrected_at or mine.given_at)
        mine.put(words, state=self.State.GIVEN, corrected_at=now())
        return mine

    @transaction.atomic
    def note(self, by, body: str):
        """A word between trainers, until it is given. Sent twice it is there once."""
        mine = self.locked()
        if not mine.is_open:
            raise Conflict
        return mine.notes.get_or_create(trainer=by, body=body, defaults={"at": now()})[0]

    @classmethod
    def seen_by_author(cls, case) -> None:
        """The author has opened the page on which it stands."""
        case.feedback.filter(state=cls.State.GIVEN).update(state=cls.State.READ, read_on=today())


def parts_of(words) -> list[tuple]:
    """(question, answer) of feedback, a version of it, or what was typed."""
    asked = (_("Where are you going?"), _("What do I see now?"), _("A possible next step"))
    got = words if isinstance(words, dict) else vars(words)
    return list(zip(asked, (got[name] for name in FIELDS), strict=True))
