"""Breaking a seal: one person asks with a reason, another agrees, and for a short while both may look."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.clock import now, today
from accounts.models.audit import record
from accounts.models.cohort import Role
from accounts.models.outbox import Outgoing
from accounts.models.person import User
from accounts.policy import ReadableQuerySet

SHOWN = timedelta(minutes=15)
WAITS = timedelta(days=7)  # after that a request has to be made again


class OpeningQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """Privacy officers; and whoever was opened reads who did it and why, unless the law forbids that."""
        mine = Q(subject=user, is_told=True)
        return Q() if user.is_privacy_officer else mine

    def waiting(self):
        return self.filter(decided_at=None, asked_at__gt=now() - WAITS)

    def opened(self):
        return self.filter(until__isnull=False)


class Opening(models.Model):
    """A request to see who stands behind `thing`, and what came of it.

    `thing` answers `is_of(person)`, `has_part(person)` (who takes part in the conversation decides
    nothing about it) and `unseal(opening)`. Its link to a person stays sealed until two have agreed.
    """

    class Reason(models.TextChoices):
        DANGER = "danger", _("danger to a person")
        LAW = "law", _("a legal duty")
        ABUSE = "abuse", _("serious abuse")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.ForeignKey(ContentType, models.CASCADE)
    key = models.CharField(max_length=40)
    thing = GenericForeignKey("kind", "key")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    note = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True)
    is_told = models.BooleanField(default=True)  # the writer hears of it at once, unless the law forbids that
    until = models.DateTimeField(null=True)  # up to when the name is shown; never set for a refusal
    subject = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="opened")

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("asked_by")), name="two_people_open"
            ),
            models.CheckConstraint(condition=~Q(note=""), name="an_opening_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"opening {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("community:opening", args=[self.pk])

    @property
    def waits(self) -> bool:
        return self.decided_at is None and self.asked_at > now() - WAITS

    @property
    def is_open(self) -> bool:
        return self.until is not None and now() < self.until

    def is_open_for(self, thing) -> bool:
        """Whether the seal of `thing` may be read now: two people signed, and its time has not run out."""
        same = self.kind == ContentType.objects.get_for_model(thing) and self.key == str(thing.pk)
        return same and self.is_open and bool(self.asked_by_id and self.decided_by_id)

    @classmethod
    def per_year(cls) -> list[tuple[int, int]]:
        """(year, how often a name was opened), this year first: public to members. Years without one say 0."""
        years = list(cls.objects.opened().values_list("decided_at__year", flat=True))
        return [(year, years.count(year)) for year in range(today().year, min(years, default=today().year) - 1, -1)]

    @classmethod
    @transaction.atomic
    def ask(cls, by: User, thing, reason: str, note: str, *, is_told: bool = True) -> "Opening":
        """Ask for the name behind `thing`. The other privacy officers are mailed; nothing is opened yet."""
        kind = ContentType.objects.get_for_model(thing)
        waiting = cls.objects.waiting().filter(kind=kind, key=str(thing.pk)).first()
        if waiting:
            return waiting
        opening = cls.objects.create(thing=thing, asked_by=by, reason=reason, note=note, is_told=is_told)
        record(by, "ask_opening", thing, reason=reason)
        for officer in User.objects.holding(Role.PRIVACY_OFFICER).exclude(pk=by.pk):
            Outgoing.queue("opening_asked", officer, dedupe_key=f"opening_asked:{opening.pk}:{officer.pk}")
        return opening

    @transaction.atomic
    def agree(self, by: User, decision: str) -> None:
        """The second signature: the name shows for a quarter of an hour, and its owner is told at once."""
        mine = self._waiting(by)
        if mine is None:
            return
        mine.decided_by, mine.decided_at, mine.decision, mine.until = by, now(), decision, now() + SHOWN
        mine.subject_id = mine.thing.unseal(mine)
        mine.save()
        told = mine.subject if mine.is_told else None
        record(by, "open_name", mine.thing, subject=told, reason=mine.reason)
        if told:
            Outgoing.queue("name_opened", told, dedupe_key=f"name_opened:{mine.pk}")
        self.refresh_from_db()

    @transaction.atomic
    def refuse(self, by: User, decision: str) -> None:
        mine = self._waiting(by)
        if mine is None:
            return
        mine.decided_by, mine.decided_at, mine.decision = by, now(), decision
        mine.save()
        record(by, "refuse_opening", mine.thing)
        self.refresh_from_db()

    def _waiting(self, by: User) -> "Opening | None":
        """This row, locked, while it still waits for a second person; None when that has been."""
        mine = Opening.objects.select_for_update().get(pk=self.pk)
        if mine.asked_by_id == by.pk:
            raise PermissionError("nobody decides about an own request")
        return mine if mine.waits and mine.asked_by_id else None

    def look(self, by: User) -> User:
        """Whose name it is, for one of the two who signed. Each look is on record. Raises PermissionError."""
        if not self.is_open or by.pk not in (self.asked_by_id, self.decided_by_id):
            raise PermissionError("only the two who signed, and only for a while")
        record(by, "see_name", self.thing, subject=self.subject if self.is_told else None)
        return self.subject
