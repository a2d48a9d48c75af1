"""A stranger is sent to the login page at every address, and no socket listens."""

import re

import pytest
from asgiref.sync import async_to_sync
from django.urls import reverse

from accounts.live.consumer import LiveConsumer
from tests.house.addresses import KEY, names, samples, sockets
from tests.sockets import closing_code, socket_for

pytestmark = pytest.mark.django_db
# Without signing in; each with its reason.
OPEN = {
    "community:help": "help must be there for everyone",
    "community:privacy": "the privacy statement",
    "community:accessibility": "how accessible the site is",
    "community:cover": "a neutral page",
    "community:healthz": "probe",
    "community:readyz": "probe",
    "set_language": "the switch between the languages",
    "accounts:invitation": "whoever holds the secret of an invitation",
}
# Ways of signing in, and what only answers in the middle of one; they open nothing by themselves.
SIGNING_IN = re.compile(
    r"^(account_(login|signup|request_login_code|confirm_login_code|inactive|reset_password\w*|email_verification_sent|confirm_email)"
    r"|mfa_(authenticate|login_webauthn|trust|signup_webauthn)|account_signup_by_passkey|socialaccount_\w+)$"
)


def doors() -> list[str]:
    return [name for name in names() if name not in OPEN and not SIGNING_IN.match(name)]


def address(name: str) -> str:
    return reverse(name, kwargs=samples()[name])


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", doors())
def test_a_stranger_is_sent_to_the_login_page(client, name, method):
    response = getattr(client, method)(address(name))
    assert response.status_code == 302, (name, response.status_code)
    assert response.headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", [name for name in doors() if ":" in name])
def test_a_script_of_a_stranger_hears_so_in_its_own_form(client, name):
    response = client.post(address(name), headers={"Accept": "application/json"})
    assert (response.status_code, response.json()["code"]) == (401, "signed_out")


def test_the_list_of_open_doors_holds_nothing_that_is_gone():
    assert set(OPEN) <= set(names())


@pytest.mark.parametrize("path", ["/nowhere/", "/forums/nowhere/x/y/", "/organise/nowhere/"])
def test_what_does_not_exist_looks_the_same_to_a_stranger(client, path):
    response = client.get(path)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


# Sockets


def paths() -> list[str]:
    return [re.sub(r"<\w+:\w+>", KEY, str(one.pattern)) for one in sockets()]


def test_every_socket_is_a_live_one():
    assert [one for one in sockets() if not issubclass(one.callback.consumer, LiveConsumer)] == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", paths())
def test_every_socket_refuses_a_stranger(path):
    async def knock() -> int:
        socket = socket_for(f"/{path}", None)
        await socket.connect(timeout=5)
        return await closing_code(socket)

    assert async_to_sync(knock)() == 4401


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
@pytest.mark.parametrize("path", paths())
def test_no_socket_opens_for_a_page_of_another_site(path, origin):
    async def knock() -> bool:
        connected, _code = await socket_for(f"/{path}", None, origin).connect(timeout=5)
        return connected

    assert async_to_sync(knock)() is False
