"""All that gives and takes places of an event: one lock, one line, and offers as the only way off it."""

import uuid

from django.db import transaction

from accounts.clock import now
from accounts.models import User, record
from events.faults import Refused
from events.models.event import Event
from events.models.offer import Offer
from events.models.rsvp import Rsvp, Workshop

NO_LIMIT = 1_000_000


class Door:
    """The places of one event. Made under the event's lock, in a transaction; what ran out is settled first."""

    def __init__(self, event: Event) -> None:
        self.event = event.locked()
        self.lapsed = self.lapse()

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
            return NO_LIMIT
        return self.event.capacity - self.event.rsvps.holding().count()

    def line(self):
        """Who may be offered a place, first come first. Who may not come in now keeps the number, and is passed over."""
        return self.event.rsvps.waiting().filter(person__in=User.objects.admitted())

    def give_out(self) -> None:
        """As many offers as there are free places, in order of the line."""
        moment = now()
        until = self.event.held_until(moment)
        if until <= moment or self.event.cancelled_at or (free := self.free()) <= 0:
            return
        for rsvp in list(self.line().select_related("person")[:free]):
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
        if rsvp.state in Rsvp.HOLDING:
            return True
        return rsvp.state != Rsvp.State.WAITING and self.free() > 0 and not self.line().exists()

    def yes(self, rsvp: Rsvp, *, comes: bool) -> None:
        """A place when it `comes`, see `would_come`; else the last number in line."""
        if offer := self.open_offer(rsvp):
            offer.settle("yes")
        if comes:
            rsvp.becomes(Rsvp.State.YES)
        elif rsvp.state == Rsvp.State.WAITING:
            rsvp.becomes(Rsvp.State.WAITING)
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
        """A workshop for who comes. Raises Refused when it is full."""
        if workshop and workshop.pk != rsvp.workshop_id and not workshop.has_room_for(rsvp):
            raise Refused("workshop_full")
        rsvp.workshop = workshop


def refusal(event: Event, rsvp: Rsvp, choice: str) -> str:
    """The code of why this answer cannot be taken now; empty when it can. Stepping back stays possible until it starts."""
    if event.cancelled_at:
        return "cancelled"
    if event.is_draft or not event.is_return_day:
        return "draft"
    if choice == "no" and rsvp.state in Rsvp.IN_LINE and now() < event.starts_at:
        return ""
    if choice == "yes" and rsvp.state == Rsvp.State.OFFERED:
        return ""
    return "" if event.takes_answers else "closed"


def answer(event: Event, person, choice: str, **details) -> Rsvp:
    """`person` says "yes", "maybe" or "no" to `event`. Sent twice is sent once.

    `details`: workshop, listed, diet, access, submission_id, and `text`, the sentence that stood above the needs.
    Who says yes when it is full stands on the waiting list; the returned row tells.
    Raises Refused, and then nothing of this answer has changed.
    """
    settle_offers(event)
    return _answer(event, person, choice, **details)


@transaction.atomic
def _answer(
    event: Event, person, choice: str, *, workshop=None, listed=False, diet="", access="", text="", submission_id=None
) -> Rsvp:
    door = Door(event)
    rsvp = door.mine(person)
    if rsvp.pk and submission_id and rsvp.submission_id == submission_id:
        return rsvp
    if fault := refusal(door.event, rsvp, choice):
        raise Refused(fault)
    rsvp.submission_id, rsvp.answered_at = submission_id or uuid.uuid4(), now()
    if choice == "yes":
        if comes := door.would_come(rsvp):
            door.choose(rsvp, workshop)
        door.yes(rsvp, comes=comes)
        rsvp.be_listed(listed)
        rsvp.keep_needs(diet, access, text)
    else:
        door.step_back(rsvp, choice)
    return rsvp


def answer_offer(event: Event, person, *, accept: bool) -> Rsvp:
    """Take the place that is held for `person`, or let it go. Raises Refused when there is none (any more)."""
    settle_offers(event)
    return _answer_offer(event, person, accept)


@transaction.atomic
def _answer_offer(event: Event, person, accept: bool) -> Rsvp:
    door = Door(event)
    rsvp = door.mine(person)
    if door.event.cancelled_at:
        raise Refused("cancelled")
    if rsvp.state == (Rsvp.State.YES if accept else Rsvp.State.NO):
        return rsvp  # pressed twice
    if door.open_offer(rsvp) is None:
        raise Refused("no_offer")
    rsvp.answered_at = now()
    if accept:
        door.yes(rsvp, comes=True)
    else:
        door.step_back(rsvp, Rsvp.State.NO)
    return rsvp


@transaction.atomic
def set_capacity(event: Event, capacity: int | None, by) -> None:
    """More places are offered at once; fewer throw nobody out and take back no offer."""
    door = Door(event)
    if door.event.capacity == capacity:
        return
    door.event.capacity = event.capacity = capacity
    door.event.save(update_fields=["capacity"])
    door.give_out()
    record(by, "capacity", door.event, capacity=capacity)


def settle_offers(event: Event) -> int:
    """Settle what ran out, for whoever touches the event first. Returns how many offers that were.

    A transaction of its own: it stands, also when what follows is refused.
    """
    if not Offer.objects.due().filter(rsvp__event=event).exists():
        return 0
    return open_door(event)


@transaction.atomic
def open_door(event: Event) -> int:
    """Settle what ran out and offer what is free. Returns how many offers ran out."""
    door = Door(event)
    door.give_out()
    return door.lapsed
