"""What sockets cost besides deliveries: to hold, to resume, to have a bad one among them; and what posting costs."""

import statistics
import time
from pathlib import Path

from tests.bench.room import Listeners, Room, person
from tests.bench.writes import bare_storer
from tests.bench.writes import cost as cost_of

ROUNDS, WARM, BACK = 3, 100, 100


def resident(pid: int) -> int:
    """Bytes of memory that process `pid` holds."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024


def idle(room: Room, jar: str, count: int) -> float:
    """Kilobytes of a socket that only stands open, with its session and person."""
    warm = Listeners(room.ws(), WARM, jar)
    time.sleep(3)
    before = resident(room.running.process.pid)
    many = Listeners(room.ws(), count, jar)
    time.sleep(5)
    each = (resident(room.running.process.pid) - before) / count / 1024
    print(f"idle socket: {each:.1f} KB, at most 50", flush=True)
    for crowd in (warm, many):
        crowd.stop()
    return each


def ratio_of_posting(room: Room) -> float:
    """One message against a bare view that stores one row, without anyone listening."""
    running, number = room.running, iter(range(10_000))
    client = person(running.url)
    store = bare_storer(client, client.token(client.ask(room.path)[1]))
    rounds = [(cost_of(running, lambda: room.say(next(number))), cost_of(running, store)) for _ in range(ROUNDS * 3)]
    ratio = statistics.median(full / bare for full, bare in rounds)
    full, bare = (statistics.median(one[n] for one in rounds) for n in (0, 1))
    print(f"message {full:.1f} ms CPU, one bare row {bare:.1f}: {ratio:.2f} x, at most 3", flush=True)
    return ratio


def opened(room: Room, jar: str, count: int, after: int) -> float:
    """Milliseconds of processor time for each of `count` sockets that open after `after`."""
    before = room.running.cpu
    crowd = Listeners(f"{room.ws()}?after={after}", count, jar)
    crowd.wait(0 if after >= room.last else BACK)
    used = room.running.cpu - before
    crowd.stop()
    time.sleep(1)
    return used / count * 1000


def resumed(room: Room, jar: str, count: int) -> float:
    """What it costs to give each of many the last hundred, besides letting them in."""
    for number in range(BACK):
        room.say(number)
    last = room.last
    rounds = [(opened(room, jar, count, last), opened(room, jar, count, last - BACK)) for _ in range(ROUNDS)]
    door = statistics.median(door for door, _whole in rounds)
    extra = statistics.median(whole - door for door, whole in rounds)
    print(f"resume of {BACK} for {count}: {extra:.2f} ms CPU each, at most 0.3; the door itself {door:.2f}", flush=True)
    return extra


def enduring(room: Room, jar: str, count: int, rhythm, product) -> float:
    """The p99 of the others beside one that never reads and one that keeps speaking, against without them."""
    ratios = []
    for _ in range(ROUNDS):
        server = product(room, [room.running], count, jar)
        alone = rhythm(server)
        bad = Listeners(room.ws(), 1, jar)
        bad.tell("stall 1")
        bad.tell("flood 1")
        ratios.append((rhythm(server) / alone, alone))
        bad.stop()
        server.stop()
    ratio, alone = (statistics.median(one[n] for one in ratios) for n in (0, 1))
    print(f"one stalled, one flooding: p99 {ratio:.2f} x of {alone:.1f} ms, at most 1.5", flush=True)
    return ratio
