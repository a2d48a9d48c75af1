"""What a first visit costs: bytes over the wire, requests, and what the first picture waits for."""

import gzip
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from tests.bench.pages import BOARD, MEMBER, SECRET
from tests.bench.server import Browser, site
from tests.browser.chromium import find

MOST, BEFORE_PAINT, IN_ALL = 60_000, 6, 15  # bytes besides fonts, and requests
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
BLOCKING = "performance.getEntriesByType('resource').filter((one) => one.renderBlockingStatus === 'blocking').map((one) => one.name)"


@dataclass
class Visit:
    """What the browser asked for, in order: address, kind, milliseconds since the page was asked for, bytes."""

    files: list[tuple[str, str, float, int]] = field(default_factory=list)
    paint: float = 0
    blocking: list[str] = field(default_factory=list)

    @property
    def weight(self) -> int:
        return sum(size for _url, kind, _at, size in self.files if kind != "Font")

    @property
    def before_paint(self) -> int:
        return sum(at < self.paint for _url, _kind, at, _size in self.files)

    @property
    def hosts(self) -> set[str]:
        return {urlsplit(url).netloc for url, *_rest in self.files}


def visit(url: str, cookies: dict[str, str]) -> Visit:
    """A first visit with an empty cache. What the application sends as it is, a proxy compresses: counted so."""
    asked, sizes, found = {}, {}, Visit()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**find())
        context = browser.new_context()
        context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.requestWillBeSent", lambda e: asked.update({e["requestId"]: e}))
        wire.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: int(e["encodedDataLength"])}))
        answer = page.goto(url, wait_until="networkidle")
        begin = min(one["timestamp"] for one in asked.values())
        document = len(gzip.compress(answer.body(), 6))
        for key, one in asked.items():
            if not one["request"]["url"].startswith("http"):
                continue  # a picture that came with the style sheet
            size = document if one["type"] == "Document" else sizes.get(key, 0)
            found.files.append((one["request"]["url"], one["type"], (one["timestamp"] - begin) * 1000, size))
        found.paint, found.blocking = page.evaluate(PAINT), page.evaluate(BLOCKING)
        browser.close()
    return found


def told(name: str, seen: Visit) -> None:
    for url, kind, at, size in sorted(seen.files, key=lambda one: one[2]):
        print(f"  {at:6.0f} ms {size:7} {kind:10} {urlsplit(url).path}")
    print(
        f"{name}: {seen.weight} bytes besides fonts (at most {MOST}), {seen.before_paint} requests before the first"
        f" picture (at most {BEFORE_PAINT}), {len(seen.files)} in all (at most {IN_ALL}), blocking:"
        f" {', '.join(urlsplit(one).path for one in seen.blocking)}; asked of {', '.join(sorted(seen.hosts))}"
    )


def main() -> dict[str, Visit]:
    """The first visit of the sign-in page, and that of a conversation of 25 posts."""
    with site() as running:
        running.run("crowd", "--members", "40", "--topics", "60", "--posts", "3000")
        running.start()
        client = Browser(running.url)
        client.sign_in(MEMBER, SECRET)
        topic = re.search(r'href="(/forums/topics/[0-9a-f-]{36}/)', client.ask(BOARD)[1].decode())[1]
        seen = {
            "sign in": visit(f"{running.url}/accounts/login/code/", {}),
            "conversation": visit(f"{running.url}{topic}?from=1", client.cookies),
        }
    for name, one in seen.items():
        told(name, one)
    return seen


if __name__ == "__main__":
    main()
