"""What goes wrong around a session, against real processes. `make bench` does the same for longer."""

import sqlite3
from pathlib import Path

import pytest
from django.conf import settings

from tests.bench import faults
from tests.bench.ear import Ear
from tests.bench.room import Room, person
from tests.bench.server import beside, site

WELL = {"lost": 0, "doubled": 0, "holes": 0, "unlike": 0, "late": 0, "faults": 0}


@pytest.fixture(scope="module")
def running():
    with site() as one:
        one.start()
        yield one


@pytest.fixture(scope="module")
def strict(running):
    """A process that holds people to the limits."""
    with beside(running, RATE_LIMITS="on") as one:
        yield one


def test_a_server_that_is_killed_in_the_middle_loses_nothing(running):
    result = faults.killed(running, times=2)
    assert result.pop("said") > 15
    assert result == WELL


def test_lines_that_break_and_answers_that_get_lost_do_no_harm(running):
    result = faults.bad_lines(running, seconds=2)
    assert result.pop("said") > 10
    assert result == WELL


def test_a_database_that_is_locked_is_waited_for(running):
    result = faults.locked(running, seconds=1)
    assert result.pop("said") > 10
    assert result == WELL


@pytest.mark.skipif(not faults.has_redis(), reason="no redis-server here")
def test_a_session_goes_on_without_redis_and_without_one_of_its_processes(running):
    with (
        faults.redis() as server,
        beside(running, REDIS_URL=server.url) as one,
        beside(running, REDIS_URL=server.url) as other,
    ):
        result = faults.without_redis(one, other, server, seconds=1)
    assert result.pop("said") > 25
    assert result == WELL | {"slow": 0}


def code_of(ear: Ear) -> int | None:
    """The code with which the line is closed, in the end."""
    while ear.read():
        pass
    ear.close()
    return ear.code


def test_a_line_says_why_it_closes(strict):
    room = Room(strict)
    cookie = room.browser.cookie
    speaks = Ear(room.ws(), cookie)
    speaks.read()
    speaks.line.sendall(b"\x81\x80\x00\x00\x00\x00")
    assert code_of(speaks) == 4400
    assert code_of(Ear(f"{room.ws()}?after=x", cookie)) == 4400
    assert code_of(Ear(room.ws(), f"{settings.SESSION_COOKIE_NAME}=none")) == 4401
    with pytest.raises(RuntimeError, match="403"):
        code_of(Ear(room.ws(), cookie, origin="http://elsewhere.example"))
    lines = [Ear(room.ws(), cookie) for _ in range(11)]
    for line in lines:
        line.read()
    assert code_of(lines[0]) == 4409
    for line in lines:
        line.close()


def test_a_session_that_ran_out_closes_the_line(strict):
    room = Room(strict)
    browser = person(strict.url)
    place = Path(strict.environment["DATA_DIR"]) / "community.sqlite3"
    with sqlite3.connect(place, timeout=10) as database:
        database.execute(
            "UPDATE django_session SET expire_date = '2001-01-01' WHERE session_key = ?",
            [browser.cookies[settings.SESSION_COOKIE_NAME]],
        )
    database.close()
    assert code_of(Ear(room.ws(), browser.cookie)) == 4401
