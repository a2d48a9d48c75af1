"""Places that come free are offered, never booked: an offer holds a place until a moment."""

from django.db import models
from django.db.models import Q

from accounts.clock import now
from accounts.policy import ReadableQuerySet
from events.models.rsvp import Rsvp


class OfferQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q() if user.is_organiser else Q(rsvp__person=user)

    def open(self):
        """Waiting for an answer; those of a day that was cancelled no longer do."""
        return self.filter(outcome="", rsvp__event__cancelled_at=None)

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
