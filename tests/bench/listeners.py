"""Many bare sockets in a process of their own, so that listening is not counted as speaking and costs little.

Run as a program: URL COUNT COOKIE-FILE. It says "open" when all are open, and then obeys its input:
"begin": count from here on, and say so. "wait N": answer when every socket has N messages, or after a while, with
what was lost, doubled or out of order, and how long it took to arrive (ms; a message says when it left: "t=…;").
"stall N": N more sockets that are never read. "flood N": N threads that open a socket and speak, again and again.
"""

import json
import queue
import re
import selectors
import sys
import threading
import time
from pathlib import Path

from tests.bench.ear import Ear

PATIENCE = 20  # seconds
PAUSE = 0.1  # seconds between two sockets that speak; the limits of the site allow one in two seconds
AT_ONCE = 20  # that are opening
LEFT = re.compile(r"t=(\d+\.\d+);")


class Heard:
    """What one frame says, looked at once however many sockets hear it."""

    def __init__(self, payload: bytes) -> None:
        self.numbers: list[tuple[int, float]] = []  # number, and moment of leaving
        self.hello = b'"hello"' in payload[:40] or payload.startswith(b"40")
        if payload.startswith(b"42"):  # as socket.io says it
            payload = json.loads(payload[2:])[1].encode()
        if payload.startswith(b'{"type":"events"'):
            for event in json.loads(payload)["events"]:
                if event["kind"] == "message":
                    found = LEFT.search(event["html"])
                    self.numbers.append((event["seq"], float(found[1]) if found else 0.0))


class Crowd:
    def __init__(self, url: str, cookies: list[str]) -> None:
        self.url, self.cookies = url, cookies
        self.ears: list[Ear] = []
        self.stalled: list[Ear] = []
        self.known: dict[bytes, Heard] = {}
        self.waits: list[float] = []
        self.greeted = self.ended = 0
        self.poll = selectors.DefaultSelector()

    def open(self, count: int) -> None:
        """Some at a time, until each has its greeting (or the answer to its opening, where nobody greets)."""
        for number in range(count):
            ear = Ear(self.url, self.cookies[number % len(self.cookies)])
            self.ears.append(ear)
            self.poll.register(ear.line, selectors.EVENT_READ, ear)
            until = time.monotonic() + PATIENCE
            while number + 1 - self.present > (AT_ONCE if number + 1 < count else 0):
                self.listen()
                if time.monotonic() > until:
                    raise RuntimeError("a socket did not open")

    @property
    def present(self) -> int:
        greets = self.cookies[0] or "socket.io" in self.url
        return self.greeted if greets else sum(ear.open for ear in self.ears)

    def listen(self) -> None:
        for key, _mask in self.poll.select(0.02):
            data = key.fileobj.recv(1 << 18)
            moment = time.monotonic()
            if not data:
                self.poll.unregister(key.fileobj)
                self.ended += 1
            for payload in key.data.frames(data):
                self.hear(key.data, payload, moment)

    def hear(self, ear: Ear, payload: bytes, moment: float) -> None:
        if payload not in self.known:
            if len(self.known) > 500:
                self.known.clear()
            self.known[payload] = Heard(payload)
        heard = self.known[payload]
        if payload[:2] in (b"0{", b"2"):  # socket.io wants to be answered
            ear.say(b"40" if payload[:1] == b"0" else b"3")
        self.greeted += heard.hello
        for number, left in heard.numbers:
            ear.numbers.append(number)
            self.waits.append(moment - left)

    def begin(self) -> None:
        self.waits = []
        for ear in self.ears:
            ear.numbers = []

    def wait(self, wanted: int) -> dict:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and min((len(ear.numbers) for ear in self.ears), default=wanted) < wanted:
            self.listen()
        return self.verdict(wanted)

    def verdict(self, wanted: int) -> dict:
        """Lost, doubled, out of order and ended over all sockets; and the time to arrive."""
        heard = [ear.numbers for ear in self.ears]
        waits = sorted(self.waits) or [0.0]
        return {
            "lost": sum(max(0, wanted - len(set(one))) for one in heard),
            "doubled": sum(len(one) - len(set(one)) for one in heard),
            "unordered": sum(one != sorted(one) for one in heard),
            "ended": self.ended,
        } | {f"p{n}": round(waits[len(waits) * n // 100] * 1000, 2) for n in (50, 95, 99)}

    def flood(self) -> None:
        """A socket that speaks and is hung up on; and another."""
        while True:
            ear = Ear(self.url, self.cookies[0])
            ear.line.sendall(b"\x81\x80\x00\x00\x00\x00" * 100)
            while ear.read():
                pass
            ear.close()
            time.sleep(PAUSE)


def obey(crowd: Crowd, word: str, number: int) -> None:
    if word == "begin":
        crowd.begin()
        print("begun", flush=True)
    elif word == "wait":
        print(json.dumps(crowd.wait(number)), flush=True)
    elif word == "stall":
        crowd.stalled += [Ear(crowd.url, crowd.cookies[0]) for _ in range(number)]
    elif word == "flood":
        for _ in range(number):
            threading.Thread(target=crowd.flood, daemon=True).start()


def take_down(words: queue.SimpleQueue) -> None:
    for line in sys.stdin:
        words.put(line.split())
    words.put(None)


def main(url: str, count: int, cookies: list[str]) -> None:
    crowd, words = Crowd(url, cookies), queue.SimpleQueue()
    crowd.open(count)
    print("open", flush=True)
    threading.Thread(target=take_down, args=(words,), daemon=True).start()
    while True:
        crowd.listen()
        while not words.empty():
            if (said := words.get()) is None:
                return
            obey(crowd, said[0], int(said[1]) if said[1:] else 0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]).read_text().splitlines() if len(sys.argv) > 3 else [""])
