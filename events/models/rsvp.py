"""Who comes to a return day, who waits, and what they need. One lock per event gives out every place."""

import re
import uuid
from collections import Counter

from django.conf import settings
from django.db import models, transaction
from django.db.models import OuterRef, Q, Subquery

from accounts.clock import now
from accounts.models import Consent, Outgoing, User
from accounts.policy import ReadableQuerySet
from events.models.event import Event

FEW = 3  # fewer than this are never told as a number
LONG_WISH = 40  # characters; a longer one could tell whose it is


class WorkshopQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q(event__in=Event.objects.visible_to(user))

    def with_taken(self):
        """Each with `taken`: the places that are given out."""
        held = Q(rsvps__state__in=[Rsvp.State.YES, Rsvp.State.OFFERED])
        return self.annotate(taken=models.Count("rsvps", filter=held))

    def with_choosers(self):
        """Each with `taken`: everyone who chose it."""
        return self.annotate(taken=models.Count("rsvps"))


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
        named = Q(state=Rsvp.State.YES, listed=True, person__is_active=True, person__suspended_at=None)
        return Q(person=user) | named & Q(event__in=together)

    def holding(self):
        """Those that take a place: a yes, or an offer that is still open."""
        return self.filter(state__in=Rsvp.HOLDING)

    def waiting(self):
        """On the waiting list, first come first."""
        return self.filter(state=Rsvp.State.WAITING).order_by("waiting_number")

    def for_organiser(self):
        """With the person, their cohorts, the workshop and the offers at hand, and `in_line`: 1 for who is next."""
        people = models.Prefetch("person", User.objects.with_standing())
        before = Rsvp.objects.waiting().filter(event=OuterRef("event"), waiting_number__lte=OuterRef("waiting_number"))
        count = before.order_by().values("event").annotate(n=models.Count("pk")).values("n")
        return self.annotate(in_line=Subquery(count)).select_related("workshop").prefetch_related("offers", people)

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
    IN_LINE = (*HOLDING, State.WAITING)

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
        return "none" if self.state in ("", self.State.LAPSED) else self.state

    @property
    def offer(self):
        """The offer that waits for an answer; None when there is none. Prefetch `offers`."""
        return next((offer for offer in self.offers.all() if offer.outcome == ""), None) if self.pk else None

    def place_in_line(self) -> int:
        """1 for who is next; 0 for who does not wait."""
        if self.state != self.State.WAITING:
            return 0
        return self.event.rsvps.waiting().filter(waiting_number__lte=self.waiting_number).count()

    def becomes(self, state: str) -> None:
        """Be stored in this state; when it is a new one, with the one mail that tells it. Call it under the event's lock.

        Who does not come any more leaves the line and the workshop, is not named, and needs nothing.
        """
        if state == self.state:
            self.save()
            return
        self.state, self.revision = state, self.revision + 1
        if state != self.State.WAITING:
            self.waiting_number = None
        if state not in self.IN_LINE:
            self.workshop = None
        self.save()
        if state not in self.IN_LINE:
            self.be_listed(listed=False)
            self.keep_needs("", "", "")
        key = f"rsvp:{self.pk}:{self.revision}"
        Outgoing.queue("rsvp", self.person, about=self, data={"state": str(state)}, dedupe_key=key)

    @transaction.atomic
    def take_back(self, what: str) -> None:
        """The consent for "needs" or for being "listed" ends; the answer stays."""
        if what == "needs":
            self.keep_needs("", "", "")
        elif what == "listed":
            self.be_listed(listed=False)

    def be_listed(self, listed: bool) -> None:
        """Whether others who come may see the name. A consent of its own. Call it in a transaction."""
        if listed == self.listed:
            return
        self.listed = listed
        self.save(update_fields=["listed"])
        Consent.note(self.person, "named_as_coming", listed)

    def keep_needs(self, diet: str, access: str, text: str) -> None:
        """What someone needs, in a table of its own. Filling it in under the sentence `text` is the consent.

        Call it in a transaction.
        """
        known = Needs.objects.filter(rsvp=self).first()
        had, has = (known.diet, known.access) if known else ("", ""), (diet, access)
        if had == has:
            return
        Needs.objects.filter(rsvp=self).delete()
        if any(has):
            Needs.objects.create(rsvp=self, diet=diet, access=access)
        Consent.note(self.person, "needs", any(has), text=text)


class NeedsQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """One's own; organisers, each look of whom is logged by the page that shows them."""
        return Q() if user.is_organiser else Q(rsvp__person=user)

    def of_who_comes(self, event: Event):
        return self.filter(rsvp__event=event, rsvp__state=Rsvp.State.YES)

    def diets(self) -> list[tuple[str, int]]:
        """Each diet and how many ask for it, without names, the most asked first; "" is all that is too long to name."""
        found: Counter[str] = Counter()
        for diet in self.exclude(diet="").values_list("diet", flat=True):
            wishes = {wish.strip().casefold() for wish in re.split(r"[,;\n]+", diet)} - {""}
            found.update({wish if len(wish) <= LONG_WISH else "" for wish in wishes})
        return sorted(found.items(), key=lambda pair: (pair[0] == "", -pair[1], pair[0]))


class Needs(models.Model):
    """Diet and access, seen by organisers only and erased soon after the event (AVG art. 9.2.a)."""

    rsvp = models.OneToOneField(Rsvp, models.CASCADE, related_name="needs")
    diet = models.CharField(max_length=300, blank=True)
    access = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=now)

    objects = NeedsQuerySet.as_manager()

    def __str__(self) -> str:
        return f"needs {self.pk}"
