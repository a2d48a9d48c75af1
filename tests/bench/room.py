"""The open room of the demo, a writer in it, and many who listen."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.people import Sayer
from tests.bench.server import BASE, Browser, Site

SECRET = "ruggespraak-demo"
TEXT = "Wat zou jouw team zeggen als je dit morgen vraagt? Ik ben benieuwd naar twee zinnen."


def person(url: str, address: str = "deelnemer@demo.invalid") -> Browser:
    browser = Browser(url)
    browser.sign_in(address, SECRET)
    return browser


class Room:
    def __init__(self, running: Site) -> None:
        self.running = running
        self.browser = person(running.url)
        _status, page = self.browser.ask("/")
        self.path = re.search(rb'href="(/events/[0-9a-f-]{36}/chat/)', page)[1].decode()
        self.sayer = Sayer(self.browser, self.path)

    def ws(self, url: str = "") -> str:
        """The address of the line, of this site or of another process of it."""
        return f"{(url or self.running.url).replace('http', 'ws')}/ws/chat/{self.path.split('/')[2]}/"

    def say(self, number: int) -> int:
        """The number of what was stored; it says when it left."""
        return self.sayer.say(f"{number} t={time.monotonic():.6f}; {TEXT}")

    @property
    def last(self) -> int:
        """The number of the last event."""
        return self.events(0)[0]

    def events(self, after: int) -> tuple[int, list[dict]]:
        """The number of the last event, and all events after `after`, asked over HTTP."""
        found: list[dict] = []
        while True:
            status, body = self.browser.ask(f"{self.path}events/?after={after}")
            if status != 200:
                raise RuntimeError(f"no events: {status}")
            frame = json.loads(body)
            found += frame["events"]
            if not frame["more"]:
                return frame["last_seq"], found
            after = frame["to"]

    def jar(self, folder: str, people: int) -> str:
        """A file with the cookies of crowd members, one per line."""
        place = Path(folder) / "jar"
        known = [person(self.running.url, f"crowd-{number:04}@demo.invalid").cookie for number in range(1, people + 1)]
        place.write_text("\n".join(known))
        return str(place)


class Listeners:
    """The process that listens."""

    def __init__(self, url: str, count: int, jar: str = "") -> None:
        words = [sys.executable, "-m", "tests.bench.listeners", url, str(count)] + ([jar] if jar else [])
        self.count = count
        self.process = subprocess.Popen(words, cwd=BASE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline().strip() != "open":
            raise RuntimeError("the sockets did not open")

    def tell(self, words: str) -> None:
        self.process.stdin.write(f"{words}\n")
        self.process.stdin.flush()

    def begin(self) -> None:
        """Count from here on."""
        self.tell("begin")
        self.process.stdout.readline()

    def wait(self, wanted: int) -> dict:
        self.tell(f"wait {wanted}")
        return json.loads(self.process.stdout.readline())

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
