"""What happens at a time: a session of a cohort, or a return day for alumni."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from accounts.models import Cohort, Membership, Outgoing, User, record
from accounts.policy import ReadableQuerySet


class EventQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """Sessions: their cohort, its trainers and organisers. Return days: who meets members; alumni those meant for them."""
        sessions = Q(kind=Event.Kind.SESSION)
        if user.is_organiser:
            return Q()
        mine = sessions & Q(cohort__in=[m.cohort_id for m in user.standing if m.opens_circle])
        days = Q(kind=Event.Kind.RETURN_DAY, announced_at__isnull=False)
        if user.is_trainer or user.is_moderator:
            return mine | days
        if not user.is_alumnus:
            return mine
        meant = Event.cohorts.through.objects.filter(cohort__in=[c.pk for c in user.alumnus_cohorts])
        everyones = ~Q(pk__in=Event.cohorts.through.objects.values("event"))
        return mine | days & (everyones | Q(pk__in=meant.values("event")))

    def sessions(self):
        return self.filter(kind=Event.Kind.SESSION)

    def return_days(self):
        return self.filter(kind=Event.Kind.RETURN_DAY)

    def upcoming(self):
        """Not over yet, the first one first."""
        return self.filter(ends_at__gt=now()).order_by("starts_at", "pk")

    def past(self):
        return self.filter(ends_at__lte=now()).order_by("-starts_at", "pk")


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
        return cls.objects.create(
            kind=cls.Kind.SESSION,
            cohort=cohort,
            number=number,
            title_nl=title,
            starts_at=starts_at,
            ends_at=ends_at,
            **more,
        )

    @classmethod
    @transaction.atomic
    def plan_return_day(cls, by, cohorts=(), **fields) -> "Event":
        """A return day, still a draft that only organisers see; `cohorts` empty means all alumni."""
        event = cls.objects.create(kind=cls.Kind.RETURN_DAY, created_by=by, **fields)
        event.cohorts.set(cohorts)
        record(by, "plan_return_day", event)
        return event

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
    def programme_lines(self) -> list[tuple[str, str]]:
        """(time, what) per line; a line without a time stands under the one before."""
        lines = [line.strip() for line in self.programme.splitlines() if line.strip()]
        parts = [line.partition(" ") for line in lines]
        return [
            (time, what) if time[:1].isdigit() else ("", line)
            for line, (time, _space, what) in zip(lines, parts, strict=True)
        ]

    @property
    def is_over(self) -> bool:
        return self.ends_at <= now()

    @property
    def is_draft(self) -> bool:
        return self.is_return_day and self.announced_at is None

    @property
    def takes_answers(self) -> bool:
        """Whether one may still say yes or maybe."""
        end = min(self.deadline or self.starts_at, self.starts_at)
        return self.is_return_day and not self.is_draft and self.cancelled_at is None and now() < end

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

    @transaction.atomic
    def announce(self, by) -> bool:
        """Open it for answers and invite everyone for whom it is meant. False when that was done already."""
        mine = self.locked()
        if mine.announced_at or mine.cancelled_at:
            return False
        mine.announced_at = self.announced_at = now()
        mine.save(update_fields=["announced_at"])
        for person in mine.invitees():
            Outgoing.queue("return_day_invitation", person, about=mine, dedupe_key=f"return_day:{mine.pk}:{person.pk}")
        record(by, "announce", mine)
        return True

    @transaction.atomic
    def change(self, by, cohorts=None, **fields) -> None:
        """Write it differently. Calendars hear of a new moment, place or name by a higher sequence."""
        mine = self.locked()
        told = {"starts_at", "ends_at", "place", "title_nl", "title_en"}
        moved = any(getattr(mine, name) != value for name, value in fields.items() if name in told)
        for name, value in fields.items():
            setattr(mine, name, value)
            setattr(self, name, value)
        mine.sequence += moved
        mine.save(update_fields=[*fields, "sequence"])
        if cohorts is not None:
            mine.cohorts.set(cohorts)
        record(by, "change_event", mine, fields=sorted(fields))

    @transaction.atomic
    def cancel(self, by) -> bool:
        """It does not go on: whoever came, waited or thought about it hears so. False when that was done already."""
        mine = self.locked()
        if mine.cancelled_at:
            return False
        mine.cancelled_at, mine.sequence = now(), mine.sequence + 1
        self.cancelled_at = mine.cancelled_at
        mine.save(update_fields=["cancelled_at", "sequence"])
        for rsvp in mine.rsvps.exclude(state__in=["no", "lapsed"]).select_related("person"):
            Outgoing.queue(
                "return_day_cancelled", rsvp.person, about=mine, dedupe_key=f"cancelled:{mine.pk}:{rsvp.person_id}"
            )
        record(by, "cancel_event", mine)
        return True
