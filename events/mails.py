"""What the mails about return days say. Each is asked again just before it goes: does it still hold, may they read it?"""

from django.conf import settings

from accounts.clock import now
from accounts.mail import mail
from accounts.models import Outgoing
from events.calendar import file_of
from events.models import Event, Rsvp


def about(event: Event | None, person) -> dict | None:
    """What every such mail needs; None for who may not (or no longer) read about it."""
    if event is None or not Event.objects.visible_to(person).filter(pk=event.pk).exists():
        return None
    return {"event": event, "link": settings.SITE_URL + event.get_absolute_url()}


def with_calendar(words: dict | None) -> dict | None:
    """With the entry for a calendar as a file."""
    return words and words | {"attachments": [("event.ics", file_of(words["event"]).decode(), "text/calendar")]}


@mail("return_day_invitation")
def invitation(row: Outgoing) -> dict | None:
    """Not for who answered already, nor after one could answer."""
    event = row.about
    if event is None or not event.takes_answers or event.rsvps.filter(person=row.person).exists():
        return None
    return about(event, row.person)


@mail("rsvp")
def rsvp(row: Outgoing) -> dict | None:
    """One mail per change of an answer; not when the answer changed again, or the day does not go on."""
    found = Rsvp.objects.select_related("event", "workshop").prefetch_related("offers").filter(pk=row.about_key).first()
    if found is None or found.state != row.data["state"] or found.event.cancelled_at or found.event.is_over:
        return None
    until = found.offer.until if found.offer else None
    if found.state == Rsvp.State.OFFERED and (until is None or until <= now()):
        return None
    words = about(found.event, row.person)
    words = words and words | {"state": found.state, "rsvp": found, "place": found.place_in_line(), "until": until}
    return with_calendar(words) if found.state == Rsvp.State.YES else words


@mail("return_day_changed")
def changed(row: Outgoing) -> dict | None:
    """Another moment or place. Not when it changed once more (that is a mail of its own), or does not go on."""
    event = row.about
    if event is None or event.sequence != row.data["sequence"] or event.cancelled_at or event.is_over:
        return None
    return with_place(event, row)


@mail("return_day_cancelled")
def cancelled(row: Outgoing) -> dict | None:
    event = row.about
    return None if event is None or not event.cancelled_at else with_place(event, row)


def with_place(event: Event, row: Outgoing) -> dict | None:
    """With a file for the calendar for who has a place, so that it moves or goes there too."""
    answer = event.rsvps.filter(person=row.person).first()
    if answer is None or answer.state in (Rsvp.State.NO, Rsvp.State.LAPSED):
        return None
    words = about(event, row.person)
    return with_calendar(words) if answer.state == Rsvp.State.YES else words
