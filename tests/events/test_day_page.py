"""The page of a return day tells first what matters now to who reads it."""

from datetime import timedelta

import pytest

from accounts.clock import now
from events.models import Event, answer
from tests import make
from tests.events.test_answering import full, people
from tests.events.test_pages import DAYS, text

pytestmark = pytest.mark.django_db


def test_a_day_that_is_over_or_closed_asks_for_nothing_any_more(enter):
    client = enter(people(1)[0])
    over, closed = make.return_day(), make.return_day(deadline=now() + timedelta(hours=1))
    Event.objects.filter(pk=closed.pk).update(deadline=now() - timedelta(hours=1))
    Event.objects.filter(pk=over.pk).update(
        starts_at=now() - timedelta(days=3), ends_at=now() - timedelta(days=2), deadline=None
    )
    page = text(client.get(over.get_absolute_url()))
    assert ("event.ics" in page, "Wie komen er?" in page, "Geweest" in page) == (False, False, True)
    listed = text(client.get(DAYS))
    assert "Aanmelden is gesloten" in listed
    assert "Nog geen antwoord" not in listed


def test_an_offered_place_is_the_first_thing_under_the_title(enter):
    day = make.return_day(capacity=1)
    first, me = full(day, 2)
    answer(day, first, "no")
    page = text(enter(me).get(day.get_absolute_url()))
    assert (
        page.index("Er is een plek voor je") < page.index("Neem de plek of geef hem door") < page.index("Plaats</dt>")
    )
