"""What a delivery in the chat costs, and how long it takes, against servers that do nothing else; and bursts, counted.

Processor time of the server, messages one at a time: the next is said when everyone has the last. All servers
stand beside each other and take turns. "In all" has signing in, checking, storing and reading in it; "alone"
is less what the same messages cost with nobody listening.
On SQLite and memory, and on PostgreSQL and Redis with two processes where DATABASE_URL names an empty database
and REDIS_URL a Redis. BENCH_SOCKETS=100 and BENCH_MESSAGES=20 make it quick.
"""

import os
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from tests.bench.crowds import enduring, idle, ratio_of_posting, resumed
from tests.bench.room import Listeners, Room
from tests.bench.server import Site, beside, site
from tests.bench.yardsticks import Yardstick, known

SOCKETS = int(os.environ.get("BENCH_SOCKETS", "500"))
MESSAGES = int(os.environ.get("BENCH_MESSAGES", "60"))
ROUNDS, BEAT, MEMBERS = 3, 0.1, 40
PRESENCE = 3  # seconds until the pages have heard who is there


class Product:
    """The site with many sockets in its room, over one process or more."""

    def __init__(self, room: Room, sites: list[Site], count: int, jar: str) -> None:
        self.room, self.sites, self.count = room, sites, count
        self.crowds = [Listeners(room.ws(one.url), count // len(sites), jar) for one in sites] if count else []
        self.say = room.say
        time.sleep(PRESENCE)

    @property
    def cpu(self) -> float:
        return sum(one.cpu for one in self.sites)

    def stop(self) -> None:
        for crowd in self.crowds:
            crowd.stop()


def crowds_of(server) -> list[Listeners]:
    return server.crowds if isinstance(server, Product) else [server.listeners]


def wait(server, wanted: int) -> list[dict]:
    """What the crowds say. Raises RuntimeError when something was lost, doubled, out of order or ended."""
    found = [crowd.wait(wanted) for crowd in crowds_of(server)]
    if any(one[fault] for one in found for fault in ("lost", "doubled", "unordered", "ended")):
        raise RuntimeError(f"not what was said: {found}")
    return found


def cost(server, messages: int = 0) -> float:
    """Seconds of processor time per message, one at a time."""
    messages = messages or MESSAGES
    for crowd in crowds_of(server):
        crowd.begin()
    before = server.cpu
    for number in range(1, messages + 1):
        server.say(number)
        wait(server, number)
    return (server.cpu - before) / messages


def rhythm(server) -> float:
    """The 99th percentile of the time from saying to hearing (ms), at ten messages a second."""
    for crowd in crowds_of(server):
        crowd.begin()
    due = time.monotonic()
    for number in range(1, MESSAGES + 1):
        server.say(number)
        due += BEAT
        time.sleep(max(0.0, due - time.monotonic()))
    return max(one["p99"] for one in wait(server, MESSAGES))


def against(room: Room, sites: list[Site], jar: str) -> None:
    """The product beside each yardstick."""
    nobody = statistics.median(cost(Product(room, sites, 0, jar)) for _ in range(ROUNDS))
    servers = {"product": Product(room, sites, SOCKETS, jar)}
    servers |= {name: Yardstick(name, SOCKETS) for name in known()}
    rounds: list[dict] = []
    for _ in range(ROUNDS):
        spent = {name: cost(server, MESSAGES // 4 if name == "textbook" else 0) for name, server in servers.items()}
        late = {f"{name} p99": rhythm(servers[name]) for name in ("product", "websockets")}
        rounds.append(spent | late | {"alone": spent["product"] - nobody})
    for server in servers.values():
        server.stop()
    tell(rounds)


def tell(rounds: list[dict]) -> None:
    middle = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    for name in ("product", "alone", *known()):
        print(f"delivery, {name}: {middle[name] / SOCKETS * 1e6:.1f} us CPU", flush=True)
    for name in known():
        all_in, alone = (statistics.median(one[what] / one[name] for one in rounds) for what in ("product", "alone"))
        print(f"against {name}: {all_in:.3f} x in all, {alone:.3f} x alone")
    ratio = statistics.median(one["product p99"] / one["websockets p99"] for one in rounds)
    print(f"p99 {middle['product p99']:.1f} ms, websockets {middle['websockets p99']:.1f}: {ratio:.2f} x", flush=True)


def scaled(room: Room, sites: list[Site], jar: str) -> None:
    """A delivery to many sockets against one to a tenth of them."""
    nobody = cost(Product(room, sites, 0, jar))
    found = {}
    for count in (SOCKETS * 4 // 10, SOCKETS * 4):
        server = Product(room, sites, count, jar)
        found[count] = statistics.median((cost(server) - nobody) / count for _ in range(ROUNDS))
        server.stop()
        print(f"delivery to {count} sockets, alone: {found[count] * 1e6:.1f} us CPU", flush=True)
    few, many = found.values()
    print(f"many against few: {many / few:.2f} x, at most 1.2")


def burst(room: Room, sites: list[Site], jar: str) -> None:
    """Eight at once say things; every socket hears each once, in order."""
    server = Product(room, sites, SOCKETS, jar)
    number = SOCKETS * 4
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(room.say, range(number)))
    print(f"burst of {number} to {SOCKETS} sockets: {[crowd.wait(number) for crowd in server.crowds]}", flush=True)
    server.stop()


def every_ratio(room: Room, sites: list[Site], jar: str) -> None:
    """All that is promised of a room. What concerns single sockets is asked of the first process."""
    idle(room, jar, SOCKETS)
    ratio_of_posting(room)
    against(room, sites, jar)
    scaled(room, sites, jar)
    resumed(room, jar, SOCKETS * 2)
    enduring(room, jar, SOCKETS // 2, rhythm, Product)
    burst(room, sites, jar)


def small(folder: str) -> None:
    """SQLite and memory, one process."""
    with site("tests.bench.settings") as running:
        running.run("crowd", "--members", str(MEMBERS), "--topics", "1", "--posts", "1")
        running.start()
        room = Room(running)
        jar = room.jar(folder, MEMBERS)
        every_ratio(room, [running], jar)


def grown(folder: str, **variables: str) -> None:
    """PostgreSQL and Redis, one process and then two."""
    with ExitStack() as stack:
        running = stack.enter_context(site("tests.bench.settings", **variables))
        running.run("crowd", "--members", str(MEMBERS), "--topics", "1", "--posts", "1")
        running.start()
        other = stack.enter_context(beside(running))
        room = Room(running)
        jar = room.jar(folder, MEMBERS)
        spent: dict[int, list[float]] = {1: [], 2: []}
        for _ in range(ROUNDS):
            for sites in ([running], [running, other]):
                server = Product(room, sites, SOCKETS, jar)
                spent[len(sites)].append(cost(server))
                server.stop()
        ratio = statistics.median(two / one for one, two in zip(spent[1], spent[2], strict=True))
        print(f"two processes against one, in all: {ratio:.2f} x, at most 1.3", flush=True)
        every_ratio(room, [running, other], jar)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        if "socket.io" not in known():
            print("socket.io is not found here: put it in NODE_PATH to measure against it")
        print("SQLite, memory, one process", flush=True)
        small(folder)
        if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
            print("PostgreSQL, Redis, two processes", flush=True)
            grown(folder, DATABASE_URL=os.environ["DATABASE_URL"], REDIS_URL=os.environ["REDIS_URL"])


if __name__ == "__main__":
    main()
