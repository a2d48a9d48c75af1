"""What a delivery in the chat costs, against a bare broadcast server; and a burst, counted.

The cost of a delivery is the processor time of the server with 200 sockets, less that
without any for the same messages, divided by messages times sockets. For both servers alike, also in
rhythm: to wake a reader costs more than to write to one that is awake, so both speak as often.
"""

import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from websockets.sync.client import connect

from tests.bench.server import BASE, Browser, cpu_of, free_port, site

SOCKETS, MESSAGES, BURST, ROUNDS = 200, 100, 1000, 3
TEXT = "Wat zou jouw team zeggen als je dit morgen vraagt? Ik ben benieuwd naar twee zinnen."


class Listeners:
    """The process that listens."""

    def __init__(self, url: str, count: int, jar: str = "") -> None:
        words = [sys.executable, "-m", "tests.bench.listeners", url, str(count)] + ([jar] if jar else [])
        self.process = subprocess.Popen(words, cwd=BASE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline().strip() != "open":
            raise RuntimeError("the sockets did not open")

    def wait(self, wanted: int) -> dict:
        self.process.stdin.write(f"wait {wanted}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


class Room:
    """The open room of the demo, a writer in it, and a cookie for each of many readers."""

    def __init__(self, running) -> None:
        self.running = running
        self.writer = Browser(running.url)
        self.writer.sign_in("deelnemer@demo.invalid", "ruggespraak-demo")
        _status, page = self.writer.ask("/")
        self.path = re.search(rb'href="(/events/[0-9a-f-]{36}/chat/)', page)[1].decode()
        self.token = self.writer.token(self.writer.ask(self.path)[1])
        self.ws = f"{running.url.replace('http', 'ws')}/ws/chat/{self.path.split('/')[2]}/"

    def say(self, number: int) -> None:
        data = {"csrfmiddlewaretoken": self.token, "cid": str(uuid.uuid4()), "body": f"{number} {TEXT}"}
        body = urllib.parse.urlencode(data).encode()
        status, answer = self.writer.ask(f"{self.path}messages/", body, Accept="application/json")
        if status != 201:
            raise RuntimeError(f"not stored: {status} {answer[:200]}")

    def jar(self, folder: str, people: int) -> str:
        """A file with the cookies of crowd members, one per line."""
        lines = []
        for number in range(1, people + 1):
            reader = Browser(self.running.url)
            reader.sign_in(f"crowd-{number:04}@demo.invalid", "ruggespraak-demo")
            lines.append(reader.cookie)
        place = Path(folder) / "jar"
        place.write_text("\n".join(lines))
        return str(place)


def product_cost(room: Room, count: int, jar: str) -> tuple[float, float]:
    """Seconds of processor time for MESSAGES messages with `count` sockets, and seconds from one to the next."""
    listeners = Listeners(room.ws, count, jar) if count else None
    time.sleep(3)  # presence has settled
    before, began = room.running.cpu, time.perf_counter()
    for number in range(MESSAGES):
        room.say(number)
    rhythm = (time.perf_counter() - began) / MESSAGES
    if listeners:
        result = listeners.wait(MESSAGES)
        if any(result.values()):
            raise RuntimeError(f"not what was said: {result}")
    used = room.running.cpu - before
    if listeners:
        listeners.stop()
    return used, rhythm


def bare_cost(count: int, rhythm: float) -> float:
    """Seconds of processor time for MESSAGES messages to `count` sockets, one each `rhythm` seconds."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.broadcast", str(port)], cwd=BASE, stdout=subprocess.PIPE, text=True
    )
    server.stdout.readline()
    listeners = Listeners(f"ws://127.0.0.1:{port}/", count) if count else None
    frame = json.dumps({"type": "events", "events": [{"seq": 1, "html": "x" * 900}]})
    before = cpu_of(server.pid)
    with connect(f"ws://127.0.0.1:{port}/say", compression=None) as mouth:
        due = time.perf_counter()
        for _ in range(MESSAGES * 2):
            mouth.send(frame)
            mouth.recv()
            due += rhythm
            time.sleep(max(0.0, due - time.perf_counter()))
    if listeners:
        listeners.wait(MESSAGES * 2)
        listeners.stop()
    used = cpu_of(server.pid) - before
    server.kill()
    server.wait()
    return used / 2


def burst(room: Room, jar: str) -> dict:
    """Eight writers at once say BURST things; every socket hears each once, in order."""
    listeners = Listeners(room.ws, SOCKETS, jar)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(room.say, range(BURST)))
    result = listeners.wait(BURST)
    listeners.stop()
    return result


def main() -> float:
    """The ratio of the cost of a delivery to that of the bare server."""
    ratios = []
    with site() as running, tempfile.TemporaryDirectory() as folder:
        running.run("crowd", "--members", "40", "--topics", "1", "--posts", "1")
        running.start()
        room = Room(running)
        jar = room.jar(folder, 40)
        for _ in range(ROUNDS):
            used, rhythm = product_cost(room, SOCKETS, jar)
            ours = (used - product_cost(room, 0, jar)[0]) / MESSAGES / SOCKETS
            bare = (bare_cost(SOCKETS, rhythm) - bare_cost(0, rhythm)) / MESSAGES / SOCKETS
            ratios.append(ours / bare)
            print(f"delivery {ours * 1e6:6.1f} us, bare {bare * 1e6:6.1f} us: {ours / bare:.2f} x")
        print(f"median {statistics.median(ratios):.2f} x")
        print(f"burst of {BURST} to {SOCKETS} sockets: {burst(room, jar)}")
    return statistics.median(ratios)


if __name__ == "__main__":
    main()
