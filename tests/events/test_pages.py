"""Sessions and return days as a member meets them: who sees what, and what each answer on the page does."""

import re
import uuid
from datetime import timedelta

import pytest

from accounts.clock import now
from accounts.models import Role
from events.models import Event, Rsvp, answer
from tests import make
from tests.events.test_answering import full, state

pytestmark = pytest.mark.django_db
DAYS = "/events/?kind=return-day"


def text(response) -> str:
    return response.content.decode()


def said(response) -> list[str]:
    """The states that the page tells."""
    return re.findall(r'data-state="(\w+)"', text(response))


def send(client, day, **fields):
    return client.post(f"{day.get_absolute_url()}rsvp/", fields)


# Who sees what


def test_sessions_are_for_their_own_cohort(enter):
    spring, autumn = make.cohort(), make.cohort()
    mine, other = make.session(spring, title="Onze"), make.session(autumn, title="Hunne")
    insider = make.person(cohort=spring)
    assert list(Event.objects.visible_to(insider)) == [mine]
    client = enter(insider)
    page = text(client.get("/events/"))
    assert "Onze" in page
    assert "Hunne" not in page
    assert client.get(mine.get_absolute_url()).status_code == 200
    for address in (other.get_absolute_url(), f"{other.get_absolute_url()}event.ics"):
        assert client.get(address).status_code == 404


def test_a_return_day_is_for_the_alumni_that_it_is_meant_for(enter):
    spring, autumn = make.cohort(state="alumni"), make.cohort(state="alumni")
    day = make.return_day(cohorts=[spring])
    people = {
        "alumnus": make.person(cohort=spring, alumnus=True),
        "another": make.person(cohort=autumn, alumnus=True),
        "participant": make.person(cohort=make.cohort()),
        "trainer": make.trainer(make.cohort()),
        "organiser": make.organiser(),
        "moderator": make.person(roles=[Role.MODERATOR]),
        "researcher": make.person(roles=[Role.RESEARCHER]),
        "keeper": make.person(roles=[Role.REGISTER_KEEPER]),
        "officer": make.person(roles=[Role.PRIVACY_OFFICER]),
        "administrator": make.person(roles=[Role.SITE_ADMINISTRATOR]),
    }
    readers = {"alumnus", "trainer", "organiser", "moderator"}
    assert {name for name, person in people.items() if Event.objects.visible_to(person).exists()} == readers
    for name, person in people.items():
        client = enter(person)
        seen = name in readers
        assert client.get(day.get_absolute_url()).status_code == (200 if seen else 404), name
        assert ("Terugkomdag</bdi>" in text(client.get(DAYS))) == seen, name
        assert send(client, day, answer="yes").status_code == (302 if seen else 404), name
    assert set(day.rsvps.values_list("person", flat=True)) == {people[name].pk for name in readers}


def test_a_suspended_alumnus_gets_nothing(enter):
    day, person = make.return_day(), make.person(alumnus=True)
    person.suspend(make.organiser(), "x")
    assert list(Event.objects.visible_to(person)) == []
    client = enter(person)
    for address in (day.get_absolute_url(), DAYS, f"{day.get_absolute_url()}event.ics"):
        assert b"Terugkomdag</h1>" not in client.get(address).content
        assert b"Werkhof" not in client.get(address).content
    send(client, day, answer="yes")
    assert not day.rsvps.exists()


def test_a_draft_is_seen_by_organisers_only(enter):
    day = make.return_day(announced=False)
    alumnus, organiser = make.person(alumnus=True), make.organiser()
    assert enter(alumnus).get(day.get_absolute_url()).status_code == 404
    assert send(enter(alumnus), day, answer="yes").status_code == 404
    assert "Terugkomdag</bdi>" not in text(enter(organiser).get(DAYS))
    page = enter(organiser).get(day.get_absolute_url())
    assert page.status_code == 200
    assert "concept" in text(page)
    assert send(enter(organiser), day, answer="yes").status_code == 409


def test_the_way_to_the_chat_is_for_who_reads_the_circle(enter):
    cohort = make.cohort()
    session = make.session(cohort)
    chat = f'href="{session.get_absolute_url()}chat/"'
    trainer, organiser = make.trainer(cohort), make.organiser()
    assert chat not in text(enter(trainer).get(session.get_absolute_url()))  # no room yet
    enter(trainer)
    session._meta.get_field("rooms").related_model.objects.create(event=session)
    for address in (session.get_absolute_url(), "/events/"):
        assert chat in text(enter(trainer).get(address))
    assert chat not in text(enter(organiser).get(session.get_absolute_url()))


def test_a_session_takes_no_answer(enter):
    cohort = make.cohort()
    session = make.session(cohort)
    client = enter(make.person(cohort=cohort))
    assert send(client, session, answer="yes").status_code == 404
    assert client.post(f"{session.get_absolute_url()}offer/", {"answer": "yes"}).status_code == 404


def test_only_names_that_were_given_free_are_shown_and_only_to_who_comes(enter):
    day = make.return_day()
    named, silent = make.person("Nora Named", alumnus=True), make.person("Sil Silent", alumnus=True)
    maybe, reader = make.person("May Be", alumnus=True), make.person(alumnus=True)
    answer(day, named, "yes", listed=True)
    answer(day, silent, "yes")
    answer(day, maybe, "maybe", listed=True)
    address = day.get_absolute_url()
    before = text(enter(reader).get(address))
    assert [name for name in ("Nora", "Sil", "May Be") if name in before] == []
    assert list(Rsvp.objects.visible_to(reader)) == []
    answer(day, reader, "yes")
    after = text(enter(reader).get(address))
    assert [name for name in ("Nora", "Sil", "May Be") if name in after] == ["Nora"]
    assert {rsvp.person for rsvp in Rsvp.objects.visible_to(reader)} == {named, reader}
    named.suspend(make.organiser(), "x")
    assert "Nora" not in text(enter(reader).get(address))


# Answering


def test_nothing_is_chosen_beforehand(enter):
    day = make.return_day(workshops=[("Luisteren", 4)])
    page = enter(make.person(alumnus=True)).get(day.get_absolute_url())
    assert said(page) == ["none"]
    form = re.search(r"<form[^>]*rsvp/.*?</form>", text(page), re.DOTALL)[0]
    assert "checked" not in form
    assert "Meld me aan" in form
    assert "nog 4 plekken" in form
    assert "Alleen de organisatie ziet dit. We wissen het 14 dagen na de terugkomdag." in form


def test_a_yes_with_everything(enter):
    day = make.return_day(workshops=[("Luisteren", 4)])
    person, workshop = make.person(alumnus=True), day.workshops.get()
    client = enter(person)
    fields = {"workshop": workshop.pk, "diet": "zonder noten", "access": "Een tolk\nvooraan", "listed": "on"}
    response = send(client, day, answer="yes", submission_id=str(uuid.uuid4()), **fields)
    assert (response.status_code, response["Location"]) == (302, day.get_absolute_url())
    mine = day.rsvps.get()
    assert (mine.state, mine.workshop, mine.listed) == ("yes", workshop, True)
    assert (mine.needs.diet, mine.needs.access) == ("zonder noten", "Een tolk\nvooraan")
    page = client.get(day.get_absolute_url())
    assert said(page) == ["yes"]
    assert all(word in text(page) for word in ("zonder noten", "Je komt", "Jouw workshop: Luisteren"))
    assert said(client.get(DAYS)) == ["yes"]


def test_each_answer_is_told_on_the_page_and_in_the_list(enter):
    day = make.return_day(capacity=1)
    anna, ben, cas = full(day, 3)
    answer(day, anna, "maybe")
    dirk = make.person(alumnus=True)
    answer(day, dirk, "no")
    expected = {anna: "maybe", ben: "offered", cas: "waiting", dirk: "no"}
    for person, told in expected.items():
        client = enter(person)
        assert said(client.get(day.get_absolute_url())) == [told]
        assert said(client.get(DAYS)) == [told]
    assert "Je staat op plek 1" in text(enter(cas).get(day.get_absolute_url()))


def test_when_it_is_full_the_button_says_so_before_one_presses_it(enter):
    day = make.return_day(capacity=1, workshops=[("Luisteren", 4)])
    full(day, 1)
    person = make.person(alumnus=True)
    page = text(enter(person).get(day.get_absolute_url()))
    assert "Zet me op de wachtlijst" in page
    assert "Meld me aan" not in page
    send(enter(person), day, answer="yes")
    assert state(day, person) == "waiting"


def test_yes_and_no_to_an_offer_are_equally_easy(enter):
    day = make.return_day(capacity=1)
    anna, ben = full(day, 2)
    answer(day, anna, "no")
    for address in (day.get_absolute_url(), DAYS):
        page = text(enter(ben).get(address))
        buttons = re.findall(r'<button class="([^"]*)"[^>]*name="answer" value="(yes|no)"', page)
        assert {value for _look, value in buttons} == {"yes", "no"}
        assert len({look for look, _value in buttons}) == 1
        assert re.search(r"tot <strong>\w+ \d+ \w+ \d{4} om \d+\.\d\d uur</strong>", page)
    client = enter(ben)
    offer = f"{day.get_absolute_url()}offer/"
    assert client.post(offer, {"answer": "maybe"}).status_code == 422
    assert client.post(offer, {"answer": "yes"}).status_code == 302
    assert client.post(offer, {"answer": "yes"}).status_code == 302  # pressed twice
    assert state(day, ben) == "yes"


def test_the_same_page_sent_twice_is_one_answer(enter):
    day, person, key = make.return_day(), make.person(alumnus=True), str(uuid.uuid4())
    client = enter(person)
    assert [send(client, day, answer="yes", submission_id=key).status_code for _ in range(2)] == [302, 302]
    assert (day.rsvps.get().revision, person.outgoing.filter(kind="rsvp").count()) == (1, 1)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"answer": "perhaps"},
        {"answer": "yes", "workshop": "999999"},
        {"answer": "yes", "diet": "x" * 301},
        {"answer": "yes", "access": "nul\x00"},
    ],
)
def test_an_answer_that_is_not_right_comes_back_as_it_was_typed(enter, fields):
    day, person = make.return_day(workshops=[("Luisteren", 4)]), make.person(alumnus=True)
    response = send(enter(person), day, **{"diet": "geen vis"} | fields)
    assert response.status_code == 422
    assert 'role="alert"' in text(response)
    assert fields.get("diet", "geen vis") in text(response)
    assert not day.rsvps.exists()


def test_a_workshop_of_another_day_is_not_to_be_chosen(enter):
    day, other = make.return_day(workshops=[("Luisteren", 4)]), make.return_day(workshops=[("Spreken", 4)])
    client = enter(make.person(alumnus=True))
    assert send(client, day, answer="yes", workshop=other.workshops.get().pk).status_code == 422


def test_a_workshop_that_became_full_gives_the_answer_back(enter):
    day = make.return_day(workshops=[("Luisteren", 1), ("Spreken", 1)])
    answer(day, make.person(alumnus=True), "yes", workshop=day.workshops.first())
    client = enter(make.person(alumnus=True))
    assert "(vol)" in text(client.get(day.get_absolute_url()))
    response = send(client, day, answer="yes", workshop=day.workshops.first().pk, diet="geen vis")
    assert response.status_code == 409
    assert all(words in text(response) for words in ("net vol", "geen vis"))
    assert day.rsvps.count() == 1


def test_too_late_is_said_and_nothing_changes(enter):
    day = make.return_day()
    anna, ben = make.person(alumnus=True), make.person(alumnus=True)
    answer(day, anna, "yes", diet="geen noten")
    Event.objects.update(deadline=now() - timedelta(minutes=1))
    response = send(enter(ben), day, answer="yes", diet="geen vis")
    assert response.status_code == 409
    assert all(words in text(response) for words in ("niet meer antwoorden", "geen vis"))
    assert list(day.rsvps.values_list("person", "state")) == [(anna.pk, "yes")]
    client = enter(anna)
    page = text(client.get(day.get_absolute_url()))
    assert "Meld me af" in page
    assert "Wijzig je antwoord" not in page
    assert send(client, day, answer="no").status_code == 302
    assert state(day, anna) == "no"


def test_what_one_told_can_be_taken_back_also_when_it_is_too_late(enter):
    day, anna = make.return_day(), make.person(alumnus=True)
    answer(day, anna, "yes", diet="geen noten", listed=True)
    Event.objects.update(deadline=now() - timedelta(minutes=1))
    client = enter(anna)
    for what in ("needs", "listed", "nonsense"):
        client.post(f"{day.get_absolute_url()}withdraw/", {"what": what})
    mine = day.rsvps.get()
    assert (mine.state, mine.listed, hasattr(mine, "needs")) == ("yes", False, False)


def test_a_day_that_does_not_go_on_says_so(enter):
    day = make.return_day()
    day.cancel(make.organiser())
    client = enter(make.person(alumnus=True))
    page = text(client.get(day.get_absolute_url()))
    assert page.index("Gaat niet door") < page.index('id="answer"')
    assert "Wie komen er?" not in page
    assert "event.ics" not in page
    assert send(client, day, answer="yes").status_code == 409
    assert client.post(f"{day.get_absolute_url()}offer/", {"answer": "yes"}).status_code == 409


def test_a_staff_member_speaks_dutch_or_english(enter):
    day = make.return_day()
    page = text(enter(make.person(alumnus=True, language="en")).get(day.get_absolute_url()))
    assert all(words in page for words in ("Return day</h1>", "Sign me up", "We erase it 14 days after"))
