"""What must be survived, against real processes. The tests do a little of each; `make bench` does all of it."""

import random
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.people import Follower, Sayer
from tests.bench.room import Room, person
from tests.bench.server import Site, beside, free_port, site

COMPLETE = 10  # seconds within which everyone has everything


class Session:
    """Two who say things all the time, three who listen, and what came of it."""

    def __init__(self, room: Room, urls: list[str], chance: random.Random | None = None) -> None:
        self.room, self.first = room, room.last
        browsers = [person(url) for url in urls]
        self.sayers = [Sayer(browsers[n % len(urls)], room.path, chance) for n in range(2)]
        self.followers = [
            Follower(room.ws(urls[n % len(urls)]), browsers[n % len(urls)].cookie, self.first) for n in range(3)
        ]
        self.done = False
        self.faults: list[str] = []
        self.threads = [threading.Thread(target=self.talk, args=(sayer,), daemon=True) for sayer in self.sayers]
        for thread in [*self.followers, *self.threads]:
            thread.start()

    def talk(self, sayer: Sayer) -> None:
        number = 0
        while not self.done:
            number += 1
            try:
                sayer.say(f"{number} in de storm")
            except RuntimeError as error:
                self.faults.append(str(error))
            time.sleep(0.02)

    @property
    def said(self) -> int:
        return sum(len(sayer.acknowledged) for sayer in self.sayers)

    def go_on(self, more: int, patience: float = 30) -> None:
        """Until `more` were said than now."""
        wanted, until = self.said + more, time.monotonic() + patience
        while self.said < wanted:
            if time.monotonic() > until:
                raise RuntimeError(f"only {self.said} of {wanted} were said")
            time.sleep(0.01)

    def end(self) -> dict:
        """Acknowledged messages that are lost or doubled, holes, and the seconds until everyone had everything."""
        self.done = True
        for thread in self.threads:
            thread.join()
        last, events = self.room.events(self.first)
        late = [follower.until(last, COMPLETE) for follower in self.followers]
        acknowledged = {cid: seq for sayer in self.sayers for cid, seq in sayer.acknowledged.items()}
        stored = [(event["seq"], event["cid"]) for event in events if event["kind"] == "message"]
        logs = [stored, *(follower.heard for follower in self.followers)]
        for follower in self.followers:
            follower.stop()
        return {
            "said": len(acknowledged),
            "lost": sum(len(set(acknowledged.items()) - {(cid, seq) for seq, cid in log}) for log in logs),
            "doubled": sum(len(log) - len({cid for _seq, cid in log}) for log in logs)
            + sum(follower.doubled for follower in self.followers),
            "holes": sum(follower.holes for follower in self.followers)
            + ([event["seq"] for event in events] != list(range(self.first + 1, last + 1))),
            "unlike": sum(log != stored for log in logs),
            "late": sum(one is None for one in late),
            "faults": len(self.faults),
        }


def killed(running: Site, times: int) -> dict:
    """The server is killed in the middle of its work, again and again."""
    session = Session(Room(running), [running.url])
    for _ in range(times):
        session.go_on(5)
        running.stop(hard=True)
        running.start()
    session.go_on(5)
    return session.end()


def bad_lines(running: Site, seconds: float) -> dict:
    """Lines are cut, what was sent is sent again, answers are thrown away."""
    chance = random.Random(8)
    session = Session(Room(running), [running.url], chance)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        before = session.said
        session.go_on(1)
        for follower in session.followers:
            if chance.random() < 1 - 0.92 ** (session.said - before):  # 8 % for each message
                follower.cut()
    return session.end()


def locked(running: Site, seconds: float) -> dict:
    """The database is locked by another process (SQLite)."""
    session = Session(Room(running), [running.url])
    session.go_on(5)
    database = sqlite3.connect(Path(running.environment["DATA_DIR"]) / "community.sqlite3", isolation_level=None)
    database.execute("BEGIN IMMEDIATE")
    time.sleep(seconds)
    database.execute("ROLLBACK")
    database.close()
    session.go_on(10)
    return session.end()


class Redis:
    """A server of our own, which keeps nothing."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        words = ["redis-server", "--port", str(self.port), "--save", "", "--appendonly", "no", "--bind", "127.0.0.1"]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if "Ready to accept connections" in line:
                return
        raise RuntimeError("Redis did not start")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


def has_redis() -> bool:
    return shutil.which("redis-server") is not None


@contextmanager
def redis() -> Iterator[Redis]:
    server = Redis()
    server.start()
    try:
        yield server
    finally:
        server.stop()


def without_redis(running: Site, other: Site, server: Redis, seconds: float) -> dict:
    """Redis is away in the middle of a session and comes back empty. Two processes; one is killed at last."""
    session = Session(Room(running), [running.url, other.url])
    session.go_on(10)
    server.stop()
    time.sleep(seconds / 2)
    session.go_on(5, COMPLETE)
    slowest = spread(session, 6)
    time.sleep(seconds / 2)
    server.start()
    session.go_on(10)
    other.stop(hard=True)
    session.go_on(5)
    other.start()
    session.go_on(10)
    return session.end() | {"slow": slowest}


def spread(session: Session, most: float) -> int:
    """How many listeners have not heard within `most` seconds what was said up to now."""
    last = session.room.last
    return sum(follower.until(last, most) is None for follower in session.followers)


def main() -> None:
    """Each fault at its full length."""
    with site() as running:
        running.start()
        print(f"database locked for 5 s: {locked(running, 5)}", flush=True)
        print(f"lines cut, answers lost: {bad_lines(running, 20)}", flush=True)
        print(f"killed 20 times: {killed(running, 20)}", flush=True)
        if not has_redis():
            print("no redis-server here")
            return
        with (
            redis() as server,
            beside(running, REDIS_URL=server.url) as one,
            beside(running, REDIS_URL=server.url) as two,
        ):
            print(f"without Redis for 30 s, a process killed: {without_redis(one, two, server, 30)}", flush=True)


if __name__ == "__main__":
    main()
