"""The two ways of a frame to its reader, over daphne's own socket.

What fails here after a new release of daphne, autobahn or Twisted is a name that the shorter
way leans on. The site goes on by the plain way meanwhile; see accounts/live/direct.py.
"""

import logging
from functools import partial

import pytest
from asgiref.sync import async_to_sync
from twisted.internet.error import ConnectionLost
from twisted.python.failure import Failure

from accounts.live import writers
from accounts.live.direct import DirectWriter, framed, line_behind, unknown_names
from accounts.live.writers import PlainWriter, writer_for
from tests.accounts.lines import open_line

FRAMES = ["kort", "é" * 62, "x" * 125, "x" * 126, "é" * 300, "x" * 65_535, "x" * 65_536, "😀" * 20_000]


def over_a_line(journey, **options):
    """What `journey` returns, given an open line."""

    async def go():
        async with open_line(**options) as line:
            return journey(line)

    return async_to_sync(go)()


def test_every_inner_name_is_as_we_know_it():
    def journey(line):
        socket, unknown = line_behind(line.send)
        return socket is line.socket, unknown

    assert over_a_line(journey) == (True, [])


def test_daphne_gets_the_direct_way():
    assert isinstance(over_a_line(lambda line: writer_for(line.send)), DirectWriter)


@pytest.mark.parametrize("text", FRAMES, ids=lambda text: f"{len(text.encode())} bytes")
def test_both_ways_give_the_same_bytes(text):
    def written_by(make):
        def journey(line):
            assert make(line.send).write(text)
            return line.read()

        return over_a_line(journey)

    assert written_by(writer_for) == written_by(PlainWriter) == framed(text)


def test_what_the_server_says_itself_stays_in_order():
    def journey(line):
        writer = writer_for(line.send)
        writer.write("een")
        line.socket.sendPing(b"hier?")
        writer.write("twee")
        line.socket.sendCloseFrame(code=4503)
        writer.write("te laat")
        return line.read()

    assert over_a_line(journey) == framed("een") + b"\x89\x05hier?" + framed("twee") + b"\x88\x02\x11\x97"


def stalled(line, size=50_000):
    """A writer whose reader stopped reading, after it refused a frame, and how many it took."""
    writer, taken = writer_for(line.send), 0
    while writer.write(f"{taken:06}" + "x" * size):
        taken += 1
        line.turn()
    return writer, taken


def test_what_waits_for_a_reader_is_bounded(settings):
    def journey(line):
        writer, _taken = stalled(line)
        held = writer.unsent + len(line.line.dataBuffer) + line.line._tempDataLen
        return held, writer.write("nog een " + "x" * 50_000)

    held, more = over_a_line(journey, buffer=4096)
    assert settings.LIVE["unsent"] - 60_000 < held <= settings.LIVE["unsent"]
    assert more is False


def test_a_reader_that_goes_on_gets_everything_once_and_in_order():
    def journey(line):
        writer, taken = stalled(line)
        found = line.read()
        assert writer.write("weer bij")
        return found + line.read(), taken, writer.before

    found, taken, before = over_a_line(journey, buffer=4096)
    assert found == b"".join(framed(f"{n:06}" + "x" * 50_000) for n in range(taken)) + framed("weer bij")
    assert before is None


def test_who_is_too_slow_hears_so_without_reading_all_that_waits():
    def journey(line):
        writer, taken = stalled(line)
        writer.stop()
        line.socket.sendCloseFrame(code=4503)
        return line.read(), taken

    found, taken = over_a_line(journey, buffer=4096)
    frame = len(framed("000000" + "x" * 50_000))
    assert found.endswith(b"\x88\x02\x11\x97")
    assert (len(found) - 4) % frame == 0
    assert len(found) < frame * taken - 500_000


def test_a_line_that_broke_takes_anything_and_keeps_nothing():
    def journey(line):
        writer, _taken = stalled(line)
        line.line.connectionLost(Failure(ConnectionLost()))
        return writer.write("voor niemand"), writer.unsent, writer.waiting

    taken, unsent, waiting = over_a_line(journey, buffer=4096)
    assert (taken, unsent, list(waiting)) == (True, 0, [])


@pytest.mark.parametrize("name", ["dataBuffer", "_tempDataBuffer", "offset"])
def test_a_release_without_one_of_the_names_goes_the_plain_way_and_says_so_once(name, monkeypatch, caplog):
    monkeypatch.setattr(logging.getLogger("ruggespraak.live"), "propagate", True)
    writers.tell_once.cache_clear()

    def journey(line):
        kept = getattr(line.line, name)
        setattr(line.line, name, None)
        made = [writer_for(line.send) for _ in range(3)]
        assert unknown_names(line.socket, line.line) == [f"line.{name}"]
        setattr(line.line, name, kept)
        made[0].write("toch")
        return made[0], line.read()

    with caplog.at_level("WARNING", logger="ruggespraak.live"):
        writer, found = over_a_line(journey)
    assert isinstance(writer, PlainWriter)
    assert found == framed("toch")
    assert [record.names for record in caplog.records] == [f"line.{name}"]


async def other_server(message): ...


@pytest.mark.parametrize("send", [other_server, partial(other_server), partial(other_server, object())])
def test_another_server_goes_the_plain_way(send):
    assert isinstance(writer_for(send), PlainWriter)
