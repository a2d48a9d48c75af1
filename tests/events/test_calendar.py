"""An event as a file for a calendar: the right moment, and no more than a time and a place."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from icalendar import Calendar

from events.calendar import file_of
from events.models import Event
from tests import make

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def entry(content: bytes):
    """The one entry of the file."""
    (found,) = Calendar.from_ical(content).walk("VEVENT")
    return found


def at_noon(day: str) -> Event:
    begin = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=AMSTERDAM)
    return make.return_day(starts_at=begin, announced=False)


@pytest.mark.parametrize(("day", "hour"), [("2026-03-03", 11), ("2026-03-24", 11), ("2026-04-14", 10)])
def test_noon_in_amsterdam(day, hour):
    begins = entry(file_of(at_noon(day))).decoded("dtstart")
    assert begins.astimezone(UTC) == datetime.fromisoformat(f"{day}T{hour}:00").replace(tzinfo=UTC)
    assert (begins.hour, begins.tzinfo.key) == (12, "Europe/Amsterdam")


def test_the_zone_comes_along_and_turns_on_the_right_sundays():
    (zone,) = Calendar.from_ical(file_of(at_noon("2026-04-14"))).walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/Amsterdam"
    kept = zone.to_tz(lookup_tzid=False)
    for moment in ("2026-03-29T01:59", "2026-03-29T03:00", "2026-10-25T01:30", "2026-10-25T03:30", "2031-07-01T12:00"):
        naive = datetime.fromisoformat(moment)
        assert kept.utcoffset(naive) == AMSTERDAM.utcoffset(naive), moment


def test_it_tells_no_more_than_a_time_and_a_place():
    day = make.return_day(summary_nl="Over wie niet durft", programme="13:00 Kring")
    with translation.override("nl"):
        content = file_of(day).decode()
    found = entry(content)
    assert (found["summary"], found["location"], found["class"]) == ("Bijeenkomst", "De Werkhof", "PRIVATE")
    assert "description" not in found
    assert not any(words in content for words in ("Terugkomdag", "durft", "Kring"))
    with translation.override("en"):
        assert entry(file_of(day))["summary"] == "Meeting"


def test_a_change_is_the_same_entry_with_a_higher_number():
    day, organiser = make.return_day(), make.organiser()
    first = entry(file_of(day))
    day.change(organiser, place="Elders")
    second = entry(file_of(Event.objects.get()))
    day.cancel(organiser)
    third = entry(file_of(Event.objects.get()))
    assert first["uid"] == second["uid"] == third["uid"]
    assert str(day.pk) in first["uid"]
    assert [one["sequence"] for one in (first, second, third)] == [0, 1, 2]
    assert [one["status"] for one in (first, second, third)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert second["location"] == "Elders"


def test_a_place_cannot_write_lines_of_its_own():
    day = make.return_day(place="Zaal; 1, of\\2\nATTENDEE:mailto:x@example.org")
    assert entry(file_of(day))["location"] == "Zaal; 1, of\\2\nATTENDEE:mailto:x@example.org"
    assert "attendee" not in entry(file_of(day))


def test_the_file_is_given_to_who_reads_the_event_and_kept_by_nobody(enter):
    cohort = make.cohort()
    session = make.session(cohort)
    address = f"{session.get_absolute_url()}event.ics"
    response = enter(make.person(cohort=cohort)).get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    assert "attachment" in response["Content-Disposition"]
    assert entry(response.content).decoded("dtstart").astimezone(UTC).replace(
        microsecond=0
    ) == session.starts_at.replace(microsecond=0)
    assert enter(make.person(cohort=make.cohort())).get(address).status_code == 404
