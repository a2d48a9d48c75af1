"""What a first visit to the sign-in page weighs over the wire, and whom the browser asks."""

from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from tests.bench.server import site
from tests.browser.chromium import find

MOST = 150_000  # bytes


def visit(url: str) -> tuple[int, set[str], list[tuple[int, str]]]:
    """Bytes over the wire for a first visit, the hosts that were asked, and each file with its bytes."""
    names, sizes = {}, []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**find())
        page = browser.new_page()
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.requestWillBeSent", lambda e: names.update({e["requestId"]: e["request"]["url"]}))
        wire.on(
            "Network.loadingFinished",
            lambda e: sizes.append((int(e["encodedDataLength"]), names.get(e["requestId"], ""))),
        )
        page.goto(url, wait_until="networkidle")
        browser.close()
    hosts = {urlsplit(name).hostname for name in names.values() if name.startswith("http")}
    return sum(size for size, _name in sizes), hosts, sorted(sizes, reverse=True)


def main() -> int:
    with site() as running:
        running.start()
        total, hosts, sizes = visit(f"{running.url}/accounts/login/code/")
    for size, name in sizes:
        print(f"{size:8} {urlsplit(name).path}")
    print(f"{total:8} bytes of at most {MOST}, asked of {', '.join(sorted(hosts))}")
    return total


if __name__ == "__main__":
    main()
