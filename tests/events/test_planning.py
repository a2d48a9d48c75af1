"""Writing a return day down: hours that exist, an order that makes sense, workshops, and who was invited."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.clock import now, today
from accounts.models import Outgoing
from events.models import Event, answer
from events.programme import lines_of
from tests import make
from tests.events.test_answering import full

pytestmark = pytest.mark.django_db
BASE = "/organise/return-days/"
NONE = {"workshops-TOTAL_FORMS": "0", "workshops-INITIAL_FORMS": "0"}


def text(response) -> str:
    return response.content.decode()


def words(**fields) -> dict:
    usual = {
        "title_nl": "Oefenmiddag", "day": (today() + timedelta(days=60)).isoformat(), "starts": "13:00", "ends": "17:30",
        "place": "De Werkhof", "capacity": "20",
    }  # fmt: skip
    return usual | NONE | fields


def shop(number, **fields) -> dict:
    usual = {"id": "", "title": "Luisteren", "by": "Dr. Wies", "summary": "", "capacity": "6"}
    return {f"workshops-{number}-{name}": value for name, value in (usual | fields).items()}


@pytest.fixture
def client(enter):
    return enter(make.organiser())


def test_a_new_day_is_a_draft_with_all_that_was_typed(client):
    cohort = make.cohort(state="alumni")
    typed = words(
        title_en="Practice", summary_nl="Over vragen.", access="Lift", programme="13.00 Lunch", cohorts=[cohort.pk],
        deadline=(today() + timedelta(days=50)).isoformat(), **shop(0), **{"workshops-TOTAL_FORMS": "1"},
    )  # fmt: skip
    response = client.post(f"{BASE}new/", typed)
    day = Event.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"{BASE}{day.pk}/")
    assert (day.title_nl, day.title_en, day.capacity, day.state) == ("Oefenmiddag", "Practice", 20, "draft")
    assert list(day.cohorts.all()) == [cohort]
    local = timezone.localtime(day.starts_at)
    assert (local.hour, local.date()) == (13, today() + timedelta(days=60))
    assert timezone.localtime(day.deadline).strftime("%H:%M") == "23:59"
    assert [(one.title, one.by, one.capacity) for one in day.workshops.all()] == [("Luisteren", "Dr. Wies", 6)]
    assert not Outgoing.objects.exists()


def test_a_new_day_sent_twice_is_one_draft_with_the_last_words(client):
    page = text(client.get(f"{BASE}new/"))
    name = re.search(r'name="submission_id" value="([^"]+)"', page)[1]
    shops = shop(0) | {"workshops-TOTAL_FORMS": "1"}
    first = client.post(f"{BASE}new/", words(submission_id=name, **shops))
    again = client.post(f"{BASE}new/", words(submission_id=name, **shops))
    other = client.post(f"{BASE}new/", words(submission_id=name, title_nl="Leesmiddag", **shops))
    day = Event.objects.get()
    assert {answer["Location"] for answer in (first, again, other)} == {f"{BASE}{day.pk}/"}
    assert (day.title_nl, [one.title for one in day.workshops.all()]) == ("Leesmiddag", ["Luisteren"])


def test_the_name_of_a_form_never_reaches_the_day_of_another_or_one_that_is_announced():
    me = make.organiser()
    others, mine = make.return_day(announced=False), make.return_day(by=me)
    client = Client()
    client.force_login(me, backend="allauth.account.auth_backends.AuthenticationBackend")
    for known in (others, mine, make.session()):
        client.post(f"{BASE}new/", words(submission_id=str(known.pk)))
        assert Event.objects.get(pk=known.pk).title_nl == known.title_nl
    client.post(f"{BASE}new/", words(submission_id="nonsense"))
    assert Event.objects.filter(title_nl="Oefenmiddag", announced_at=None).count() == 4


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"title_nl": " "}, "title_nl", "Vul een titel in"),
        ({"day": ""}, "day", "Vul een dag in"),
        ({"day": "morgen"}, "day", "Vul een dag in"),
        ({"day": "2020-01-01"}, "day", "voorbij"),
        ({"day": "9999-12-31"}, "day", "te ver weg"),
        ({"starts": "25:00"}, "starts", "Vul een tijd in"),
        ({"ends": "13:00"}, "ends", "voordat het begint"),
        ({"ends": "12:00"}, "ends", "voordat het begint"),
        ({"capacity": "-1"}, "capacity", "minstens 1 plek"),
        ({"capacity": "1000000000"}, "capacity", "te veel"),
        ({"deadline": (now() + timedelta(days=90)).date().isoformat()}, "deadline", "niet na de terugkomdag"),
        ({"cohorts": ["nonsense"]}, "cohorts", ""),
        ({"place": "x" * 201}, "place", "te lang"),
        ({"title_nl": "nul\x00"}, "title_nl", "niet kunnen bewaren"),
    ],
)
def test_what_cannot_be_is_refused_and_kept(client, fields, field, reason):
    response = client.post(f"{BASE}new/", words(summary_nl="Blijft <staan>") | fields)
    assert response.status_code == 422
    assert reason in text(response)
    assert f'href="#id_{field}' in text(response)
    assert "Blijft &lt;staan&gt;" in text(response)
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("day", "starts", "ends", "field"),
    [("2027-03-28", "02:30", "09:00", "starts"), ("2027-03-28", "01:00", "02:00", "ends")],
)
def test_an_hour_that_the_clock_skips_is_refused(client, day, starts, ends, field):
    with time_machine.travel("2027-01-10T12:00Z", tick=False):
        client = fresh(client)
        response = client.post(f"{BASE}new/", words(day=day, starts=starts, ends=ends))
    assert response.status_code == 422
    assert "bestaat niet" in text(response)
    assert f'href="#id_{field}"' in text(response)


def fresh(client):
    """The same organiser, signed in at the moment that it is now."""
    organiser = make.organiser()
    client.force_login(organiser, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_of_an_hour_that_comes_twice_the_first_is_meant_and_said(client):
    with time_machine.travel("2027-01-10T12:00Z", tick=False):
        client = fresh(client)
        response = client.post(f"{BASE}new/", words(day="2027-10-31", starts="02:30", ends="09:00"), follow=True)
    assert "komt die nacht twee keer" in text(response)
    assert Event.objects.get().starts_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(("day", "hour"), [("2027-03-02", 11), ("2027-03-30", 10)])
def test_noon_is_noon_on_the_clock_in_amsterdam(client, day, hour):
    with time_machine.travel("2027-01-10T12:00Z", tick=False):
        fresh(client).post(f"{BASE}new/", words(day=day, starts="12:00"))
    assert Event.objects.get().starts_at.hour == hour


def edit_of(day, **fields) -> dict:
    """The form as it stands, with something else in it."""
    local = timezone.localtime(day.starts_at)
    same = {"title_nl": day.title_nl, "title_en": day.title_en, "place": day.place, "day": local.date().isoformat()}
    same |= {"starts": local.strftime("%H:%M"), "ends": timezone.localtime(day.ends_at).strftime("%H:%M")}
    same |= {"cohorts": [cohort.pk for cohort in day.cohorts.all()]}
    shops = list(day.workshops.all())
    for number, one in enumerate(shops):
        same |= shop(number, id=one.pk, title=one.title, by=one.by, capacity=one.capacity)
    counts = {"workshops-TOTAL_FORMS": str(len(shops)), "workshops-INITIAL_FORMS": str(len(shops))}
    return same | counts | fields


def noon(days=30):
    """A moment at a whole minute, so that the form gives it back."""
    return timezone.localtime(now() + timedelta(days=days)).replace(hour=12, minute=0, second=0, microsecond=0)


def test_another_place_or_moment_is_told_to_who_comes(client):
    day = make.return_day(capacity=1, starts_at=noon())
    anna, ben = full(day, 2)
    cas = make.person(alumnus=True)
    answer(day, cas, "no")
    response = client.post(f"{BASE}{day.pk}/edit/", edit_of(day, place="Elders"), follow=True)
    assert "hoort per mail wat er verandert" in text(response)
    told = Outgoing.objects.filter(kind="return_day_changed").values_list("person", flat=True)
    assert sorted(told) == sorted([anna.pk, ben.pk])
    day.refresh_from_db()
    assert (day.place, day.sequence, day.capacity) == ("Elders", 1, 1)


def test_other_words_are_told_to_nobody(client):
    day = make.return_day(starts_at=noon())
    full(day, 1)
    client.post(f"{BASE}{day.pk}/edit/", edit_of(day, summary_nl="Meer woorden"))
    assert not Outgoing.objects.filter(kind="return_day_changed").exists()
    day.refresh_from_db()
    assert (day.summary_nl, day.sequence) == ("Meer woorden", 0)


def test_a_workshop_keeps_who_chose_it_when_it_gets_another_name(client):
    day = make.return_day(workshops=[("Luisteren", 6), ("Spreken", 6)], starts_at=noon())
    anna, workshop = make.person(alumnus=True), day.workshops.first()
    answer(day, anna, "yes", workshop=workshop)
    gone = edit_of(day) | shop(1, id=day.workshops.last().pk, title="")
    assert client.post(f"{BASE}{day.pk}/edit/", gone | {"workshops-0-title": "Horen"}).status_code == 302
    assert [(one.pk, one.title) for one in day.workshops.all()] == [(workshop.pk, "Horen")]
    assert day.rsvps.get().workshop == workshop
    response = client.post(f"{BASE}{day.pk}/edit/", edit_of(day) | {"workshops-0-title": ""})
    assert response.status_code == 422
    assert "1 persoon koos" in text(response)
    assert day.workshops.count() == 1


def test_a_workshop_of_another_day_is_left_alone(client):
    other = make.return_day(workshops=[("Van een ander", 6)]).workshops.get()
    day = make.return_day(starts_at=noon())
    typed = edit_of(day) | shop(0, id=other.pk, title="Gekaapt") | {"workshops-TOTAL_FORMS": "1"}
    client.post(f"{BASE}{day.pk}/edit/", typed)
    other.refresh_from_db()
    assert (other.title, day.workshops.get().title) == ("Van een ander", "Gekaapt")


@pytest.mark.parametrize("missing", ["capacity", "management"])
def test_workshops_that_are_not_right_come_back(client, missing):
    typed = words(**shop(0, capacity=""), **{"workshops-TOTAL_FORMS": "1"})
    if missing == "management":
        typed = {name: value for name, value in typed.items() if not name.endswith("_FORMS")}
    assert client.post(f"{BASE}new/", typed).status_code == 422
    assert not Event.objects.exists()


def test_who_was_invited_stays_invited(client):
    spring, autumn = make.cohort(state="alumni"), make.cohort(state="alumni")
    day = make.return_day(cohorts=[spring, autumn], starts_at=noon())
    response = client.post(f"{BASE}{day.pk}/edit/", edit_of(day, cohorts=[spring.pk]))
    assert response.status_code == 422
    assert "al uitgenodigd" in text(response)
    assert client.post(f"{BASE}{day.pk}/edit/", edit_of(day, cohorts=[])).status_code == 302
    assert not day.cohorts.exists()


def test_a_day_that_is_over_is_not_written_again(client):
    day = make.return_day()
    Event.objects.update(starts_at=now() - timedelta(hours=5), ends_at=now() - timedelta(hours=1))
    assert client.get(f"{BASE}{day.pk}/edit/").status_code == 403
    assert client.post(f"{BASE}{day.pk}/edit/", edit_of(day, title_nl="Anders")).status_code == 403


def test_a_programme_is_read_as_people_type_it():
    typed = "13:00 Lunch\n\n  9.30 uur Inloop\nmet koffie\n25:00 Nooit\n17:10Geen spatie"
    found = [(when and when.strftime("%H:%M"), what) for when, what in lines_of(typed)]
    assert found == [
        ("13:00", "Lunch"), ("09:30", "Inloop"), (None, "met koffie"), (None, "25:00 Nooit"), (None, "17:10Geen spatie"),
    ]  # fmt: skip
