"""Lists cost as many statements for ten rows as for one."""

import pytest

from events.models import answer
from tests import make
from tests.forums.test_queries import statements

pytestmark = pytest.mark.django_db
PAGE, LIST, ORGANISER = 14, 8, 16


def test_a_return_day(enter):
    day, reader = make.return_day(capacity=100, workshops=[("Luisteren", 50)]), make.person(alumnus=True)
    client = enter(reader)
    answer(day, reader, "yes", listed=True)

    def come(count):
        for _ in range(count):
            answer(day, make.person(alumnus=True), "yes", listed=True, workshop=day.workshops.get())

    come(1)
    one = statements(client, day.get_absolute_url())
    come(9)
    assert statements(client, day.get_absolute_url()) == one <= PAGE


@pytest.mark.parametrize("address", ["/events/?kind=return-day", "/events/"])
def test_the_lists(enter, address):
    cohort = make.cohort()
    reader = make.person(cohort=cohort, alumnus=True)
    client = enter(reader)

    def plan(first, count):
        for number in range(first, first + count):
            answer(make.return_day(workshops=[("A", 3)]), reader, "yes")
            make.session(cohort, number=number, starts=24)

    plan(1, 1)
    one = statements(client, address)
    plan(2, 9)
    assert statements(client, address) == one <= LIST


@pytest.mark.parametrize("page", ["", "answers/", "needs/"])
def test_the_pages_of_an_organiser(enter, page):
    day, organiser = make.return_day(capacity=4, workshops=[("Luisteren", 50)]), make.organiser()
    client, address = enter(organiser), f"/organise/return-days/{day.pk}/{page}"

    def people(count):
        for _ in range(count):
            make.person(alumnus=True)
            answer(day, make.person(alumnus=True), "yes", diet="vegan")
            answer(day, make.person(alumnus=True), "no")

    people(6)
    answer(day, day.rsvps.filter(state="yes").first().person, "no")
    one = statements(client, address)
    people(9)
    answer(day, day.rsvps.filter(state="yes").first().person, "no")
    assert statements(client, address) == one <= ORGANISER


def test_the_organisers_list(enter):
    client = enter(make.organiser())
    make.return_day()
    one = statements(client, "/organise/return-days/")
    for _ in range(9):
        make.return_day()
    assert statements(client, "/organise/return-days/") == one <= LIST
