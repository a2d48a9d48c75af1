"""iCalendar: an event as a file. It tells no more than a time and a place: others read a calendar along."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar import Event as Entry

from accounts.clock import now
from events.models import Event

ZONE = "Europe/Amsterdam"


def file_of(event: Event) -> bytes:
    """`event` as an .ics file in the language that is active; the same UID always, a higher SEQUENCE at each change."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//NONSGML//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(zone())
    calendar.add_component(entry_of(event))
    return calendar.to_ical()


def entry_of(event: Event) -> Entry:
    entry = Entry()
    entry.add("uid", f"{event.pk}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("dtstamp", now())
    entry.add("dtstart", timezone.localtime(event.starts_at))
    entry.add("dtend", timezone.localtime(event.ends_at))
    entry.add("summary", _("Meeting"))
    if event.place:
        entry.add("location", event.place)
    entry.add("url", settings.SITE_URL + event.get_absolute_url())
    entry.add("sequence", event.sequence)
    entry.add("status", "CANCELLED" if event.cancelled_at else "CONFIRMED")
    entry.add("class", "PRIVATE")
    return entry


def zone() -> Timezone:
    """The zone by its rule: the last Sunday of March and of October. (What the library derives is an hour off there.)"""
    winter, summer = timedelta(hours=1), timedelta(hours=2)
    found = Timezone()
    found.add("tzid", ZONE)
    for part, name, begins, month, before, after in (
        (TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), 3, winter, summer),
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), 10, summer, winter),
    ):
        part.add("dtstart", begins)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        found.add_component(part)
    return found
