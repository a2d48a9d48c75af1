"""What the mails say, in both languages, and what they never say."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.letters import CHANGES
from accounts.mail import CONTENTS
from accounts.models import Invitation, Outgoing, Role
from tests import make
from tests.accounts.mails import sent

pytestmark = pytest.mark.django_db
OURS = (
    "login_code",
    "stepup_code",
    "email_confirm",
    "unknown_account",
    "password_reset",
    "sign_in_changed",
    "invitation",
)


def queue(kind: str, person=None, language="nl", **data) -> Outgoing:
    address = "" if person else "someone@example.org"
    return Outgoing.queue(kind, person, address=address, data=data, language=language, dedupe_key=f"{kind}:{language}")


def test_every_kind_has_its_words():
    assert {*OURS, "role_granted"} <= set(CONTENTS)


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", "Je code is 123456. Hij werkt 15 minuten"), ("en", "Your code is 123456. It works for 15 minutes")],
)
def test_a_code_stands_in_its_mail(language, words):
    queue("login_code", make.person(language=language), language, code="123456")
    (message,) = sent()
    assert words in message.body
    assert "123456" not in message.subject
    assert "http" not in message.body


def test_a_code_that_no_longer_works_is_not_sent_any_more():
    row = queue("login_code", make.person(), code="123456")
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert sent() == []
    row.refresh_from_db()
    assert (row.state, row.data) == (Outgoing.State.DROPPED, {})


def test_a_secret_is_wiped_once_it_is_sent():
    row = queue("password_reset", make.person(), path="/accounts/password/reset/key/x-y/")
    assert "http://localhost:8000/accounts/password/reset/key/x-y/" in sent()[0].body
    row.refresh_from_db()
    assert row.data == {}


@pytest.mark.parametrize(("language", "greeting"), [("nl", "Dag Farida,"), ("en", "Hello Farida,")])
def test_an_invitation_names_who_invites_and_what_to_do(language, greeting, settings):
    cohort, organiser = make.cohort(), make.organiser(name='Eva <b> & "Co"')
    Invitation.send(cohort, organiser, "farida@example.org", "Farida Benali", language)
    (message,) = sent()
    assert message.to == ["farida@example.org"]
    assert message.body.startswith(greeting)
    assert 'Eva <b> & "Co"' in message.body
    assert f"{settings.SITE_URL}/invitations/" in message.body
    assert "14" in message.body
    assert cohort.name not in message.body + message.subject


def test_an_invitation_says_the_same_to_who_has_an_account():
    cohort, organiser, known = make.cohort(), make.organiser(), make.person("Farida Benali")
    for email in ("new@example.org", known.email):
        Invitation.send(cohort, organiser, email, "Farida Benali")
    bodies = [message.body.split("/invitations/") for message in sent()]
    assert bodies[0][0] == bodies[1][0]
    assert bodies[0][1].split("/", 1)[1] == bodies[1][1].split("/", 1)[1]


def test_an_invitation_that_was_taken_back_is_not_sent_any_more():
    organiser = make.organiser()
    Invitation.send(make.cohort(), organiser, "farida@example.org", "Farida").revoke(organiser)
    assert sent() == []


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_change_of_signing_in_is_told_in_words(what, language):
    queue("sign_in_changed", make.person("Farida Benali", language=language), language, what=what)
    (message,) = sent()
    assert "/me/sessions/" in message.body
    assert what not in message.body
    assert ("Was it you?" in message.body) == (language == "en")
    assert ("Was jij dat?" in message.body) == (language == "nl")


def test_a_role_is_told_to_the_privacy_officers_without_a_name():
    officer, lucky = make.person(roles=[Role.PRIVACY_OFFICER]), make.person("Farida Benali")
    lucky.grant(Role.MODERATOR, make.person("Wim Beheerd"))
    (message,) = sent()
    assert message.to == [officer.email]
    assert "moderator" in message.body
    for name in ("Farida", "Wim"):
        assert name not in message.body + message.subject


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_mail_says_more_than_it_must(language):
    cohort = make.cohort()
    person = make.person("Farida Benali", cohort=cohort, language=language)
    for kind in ("login_code", "stepup_code", "email_confirm"):
        queue(kind, person, language, code="123456")
    queue("unknown_account", None, language)
    queue("password_reset", person, language, path="/accounts/password/reset/key/x-y/")
    messages = sent()
    assert len(messages) == 5
    for message in messages:
        everything = message.subject + message.body + str(message.extra_headers)
        assert "Benali" not in everything
        assert cohort.name not in everything
        assert "&" not in message.body
        assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert len({message.subject for message in messages}) == 5
