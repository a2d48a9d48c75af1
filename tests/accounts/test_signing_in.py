"""Signing in: by a mailed code, by a password; what is remembered, what is said, and who is slowed down."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role, Session
from tests import make
from tests.accounts.mails import code_in, path_in, sent

pytestmark = pytest.mark.django_db
ASK, CODE, PASSWORD = "/accounts/login/code/", "/accounts/login/code/confirm/", "/accounts/login/"


@pytest.fixture
def member():
    return make.person("Farida Benali", cohort=make.cohort(), password=make.PASSWORD)


@pytest.fixture
def limits(settings):
    """Our own limits count, and no test hears of another's."""
    cache.clear()
    settings.RATE_LIMITS = True
    yield
    cache.clear()


def asked(client, person) -> str:
    """Ask for a code and read it in the mail."""
    client.post(ASK, {"email": person.email})
    return code_in(sent()[-1])


def person_of(client) -> str | None:
    return client.session.get("_auth_user_id")


def test_by_a_mailed_code(client, member):
    answer = client.post(CODE, {"code": asked(client, member)})
    assert answer.url == "/"
    assert person_of(client) == str(member.pk)
    assert [session.user for session in Session.objects.all()] == [member]


def test_a_code_goes_where_one_was_on_the_way_to(client, member):
    client.post(f"{ASK}?next=/forums/", {"email": member.email, "next": "/forums/"})
    answer = client.post(CODE, {"code": code_in(sent()[-1]), "next": "/forums/"})
    assert answer.url == "/forums/"


def test_a_code_works_once_and_in_one_browser(client, member):
    code = asked(client, member)
    assert Client().post(CODE, {"code": code}).status_code == 302
    client.post(CODE, {"code": code})
    client.logout()
    client.post(CODE, {"code": code})
    assert person_of(client) is None


def test_a_wrong_code_is_said_so_and_after_five_the_code_is_gone(client, member):
    code = asked(client, member)
    wrong = "000000" if code != "000000" else "111111"
    answer = client.post(CODE, {"code": wrong})
    assert "Deze code klopt niet" in answer.content.decode()
    for _ in range(4):
        client.post(CODE, {"code": wrong})
    client.post(CODE, {"code": code})
    assert person_of(client) is None


@pytest.mark.parametrize("code", ["", "abc", "١٢٣٤٥٦", "1" * 5000])
def test_what_is_no_code_is_answered_in_words(client, member, code):
    asked(client, member)
    assert client.post(CODE, {"code": code}).status_code == 200
    assert person_of(client) is None


def test_by_a_password(client, member):
    assert client.post(PASSWORD, {"login": member.email.upper(), "password": make.PASSWORD}).url == "/"
    assert person_of(client) == str(member.pk)


def test_a_wrong_password_and_an_unknown_address_are_told_apart_by_nobody(client, member):
    answers = [
        Client().post(PASSWORD, {"login": login, "password": "not the word at all"})
        for login in (member.email, "nobody@example.org")
    ]
    texts = [re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in answers]
    assert texts[0] == texts[1]
    assert "error-summary" in texts[0]


@pytest.mark.parametrize("address", [ASK, reverse("account_reset_password")])
def test_an_unknown_address_costs_as_many_statements_as_a_known_one(member, address):
    counts = []
    for email in (member.email, "nobody@example.org"):
        client = Client()
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            answer = client.post(address, {"email": email})
        counts.append((answer.status_code, answer.url, len(found)))
    assert counts[0] == counts[1]


def test_an_unknown_address_hears_by_mail_that_there_is_no_account(client, member):
    client.post(ASK, {"email": "nobody@example.org"})
    (message,) = sent()
    assert message.to == ["nobody@example.org"]
    assert "Er is geen account met dit adres." in message.body
    assert not re.search(r"\b\d{6}\b", message.body)


# How long


def test_remember_me_is_never_ticked_beforehand(client, member):
    asked(client, member)
    for page in (client.get(CODE), Client().get(PASSWORD)):
        box = re.search(r'<input[^>]*name="remember_me"[^>]*>', page.content.decode())[0]
        assert "checked" not in box


@pytest.mark.parametrize("way", ["code", "password"])
@pytest.mark.parametrize("ticked", [True, False])
def test_who_ticks_it_stays_two_weeks_and_who_does_not_twelve_hours(client, member, way, ticked):
    tick = {"remember_me": "on"} if ticked else {}
    if way == "code":
        client.post(CODE, {"code": asked(client, member)} | tick)
    else:
        client.post(PASSWORD, {"login": member.email, "password": make.PASSWORD} | tick)
    assert person_of(client)
    stays = settings.SESSION_COOKIE_AGE if ticked else settings.SESSION_IDLE
    assert abs(client.session.get_expiry_age() - stays) < 10
    assert abs(int(client.cookies[settings.SESSION_COOKIE_NAME]["max-age"]) - stays) < 10


def test_who_has_a_role_stays_eight_hours(client):
    staff = make.person(roles=[Role.MODERATOR], password=make.PASSWORD)
    client.post(PASSWORD, {"login": staff.email, "password": make.PASSWORD})
    assert abs(client.session.get_expiry_age() - settings.SESSION_IDLE_STAFF) < 10


# How often


def test_codes_for_one_address_are_limited(member, limits):
    answers = [Client().post(ASK, {"email": member.email}).status_code for _ in range(7)]
    assert answers[:5] == [302] * 5
    assert answers[6] != 302


def test_after_five_wrong_passwords_the_right_one_waits_too(client, member, limits):
    for _ in range(5):
        client.post(PASSWORD, {"login": member.email, "password": "wrong"})
    client.post(PASSWORD, {"login": member.email, "password": make.PASSWORD})
    assert person_of(client) is None


# Other ways


def test_a_stranger_is_told_what_to_sign_with_a_passkey(client):
    answer = client.get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"})
    assert "challenge" in answer.json()["request_options"]["publicKey"]
    assert "passkey-button" in client.get(ASK).content.decode()


@pytest.mark.parametrize(
    "name", ["mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "account_email", "account_change_password"]
)
def test_pages_about_signing_in_are_there_for_who_just_showed_a_password(client, member, name):
    client.post(PASSWORD, {"login": member.email, "password": make.PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": make.PASSWORD})
    assert client.get(reverse(name)).status_code == 200


def test_a_new_password_comes_through_the_mail_and_ends_other_sessions(client, member):
    elsewhere = Client()
    elsewhere.post(PASSWORD, {"login": member.email, "password": make.PASSWORD})
    client.post(reverse("account_reset_password"), {"email": member.email})
    page = client.get(path_in(sent()[-1])).url
    client.post(page, {"password1": "een nieuw lang woord", "password2": "een nieuw lang woord"})
    member.refresh_from_db()
    assert member.check_password("een nieuw lang woord")
    assert elsewhere.get("/me/").status_code == 302


def test_nobody_inactive_comes_in(client, member):
    code = asked(client, member)
    member.is_active = False
    member.save()
    client.post(CODE, {"code": code})
    assert client.get("/me/").status_code == 302


# Once more


@pytest.fixture
def passwordless(enter):
    person = make.person(cohort=make.cohort())
    return person, enter(person)


def test_without_a_password_a_mailed_code_opens_the_page_for_a_passkey(passwordless):
    _person, client = passwordless
    asks = client.get(reverse("mfa_add_webauthn"), follow=True)
    address = asks.redirect_chain[-1][0]
    assert address.startswith("/me/stepup/")
    assert sent() == []
    client.post(address)
    (message,) = sent()
    answer = client.post(address, {"code": code_in(message)})
    assert answer.url == reverse("mfa_add_webauthn")
    assert client.get(answer.url).status_code == 200


def test_a_wrong_code_opens_nothing_and_after_five_a_new_one_is_needed(passwordless):
    _person, client = passwordless
    client.post("/me/stepup/")
    code = code_in(sent()[-1])
    wrong = "000000" if code != "000000" else "111111"
    assert [client.post("/me/stepup/", {"code": wrong}).status_code for _ in range(5)] == [422] * 5
    client.post("/me/stepup/", {"code": code})
    assert client.get(reverse("mfa_add_webauthn")).status_code == 302


def test_mailed_codes_are_limited_too(passwordless, limits):
    _person, client = passwordless
    for _ in range(7):
        client.post("/me/stepup/", {"action": "resend"})
    assert len(sent()) == 5


def test_who_has_a_password_shows_that_instead(client, member):
    client.post(PASSWORD, {"login": member.email, "password": make.PASSWORD})
    assert client.get("/me/stepup/").url == reverse("account_reauthenticate")


def test_a_new_address_counts_after_its_code_and_the_old_one_is_told(client, member):
    client.post(PASSWORD, {"login": member.email, "password": make.PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": make.PASSWORD})
    old = member.email
    client.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    message = sent()[-1]
    assert (message.to, message.subject) == (["new@example.org"], "Bevestig je nieuwe adres")
    client.post(reverse("account_email_verification_sent"), {"code": code_in(message)})
    member.refresh_from_db()
    assert member.email == "new@example.org"
    assert list(EmailAddress.objects.filter(user=member).values_list("email", flat=True)) == ["new@example.org"]
    assert [old] in [message.to for message in sent()[1:]]


@pytest.mark.parametrize(
    ("page", "typed", "words"),
    [
        (ASK, {"email": ""}, "Vul je e-mailadres in."),
        (ASK, {"email": "geen adres"}, "Dit is geen e-mailadres. Kijk het na."),
        (PASSWORD, {"login": "iemand@example.org", "password": ""}, "Vul je wachtwoord in."),
        (
            PASSWORD,
            {"login": "iemand@example.org", "password": "fout"},
            "Het e-mailadres of het wachtwoord klopt niet.",
        ),
        ("/accounts/password/reset/", {"email": ""}, "Vul je e-mailadres in."),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(client, page, typed, words):
    assert words in client.post(page, typed).content.decode()


def test_a_change_of_password_names_each_empty_box_and_asks_12_characters_of_the_new_one_only(enter, member):
    answer = enter(member).post("/accounts/password/change/", {}).content.decode()
    for words in ("het wachtwoord in dat je nu hebt.", "een nieuw wachtwoord in.", "wachtwoord nog een keer in."):
        assert words in answer
    assert answer.count("Minstens 12 tekens.") == 1


def test_a_short_password_and_a_used_link_are_told_in_dutch(client, member):
    client.post("/accounts/password/reset/", {"email": member.email})
    page = client.get(path_in(sent()[-1])).url
    answer = client.post(page, {"password1": "kort"}).content.decode()
    assert "Dit wachtwoord is te kort. Neem minstens 12 tekens." in answer
    spent = client.get("/accounts/password/reset/key/1-abc/").content.decode()
    assert re.search(r"<title>\s*Deze link werkt niet meer\s*–", spent)
