"""Places that come free are offered, never booked: an offer holds a place until a moment."""

import uuid
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Q

from accounts.clock import now
from accounts.models import record
from accounts.policy import ReadableQuerySet
from events.faults import Refused
from events.models.event import Event
from events.models.rsvp import Rsvp, Workshop

LONG, SHORT = timedelta(hours=48), timedelta(hours=12)
NEAR = timedelta(hours=72)  # before the start; from then on an offer is short
LAST = timedelta(hours=3)  # before the start; nothing is held any longer


def held_until(event: Event, moment: datetime) -> datetime:
    """Until when an offer made at `moment` holds its place."""
    term = SHORT if event.starts_at - moment <= NEAR else LONG
    return min(moment + term, event.starts_at - LAST)


class OfferQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q() if user.is_organiser else Q(rsvp__person=user)

    def open(self):
        return self.filter(outcome="")

    def due(self):
        """Ran out, and nobody has settled that yet."""
        return self.open().filter(until__lte=now())


class Offer(models.Model):
    """A place that is held for the first in line. Yes takes it; no or silence moves on."""

    rsvp = models.ForeignKey(Rsvp, models.CASCADE, related_name="offers")
    made_at = models.DateTimeField(default=now)
    until = models.DateTimeField()
    outcome = models.CharField(max_length=6, blank=True)  # yes, no, lapsed; empty while it is open
    settled_at = models.DateTimeField(null=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rsvp"], condition=Q(outcome=""), name="one_open_offer_per_person")
        ]
        indexes = [models.Index(fields=["outcome", "until"], name="offers_by_end")]

    def __str__(self) -> str:
        return f"offer {self.pk}"

    def settle(self, outcome: str) -> None:
        self.outcome, self.settled_at = outcome, now()
        self.save(update_fields=["outcome", "settled_at"])


class Door:
    """All that gives and takes places of one event. Made under the event's lock, in a transaction."""

    def __init__(self, event: Event) -> None:
        self.event = event.locked()
        self.lapse()

    def lapse(self) -> int:
        """Offers that ran out go to the next in line. Returns how many ran out."""
        late = list(Offer.objects.due().filter(rsvp__event=self.event).select_related("rsvp__person"))
        for offer in late:
            offer.settle("lapsed")
            offer.rsvp.event = self.event
            offer.rsvp.becomes(Rsvp.State.LAPSED)
        if late:
            self.give_out()
        return len(late)

    def free(self) -> int:
        """Places that are neither taken nor held for someone; below zero after the capacity was lowered."""
        if self.event.capacity is None:
            return 1_000_000
        return self.event.capacity - self.event.rsvps.holding().count()

    def give_out(self) -> None:
        """As many offers as there are free places, in order of the line."""
        moment = now()
        until = held_until(self.event, moment)
        if until <= moment or self.event.cancelled_at or (free := self.free()) <= 0:
            return
        for rsvp in list(self.event.rsvps.waiting().select_related("person")[:free]):
            rsvp.event = self.event
            rsvp.offers.create(made_at=moment, until=until)
            rsvp.becomes(Rsvp.State.OFFERED)

    def mine(self, person) -> Rsvp:
        """The answer of `person`; a new one that is not saved yet when there is none."""
        rsvp = self.event.rsvps.filter(person=person).first() or Rsvp(event=self.event, person=person, state="")
        rsvp.event = self.event
        return rsvp

    def would_come(self, rsvp: Rsvp) -> bool:
        """Whether a yes by `rsvp` gets a place now; else it stands in line, and chooses a workshop later."""
        if rsvp.state == Rsvp.State.OFFERED:
            return True
        return rsvp.state != Rsvp.State.WAITING and self.free() > 0 and not self.event.rsvps.waiting().exists()

    def yes(self, rsvp: Rsvp) -> None:
        if rsvp.state == Rsvp.State.YES:
            return
        if offer := self.open_offer(rsvp):
            offer.settle("yes")
            rsvp.becomes(Rsvp.State.YES)
        elif rsvp.state == Rsvp.State.WAITING:
            rsvp.save()
        elif self.would_come(rsvp):
            rsvp.becomes(Rsvp.State.YES)
        else:
            self.event.last_waiting += 1
            self.event.save(update_fields=["last_waiting"])
            rsvp.waiting_number = self.event.last_waiting
            rsvp.becomes(Rsvp.State.WAITING)

    def step_back(self, rsvp: Rsvp, state: str) -> None:
        """Maybe or no: what was held goes to the next in line."""
        if offer := self.open_offer(rsvp):
            offer.settle("no")
        rsvp.becomes(state)
        self.give_out()

    def open_offer(self, rsvp: Rsvp) -> Offer | None:
        return rsvp.offers.open().first() if rsvp.pk else None

    def choose(self, rsvp: Rsvp, workshop: Workshop | None) -> None:
        """A workshop for who comes or waits. Raises Refused when it is full."""
        if workshop and workshop.pk != rsvp.workshop_id and not workshop.has_room_for(rsvp):
            raise Refused("workshop_full")
        rsvp.workshop = workshop


@transaction.atomic
def answer(
    event: Event, person, choice: str, *, workshop=None, listed=False, diet="", access="", text="", submission_id=None
) -> Rsvp:
    """`person` says "yes", "maybe" or "no" to `event`. Sent twice is sent once.

    Who says yes when it is full stands on the waiting list; the returned row tells. `text` is the
    sentence that stood above the needs. Raises Refused, and then nothing has changed.
    """
    door = Door(event)
    rsvp = door.mine(person)
    if rsvp.pk and submission_id and rsvp.submission_id == submission_id:
        return rsvp
    if fault := refusal(door.event, rsvp, choice):
        raise Refused(fault)
    rsvp.submission_id, rsvp.answered_at = submission_id or uuid.uuid4(), now()
    if choice != "yes":
        rsvp.listed = False
        door.step_back(rsvp, choice)
        rsvp.keep_needs("", "", text)
        rsvp.save()
        return rsvp
    rsvp.listed = listed
    if rsvp.state == Rsvp.State.YES or door.would_come(rsvp):
        door.choose(rsvp, workshop)
    door.yes(rsvp)
    rsvp.save()
    rsvp.keep_needs(diet, access, text)
    return rsvp


def refusal(event: Event, rsvp: Rsvp, choice: str) -> str:
    """The code of why this answer cannot be taken now; empty when it can. Stepping back stays possible until it starts."""
    if event.cancelled_at:
        return "cancelled"
    if event.is_draft or not event.is_return_day:
        return "draft"
    has_something = rsvp.state in (*Rsvp.HOLDING, Rsvp.State.WAITING)
    if choice == "no" and has_something and now() < event.starts_at:
        return ""
    if rsvp.state == Rsvp.State.OFFERED and choice == "yes":
        return ""
    return "" if event.takes_answers else "closed"


@transaction.atomic
def answer_offer(event: Event, person, *, accept: bool) -> Rsvp:
    """Take the place that is held for `person`, or let it go. Raises Refused when there is none (any more)."""
    door = Door(event)
    rsvp = door.mine(person)
    if door.event.cancelled_at:
        raise Refused("cancelled")
    if rsvp.state == Rsvp.State.YES and accept:
        return rsvp
    if door.open_offer(rsvp) is None:
        raise Refused("no_offer")
    rsvp.answered_at = now()
    if accept:
        door.yes(rsvp)
    else:
        door.step_back(rsvp, Rsvp.State.NO)
    return rsvp


@transaction.atomic
def set_capacity(event: Event, capacity: int | None, by) -> None:
    """More places are offered at once; fewer throw nobody out and take back no offer."""
    door = Door(event)
    door.event.capacity = event.capacity = capacity
    door.event.save(update_fields=["capacity"])
    door.give_out()
    record(by, "capacity", door.event, capacity=capacity)


@transaction.atomic
def settle_offers(event: Event) -> int:
    """What the minute's tick does for one event. Returns how many offers ran out."""
    return Door(event).lapse()
