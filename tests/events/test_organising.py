"""An organiser's return days: writing down, announcing, calling off, places, and the list of answers."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from accounts.clock import now
from accounts.models import AuditEntry, Outgoing, Role
from events.models import Event, answer
from tests import make
from tests.events.test_answering import full, state, states

pytestmark = pytest.mark.django_db
BASE = "/organise/return-days/"
PAGES = ("", "edit/", "announce/", "cancel/", "capacity/", "answers/", "needs/", "needs/people/")


def text(response) -> str:
    return response.content.decode()


def rows(response) -> list[tuple[str, str]]:
    """(person, state) of each row in the list of answers."""
    return re.findall(r'<tr role="row" data-person="([^"]+)" data-state="(\w+)"', text(response))


@pytest.fixture
def organiser():
    return make.organiser()


def test_these_pages_do_not_exist_for_anybody_else(enter):
    day, draft = make.return_day(), make.return_day(announced=False)
    cohort = make.cohort()
    others = [make.person(alumnus=True), make.person(cohort=cohort), make.trainer(cohort)]
    others += [make.person(roles=[role]) for role in Role.values if role not in ("organiser", "participant", "alumnus")]
    for person in others:
        client = enter(person)
        for address in [BASE, f"{BASE}new/", *(f"{BASE}{one.pk}/{page}" for one in (day, draft) for page in PAGES)]:
            assert client.get(address).status_code == 404, (person.role_words, address)
            assert client.post(address, {"capacity": 1}).status_code in (404, 405), (person.role_words, address)
    day.refresh_from_db()
    assert (day.capacity, day.cancelled_at, draft.announced_at) == (None, None, None)


def test_an_organiser_finds_every_page(enter, organiser):
    day, draft = make.return_day(capacity=2), make.return_day(announced=False, days=40)
    full(day, 3)
    client = enter(organiser)
    assert [client.get(f"{BASE}{day.pk}/{page}").status_code for page in PAGES] == [
        200,
        200,
        403,
        200,
        302,
        200,
        200,
        200,
    ]
    assert client.get(f"{BASE}{draft.pk}/announce/").status_code == 200
    assert all(
        words in text(client.get(BASE)) for words in ("Concept", "Aanmelden kan tot", "2 van 2 plekken", "1 wacht")
    )


def test_a_session_is_no_return_day(enter, organiser):
    session = make.session()
    assert enter(organiser).get(f"{BASE}{session.pk}/").status_code == 404


def test_announcing_tells_who_and_how_many_first(enter, organiser):
    spring, autumn = make.cohort(state="alumni"), make.cohort(state="alumni")
    invited = [make.person(cohort=spring, alumnus=True) for _ in range(2)]
    suspended = make.person(cohort=spring, alumnus=True)
    suspended.suspend(organiser, "x")
    make.person(cohort=spring)  # without a certificate
    make.person(cohort=autumn, alumnus=True)
    day = make.return_day(announced=False, cohorts=[spring])
    client, address = enter(organiser), f"{BASE}{day.pk}/announce/"
    page = text(client.get(address))
    assert "2 mensen krijgen een uitnodiging per mail." in page
    assert spring.name in page
    assert [client.post(address).status_code for _ in range(2)] == [302, 302]
    mails = Outgoing.objects.filter(kind="return_day_invitation")
    assert set(mails.values_list("person", flat=True)) == {person.pk for person in invited}
    assert mails.count() == 2
    assert AuditEntry.objects.filter(verb="announce").count() == 1


def test_a_day_that_nobody_could_answer_is_not_announced(enter, organiser):
    day = make.return_day(announced=False, deadline=now() - timedelta(days=1))
    client = enter(organiser)
    assert "te laat" in text(client.get(f"{BASE}{day.pk}/announce/"))
    assert client.post(f"{BASE}{day.pk}/announce/").status_code == 409
    day.refresh_from_db()
    assert day.is_draft


def test_calling_off_tells_those_who_need_to_know(enter, organiser):
    day = make.return_day(capacity=2)
    anna, ben, cas = full(day, 3)
    dirk, eva = make.person(alumnus=True), make.person(alumnus=True)
    answer(day, dirk, "maybe")
    answer(day, eva, "no")
    client, address = enter(organiser), f"{BASE}{day.pk}/cancel/"
    assert "4 mensen horen per mail" in text(client.get(address))
    assert [client.post(address).status_code for _ in range(2)] == [302, 302]
    told = Outgoing.objects.filter(kind="return_day_cancelled").values_list("person", flat=True)
    assert sorted(told) == sorted(person.pk for person in (anna, ben, cas, dirk))
    day.refresh_from_db()
    assert (day.state, day.sequence) == ("cancelled", 1)
    for page in ("edit/", "capacity/", "announce/"):
        assert client.post(f"{BASE}{day.pk}/{page}", {"capacity": 9}).status_code in (302, 403)
    day.refresh_from_db()
    assert day.capacity == 2


def test_more_places_are_offered_at_once(enter, organiser):
    day = make.return_day(capacity=1)
    people = full(day, 3)
    response = enter(organiser).post(f"{BASE}{day.pk}/capacity/", {"capacity": "2"}, follow=True)
    assert "aangeboden aan wie wacht" in text(response)
    assert states(day, people) == ["yes", "offered", "waiting"]


def test_fewer_places_than_are_taken_is_allowed_and_said(enter, organiser):
    day = make.return_day(capacity=3)
    people = full(day, 3)
    response = enter(organiser).post(f"{BASE}{day.pk}/capacity/", {"capacity": "1"}, follow=True)
    assert "Niemand verliest een plek" in text(response)
    assert states(day, people) == ["yes"] * 3


@pytest.mark.parametrize("capacity", ["-1", "0", "1000000000", "9" * 400, "veel", "1.5"])
def test_a_number_of_places_that_cannot_be_is_refused_with_words(enter, organiser, capacity):
    day = make.return_day(capacity=3)
    response = enter(organiser).post(f"{BASE}{day.pk}/capacity/", {"capacity": capacity})
    assert response.status_code == 422
    assert re.search(r"(minstens 1 plek|te veel|heel aantal)", text(response))
    assert capacity in text(response)
    day.refresh_from_db()
    assert day.capacity == 3


def test_the_list_has_everyone_once_and_the_line_in_order(enter, organiser):
    day = make.return_day(capacity=2)
    anna, ben, cas, dirk, eva = full(day, 5)
    answer(day, anna, "no")  # cas is offered the place
    answer(day, dirk, "no")
    answer(day, dirk, "yes")  # last in line
    fem = make.person(alumnus=True)
    answer(day, fem, "maybe")
    silent = make.person("Zoë", alumnus=True)
    client = enter(organiser)
    page = client.get(f"{BASE}{day.pk}/answers/")
    assert rows(page) == [
        (str(person.pk), told)
        for person, told in (
            (ben, "yes"), (cas, "offered"), (eva, "waiting"), (dirk, "waiting"), (fem, "maybe"), (anna, "no"),
            (silent, "none"),
        )
    ]  # fmt: skip
    assert "vastgehouden tot" in text(page)
    assert re.findall(r"nummer (\d+)", text(page)) == ["1", "2"]
    assert rows(client.get(f"{BASE}{day.pk}/answers/?show=waiting")) == [(str(p.pk), "waiting") for p in (eva, dirk)]
    for words in ("zo", "z\x00o"):  # PostgreSQL takes no NUL
        assert rows(client.get(f"{BASE}{day.pk}/answers/?{urlencode({'q': words})}")) == [(str(silent.pk), "none")]


def test_an_offer_that_ran_out_counts_as_no_answer(enter, organiser):
    day = make.return_day(capacity=1)
    anna, ben = full(day, 2)
    answer(day, anna, "no")
    ben.rsvps.get().offers.update(until=now())
    page = enter(organiser).get(f"{BASE}{day.pk}/answers/")
    assert rows(page) == [(str(anna.pk), "no"), (str(ben.pk), "none")]
    assert state(day, ben) == "lapsed"
    assert rows(enter(organiser).get(f"{BASE}{day.pk}/answers/?show=none")) == [(str(ben.pk), "none")]


def test_a_long_list_goes_on_on_another_page(enter, organiser, monkeypatch):
    monkeypatch.setattr("events.views.answers.ROWS", 3)
    day = make.return_day(capacity=2)
    people = full(day, 4)
    people += [make.person(f"Zus {number}", alumnus=True) for number in range(4)]
    client, found = enter(organiser), []
    for page in (1, 2, 3):
        response = client.get(f"{BASE}{day.pk}/answers/?page={page}")
        found += rows(response)
        assert ('rel="next"' in text(response)) == (page < 3)
    assert [person for person, _state in found] == [str(person.pk) for person in people]


def test_the_list_tells_nobody_what_someone_needs(enter, organiser):
    day = make.return_day()
    answer(day, make.person(alumnus=True), "yes", diet="glutenvrij", access="Een tolk")
    for page in ("", "answers/"):
        assert not re.search("glutenvrij|tolk", text(enter(organiser).get(f"{BASE}{day.pk}/{page}")))


def test_an_organiser_answers_for_themselves_like_anyone_else(enter, organiser):
    day = make.return_day()
    assert enter(organiser).post(f"{day.get_absolute_url()}rsvp/", {"answer": "yes"}).status_code == 302
    assert state(day, organiser) == "yes"


def test_who_is_added_later_is_invited_and_nobody_twice(organiser):
    spring, autumn = make.cohort(state="alumni"), make.cohort(state="alumni")
    first, second = make.person(cohort=spring, alumnus=True), make.person(cohort=autumn, alumnus=True)
    day = make.return_day(cohorts=[spring])
    Event.objects.get(pk=day.pk).change(organiser, cohorts=[spring, autumn])
    mails = Outgoing.objects.filter(kind="return_day_invitation")
    assert sorted(mails.values_list("person", flat=True)) == sorted([first.pk, second.pk])
