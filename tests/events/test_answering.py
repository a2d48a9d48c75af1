"""Yes, maybe, no: what each does to a place, the line, and what someone told."""

import uuid
from datetime import timedelta

import pytest

from accounts.clock import now
from accounts.models import Outgoing
from events.faults import Refused
from events.models import Event, Rsvp, answer, answer_offer, set_capacity
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def day():
    return make.return_day(capacity=2)


def people(count: int) -> list:
    return [make.person(alumnus=True) for _ in range(count)]


def state(event, person) -> str:
    return event.rsvps.get(person=person).state


def states(event, persons) -> list[str]:
    return [state(event, person) for person in persons]


def mails(person, kind="rsvp") -> list[str]:
    rows = Outgoing.objects.filter(person=person, kind=kind).order_by("created_at")
    return [row.dedupe_key for row in rows]


def full(event, count: int = 3) -> list:
    """`count` people who said yes, one after the other."""
    found = people(count)
    for person in found:
        answer(event, person, "yes")
    return found


def test_a_yes_takes_a_place_and_the_next_one_waits(day):
    assert states(day, full(day, 4)) == ["yes", "yes", "waiting", "waiting"]
    assert list(day.rsvps.waiting().values_list("waiting_number", flat=True)) == [1, 2]


def test_without_a_limit_there_is_a_place_for_everyone():
    day = make.return_day(capacity=None)
    assert states(day, full(day, 5)) == ["yes"] * 5


def test_maybe_takes_no_place(day):
    anna, ben, cas = people(3)
    answer(day, anna, "maybe")
    answer(day, ben, "yes")
    answer(day, cas, "yes")
    assert states(day, (anna, ben, cas)) == ["maybe", "yes", "yes"]


@pytest.mark.parametrize("before", ["maybe", "no"])
@pytest.mark.parametrize(("capacity", "after"), [(2, "yes"), (0, "waiting")])
def test_who_said_maybe_or_no_can_still_ask_for_a_place(before, capacity, after):
    day = make.return_day(capacity=capacity)
    anna = make.person(alumnus=True)
    answer(day, anna, before)
    assert answer(day, anna, "yes").state == after


@pytest.mark.parametrize("choice", ["maybe", "no"])
def test_a_place_that_comes_free_is_offered_to_the_first_in_line(day, choice):
    anna, ben, cas, dirk = full(day, 4)
    answer(day, anna, choice)
    assert states(day, (anna, ben, cas, dirk)) == [choice, "yes", "offered", "waiting"]


@pytest.mark.parametrize("choice", ["maybe", "no"])
def test_who_waits_can_leave_the_line(day, choice):
    _anna, _ben, cas, dirk = full(day, 4)
    answer(day, cas, choice)
    assert states(day, (cas, dirk)) == [choice, "waiting"]
    assert day.rsvps.get(person=dirk).place_in_line() == 1


@pytest.mark.parametrize(("accept", "after", "next_one"), [(True, "yes", "waiting"), (False, "no", "offered")])
def test_an_offer_is_taken_or_goes_on(day, accept, after, next_one):
    anna, _ben, cas, dirk = full(day, 4)
    answer(day, anna, "no")
    assert answer_offer(day, cas, accept=accept).state == after
    assert states(day, (cas, dirk)) == [after, next_one]
    assert answer_offer(day, cas, accept=accept).state == after  # pressed twice


def test_maybe_to_an_offer_passes_it_on(day):
    anna, _ben, cas, dirk = full(day, 4)
    answer(day, anna, "no")
    answer(day, cas, "maybe")
    assert states(day, (cas, dirk)) == ["maybe", "offered"]


def test_a_yes_on_the_form_takes_the_offered_place_with_a_workshop():
    day = make.return_day(capacity=1, workshops=[("Luisteren", 5)])
    anna, ben = full(day, 2)
    answer(day, anna, "no")
    mine = answer(day, ben, "yes", workshop=day.workshops.get(), diet="vegan")
    assert (mine.state, mine.workshop, mine.needs.diet) == ("yes", day.workshops.get(), "vegan")
    assert mine.offers.get().outcome == "yes"


def test_who_asks_again_stands_last(day):
    _anna, _ben, cas, dirk = full(day, 4)
    answer(day, cas, "no")
    answer(day, cas, "yes")
    assert list(day.rsvps.waiting().values_list("person", flat=True)) == [dirk.pk, cas.pk]


def test_a_yes_again_changes_no_place_in_line(day):
    _anna, _ben, cas, _dirk = full(day, 4)
    assert answer(day, cas, "yes", listed=True).waiting_number == 1


def test_one_mail_per_change(day):
    anna, _ben, cas = full(day, 3)
    answer(day, anna, "yes")
    answer(day, anna, "no")
    answer(day, anna, "no")
    assert len(mails(anna)) == 2
    assert len(mails(cas)) == 2  # waits, is offered


def test_the_same_submission_is_one_answer(day):
    anna, key = make.person(alumnus=True), uuid.uuid4()
    answer(day, anna, "yes", submission_id=key)
    answer(day, anna, "no", submission_id=key)
    assert (state(day, anna), len(mails(anna))) == ("yes", 1)


def test_a_place_in_a_workshop_is_taken_once():
    day = make.return_day(workshops=[("Luisteren", 1)])
    anna, ben = people(2)
    workshop = day.workshops.get()
    answer(day, anna, "yes", workshop=workshop)
    with pytest.raises(Refused, match="workshop_full"):
        answer(day, ben, "yes", workshop=workshop)
    assert not day.rsvps.filter(person=ben).exists()
    answer(day, anna, "no")
    assert answer(day, ben, "yes", workshop=workshop).workshop == workshop


def test_who_waits_has_no_workshop_yet():
    day = make.return_day(capacity=1, workshops=[("Luisteren", 1)])
    answer(day, make.person(alumnus=True), "yes")
    waits = answer(day, make.person(alumnus=True), "yes", workshop=day.workshops.get())
    assert (waits.state, waits.workshop) == ("waiting", None)


def at_end(day: Event, **moments) -> Event:
    Event.objects.filter(pk=day.pk).update(**moments)
    return Event.objects.get(pk=day.pk)


@pytest.mark.parametrize("choice", ["yes", "maybe", "no"])
def test_after_the_last_day_nobody_answers_any_more(day, choice):
    late, anna = at_end(day, deadline=now() - timedelta(minutes=1)), make.person(alumnus=True)
    with pytest.raises(Refused, match="closed"):
        answer(late, anna, choice)
    assert not day.rsvps.exists()


def test_after_the_last_day_one_can_still_step_back_and_take_an_offer(day):
    anna, ben, cas = full(day, 3)
    late = at_end(day, deadline=now() - timedelta(minutes=1))
    answer(late, anna, "no")
    assert state(day, cas) == "offered"
    answer(late, cas, "yes", diet="vegan")
    assert states(day, (anna, ben, cas)) == ["no", "yes", "yes"]
    with pytest.raises(Refused, match="closed"):
        answer(late, anna, "yes")
    with pytest.raises(Refused, match="closed"):
        answer(late, ben, "maybe")


def test_once_it_has_begun_nothing_changes(day):
    anna, *_others = full(day)
    begun = at_end(day, starts_at=now() - timedelta(hours=1))
    with pytest.raises(Refused, match="closed"):
        answer(begun, anna, "no")
    assert state(day, anna) == "yes"


def test_a_day_that_does_not_go_on_takes_no_answer(day):
    anna, _ben, cas = full(day, 3)
    answer(day, anna, "no")
    day.cancel(make.organiser())
    before = list(Rsvp.objects.order_by("pk").values_list("state", "revision"))
    for tried in (
        lambda: answer(day, anna, "yes"),
        lambda: answer(day, cas, "no"),
        lambda: answer_offer(day, cas, accept=True),
    ):
        with pytest.raises(Refused, match="cancelled"):
            tried()
    assert list(Rsvp.objects.order_by("pk").values_list("state", "revision")) == before


def test_a_draft_takes_no_answer():
    with pytest.raises(Refused, match="draft"):
        answer(make.return_day(announced=False), make.person(alumnus=True), "yes")


def test_who_has_no_offer_cannot_take_one(day):
    _anna, _ben, cas = full(day, 3)
    for accept in (True, False):
        with pytest.raises(Refused, match="no_offer"):
            answer_offer(day, cas, accept=accept)
    with pytest.raises(Refused, match="no_offer"):
        answer_offer(day, make.person(alumnus=True), accept=True)
    assert state(day, cas) == "waiting"


def test_who_does_not_come_any_more_is_not_named_and_needs_nothing(day):
    anna, ben = people(2)
    for person, choice in ((anna, "no"), (ben, "maybe")):
        answer(day, person, "yes", diet="vegan", access="Een tolk", listed=True, text="Wie het ziet")
        answer(day, person, choice)
        mine = day.rsvps.get(person=person)
        assert (mine.listed, hasattr(mine, "needs")) == (False, False)
        given = list(person.consents.order_by("pk").values_list("purpose", "granted"))
        assert given == [("named_as_coming", True), ("needs", True), ("named_as_coming", False), ("needs", False)]


def test_an_offer_that_is_refused_takes_the_needs_along(day):
    anna, ben = full(day, 2)
    cas = make.person(alumnus=True)
    answer(day, cas, "yes", diet="vegan")
    answer(day, anna, "no")
    answer_offer(day, cas, accept=False)
    assert not hasattr(day.rsvps.get(person=cas), "needs")
    assert state(day, ben) == "yes"


def test_more_places_are_offered_and_fewer_take_nothing_away(day):
    anna, ben, cas, dirk = full(day, 4)
    organiser = make.organiser()
    set_capacity(day, 3, organiser)
    assert states(day, (anna, ben, cas, dirk)) == ["yes", "yes", "offered", "waiting"]
    set_capacity(day, 1, organiser)
    assert states(day, (anna, ben, cas, dirk)) == ["yes", "yes", "offered", "waiting"]
    answer(day, anna, "no")
    answer_offer(day, cas, accept=False)
    assert states(day, (ben, dirk)) == ["yes", "waiting"]  # nothing is offered until it fits
    set_capacity(day, None, organiser)
    assert state(day, dirk) == "offered"
