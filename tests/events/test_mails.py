"""Mails about return days: in the reader's language, once, and only while they still hold."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from icalendar import Calendar

from accounts.models import Outgoing
from accounts.tasks import send_mail
from events.models import Event, answer, answer_offer
from events.tasks import settle_offers
from tests import make

pytestmark = pytest.mark.django_db
START = datetime(2027, 6, 11, 13, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2027-05-20T10:00Z", tick=False) as clock:
        yield clock


def day(**fields) -> Event:
    return make.return_day(starts_at=START, **{"capacity": 1} | fields)


def alumnus(language="nl", name="Noor de Wit"):
    return make.person(name, alumnus=True, language=language)


def sent_to(person) -> list:
    """What this person gets now."""
    send_mail()
    return [message for message in mail.outbox if message.to == [person.email]]


def calendar_of(message):
    ((_name, content, kind),) = message.attachments
    assert kind == "text/calendar"
    (entry,) = Calendar.from_ical(content).walk("VEVENT")
    return entry


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        (
            "nl",
            "Kom je naar de terugkomdag op 11 juni 2027?",
            ["Dag Noor,", "van 13.00 uur tot 17.00 uur", "Terugkomdag"],
        ),
        (
            "en",
            "Are you coming to the return day on 11 June 2027?",
            ["Hello Noor,", "from 13:00 to 17:00", "Return day"],
        ),
    ],
)
def test_an_invitation(language, subject, words):
    person = alumnus(language)
    event = day()
    (message,) = sent_to(person)
    assert message.subject == subject
    assert all(word in message.body for word in [*words, event.get_absolute_url()])


def test_an_invitation_is_not_sent_to_who_answered_already_or_may_not_come_in_any_more():
    noor, bram, cas = alumnus(), alumnus(name="Bram"), alumnus(name="Cas")
    event = day()
    answer(event, noor, "maybe")
    bram.suspend(make.organiser(), "x")
    send_mail()
    kinds = Outgoing.objects.filter(kind="return_day_invitation").values_list("person", "state")
    assert dict(kinds) == {noor.pk: "dropped", bram.pk: "dropped", cas.pk: "sent"}


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("nl", "Je aanmelding voor 11 juni 2027 is binnen", "Jouw workshop: Luisteren."),
        ("en", "Your place on 11 June 2027 is confirmed", "Your workshop: Luisteren."),
    ],
)
def test_a_confirmation_has_the_entry_for_the_calendar(language, subject, words):
    event, person = day(workshops=[("Luisteren", 5)]), alumnus(language)
    answer(event, person, "yes", workshop=event.workshops.get(), diet="glutenvrij")
    (message,) = sent_to(person)
    assert message.subject == subject
    assert words in message.body
    assert "glutenvrij" not in message.message().as_string()
    entry = calendar_of(message)
    assert entry.decoded("dtstart") == START
    assert entry["summary"] == ("Bijeenkomst" if language == "nl" else "Meeting")


@pytest.mark.parametrize(
    ("language", "waits", "offered", "until"),
    [
        (
            "nl",
            "Je staat op plek 1 van de wachtlijst",
            "Er is een plek vrij. Wil je hem?",
            "zaterdag 22 mei 2027 om 12.00 uur",
        ),
        (
            "en",
            "You are number 1 on the waiting list",
            "A place is free. Do you want it?",
            "Saturday 22 May 2027 at 12:00",
        ),
    ],
)
def test_waiting_and_an_offer_with_its_end_in_words(language, waits, offered, until):
    event, first, person = day(), alumnus(), alumnus(language)
    answer(event, first, "yes")
    answer(event, person, "yes")
    (message,) = sent_to(person)
    assert waits in message.body
    assert message.attachments == []
    answer(event, first, "no")
    message = sent_to(person)[-1]
    assert message.subject == offered
    assert until in message.body
    answer_offer(event, person, accept=True)
    assert calendar_of(sent_to(person)[-1])["status"] == "CONFIRMED"


@pytest.mark.parametrize(("choice", "subject"), [("maybe", "misschien"), ("no", "nee")])
def test_maybe_and_no_are_confirmed(choice, subject):
    event, person = day(), alumnus()
    answer(event, person, choice)
    (message,) = sent_to(person)
    assert message.subject == f"Je antwoord voor 11 juni 2027: {subject}"
    assert event.get_absolute_url() in message.body


def test_an_offer_that_ran_out_is_told_and_an_old_offer_is_not(_clock):
    event, first, person = day(), alumnus(), alumnus()
    answer(event, first, "yes")
    answer(event, person, "yes")
    answer(event, first, "no")
    _clock.shift(timedelta(hours=48))
    settle_offers()
    assert [message.subject for message in sent_to(person)] == ["De plek voor 11 juni 2027 ging naar de volgende"]


def test_only_the_last_of_two_answers_is_mailed():
    event, person = day(), alumnus()
    answer(event, person, "yes")
    answer(event, person, "no")
    assert [message.subject for message in sent_to(person)] == ["Je antwoord voor 11 juni 2027: nee"]


def test_calling_off_reaches_the_calendar():
    event, comes, waits = day(), alumnus(), alumnus()
    answer(event, comes, "yes")
    answer(event, waits, "yes")
    event.cancel(make.organiser())
    assert [message.subject for message in sent_to(waits)] == ["De terugkomdag op 11 juni 2027 gaat niet door"]
    (message,) = sent_to(comes)
    assert calendar_of(message)["status"] == "CANCELLED"


def test_another_moment_reaches_the_calendar_once():
    event, person, organiser = day(), alumnus(), make.organiser()
    answer(event, person, "yes")
    event.change(organiser, place="Ergens")
    event.change(organiser, starts_at=START + timedelta(days=1), ends_at=START + timedelta(days=1, hours=4))
    (_confirmed, message) = sent_to(person)
    assert message.subject == "De terugkomdag is veranderd: nu op 12 juni 2027"
    assert "Ergens" in message.body
    assert calendar_of(message)["sequence"] == 2


def test_who_was_suspended_meanwhile_gets_nothing():
    event, person = day(), alumnus()
    answer(event, person, "yes")
    person.suspend(make.organiser(), "x")
    event.cancel(make.organiser())
    assert sent_to(person) == []
