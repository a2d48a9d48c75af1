"""Many sockets in a process of their own, so that listening is not counted as speaking.

Run as a program: URL COUNT COOKIE-FILE. It says "open" when all are open; for each line
"wait N" on its input it answers when every socket has N events, with what was lost,
doubled or out of order.
"""

import asyncio
import json
import sys
from pathlib import Path

from websockets.asyncio.client import connect


class Ear:
    """One socket and the numbers that it heard, in the order in which it heard them."""

    def __init__(self) -> None:
        self.seqs: list[int] = []
        self.bare = 0

    async def listen(self, url: str, cookie: str, opened: asyncio.Event) -> None:
        headers = {"Cookie": cookie} if cookie else {}
        origin = url.replace("ws://", "http://").split("/ws/")[0] if cookie else None
        async with connect(url, additional_headers=headers, origin=origin, compression=None, max_queue=None) as socket:
            if not cookie:
                opened.set()
            async for text in socket:
                if not cookie:
                    self.bare += 1
                    continue
                frame = json.loads(text)
                if frame["type"] == "hello":
                    opened.set()  # from here on it hears everything
                elif frame["type"] == "events":
                    self.seqs += [event["seq"] for event in frame["events"] if event["kind"] == "message"]

    @property
    def heard(self) -> int:
        return len(self.seqs) or self.bare


async def open_all(ears: list[Ear], url: str, cookies: list[str]) -> None:
    for number, ear in enumerate(ears):
        opened = asyncio.Event()
        ear.task = asyncio.create_task(ear.listen(url, cookies[number % len(cookies)], opened))
        await asyncio.wait_for(opened.wait(), 30)


def verdict(ears: list[Ear], wanted: int) -> dict:
    """How many events were lost, doubled or out of order, over all sockets."""
    lost = sum(max(0, wanted - len(set(ear.seqs)) if ear.seqs else wanted - ear.bare) for ear in ears)
    doubled = sum(len(ear.seqs) - len(set(ear.seqs)) for ear in ears)
    unordered = sum(ear.seqs != sorted(ear.seqs) for ear in ears)
    return {"lost": lost, "doubled": doubled, "unordered": unordered}


async def main(url: str, count: int, cookies: list[str]) -> None:
    ears = [Ear() for _ in range(count)]
    await open_all(ears, url, cookies)
    print("open", flush=True)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        wanted, deadline = int(line.split()[1]), loop.time() + 60
        while min((ear.heard for ear in ears), default=wanted) < wanted and loop.time() < deadline:
            await asyncio.sleep(0.02)
        print(json.dumps(verdict(ears, wanted)), flush=True)
    for ear in ears:
        ear.task.cancel()


if __name__ == "__main__":
    jar = Path(sys.argv[3]).read_text().splitlines() if len(sys.argv) > 3 else [""]
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), jar))
