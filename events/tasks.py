"""Offers that ran out, and needs that are no longer needed."""

from datetime import timedelta

from django.conf import settings

from accounts.clock import now
from accounts.jobs import job
from events.models import Event, Needs, Offer
from events.models.offer import settle_offers as settle_of_event


@job
def settle_offers() -> int:
    """Offers that ran out go to the next in line, event by event under its lock. Returns how many ran out."""
    late = Offer.objects.due().values("rsvp__event")
    return sum(settle_of_event(event) for event in Event.objects.filter(pk__in=late))


@job
def erase_needs() -> int:
    """Diet and access needs go two weeks after the event. Returns how many."""
    end = now() - timedelta(days=settings.TERMS["needs_after_event"])
    return Needs.objects.filter(rsvp__event__ends_at__lt=end).delete()[0]
