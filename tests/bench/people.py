"""Who says things and who listens through thick and thin, as the page does."""

import json
import random
import threading
import time
import urllib.parse
import uuid
from http.client import HTTPException

from tests.bench.ear import Ear
from tests.bench.server import Browser

AGAIN = 0.1  # seconds until the next attempt


class Sayer:
    """Says things until each is acknowledged: the same key again whenever no answer came."""

    def __init__(self, browser: Browser, path: str, chance: random.Random | None = None) -> None:
        self.browser, self.path, self.chance = browser, path, chance
        self.token = browser.token(browser.ask(path)[1])
        self.acknowledged: dict[str, int] = {}  # key -> number

    def post(self, cid: str, body: str) -> tuple[int, dict]:
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token, "cid": cid, "body": body}).encode()
        status, answer = self.browser.ask(f"{self.path}messages/", data, Accept="application/json")
        return status, json.loads(answer) if answer[:1] == b"{" else {}

    def lucky(self, share: float) -> bool:
        return self.chance is not None and self.chance.random() < share

    def say(self, body: str, patience: float = 60) -> int:
        """The number of the message; some are sent twice, and of some the answer is thrown away, where chance is given."""
        cid, until = str(uuid.uuid4()), time.monotonic() + patience
        while time.monotonic() < until:
            try:
                status, answer = self.post(cid, body)
                if status in (200, 201) and not self.lucky(0.1):
                    if self.lucky(0.1):
                        self.post(cid, body)
                    self.acknowledged[cid] = answer["seq"]
                    return answer["seq"]
            except (OSError, HTTPException):  # the server is away, or went away in the middle of its answer
                pass
            time.sleep(AGAIN)
        raise RuntimeError("not acknowledged")


class Follower(threading.Thread):
    """Listens from `after` on, comes back when the line ends, and asks for what it missed.

    `heard` are number and key of all messages; `holes` and `doubled` what a line said with something
    left out, or again.
    """

    def __init__(self, ws: str, cookie: str, after: int) -> None:
        super().__init__(daemon=True)
        self.ws, self.cookie, self.last = ws, cookie, after
        self.heard: list[tuple[int, str]] = []
        self.holes = self.doubled = self.lines = 0
        self.ear: Ear | None = None
        self.done = False

    def run(self) -> None:
        while not self.done:
            try:
                self.follow()
            except (OSError, RuntimeError):
                time.sleep(AGAIN)
            finally:
                if self.ear is not None:
                    self.ear.close()

    def follow(self) -> None:
        self.ear = Ear(f"{self.ws}?after={self.last}", self.cookie)
        self.lines += 1
        while texts := self.ear.read():
            for text in texts:
                frame = json.loads(text)
                if frame["type"] == "events":
                    self.hear(frame)

    def hear(self, frame: dict) -> None:
        for event in frame["events"]:
            self.holes += event["seq"] > self.last + 1
            self.doubled += event["seq"] <= self.last
            self.last = max(self.last, event["seq"])
            if event["kind"] == "message":
                self.heard.append((event["seq"], event["cid"]))

    def cut(self) -> None:
        """The line is gone, in the middle of whatever it was saying."""
        if self.ear is not None:
            self.ear.cut()

    def until(self, number: int, patience: float) -> float | None:
        """Seconds until everything up to `number` was heard; None when that took longer than `patience`."""
        began = time.monotonic()
        while time.monotonic() - began < patience:
            if self.last >= number:
                return time.monotonic() - began
            time.sleep(0.01)
        return None

    def stop(self) -> None:
        self.done = True
        self.cut()
