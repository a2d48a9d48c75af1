"""What happens at a time: a session of a cohort, or a return day for alumni."""

import uuid
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from accounts.models import Cohort, Membership, Outgoing, User, record
from events.models.calendar import EventQuerySet
from events.programme import lines_of
from forums.stems import column

LONG, SHORT = timedelta(hours=48), timedelta(hours=12)  # how long an offered place is held
NEAR = timedelta(hours=72)  # before the start; from then on an offer is short
LAST = timedelta(hours=3)  # before the start; nothing is held any longer
PLACED = ("starts_at", "ends_at", "place")  # who comes hears when one of these changes


class Event(models.Model):
    """A session of a cohort, or a return day. Moments are kept in UTC and shown in Europe/Amsterdam."""

    class Kind(models.TextChoices):
        SESSION = "session", _("session")
        RETURN_DAY = "return_day", _("return day")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    cohort = models.ForeignKey(Cohort, models.CASCADE, null=True, related_name="sessions")
    number = models.PositiveSmallIntegerField(null=True)  # of a session in its cohort
    cohorts = models.ManyToManyField(Cohort, related_name="return_days")  # whose alumni are meant; none is all alumni
    title_nl = models.CharField(max_length=150)
    title_en = models.CharField(max_length=150, blank=True)
    summary_nl = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    preparation_nl = models.TextField(blank=True)
    preparation_en = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    access = models.TextField(blank=True)  # how one gets in, and what is there
    programme = models.TextField(blank=True)  # a line each: "13:00 Lunch"
    capacity = models.PositiveIntegerField(null=True)  # places; none is no limit
    deadline = models.DateTimeField(null=True)  # until when one may say yes or maybe
    announced_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    last_waiting = models.PositiveIntegerField(default=0)  # the last number given out on the waiting list
    sequence = models.PositiveIntegerField(default=0)  # of its last change that calendars must hear of
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    is_demo = models.BooleanField(default=False)
    stems = models.TextField(null=True, editable=False)  # what a search goes by; None: not filled yet

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="one_session_per_number"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="events_end_after_they_start"),
            models.CheckConstraint(
                condition=Q(kind="session", cohort__isnull=False, number__isnull=False)
                | Q(kind="return_day", cohort=None, number=None),
                name="sessions_have_a_cohort",
            ),
        ]
        indexes = [models.Index(fields=["kind", "starts_at"], name="events_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("events:event", args=[self.pk])

    @classmethod
    def plan_session(cls, cohort: Cohort, number: int, title: str, starts_at: datetime, ends_at: datetime, **more):
        """Session `number` of `cohort`. Raises IntegrityError when the number is taken or it ends before it starts."""
        when = {"starts_at": starts_at, "ends_at": ends_at}
        event = cls(kind=cls.Kind.SESSION, cohort=cohort, number=number, title_nl=title, **when, **more)
        event.index()
        event.save(force_insert=True)
        return event

    @classmethod
    @transaction.atomic
    def plan_return_day(cls, by, cohorts=(), workshops=(), submission_id=None, **fields) -> "Event":
        """A draft for organisers only; no `cohorts` is all alumni. Of two with one `submission_id` the last words count."""
        words = fields | {"kind": cls.Kind.RETURN_DAY, "created_by": by}
        event, is_new = cls.objects.get_or_create(pk=submission_id or uuid.uuid4(), defaults=words)
        if is_new:
            event.index()
            event.save(update_fields=["stems"])
            event.cohorts.set(cohorts)
            event.arrange(workshops)
            record(by, "plan_return_day", event)
        elif event.created_by == by and event.state == "draft":
            event.change(by, cohorts, workshops, **fields)
        else:  # that id stands for another event
            return cls.plan_return_day(by, cohorts, workshops, **fields)
        return event

    def index(self) -> None:
        """Set what a search goes by, in both languages; the caller saves."""
        self.stems = column(f"{self.title_nl} {self.title_en}", self.summary_nl, self.summary_en)

    def _in_language(self, name: str) -> str:
        english = getattr(self, f"{name}_en") if get_language() == "en" else ""
        return english or getattr(self, f"{name}_nl")

    @property
    def title(self) -> str:
        return self._in_language("title")

    @property
    def summary(self) -> str:
        return self._in_language("summary")

    @property
    def preparation(self) -> str:
        return self._in_language("preparation")

    @property
    def is_return_day(self) -> bool:
        return self.kind == self.Kind.RETURN_DAY

    @property
    def programme_lines(self) -> list[tuple[time | None, str]]:
        return lines_of(self.programme)

    @cached_property
    def room(self):
        """Where the whole circle talks during a session, when that was made."""
        return next((room for room in self.rooms.all() if not room.side), None)

    @property
    def is_over(self) -> bool:
        return self.ends_at <= now()

    @property
    def is_draft(self) -> bool:
        return self.is_return_day and self.announced_at is None

    @property
    def answers_until(self) -> datetime:
        return min(self.deadline or self.starts_at, self.starts_at)

    @property
    def is_too_late(self) -> bool:
        """Nobody could answer any more."""
        return self.answers_until <= now()

    @property
    def takes_answers(self) -> bool:
        """Whether one may still say yes or maybe."""
        return self.is_return_day and not self.is_draft and self.cancelled_at is None and not self.is_too_late

    @property
    def state(self) -> str:
        """Where a return day stands: draft, open, closed, held or cancelled. Full follows from the answers."""
        if self.cancelled_at:
            return "cancelled"
        if self.is_draft:
            return "draft"
        if self.is_over:
            return "held"
        return "open" if self.takes_answers else "closed"

    @property
    def local_day(self):
        return timezone.localtime(self.starts_at).date()

    def locked(self) -> "Event":
        """This event under its lock: places are given out one at a time."""
        return Event.objects.select_for_update().get(pk=self.pk)

    def invitees(self) -> models.QuerySet[User]:
        """Alumni for whom this return day is meant, and who may come in now."""
        alumni = Membership.objects.current().alumni()
        chosen = list(self.cohorts.values_list("pk", flat=True))
        alumni = alumni.filter(cohort__in=chosen) if chosen else alumni
        return User.objects.admitted().filter(pk__in=alumni.values("person"))

    def silent(self) -> models.QuerySet[User]:
        """Those invitees who did not answer."""
        return self.invitees().exclude(pk__in=self.rsvps.values("person"))

    def held_until(self, moment: datetime) -> datetime:
        """Until when an offer made at `moment` holds its place."""
        term = SHORT if self.starts_at - moment <= NEAR else LONG
        return min(moment + term, self.starts_at - LAST)

    def invite(self) -> None:
        """A mail to everyone for whom it is meant; nobody is invited twice."""
        for person in self.invitees():
            Outgoing.queue("return_day_invitation", person, about=self, dedupe_key=f"return_day:{self.pk}:{person.pk}")

    @transaction.atomic
    def announce(self, by) -> bool:
        """Open it for answers and invite everyone for whom it is meant. False when that was done already, or is too late."""
        mine = self.locked()
        if mine.announced_at or mine.cancelled_at or mine.is_too_late:
            return False
        mine.announced_at = self.announced_at = now()
        mine.save(update_fields=["announced_at"])
        mine.invite()
        record(by, "announce", mine)
        return True

    @transaction.atomic
    def change(self, by, cohorts=None, workshops=None, **fields) -> bool:
        """Write it differently; who comes or thinks about it hears of another moment or place.

        Calendars hear of that, or of another name, by a higher sequence. Places are changed by `set_capacity`.
        Returns whether people were told.
        """
        mine = self.locked()
        changed = {name for name, value in fields.items() if getattr(mine, name) != value}
        for name, value in fields.items():
            setattr(mine, name, value)
            setattr(self, name, value)
        mine.sequence += bool(changed & {*PLACED, "title_nl", "title_en"})
        self.sequence = mine.sequence
        mine.index()
        mine.save(update_fields=[*fields, "sequence", "stems"])
        if workshops is not None:
            mine.arrange(workshops)
        if cohorts is not None:
            mine.cohorts.set(cohorts)
        told = bool(changed.intersection(PLACED)) and mine.announced_at is not None
        if told:
            mine.tell("return_day_changed")
        for rsvp in mine.rsvps.filter(state="offered"):
            rsvp.offers.filter(outcome="", until__gt=mine.starts_at - LAST).update(until=mine.starts_at - LAST)
        if mine.announced_at and cohorts is not None:
            mine.invite()
        record(by, "change_event", mine, fields=sorted(changed))
        return told

    def arrange(self, workshops: list[dict]) -> None:
        """Have exactly these workshops, in this order. One with an `id` keeps who chose it."""
        keep = [one["id"] for one in workshops if one.get("id")]
        self.workshops.exclude(pk__in=keep).delete()
        for position, one in enumerate(workshops):
            words = {name: one[name] for name in ("title", "summary", "by", "capacity")} | {"position": position}
            if one.get("id"):
                self.workshops.filter(pk=one["id"]).update(**words)
            else:
                self.workshops.create(**words)

    def tell(self, kind: str) -> None:
        """A mail of this kind to whoever comes, waits or thinks about it."""
        for rsvp in self.rsvps.exclude(state__in=["no", "lapsed"]).select_related("person"):
            key = f"{kind}:{self.pk}:{self.sequence}:{rsvp.person_id}"
            Outgoing.queue(kind, rsvp.person, about=self, data={"sequence": self.sequence}, dedupe_key=key)

    @transaction.atomic
    def cancel(self, by) -> bool:
        """It does not go on: whoever came, waited or thought about it hears so. False when that was done already."""
        mine = self.locked()
        if mine.cancelled_at:
            return False
        mine.cancelled_at, mine.sequence = now(), mine.sequence + 1
        self.cancelled_at, self.sequence = mine.cancelled_at, mine.sequence
        mine.save(update_fields=["cancelled_at", "sequence"])
        mine.tell("return_day_cancelled")
        record(by, "cancel_event", mine)
        return True
