"""Coming in by invitation: the secret in the mail, once, and only for a newcomer."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Cohort, Invitation, Membership, Outgoing, Role, Session, User
from tests import make
from tests.accounts.mails import path_in, sent
from tests.house.addresses import KEY

pytestmark = pytest.mark.django_db
WORDS = {"name": "Farida Benali", "language": "nl", "password": ""}


@pytest.fixture
def cohort():
    return make.cohort()


def invite(cohort, email="farida@example.org", **more) -> str:
    """Invite someone and read the address of the page from the mail."""
    Invitation.send(cohort, make.organiser(), email, more.pop("name", "Farida Benali"), **more)
    return path_in(sent()[-1])


def plain(answer) -> str:
    """A page without its token and its own address."""
    return re.sub(r'value="[^"]+"', "", answer.content.decode())


def test_a_newcomer_accepts_and_has_a_place_an_account_and_a_session(client, cohort):
    page = invite(cohort)
    assert cohort.name in client.get(page).content.decode()
    response = client.post(page, WORDS)
    person = User.objects.get(email="farida@example.org")
    assert response.url == reverse("accounts:agreements")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert (person.name, person.language, person.has_usable_password()) == ("Farida Benali", "nl", False)
    assert [(m.cohort, m.role) for m in person.memberships.all()] == [(cohort, Role.PARTICIPANT)]
    assert Session.objects.of(person).count() == 1
    assert not person.is_admitted


def test_looking_at_an_invitation_changes_nothing(client, cohort):
    page = invite(cohort)
    before = (User.objects.count(), Membership.objects.count())
    for _ in range(3):
        assert client.get(page).status_code == 200
    assert (User.objects.count(), Membership.objects.count()) == before
    assert Invitation.objects.get().waits


def test_a_password_is_a_choice_and_is_judged(client, cohort):
    page = invite(cohort)
    refused = client.post(page, WORDS | {"password": "short"})
    assert refused.status_code == 422
    assert 'id="id_password_error"' in refused.content.decode()
    assert 'value="Farida Benali"' in refused.content.decode()
    client.post(page, WORDS | {"password": "een lang genoeg woord"})
    assert User.objects.get(email="farida@example.org").check_password("een lang genoeg woord")


def test_an_invitation_works_once(client, cohort):
    page = invite(cohort)
    client.post(page, WORDS)
    client.logout()
    again = client.post(page, WORDS | {"name": "Iemand anders"})
    assert again.status_code == 404
    assert User.objects.filter(email="farida@example.org").count() == 1
    assert "_auth_user_id" not in client.session


def double_click(client, page) -> tuple:
    """The same form sent twice; the second press leaves without the cookies of the first answer."""
    form = WORDS | {
        "submission_id": re.search(r'name="submission_id" value="([^"]+)"', client.get(page).content.decode())[1]
    }
    client.post(page, form)
    return Client(), form


def test_who_presses_twice_comes_in_once(client, cohort):
    page = invite(cohort)
    second, form = double_click(client, page)
    answer = second.post(page, form)
    assert answer.url == reverse("accounts:agreements")
    assert second.session["_auth_user_id"] == client.session["_auth_user_id"]
    assert User.objects.filter(email="farida@example.org").count() == 1


@pytest.mark.parametrize("other", [{}, {"submission_id": ""}, {"submission_id": "no-uuid"}, {"submission_id": KEY}])
def test_a_used_invitation_lets_in_no_other_form(client, cohort, other):
    page = invite(cohort)
    second, form = double_click(client, page)
    del form["submission_id"]
    assert second.post(page, form | other).status_code == 404
    assert "_auth_user_id" not in second.session


def test_a_used_invitation_lets_nobody_in_a_minute_later(client, cohort):
    page = invite(cohort)
    second, form = double_click(client, page)
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        assert second.post(page, form).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_took_the_place_and_is_signed_in_goes_on(client, cohort, method):
    page = invite(cohort)
    client.post(page, WORDS)
    assert getattr(client, method)(page).url == "/"


def test_used_revoked_expired_and_unknown_look_the_same(client, cohort):
    used, revoked = invite(cohort), invite(cohort, "b@example.org")
    client.post(used, WORDS)
    client.logout()
    Invitation.objects.get(email="b@example.org").revoke(make.organiser())
    answers = [client.get(page) for page in (used, revoked, "/invitations/no-such-secret/")]
    expired = invite(cohort, "c@example.org")
    with time_machine.travel(timezone.now() + timedelta(days=14, minutes=1)):
        answers += [client.get(expired), client.post(expired, WORDS)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({plain(answer) for answer in answers[:3]}) == 1
    assert "werkt niet meer" in answers[3].content.decode()
    assert User.objects.filter(email="c@example.org").count() == 0


def test_the_secret_is_stored_nowhere(client, cohort):
    page = invite(cohort)
    token = page.split("/")[2]
    assert token not in str(list(Invitation.objects.values())) + str(list(Outgoing.objects.values()))


def test_an_invitation_never_opens_an_account_that_is_there(client, cohort):
    person = make.person(cohort=make.cohort(), password=make.PASSWORD)
    page = invite(cohort, person.email.upper())
    for answer in (client.get(page), client.post(page, WORDS | {"password": "een lang genoeg woord"})):
        assert "_auth_user_id" not in client.session
        assert reverse("account_request_login_code") in answer.content.decode()
    person.refresh_from_db()
    assert person.check_password(make.PASSWORD)
    assert not person.takes_part(cohort)


def test_who_has_an_account_takes_the_place_after_signing_in(enter, cohort):
    person = make.person(cohort=make.cohort())
    page = invite(cohort, person.email)
    assert enter(person).post(page).url == "/"
    assert User.objects.get(pk=person.pk).takes_part(cohort)


def test_who_is_signed_in_with_another_address_takes_no_place(enter, cohort):
    other = make.person(cohort=make.cohort())
    page = invite(cohort)
    client = enter(other)
    assert client.get(page).status_code == 200
    assert client.post(page, WORDS).status_code == 403
    assert not User.objects.get(pk=other.pk).takes_part(cohort)
    assert Invitation.objects.get(email="farida@example.org").waits


def test_an_invited_trainer_reads_no_circle_before_the_role_is_given(client, cohort):
    client.post(invite(cohort, role=Role.TRAINER), WORDS)
    assert not Membership.objects.filter(person__email="farida@example.org").exists()
    holder = make.person(roles=[Role.TRAINER])
    Invitation.send(cohort, make.organiser(), holder.email, holder.name, role=Role.TRAINER).accept()
    assert User.objects.get(pk=holder.pk).trains(cohort)


@pytest.mark.parametrize(
    "name",
    [
        "Trainer",
        "Тrаinеr",
        "Jan (moderator)",
        "0rganisatie",
        "Ruggespraak",
        "T r a i n e r",
        "Trainer2",
        "Or\u0261anisatie",
    ],
)
def test_a_name_does_not_look_like_a_role(client, cohort, name):
    answer = client.post(invite(cohort), WORDS | {"name": name})
    assert answer.status_code == 422
    assert name in answer.content.decode()
    assert not User.objects.filter(email="farida@example.org").exists()


@pytest.mark.parametrize(
    "name", ["Farida Benali", "farida  benali", "Fаridа Вenali", "Farida\u200b Benali", "Farida Bena1i"]
)
def test_a_name_looks_like_nobody_elses_in_the_circle(client, cohort, name):
    make.person("Farida Benali", cohort=cohort)
    assert client.post(invite(cohort), WORDS | {"name": name}).status_code == 422


def test_the_same_name_in_another_circle_is_no_matter(client, cohort):
    make.person("Farida Benali", cohort=make.cohort())
    assert client.post(invite(cohort), WORDS).status_code == 302


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u2800", "a" * 61, "a\x00b", "a\x07b"])
def test_a_name_that_cannot_be_shown_is_refused_in_words(client, cohort, name):
    answer = client.post(invite(cohort), WORDS | {"name": name})
    assert answer.status_code == 422
    assert 'id="id_name_error"' in answer.content.decode()


def test_a_hostile_name_stays_text(client, cohort):
    page = invite(cohort, name="<script>alert(1)</script>")
    text = client.get(page).content.decode()
    assert "<script>alert" not in text
    client.post(page, WORDS | {"name": 'Eva "<b>" \u202eEva'})
    assert User.objects.get(email="farida@example.org").name == 'Eva "<b>" Eva'
    assert "<b>" not in client.get(reverse("accounts:agreements")).content.decode()


def test_guessing_is_slowed_down_by_address(client, settings):
    settings.RATE_LIMITS, settings.LIMITS = True, settings.LIMITS | {"invitation": [(3, 600)]}
    answers = [client.get("/invitations/guess/", REMOTE_ADDR="203.0.113.5") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 429]
    assert int(answers[3].headers["Retry-After"]) > 0
    assert client.get("/invitations/guess/", REMOTE_ADDR="203.0.113.6").status_code == 404


def test_the_page_speaks_the_language_of_the_invitation_until_one_chooses(client, cohort):
    page = invite(cohort, language="en")
    assert '<html lang="en"' in client.get(page, headers={"Accept-Language": "nl"}).content.decode()
    client.cookies["django_language"] = "nl"
    assert '<html lang="nl"' in client.get(page).content.decode()


def test_a_new_invitation_ends_the_one_before(client, cohort):
    first, second = invite(cohort), invite(cohort)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    assert Cohort.objects.with_counts().get(pk=cohort.pk).waiting_count == 1
