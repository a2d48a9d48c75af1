"""The days of the demo: complete, consistent, and without a mail."""

from datetime import timedelta

import pytest
import time_machine

from accounts.clock import now
from accounts.models import Outgoing
from community.demo.content import address, key
from community.demo.days import load_events, restart_live_session
from community.demo.people import load_cohorts, load_people
from events.models import Event, Needs, Offer, Rsvp

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    persons = load_people()
    load_events(persons, load_cohorts(persons))
    return persons


def test_the_coming_return_day_has_room_and_answers(people):
    day = Event.objects.get(pk=key("event", "rd-next"))
    assert (day.state, day.capacity, day.rsvps.holding().count()) == ("open", 20, 18)
    for workshop in day.workshops.with_taken():
        assert workshop.taken <= workshop.capacity
    alumna = next(one for one in people.values() if one.email == "alumnus@demo.invalid")
    silent = next(one for one in people.values() if one.email == "alumnus2@demo.invalid")
    assert day.rsvps.get(person=alumna).state == "yes"
    assert not day.rsvps.filter(person=silent).exists()
    assert list(day.silent()) == [silent]
    assert [one.person.email for one in day.rsvps.filter(workshop=None, state="yes")] == [
        address(name) for name in ("petra", "thijs")
    ]
    assert Needs.objects.of_who_comes(day).count() == 4


def test_the_past_one_fits_and_tells_of_an_offer(people):
    day = Event.objects.get(pk=key("event", "rd-past"))
    assert (day.state, day.capacity, day.rsvps.filter(state="yes").count()) == ("held", 14, 14)
    assert (day.last_waiting, Offer.objects.get().outcome) == (1, "yes")


def test_nobody_gets_a_mail_and_all_of_it_can_be_taken_away(people):
    assert not Outgoing.objects.exists()
    assert not Event.objects.filter(is_demo=False).exists()
    assert Event.objects.count() == 17
    assert Rsvp.objects.exists()


def test_the_live_session_begins_again_when_its_room_has_closed(people):
    live = Event.objects.get(pk=key("event", "ed4-s2"))
    assert live.ends_at - live.starts_at == timedelta(hours=4)
    assert abs(now() - live.starts_at - timedelta(minutes=95)) < timedelta(minutes=1)
    assert restart_live_session() is False
    with time_machine.travel(live.ends_at + timedelta(minutes=30), tick=False):
        assert (restart_live_session(), restart_live_session()) == (True, False)
        live.refresh_from_db()
        assert now() - live.starts_at == timedelta(minutes=95)
