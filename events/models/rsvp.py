"""Who comes to a return day, who waits, and what they need. One lock per event gives out every place."""

import uuid

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from accounts.clock import now
from accounts.models import Consent, Outgoing
from accounts.policy import ReadableQuerySet
from events.models.event import Event


class WorkshopQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q(event__in=Event.objects.visible_to(user))

    def with_taken(self):
        """Each with `taken`: the places that are given out."""
        held = Q(rsvps__state__in=[Rsvp.State.YES, Rsvp.State.OFFERED])
        return self.annotate(taken=models.Count("rsvps", filter=held))


class Workshop(models.Model):
    """A part of a return day with places of its own."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="workshops")
    title = models.CharField(max_length=150)
    summary = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=60, blank=True)  # who gives it
    capacity = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField(default=0)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"workshop {self.pk}"

    def has_room_for(self, rsvp: "Rsvp") -> bool:
        """Whether `rsvp` may have a place here. Asked under the lock of the event."""
        others = self.rsvps.filter(state__in=Rsvp.HOLDING).exclude(pk=rsvp.pk)
        return others.count() < self.capacity


class RsvpQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """One's own; organisers all; who comes sees who comes and chose to be named."""
        if user.is_organiser:
            return Q()
        together = Rsvp.objects.filter(person=user, state=Rsvp.State.YES).values("event")
        return Q(person=user) | Q(state=Rsvp.State.YES, listed=True, event__in=together)

    def holding(self):
        """Those that take a place: a yes, or an offer that is still open."""
        return self.filter(state__in=Rsvp.HOLDING)

    def waiting(self):
        """On the waiting list, first come first."""
        return self.filter(state=Rsvp.State.WAITING).order_by("waiting_number")

    def in_order(self):
        """For the organiser: who comes, offers, the waiting list in its order, then the others."""
        order = ("yes", "offered", "waiting", "maybe", "no", "lapsed")
        place = models.Case(*(models.When(state=state, then=n) for n, state in enumerate(order)), default=9)
        return self.annotate(place=place).order_by("place", "waiting_number", "answered_at", "pk")


class Rsvp(models.Model):
    """The answer of one person to one return day."""

    class State(models.TextChoices):
        YES = "yes"
        MAYBE = "maybe"
        NO = "no"
        WAITING = "waiting"
        OFFERED = "offered"
        LAPSED = "lapsed"  # an offer ran out; on the page that is no answer

    HOLDING = (State.YES, State.OFFERED)

    event = models.ForeignKey(Event, models.CASCADE, related_name="rsvps")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="rsvps")
    state = models.CharField(max_length=8, choices=State.choices)
    workshop = models.ForeignKey(Workshop, models.SET_NULL, null=True, related_name="rsvps")
    waiting_number = models.PositiveIntegerField(null=True)  # given out under the lock, never the clock
    listed = models.BooleanField(default=False)  # others who come may see the name
    answered_at = models.DateTimeField(default=now)
    submission_id = models.UUIDField(default=uuid.uuid4)
    revision = models.PositiveIntegerField(default=0)  # one mail per change of state
    attended = models.BooleanField(null=True)

    objects = RsvpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], name="one_answer_per_person"),
            models.UniqueConstraint(fields=["event", "waiting_number"], name="one_person_per_place_in_line"),
            models.CheckConstraint(
                condition=Q(state="waiting", waiting_number__isnull=False) | ~Q(state="waiting"),
                name="who_waits_has_a_number",
            ),
        ]
        indexes = [models.Index(fields=["event", "state", "waiting_number"], name="answers_of_an_event")]

    def __str__(self) -> str:
        return f"rsvp {self.pk}"

    @property
    def data_state(self) -> str:
        return "none" if self.state == self.State.LAPSED else self.state

    def place_in_line(self) -> int:
        """1 for who is next; 0 for who does not wait."""
        if self.state != self.State.WAITING:
            return 0
        return self.event.rsvps.waiting().filter(waiting_number__lte=self.waiting_number).count()

    def becomes(self, state: str) -> None:
        """A new state, and the one mail that tells it. Call it under the lock of the event."""
        if state == self.state:
            return
        self.state, self.revision = state, self.revision + 1
        if state != self.State.WAITING:
            self.waiting_number = None
        if state not in (*self.HOLDING, self.State.WAITING):
            self.workshop = None
        self.save()
        key = f"rsvp:{self.pk}:{self.revision}"
        Outgoing.queue("rsvp", self.person, about=self, data={"state": str(state)}, dedupe_key=key)

    @transaction.atomic
    def keep_needs(self, diet: str, access: str, text: str) -> None:
        """What someone needs, in a table of its own. Filling it in under the sentence `text` is the consent."""
        known = Needs.objects.filter(rsvp=self).first()
        if (known.diet, known.access) == (diet, access) if known else not (diet or access):
            return
        Needs.objects.filter(rsvp=self).delete()
        if diet or access:
            Needs.objects.create(rsvp=self, diet=diet, access=access)
        Consent.note(self.person, "needs", bool(diet or access), text=text)


class NeedsQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """One's own; organisers, each look of whom is logged by the page that shows them."""
        return Q() if user.is_organiser else Q(rsvp__person=user)


class Needs(models.Model):
    """Diet and access, seen by organisers only and erased soon after the event (AVG art. 9.2.a)."""

    rsvp = models.OneToOneField(Rsvp, models.CASCADE, related_name="needs")
    diet = models.CharField(max_length=300, blank=True)
    access = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=now)

    objects = NeedsQuerySet.as_manager()

    def __str__(self) -> str:
        return f"needs {self.pk}"
