"""Where someone is signed in: seen by oneself only, ended at once, also on open pages."""

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.test import Client
from django.urls import reverse

from accounts.models import Session
from tests import make
from tests.sockets import closing_code, frame, listening, signed_in, socket_for

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


@pytest.fixture
def member(transactional_db):
    return make.person(cohort=make.cohort(), password=make.PASSWORD)


def device(person, agent=FIREFOX) -> Client:
    """Sign in with a password on some device."""
    client = Client(headers={"user-agent": agent})
    client.post(reverse("account_login"), {"login": person.email, "password": make.PASSWORD})
    return client


def test_one_sees_ones_own_devices_and_nobody_elses(member):
    here, _phone = device(member), device(member, IPHONE)
    other = make.person(cohort=make.cohort(), password=make.PASSWORD)
    device(other, "Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0 Safari/537.36")
    text = here.get("/me/sessions/").content.decode()
    assert "Firefox op Windows" in text
    assert "Safari op iPhone" in text
    assert "Linux" not in text
    assert text.count("Dit apparaat") == 1


def test_one_device_is_signed_out_and_the_others_stay(member):
    here, phone, tablet = device(member), device(member, IPHONE), device(member)
    ended = Session.objects.get(session_key=phone.session.session_key)
    assert here.post(f"/me/sessions/{ended.pk}/end/").url == "/me/sessions/"
    assert [client.get("/me/sessions/").status_code for client in (here, phone, tablet)] == [200, 302, 200]


def test_nobody_ends_a_session_of_somebody_else(member):
    other = make.person(cohort=make.cohort(), password=make.PASSWORD)
    theirs = device(other)
    session = Session.objects.get(session_key=theirs.session.session_key)
    device(member).post(f"/me/sessions/{session.pk}/end/")
    assert theirs.get("/me/sessions/").status_code == 200


def test_signing_out_everywhere_else_leaves_this_one(member):
    here, phone, tablet = device(member), device(member, IPHONE), device(member)
    here.post("/me/sessions/end/")
    assert [client.get("/me/sessions/").status_code for client in (here, phone, tablet)] == [200, 302, 302]


def test_looking_ends_nothing(member):
    here = device(member)
    assert here.get("/me/sessions/end/").status_code == 405
    assert Session.objects.of(member).count() == 1


def test_ending_a_session_closes_its_open_pages_and_no_others(member):
    here, phone = device(member), device(member, IPHONE)

    async def journey():
        async with listening("/ws/me/", phone) as gone, listening("/ws/me/", here) as stays:
            hello = await frame(gone, "hello")
            await frame(stays, "hello")
            await sync_to_async(here.post)("/me/sessions/end/")
            bye = await frame(gone, "bye")
            return hello, bye, await closing_code(gone), await stays.receive_nothing(0.2)

    hello, bye, code, quiet = async_to_sync(journey)()
    assert hello["room"] == str(member.pk)
    assert (bye["code"], code, quiet) == (4401, 4401, True)


def test_a_suspension_and_a_sign_out_close_ones_line(member):
    client, other = device(member), device(member)

    async def journey():
        async with listening("/ws/me/", client) as one, listening("/ws/me/", other) as two:
            await frame(one, "hello")
            await frame(two, "hello")
            await sync_to_async(client.post)(reverse("account_logout"))
            first = await closing_code(one)
            await sync_to_async(member.suspend)(make_organiser, "reden")
            return first, await closing_code(two)

    make_organiser = make.organiser()
    assert async_to_sync(journey)() == (4401, 4401)


def test_ones_line_is_for_who_is_signed_in_and_admitted(transactional_db):
    async def refused(client):
        socket = socket_for("/ws/me/", client)
        await socket.connect(timeout=5)
        return await closing_code(socket)

    newcomer = signed_in(make.person(agreed=False))
    ask = async_to_sync(refused)
    assert ask(None) == 4401
    assert ask(newcomer) == 4403


def test_ones_line_takes_no_words(member):
    async def journey(client):
        async with listening("/ws/me/", client) as socket:
            await socket.send_to("hallo?")
            return await closing_code(socket)

    assert async_to_sync(journey)(signed_in(member)) == 4400
