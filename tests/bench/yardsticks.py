"""Servers that only say the same to everyone, to measure against. Each in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
import time

from websockets.sync.client import connect

from tests.bench.room import TEXT, Listeners
from tests.bench.server import BASE, cpu_of, free_port

SEATED = 1  # seconds until the last one that was let in has its seat
PADDING = "x" * 700  # with the rest, as long as a message of the product
NAMES = {"websockets": "broadcast", "textbook": "textbook"}


class Yardstick:
    """A running server with `count` sockets that listen."""

    def __init__(self, name: str, count: int) -> None:
        self.name, self.count = name, count
        port = free_port()
        if name == "socket.io":
            words = ["node", str(BASE / "tests/bench/socketio.cjs"), str(port)]
        else:
            words = [sys.executable, "-m", f"tests.bench.{NAMES[name]}", str(port)]
        self.process = subprocess.Popen(words, cwd=BASE, stdout=subprocess.PIPE, text=True)
        if not self.process.stdout.readline().startswith("Ready:"):
            raise RuntimeError(f"{name} did not start")
        path = "socket.io/?EIO=4&transport=websocket" if name == "socket.io" else ""
        self.listeners = Listeners(f"ws://127.0.0.1:{port}/{path}", count)
        self.mouth = connect(f"ws://127.0.0.1:{port}/{path or 'say'}", compression=None, ping_interval=None)
        if path:
            self.mouth.recv()
            self.mouth.send("40")
            self.mouth.recv()
        time.sleep(SEATED)

    def say(self, number: int) -> None:
        words = f"{number} t={time.monotonic():.6f}; {TEXT} {PADDING}"
        event = {"seq": number, "kind": "message", "html": words}
        frame = json.dumps({"type": "events", "events": [event]}, separators=(",", ":"))
        self.mouth.send(f"42{json.dumps(['say', frame])}" if self.name == "socket.io" else frame)

    @property
    def cpu(self) -> float:
        return cpu_of(self.process.pid)

    def stop(self) -> None:
        self.listeners.stop()
        self.process.kill()  # first, so that nobody waits for a polite end
        self.process.wait()
        self.process.stdout.close()
        self.mouth.close()


def known() -> list[str]:
    """The yardsticks that can be run here."""
    names = ["websockets", "textbook"]
    if shutil.which("node"):
        found = subprocess.run(["node", "-e", "require('socket.io')"], capture_output=True, env=os.environ, check=False)
        if found.returncode == 0:
            names.append("socket.io")
    return names
