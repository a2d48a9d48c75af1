"""What people need: for the organisers only, counted without names, each look written down, and erased in time."""

from datetime import timedelta

import pytest
import time_machine
from django.utils.translation import override

from accounts.clock import now
from accounts.models import AuditEntry, Role
from events.forms import needs_sentence
from events.models import Needs, answer
from events.tasks import erase_needs
from tests import make

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def who_needs(day, *needs) -> list:
    people = [make.person(f"Naam{number}", alumnus=True) for number in range(len(needs))]
    for person, (diet, access) in zip(people, needs, strict=True):
        answer(day, person, "yes", diet=diet, access=access)
    return people


def test_needs_are_read_by_oneself_and_by_organisers():
    day = make.return_day()
    (owner,) = who_needs(day, ("vegan", ""))
    others = [make.person(alumnus=True), make.trainer(make.cohort())]
    others += [make.person(roles=[role]) for role in (Role.MODERATOR, Role.PRIVACY_OFFICER, Role.SITE_ADMINISTRATOR)]
    for reader in (owner, make.organiser()):
        assert list(Needs.objects.visible_to(reader)) == [Needs.objects.get()]
    for reader in others:
        assert list(Needs.objects.visible_to(reader)) == []


def test_totals_have_no_names_and_small_numbers_are_not_told(enter):
    day = make.return_day()
    who_needs(
        day, ("Vegan, zonder noten", ""), ("vegan", "Een tolk"), ("vegan;halal", "Vooraan"),
        ("Ik ben allergisch voor alles wat uit zee komt", ""),
    )  # fmt: skip
    answer(day, make.person(alumnus=True), "maybe", diet="onbekend")
    page = text(enter(make.organiser()).get(f"/organise/return-days/{day.pk}/needs/"))
    assert "<bdi>vegan</bdi>: 3" in page
    assert "<bdi>halal</bdi>, <bdi>zonder noten</bdi>, iets anders: elk minder dan 3" in page.replace(
        "\n", " "
    ).replace("  ", " ")
    assert "Minder dan 3 mensen vragen iets." in page
    assert not any(words in page for words in ("Naam0", "Naam1", "tolk", "zee", "onbekend"))
    assert not AuditEntry.objects.filter(verb="see_needs").exists()


def test_each_look_at_names_is_written_down_for_each_person(enter):
    day, organiser = make.return_day(), make.organiser()
    anna, ben = who_needs(day, ("vegan", ""), ("", "Een tolk"))
    answer(day, make.person("Zonder", alumnus=True), "yes")
    client, address = enter(organiser), f"/organise/return-days/{day.pk}/needs/people/"
    page = text(client.get(address))
    assert all(words in page for words in ("Naam0", "vegan", "Naam1", "Een tolk"))
    assert "Zonder" not in page
    client.get(address)
    looks = AuditEntry.objects.filter(verb="see_needs")
    assert sorted(looks.values_list("actor", "subject")) == sorted([(organiser.pk, p.pk) for p in (anna, ben)] * 2)
    assert "vegan" not in str(list(looks.values()))
    assert [look.verb for look in AuditEntry.objects.visible_to(anna)] == ["see_needs"] * 2


def test_they_are_erased_two_weeks_after_the_day():
    day = make.return_day()
    (person,) = who_needs(day, ("vegan", ""))
    for away, left in ((timedelta(days=14) - timedelta(minutes=1), 1), (timedelta(days=14, minutes=1), 0)):
        with time_machine.travel(day.ends_at + away, tick=False):
            erase_needs()
            assert Needs.objects.count() == left
    assert day.rsvps.get().person == person


def test_filling_them_in_is_a_consent_to_the_sentence_above_it(enter):
    day, person = make.return_day(), make.person(alumnus=True)
    client = enter(person)
    client.post(f"{day.get_absolute_url()}rsvp/", {"answer": "yes", "diet": "vegan"})
    client.post(f"{day.get_absolute_url()}rsvp/", {"answer": "yes", "diet": "vegan"})
    (given,) = person.consents.all()
    assert (given.purpose, given.granted, given.language) == ("needs", True, "nl")
    with override("nl"):
        given_again = type(given).note(person, "needs", granted=True, text=needs_sentence(), at=now())
    assert given.text_hash == given_again.text_hash
    client.post(f"{day.get_absolute_url()}rsvp/", {"answer": "yes", "diet": ""})
    assert person.consents.first().granted is False
    assert not Needs.objects.exists()


def test_who_fills_in_nothing_consents_to_nothing():
    person = make.person(alumnus=True)
    answer(make.return_day(), person, "yes")
    assert not person.consents.exists()
