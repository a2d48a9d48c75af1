"""Whatever people and organisers do in whatever order: places are never given out twice, the line is never jumped."""

from datetime import timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.clock import now
from accounts.models import Outgoing
from events.faults import Refused
from events.models import Rsvp, answer, answer_offer, set_capacity
from events.tasks import settle_offers
from tests import make

PEOPLE = 6
who = st.integers(0, PEOPLE - 1)
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), who, st.sampled_from(["yes", "yes", "maybe", "no"])),
        st.tuples(st.just("offer"), who, st.booleans()),
        st.tuples(st.just("places"), st.integers(1, 4), st.none()),
        st.tuples(st.just("later"), st.sampled_from([1, 13, 49]), st.none()),
        st.tuples(st.just("tick"), st.none(), st.none()),
    ),
    min_size=4,
    max_size=18,
)


class Histories(TestCase):
    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(deeds)
    @example([("answer", 0, "yes"), ("places", 1, None), ("answer", 1, "yes"), ("places", 2, None),
              ("later", 49, None), ("places", 1, None)])  # fmt: skip
    def test_any_history_keeps_the_promises(self, history):
        with time_machine.travel("2027-03-01T12:00Z", tick=False) as clock:
            day, organiser = make.return_day(capacity=2, days=9), make.organiser()
            people = [make.person(alumnus=True) for _ in range(PEOPLE)]
            for deed, first, second in history:
                before = snapshot(day)
                try:
                    do(deed, first, second, day, people, organiser, clock)
                except Refused:
                    pass
                check(day, before, lowered=deed == "places")


def do(deed, first, second, day, people, organiser, clock) -> None:
    if deed == "answer":
        answer(day, people[first], second)
    elif deed == "offer":
        answer_offer(day, people[first], accept=second)
    elif deed == "places":
        set_capacity(day, first, organiser)
    elif deed == "later":
        clock.shift(timedelta(hours=first))
    else:
        settle_offers()


def snapshot(day) -> dict:
    return {rsvp.person_id: (standing(rsvp), rsvp.waiting_number) for rsvp in day.rsvps.all()}


def standing(rsvp) -> str:
    """Its state; an offer whose time is over holds no place, also before anything notices."""
    return "over" if rsvp.state == "offered" and rsvp.offer.until <= now() else rsvp.state


def check(day, before: dict, *, lowered: bool) -> None:
    day.refresh_from_db()
    after = snapshot(day)
    taken = [state for state, _number in after.values() if state in Rsvp.HOLDING]
    held = [state for state, _number in before.values() if state in Rsvp.HOLDING]
    assert len(taken) <= max(day.capacity, len(held)), "places are given out twice"
    if lowered:
        assert all(after[who][0] == state for who, (state, _n) in before.items() if state in Rsvp.HOLDING)
    offered = [
        number for person, (state, number) in before.items() if state == "waiting" and after[person][0] == "offered"
    ]
    left = [number for state, number in after.values() if state == "waiting"]
    assert not offered or not left or max(offered) < min(left), "the line is jumped"
    booked = [who for who, (state, _n) in after.items() if state == "yes" and before.get(who, ("",))[0] == "waiting"]
    assert not booked, "someone is booked unasked"
    for rsvp in day.rsvps.all():
        assert Outgoing.objects.filter(kind="rsvp", person=rsvp.person).count() == rsvp.revision, "one mail per change"
        open_offers = rsvp.offers.open().count()
        assert open_offers == (rsvp.state == "offered")


pytestmark = pytest.mark.django_db
