"""Mails about the register tell that something was kept, and nothing of what."""

import pytest
from django.core import mail

from accounts.models import Outgoing
from accounts.research.models import Scope
from accounts.tasks import send_mail
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_confirmation_has_a_link_and_no_choices(language):
    person = make.person("Wilhelmina Zonnebloem", alumnus=True, language=language)
    make.entry(person, list(Scope.values), cap=6)
    send_mail()
    (message,) = mail.outbox
    assert message.to == [person.email]
    assert "/research/receipt/" in message.body
    assert "/research/withdraw/" in message.body
    assert "Wilhelmina" in message.body
    for scope in Scope:
        for word in (scope.value, str(scope.label)):
            assert word not in (message.subject + message.body).lower()


def test_stopping_is_confirmed_also_to_who_is_suspended():
    entry = make.entry()
    send_mail()
    entry.person.suspend(make.organiser(), "because")
    entry.withdraw()
    send_mail()
    assert [message.subject for message in mail.outbox] == ["Bevestiging van je keuze", "Je bent gestopt"]


def test_who_stopped_before_it_was_sent_is_only_told_that(settings):
    entry = make.entry()
    entry.withdraw()
    send_mail()
    assert [message.subject for message in mail.outbox] == ["Je bent gestopt"]
    assert Outgoing.objects.get(kind="consent_confirmed").state == "dropped"


def test_who_joined_again_before_it_was_sent_is_not_told_about_stopping():
    person = make.entry().person
    person.research_entry.withdraw()
    make.entry(person)
    send_mail()
    assert {message.subject for message in mail.outbox} == {"Bevestiging van je keuze"}
    assert Outgoing.objects.get(kind="withdrawal_confirmed").state == "dropped"
