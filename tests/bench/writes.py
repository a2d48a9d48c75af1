"""What a reply costs against a bare view that stores one row, and sixteen people who read and reply at once.

On SQLite, and on PostgreSQL when DATABASE_URL names an empty database. SECONDS_AT_ONCE=5 makes it quick.
"""

import os
import re
import statistics
import threading
import time
import urllib.parse
import uuid

from tests.bench.pages import BOARD, SECRET
from tests.bench.server import Browser, Site, site

ROUNDS, REQUESTS, CLIENTS = 9, 20, 16
MOST = 3  # times the bare view


def posted(client: Browser, path: str, **data: str) -> int:
    """The status of a form that was sent."""
    return client.ask(path, urllib.parse.urlencode(data).encode())[0]


def cost(running: Site, call, times: int = REQUESTS) -> float:
    """Milliseconds of the server's processor time per call."""
    before = running.cpu
    for _ in range(times):
        call()
    return (running.cpu - before) * 1000 / times


def replier(client: Browser, topic: str):
    """A function that places one reply in `topic` and says whether it was taken."""
    _status, page = client.ask(f"{topic}?quote=1")
    token = client.token(page)

    def reply() -> bool:
        words = {"csrfmiddlewaretoken": token, "submission_id": str(uuid.uuid4()), "kind": "reply", "fine": "1"}
        return posted(client, f"{topic}reply/", body="Bij ons hielp een vast moment in de week.", **words) == 302

    return reply


def bare_storer(client: Browser, token: str):
    def store() -> bool:
        return posted(client, "/bench/bare/store/", csrfmiddlewaretoken=token) == 204

    return store


def ratio_of_reply(running: Site, client: Browser, topic: str) -> float:
    reply = replier(client, topic)
    store = bare_storer(client, client.token(client.ask(f"{topic}?quote=1")[1]))
    for call in (reply, store):
        if not call():
            raise RuntimeError("a reply or a bare row was refused")
    rounds = [(cost(running, reply), cost(running, store)) for _ in range(ROUNDS)]
    ratio = statistics.median(full / bare for full, bare in rounds)
    figures = [statistics.median(one[n] for one in rounds) for n in (0, 1)]
    print(f"reply {figures[0]:.1f} ms CPU, one bare row {figures[1]:.1f}: {ratio:.2f} x, at most {MOST}", flush=True)
    return ratio


class Reader(threading.Thread):
    """Someone who reads a board and a conversation, and now and then replies, until time is up."""

    def __init__(self, running: Site, number: int, topic: str, until: float) -> None:
        super().__init__()
        self.client, self.topic, self.until = Browser(running.url), topic, until
        self.client.sign_in(f"crowd-{number:04d}@demo.invalid", SECRET)
        self.pages, self.taken, self.faults = 0, 0, []

    def run(self) -> None:
        reply = replier(self.client, self.topic)
        while time.monotonic() < self.until:
            for path in (BOARD, self.topic, f"{self.topic}?from=1"):
                status, _body = self.client.ask(path)
                self.pages += 1
                if status != 200:
                    self.faults.append(f"{path}: {status}")
            if reply():
                self.taken += 1
            else:
                self.faults.append("a reply was refused")


def together(running: Site, client: Browser, topic: str, seconds: float) -> tuple[int, int, int]:
    """Replies that were taken, that stand, and that the conversation counts."""
    begin = counted(client, topic)
    people = [Reader(running, n + 1, topic, time.monotonic() + seconds) for n in range(CLIENTS)]
    for one in people:
        one.until = time.monotonic() + seconds
        one.start()
    for one in people:
        one.join()
    taken, faults = sum(one.taken for one in people), [fault for one in people for fault in one.faults]
    said, stand = (now - before for now, before in zip(counted(client, topic), begin, strict=True))
    pages = sum(one.pages for one in people)
    print(
        f"{CLIENTS} at once for {seconds:.0f} s: {pages} pages, {taken} replies taken, {stand} stand, {said} counted,"
        f" {len(faults)} errors {faults[:3]}",
        flush=True,
    )
    return taken, stand, said


def counted(client: Browser, topic: str) -> tuple[int, int]:
    """The replies that a conversation says it has, and the number of its last one."""
    _status, page = client.ask(topic)
    words = page.decode()
    return int(re.search(r"(\d+) reacties?", words)[1]), int(re.search(r'data-last-number="(\d+)"', words)[1])


def main() -> list[float]:
    """For each database, how often one bare row goes into a reply."""
    address, ratios = os.environ.get("DATABASE_URL", ""), []
    for variables in ({}, {"DATABASE_URL": address}) if address else ({},):
        print("PostgreSQL" if variables else "SQLite", flush=True)
        with site("tests.bench.settings", **variables) as running:
            running.run("crowd", "--members", "40", "--topics", "60", "--posts", "1500")
            running.start()
            client = Browser(running.url)
            client.sign_in("crowd-0040@demo.invalid", SECRET)
            one, two = re.findall(r'href="(/forums/topics/[0-9a-f-]{36}/)"', client.ask(BOARD)[1].decode())[:2]
            ratios.append(ratio_of_reply(running, client, one))
            together(running, client, two, float(os.environ.get("SECONDS_AT_ONCE", "30")))
    return ratios


if __name__ == "__main__":
    main()
