"""Offers: how long they hold a place, who gets the next one, and that all this holds when everyone comes at once."""

import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection

from accounts.clock import now
from accounts.models import Membership
from events.faults import Refused
from events.models import Event, Offer, Rsvp, answer, answer_offer
from events.tasks import settle_offers
from tests import make
from tests.events.test_answering import full, states

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
START = datetime(2027, 6, 11, 13, tzinfo=AMSTERDAM)


def offered(day) -> Offer:
    """The offer to the first in line, after the only one who comes stepped back now."""
    first, *_others = full(day, 3)
    answer(day, first, "no")
    return Offer.objects.get()


@pytest.mark.parametrize(
    ("before", "holds"),
    [
        (timedelta(days=20), timedelta(hours=48)),
        (timedelta(hours=72, minutes=1), timedelta(hours=48)),
        (timedelta(hours=72), timedelta(hours=12)),
        (timedelta(hours=20), timedelta(hours=12)),
        (timedelta(hours=10), timedelta(hours=7)),  # never past three hours before it
        (timedelta(hours=3, minutes=1), timedelta(minutes=1)),
    ],
)
def test_how_long_an_offer_holds(before, holds):
    with time_machine.travel(START - before, tick=False):
        day = make.return_day(capacity=1, starts_at=START)
        assert offered(day).until - now() == holds


def test_in_the_last_three_hours_nothing_is_offered():
    with time_machine.travel(START - timedelta(hours=3), tick=False):
        day = make.return_day(capacity=1, starts_at=START)
        first, *others = full(day, 3)
        answer(day, first, "no")
        assert states(day, others) == ["waiting", "waiting"]
        assert settle_offers() == 0
        assert not Offer.objects.exists()


@pytest.fixture
def waiting():
    """A full day, the place of the first one just offered to the second; (clock, day, people)."""
    with time_machine.travel(START - timedelta(days=10), tick=False) as clock:
        day = make.return_day(capacity=1, starts_at=START)
        persons = full(day, 4)
        answer(day, persons[0], "no")
        yield clock, day, persons


def test_silence_moves_on_with_the_tick(waiting):
    clock, day, persons = waiting
    clock.shift(timedelta(hours=48) - timedelta(seconds=1))
    assert settle_offers() == 0
    clock.shift(1)
    assert (settle_offers(), settle_offers()) == (1, 0)
    assert states(day, persons) == ["no", "lapsed", "offered", "waiting"]
    assert Offer.objects.get(rsvp__person=persons[1]).outcome == "lapsed"


def test_one_tick_after_a_long_silence_makes_one_new_offer(waiting):
    clock, day, persons = waiting
    clock.shift(timedelta(days=6))
    assert settle_offers() == 1
    assert states(day, persons) == ["no", "lapsed", "offered", "waiting"]


def test_who_touches_it_first_settles_what_ran_out(waiting):
    clock, day, persons = waiting
    clock.shift(timedelta(hours=49))
    newcomer = make.person(alumnus=True)
    answer(day, newcomer, "yes")
    assert states(day, [*persons, newcomer]) == ["no", "lapsed", "offered", "waiting", "waiting"]


def test_an_answer_that_comes_too_late_is_refused_and_the_next_has_the_offer(waiting):
    clock, day, persons = waiting
    clock.shift(timedelta(hours=48))
    with pytest.raises(Refused, match="no_offer"):
        answer_offer(day, persons[1], accept=True)
    assert states(day, persons) == ["no", "lapsed", "offered", "waiting"]


def test_who_let_an_offer_run_out_stands_last_when_asking_again(waiting):
    clock, day, persons = waiting
    clock.shift(timedelta(hours=48))
    assert answer(day, persons[1], "yes").state == "waiting"
    line = day.rsvps.waiting().values_list("person", flat=True)
    assert list(line) == [persons[3].pk, persons[1].pk]


def test_a_page_settles_what_ran_out(waiting, enter):
    clock, day, persons = waiting
    clock.shift(timedelta(hours=48))
    page = enter(persons[1]).get(day.get_absolute_url()).content.decode()
    assert 'data-state="none"' in page
    clock.shift(timedelta(hours=48))
    page = enter(persons[2]).get("/events/?kind=return-day").content.decode()
    assert 'data-state="none"' in page
    assert states(day, persons) == ["no", "lapsed", "lapsed", "offered"]


def test_an_offer_of_a_day_that_does_not_go_on_stays_as_it_was(waiting):
    clock, day, persons = waiting
    day.cancel(make.organiser())
    clock.shift(timedelta(hours=49))
    assert settle_offers() == 0
    assert states(day, persons) == ["no", "offered", "waiting", "waiting"]


def test_a_day_that_moves_forward_never_holds_a_place_past_three_hours_before_it(waiting):
    _clock, day, _persons = waiting
    begin = now() + timedelta(hours=30)
    day.change(make.organiser(), starts_at=begin, ends_at=begin + timedelta(hours=2))
    assert Offer.objects.get().until == begin - timedelta(hours=3)


def test_who_may_not_come_in_is_passed_over_and_keeps_the_number(waiting):
    _clock, day, persons = waiting
    persons[2].suspend(make.organiser(), "x")
    answer_offer(day, persons[1], accept=False)
    assert states(day, persons) == ["no", "no", "waiting", "offered"]
    persons[2].lift(make.organiser())
    answer_offer(day, persons[3], accept=False)
    assert states(day, persons) == ["no", "no", "offered", "no"]


def test_a_place_of_an_account_that_is_gone_is_offered_by_the_tick():
    day = make.return_day(capacity=1)
    first, second = full(day, 2)
    first.delete()
    assert settle_offers() == 0
    assert states(day, [second]) == ["offered"]


def at_once(work, persons) -> list[Exception]:
    """Run `work(person)` in a thread each, all starting at the same moment. Returns what went wrong."""
    gate, faults = threading.Barrier(len(persons)), []

    def run(person):
        try:
            gate.wait()
            work(person)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(person,)) for person in persons]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


@pytest.mark.django_db(transaction=True)
def test_sixty_people_at_once_for_ten_places():
    day = make.return_day(capacity=10, workshops=[("Luisteren", 4)])
    cohort = make.cohort(state="alumni")
    persons = [make.person(cohort=cohort, alumnus=True) for _ in range(60)]
    workshop = day.workshops.get()

    def ask(person):
        mine = answer(Event.objects.get(pk=day.pk), person, "yes")
        if mine.state == "yes":
            try:
                answer(day, person, "yes", workshop=workshop)
            except Refused:
                pass

    assert at_once(ask, persons) == []
    assert sorted(states(day, persons)) == ["waiting"] * 50 + ["yes"] * 10
    assert sorted(day.rsvps.waiting().values_list("waiting_number", flat=True)) == list(range(1, 51))
    assert workshop.rsvps.count() == 4


@pytest.mark.django_db(transaction=True)
def test_ten_step_back_at_once_and_ten_are_offered_in_order():
    day = make.return_day(capacity=10)
    persons = full(day, 25)
    assert at_once(lambda person: answer(day, person, "no"), persons[:10]) == []
    assert states(day, persons) == ["no"] * 10 + ["offered"] * 10 + ["waiting"] * 5
    assert at_once(lambda person: answer_offer(day, person, accept=True), persons[10:20]) == []
    assert Rsvp.objects.holding().count() == 10
    assert Membership.objects.count() >= 25
