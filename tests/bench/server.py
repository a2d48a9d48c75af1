"""A server of the product in a process of its own, in a folder of its own, and what it costs."""

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def cpu_of(pid: int) -> float:
    """Seconds of processor time that process `pid` has used, by the clock that Linux keeps of it."""
    return time.clock_gettime((~pid << 3) | 2)


class Site:
    """Where it listens, its process, and a way to run commands on its data."""

    def __init__(self, port: int, environment: dict) -> None:
        self.port, self.environment = port, environment
        self.url = f"http://localhost:{port}"
        self.process: subprocess.Popen | None = None

    def run(self, *words: str) -> str:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=BASE, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)
        return done.stdout

    def start(self) -> None:
        command = [sys.executable, "manage.py", "serve"]
        self.process = subprocess.Popen(
            command, cwd=BASE, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for line in self.process.stdout:
            if line.startswith("Ready:"):
                self.ears = threading.Thread(target=self.process.stdout.read, daemon=True)
                self.ears.start()  # a pipe that is full would hold up the server
                return
        raise RuntimeError("the server did not start")

    def begin(self, *words: str) -> None:
        """A command that goes on beside us until `stop`."""
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", *words], cwd=BASE, env=self.environment, stdout=quiet, stderr=quiet
        )

    def stop(self, *, hard: bool = False) -> None:
        if self.process and self.process.poll() is None:
            self.process.kill() if hard else self.process.terminate()
            self.process.wait(timeout=20)
            if self.process.stdout:
                self.ears.join()
                self.process.stdout.close()

    @property
    def cpu(self) -> float:
        return cpu_of(self.process.pid)


@contextmanager
def beside(running: Site, **variables: str):
    """Another process of the same site, on a port of its own."""
    port = free_port()
    own = {"PORT": str(port), "SITE_URL": f"http://localhost:{port}"}
    other = Site(port, running.environment | own | variables)
    other.start()
    try:
        yield other
    finally:
        other.stop()


@contextmanager
def site(settings: str = "community.settings", **variables: str):
    """A running demo site without limits; everything is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")}
        environment |= {
            "DATA_DIR": folder,
            "PORT": str(port),
            "SITE_URL": f"http://localhost:{port}",
            "DEMO": "1",
            "RATE_LIMITS": "off",
            "DJANGO_SETTINGS_MODULE": settings,
            "EMAIL_URL": "dummymail://",
            "PYTHONUNBUFFERED": "1",
        }
        running = Site(port, environment | variables)
        try:
            running.run("demo")
            yield running
        finally:
            running.stop()


class Browser:
    """A signed-in client without a browser: cookies and forms over plain HTTP."""

    def __init__(self, url: str) -> None:
        self.url, self.cookies = url, {}

    def ask(self, path: str, data: bytes | None = None, **headers: str) -> tuple[int, bytes]:
        request = urllib.request.Request(self.url + path, data, headers={"Cookie": self.cookie, **headers})
        opener = urllib.request.build_opener(_Stay)
        try:
            answer = opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        with answer:
            return answer.status, answer.read()

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def token(self, page: bytes) -> str:
        return page.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

    def sign_in(self, address: str, password: str) -> None:
        _status, page = self.ask("/accounts/login/")
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token(page), "login": address, "password": password})
        status, _ = self.ask("/accounts/login/", data.encode())
        if status != 302:
            raise RuntimeError(f"{address} could not sign in: {status}")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None
