"""What a search costs over half a million posts, for a member of one circle: the statements, and the page.

On SQLite, and on PostgreSQL when DATABASE_URL names an empty database. POSTS=20000 makes it quick.
"""

import json
import os
import statistics
import subprocess
import sys

from tests.bench.pages import ROUNDS, measure
from tests.bench.server import BASE, Browser, Site, site

SECRET = "ruggespraak-demo"
LIMITS = {"two words": 15, "beginning": 50, "phrase": 300}  # ms, 95th percentile


def filled(running: Site, posts: int) -> dict:
    command = [sys.executable, "-m", "tests.bench.searching", str(posts), SECRET]
    done = subprocess.run(command, cwd=BASE, env=running.environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def told(times: dict) -> None:
    for name, kinds in times.items():
        limit = 3 * kinds["raw"][1] + 5 if "raw" in kinds else LIMITS[name]
        figures = "  ".join(f"{kind} {median:.1f} (p95 {p95:.1f})" for kind, (median, p95) in kinds.items())
        print(f"{name:10} {figures} ms, the statement at most {limit:.1f}")


def pages(running: Site, address: str, word: str) -> float:
    """How often the board page goes into the page of a search, by the server's processor time."""
    running.start()
    client = Browser(running.url)
    client.sign_in(address, SECRET)
    paths = {"board": "/forums/proef-open-1/", "search": f"/search/?q={word}"}
    for path in paths.values():
        for _ in range(10):
            client.ask(path)
    rounds = [{name: measure(running, client, path) for name, path in paths.items()} for _ in range(ROUNDS)]
    costs = {name: statistics.median(one[name] for one in rounds) for name in paths}
    print(f"page       board {costs['board']:.1f} ms CPU, search {costs['search']:.1f} ms, at most twice as much")
    return costs["search"] / costs["board"]


def main() -> list[float]:
    """For each database, how often the board page goes into the page of a search."""
    posts, ratios = int(os.environ.get("POSTS", "500000")), []
    for variables in ({}, {"DATABASE_URL": os.environ.get("DATABASE_URL", "")}):
        if variables == {"DATABASE_URL": ""}:
            continue
        print("PostgreSQL" if variables else "SQLite", flush=True)
        with site("tests.bench.settings", **variables) as running:
            found = filled(running, posts)
            told(found["times"])
            ratios.append(pages(running, found["address"], found["word"]))
    return ratios


if __name__ == "__main__":
    main()
