"""Offers that ran out, places that nobody holds, and needs that are no longer needed."""

from datetime import timedelta

from django.conf import settings

from accounts.clock import now
from accounts.jobs import job
from events.models import Event, Needs, Offer, Rsvp, open_door


@job
def settle_offers() -> int:
    """Offers that ran out go to the next in line, and so do places that came free in another way (an erased account).

    Event by event under its lock. Returns how many offers ran out.
    """
    late = Offer.objects.due().values("rsvp__event")
    awaited = Rsvp.objects.waiting().order_by().values("event")
    ahead = Event.objects.filter(cancelled_at=None, starts_at__gt=now())
    found = Event.objects.filter(pk__in=late) | ahead.filter(pk__in=awaited)
    return sum(open_door(event) for event in found)


@job
def erase_needs() -> int:
    """Diet and access needs go two weeks after the event. Returns how many."""
    end = now() - timedelta(days=settings.TERMS["needs_after_event"])
    return Needs.objects.filter(rsvp__event__ends_at__lt=end).delete()[0]


@job
def index_events() -> int:
    """Events of before there was an index can be found from now on."""
    found = list(Event.objects.filter(stems=None))
    for event in found:
        event.index()
        Event.objects.filter(pk=event.pk, stems=None).update(stems=event.stems)
    return len(found)
