"""Someone says that something should be looked at, and what became of it."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.clock import now
from accounts.models import Cohort, Outgoing, record
from accounts.policy import NOBODY
from forums.moderation.faults import Taken
from forums.moderation.models.about import About, AboutQuerySet
from forums.moderation.models.look import Look
from forums.moderation.models.ruling import Ruling
from forums.moderation.models.voice import Reason, Voice
from forums.moderation.things import Line, by_trainer, kind_of

ENOUGH = 2  # members who find someone recognisable; one trainer is enough alone
SATURDAY = 5


class ReportQuerySet(AboutQuerySet):
    def read_rule(self, user) -> Q:
        """Moderators see that there is a report. What was reported is behind `Report.look`, and only while it is open."""
        return Q() if user.is_moderator else NOBODY

    def open(self):
        return self.exclude(state=Report.State.RESOLVED)

    def closed(self):
        return self.filter(state=Report.State.RESOLVED).order_by("-closed_at", "pk")

    def with_voices(self):
        return self.annotate(voices_count=Count("voices"))

    def waiting_first(self):
        """What is unsafe first, then the oldest."""
        urgent = models.Case(models.When(reason=Reason.UNSAFE, then=0), default=1)
        return self.order_by(urgent, "opened_at", "pk")


class Report(About):
    """All that members said about one thing until it was decided."""

    class State(models.TextChoices):
        NEW = "new", gettext_lazy("New")
        IN_PROGRESS = "in_progress", gettext_lazy("In progress")
        RESOLVED = "resolved", gettext_lazy("Decided")

    class Outcome(models.TextChoices):
        NO_ACTION = "no_action", gettext_lazy("It stays as it is")
        REPAIRED = "repaired", gettext_lazy("The writer changed it")
        HIDDEN = "hidden", gettext_lazy("It stays hidden")
        REMOVED = "removed", gettext_lazy("It was taken away")

    class Space(models.TextChoices):
        CIRCLE = "circle", gettext_lazy("A circle")
        CHAT = "chat", gettext_lazy("The chat of a session")
        ALUMNI = "alumni", gettext_lazy("The alumni forum")
        EVERYONE = "everyone", gettext_lazy("A subject forum")
        RESEARCH = "research", gettext_lazy("The forum about research")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    space = models.CharField(max_length=10, choices=Space.choices)
    cohort = models.ForeignKey(Cohort, models.CASCADE, null=True, related_name="+")
    reason = models.CharField(max_length=12, choices=Reason.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.NEW)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    asked_again_at = models.DateTimeField(null=True)  # its writer asked to put it back
    revision = models.PositiveIntegerField(default=0)  # of the text when it was reported first
    opened_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        indexes = [models.Index(fields=["state", "opened_at"]), models.Index(fields=["closed_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=~Q(state="resolved"), name="one_open_report_per_thing"
            )
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"

    @classmethod
    @transaction.atomic
    def file(cls, thing, by, reason: str, note: str = "") -> Voice:
        """`by` reports `thing`. Twice is once: the last words count. Hides it when that is the rule.

        Returns what `by` said; `is_repeat` when they had said something before.
        """
        report = cls._opened(thing, reason)
        voice = Voice.speak(report, by, reason, note, by_trainer=by_trainer(by, thing), revision=thing.revision)
        if reason in (Reason.UNSAFE, Reason.RECOGNISABLE) and report.reason != Reason.UNSAFE:
            report.reason = reason
            report.save(update_fields=["reason"])
        if reason == Reason.RECOGNISABLE and report.hides_at_once(thing.revision):
            thing.hide(None, _("Someone may be recognisable in it. A moderator looks at it."))
        return voice

    @classmethod
    def _opened(cls, thing, reason: str) -> "Report":
        """The open report about `thing` under its lock, made when there is none."""
        space, cohort = kind_of(thing).place(thing)
        more = {"space": space, "cohort_id": cohort, "reason": reason, "revision": thing.revision}
        about = cls.of(thing)
        same = {name: about.pop(name) for name in ("kind", "key")}
        report, made = cls.objects.open().get_or_create(**same, defaults=about | more)
        return report if made else cls.objects.select_for_update().get(pk=report.pk)

    @classmethod
    def about_open(cls, thing):
        """The open report about `thing`, as a query of one row or none."""
        return cls.objects.about(thing).open()

    def hides_at_once(self, revision: int) -> bool:
        """Two members find someone recognisable, or one trainer does. Who said so of the same text before, and it was
        decided, is not counted again.
        """
        decided = Report.objects.filter(kind=self.kind_id, key=self.key, state=self.State.RESOLVED)
        before = Voice.objects.filter(report__in=decided, reason=Reason.RECOGNISABLE, revision=revision)
        said = self.voices.filter(reason=Reason.RECOGNISABLE).exclude(person=None)
        said = said.exclude(person__in=before.exclude(person=None).values("person"))
        return said.filter(by_trainer=True).exists() or said.count() >= ENOUGH

    @classmethod
    def open_counts(cls, cohorts) -> dict:
        """How many reports are open in the circles of `cohorts`: key of the cohort -> number."""
        rows = cls.objects.open().filter(cohort__in=cohorts).order_by().values("cohort").annotate(n=Count("pk"))
        return {row["cohort"]: row["n"] for row in rows}

    @property
    def is_open(self) -> bool:
        return self.state != self.State.RESOLVED

    @property
    def is_late(self) -> bool:
        """Waits longer than one working day."""
        return self.is_open and (self.asked_again_at or self.opened_at) < a_working_day_before(now())

    def is_with(self, person) -> bool:
        return self.is_open and self.taken_by_id == person.pk

    def _mine(self, person) -> "Report":
        """This report under its lock, in the hands of `person`. Raises Taken."""
        mine = Report.objects.select_for_update().get(pk=self.pk)
        if not mine.is_with(person):
            raise Taken
        return mine

    @transaction.atomic
    def take(self, by, seen: str) -> None:
        """`by` handles it from now on; `seen` is the key of who did when `by` looked, or "". Raises Taken."""
        mine = Report.objects.select_for_update().get(pk=self.pk)
        if mine.is_with(by):
            return
        if not mine.is_open or str(mine.taken_by_id or "") != seen:
            raise Taken
        mine.state, mine.taken_by, mine.taken_at = self.State.IN_PROGRESS, by, now()
        mine.save(update_fields=["state", "taken_by", "taken_at"])
        record(by, "take_report", mine)

    @transaction.atomic
    def put_back(self, by) -> None:
        """Somebody else may take it. Raises Taken when it is not with `by`."""
        mine = self._mine(by)
        mine.state, mine.taken_by, mine.taken_at = self.State.NEW, None, None
        mine.save(update_fields=["state", "taken_by", "taken_at"])

    @transaction.atomic
    def look(self, by) -> list[Line]:
        """What was reported with ten around it, for who handles it. Each look is kept. Raises Taken."""
        mine = self._mine(by)
        if mine.thing is None:
            return []
        Look.at_report(mine, by)
        record(by, "look_report", mine.thing, subject=mine.author, report=str(mine.pk))
        kind_of(mine.thing).looked(mine.thing)
        return kind_of(mine.thing).around(mine.thing)

    @transaction.atomic
    def open_file(self, by, key):
        """A file of what was reported, for who handles it; None when there is none such. A look on record. Raises Taken."""
        mine = self._mine(by)
        files = getattr(mine.thing, "attachments", None)
        found = files.filter(pk=key, post__removed_at=None).first() if files is not None else None
        if found:
            Look.at_report(mine, by)
            record(by, "look_report", mine.thing, subject=mine.author, report=str(mine.pk), file=str(found.pk))
        return found

    @transaction.atomic
    def lock(self, by) -> bool:
        """The conversation takes no replies for now. False for what stands in none. Raises Taken."""
        topic = getattr(self._mine(by).thing, "topic", None)
        if topic is None:
            return False
        topic.close(by, closed=True)
        return True

    @transaction.atomic
    def rule(self, by, what: str, reason: str) -> Ruling:
        """Decide. `reason` is read by the writer and by who reported. Raises Taken when it is not with `by`."""
        mine = self._mine(by)
        ruling = Ruling.make(mine.thing, by, what, reason, report=mine)
        if what != Ruling.What.ASK:
            mine._close(what, ruling)
        if ruling.is_told and mine.author:
            Outgoing.queue("text_decided", mine.author, about=ruling, dedupe_key=f"text_decided:{ruling.pk}")
        self.refresh_from_db()
        return ruling

    def _close(self, what: str, ruling: Ruling) -> None:
        thing = self.thing
        changed = thing is None or kind_of(thing).is_gone(thing) or thing.revision > self.revision
        kept = self.Outcome.REPAIRED if changed else self.Outcome.NO_ACTION
        known = {Ruling.What.HIDE: self.Outcome.HIDDEN, Ruling.What.REMOVE: self.Outcome.REMOVED}
        self.outcome = known.get(Ruling.What(what), kept)
        self.state, self.closed_at = self.State.RESOLVED, now()
        self.save(update_fields=["state", "outcome", "closed_at"])
        for voice in self.voices.exclude(person=None).select_related("person"):
            told = f"report_decided:{self.pk}:{voice.pk}"
            Outgoing.queue("report_decided", voice.person, about=voice, dedupe_key=told)

    @classmethod
    @transaction.atomic
    def ask_again(cls, thing) -> None:
        """The writer asks to put a hidden text back: it is looked at once more. Keeps nothing of who asks."""
        last = cls.objects.about(thing).order_by("-opened_at").first()
        report = cls._opened(thing, last.reason if last else Reason.OTHER)
        if report.taken_by_id is None:
            report.state = cls.State.NEW
        report.asked_again_at = now()
        report.save(update_fields=["state", "asked_again_at"])


def a_working_day_before(moment: datetime) -> datetime:
    """The same time on the last working day before."""
    local = timezone.localtime(moment) - timedelta(days=1)
    while local.weekday() >= SATURDAY:
        local -= timedelta(days=1)
    return local
