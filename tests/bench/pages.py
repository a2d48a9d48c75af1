"""What pages cost against a bare page of the same server, with 50,000 posts and with ten times that.

On SQLite, and on PostgreSQL when DATABASE_URL names an empty database. SIZES="0.1" makes it quick.
"""

import gzip
import os
import re
import statistics
import subprocess
import sys
import urllib.request

from tests.bench.server import BASE, Browser, Site, site

ROUNDS, REQUESTS = 9, 30
MEMBERS, TOPICS, POSTS = 200, 2_000, 50_000
MEMBER, SECRET, BOARD = "crowd-0001@demo.invalid", "ruggespraak-demo", "/forums/alumnikring/"
TIMING = re.compile(r'dur=([\d.]+), n;desc="(\d+)"')


def measure(running: Site, client: Browser, path: str, times: int = REQUESTS) -> float:
    """Milliseconds of the server's processor time per request."""
    before = running.cpu
    for _ in range(times):
        status, _body = client.ask(path)
        if status != 200:
            raise RuntimeError(f"{path}: {status}")
    return (running.cpu - before) * 1000 / times


def weight(page: bytes) -> int:
    """Bytes over the wire, compressed as a proxy does it by default."""
    return len(gzip.compress(page, 6))


def asked(client: Browser, path: str) -> tuple[float, int]:
    """Milliseconds in the database, and statements, for one page."""
    request = urllib.request.Request(client.url + path, headers={"Cookie": client.cookie})
    with urllib.request.urlopen(request, timeout=60) as answer:
        spent, statements = TIMING.search(answer.headers["Server-Timing"]).groups()
    return float(spent), int(statements)


def in_site(running: Site, module: str) -> str:
    """The last line that `module` prints, run with the settings of a site."""
    command = [sys.executable, "-m", module]
    done = subprocess.run(command, cwd=BASE, env=running.environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return done.stdout.splitlines()[-1]


def paths_in(running: Site, client: Browser) -> dict[str, str]:
    """The pages to compare. The long conversation stands below the others, so its page 100 is as deep as it says."""
    long = in_site(running, "tests.bench.longest")
    _status, page = client.ask(BOARD)
    short = next(path for path in re.findall(r'href="(/forums/topics/[0-9a-f-]{36}/)', page.decode()) if path != long)
    return {
        "bare": "/bench/bare/",
        "topic": f"{short}?from=1",
        "long, page 1": f"{long}?from=1",
        "long, page 100": f"{long}?from=2476",
        "board": BOARD,
        "unread": f"{BOARD}?show=unread",
        "home": "/",
    }


def figures(size: float, variables: dict) -> dict[str, tuple[float, float]]:
    """For each page its ratio to the bare page by processor time, and its milliseconds in the database."""
    with site("tests.bench.settings", **variables) as running:
        topics, posts = int(TOPICS * size), int(POSTS * size)
        running.run("crowd", "--members", str(MEMBERS), "--topics", str(topics), "--posts", str(posts))
        running.start()
        client = Browser(running.url)
        client.sign_in(MEMBER, SECRET)
        paths = paths_in(running, client)
        for path in paths.values():
            measure(running, client, path, 10)
        rounds = [{name: measure(running, client, path) for name, path in paths.items()} for _ in range(ROUNDS)]
        database = {name: [asked(client, path) for _ in range(40)] for name, path in paths.items()}
        sizes = {name: weight(client.ask(path)[1]) for name, path in paths.items()}
    found = {}
    for name in paths:
        cost = statistics.median(one[name] for one in rounds)
        ratio = statistics.median(one[name] / one["bare"] for one in rounds)
        spent = statistics.median(ms for ms, _statements in database[name])
        print(
            f"{name:15} {cost:6.2f} ms CPU  {ratio:5.2f} x bare  {database[name][0][1]:2} statements"
            f"  {spent:5.2f} ms in the database  {sizes[name]:5} bytes",
            flush=True,
        )
        found[name] = ratio, spent
    return found


def main() -> list[dict[str, tuple[float, float]]]:
    """The figures for each database and size."""
    wanted = [float(size) for size in os.environ.get("SIZES", "1 10").split()]
    address, told = os.environ.get("DATABASE_URL", ""), []
    for variables in ({}, {"DATABASE_URL": address}) if address else ({},):
        for size in wanted:
            print(f"{'PostgreSQL' if variables else 'SQLite'}, {int(POSTS * size):,} posts", flush=True)
            told.append(figures(size, variables))
        if len(wanted) > 1:
            first, last = told[-len(wanted)], told[-1]
            grown = ", ".join(f"{name} {last[name][1] / first[name][1]:.2f}" for name in first)
            print(f"in the database, times as much as with {wanted[0] / wanted[-1]:.2g} of it: {grown}")
    return told


if __name__ == "__main__":
    main()
