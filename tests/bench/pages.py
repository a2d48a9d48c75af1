"""What a topic page and a board page cost, against a bare page of the same server."""

import gzip
import re
import statistics
import urllib.request

from tests.bench.server import Browser, site

ROUNDS, REQUESTS = 5, 60


def measure(running, client: Browser, path: str) -> float:
    """Milliseconds of the server's processor time per request."""
    before = running.cpu
    for _ in range(REQUESTS):
        status, _body = client.ask(path)
        if status != 200:
            raise RuntimeError(f"{path}: {status}")
    return (running.cpu - before) * 1000 / REQUESTS


def weight(page: bytes) -> int:
    """Bytes over the wire, compressed as a proxy does it by default."""
    return len(gzip.compress(page, 6))


def statements(client: Browser, path: str) -> int:
    request = urllib.request.Request(client.url + path, headers={"Cookie": client.cookie})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return int(re.search(r'n;desc="(\d+)"', answer.headers["Server-Timing"])[1])


def main() -> dict[str, float]:
    """Ratios: the topic page and the board page against the bare page; statements of each."""
    with site("tests.bench.settings") as running:
        running.run("crowd", "--members", "40", "--topics", "60", "--posts", "3000")
        running.start()
        client = Browser(running.url)
        client.sign_in("crowd-0001@demo.invalid", "ruggespraak-demo")
        board = "/forums/alumnikring/"
        _status, page = client.ask(board)
        topic = re.search(rb'href="(/forums/topics/[0-9a-f-]{36}/)', page)[1].decode()
        paths = {"bare": "/bench/bare/", "topic": topic, "board": board}
        for path in paths.values():
            for _ in range(10):
                client.ask(path)
        rounds = [{name: measure(running, client, path) for name, path in paths.items()} for _ in range(ROUNDS)]
        figures = {name: statistics.median(r[name] for r in rounds) for name in paths}
        counts = {name: statements(client, path) for name, path in paths.items()}
        sizes = {name: weight(client.ask(path)[1]) for name, path in paths.items()}
    for name in paths:
        ratio = figures[name] / figures["bare"]
        print(
            f"{name:8} {figures[name]:6.2f} ms CPU  {ratio:5.2f} x bare  {counts[name]} statements  {sizes[name]} bytes"
        )
    return {name: figures[name] / figures["bare"] for name in ("topic", "board")}


if __name__ == "__main__":
    main()
