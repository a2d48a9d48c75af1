"""Someone at a browser: signs in, looks, and notices what goes wrong."""

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from community.demo.people import PASSWORD

WIDE, PHONE, NARROW = (
    {"width": 1280, "height": 900},
    {"width": 390, "height": 844},
    {"width": 320, "height": 640},
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


class Visitor:
    """A browser context of one person of the demo; `page` is its tab."""

    def __init__(self, browser, url: str, name: str | None, context: dict) -> None:
        self.url, self.faults, self.cut = url, [], False
        self.scripts = context.get("java_script_enabled", True)
        self.context = browser.new_context(
            base_url=url, **({"viewport": WIDE, "locale": "nl-NL", "reduced_motion": "reduce"} | context)
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("console", lambda message: message.type == "error" and self.fault(message.text))
        self.page.on("pageerror", lambda error: self.fault(str(error)))
        self.page.on("request", self.watch)
        if name:
            self.sign_in(name)

    def fault(self, words: str) -> None:
        """What a person never sees but is wrong. A line that was cut on purpose may complain."""
        if not self.cut:
            self.faults.append(words)

    def watch(self, request) -> None:
        if request.url.startswith(("http", "ws")) and urlsplit(request.url).netloc != urlsplit(self.url).netloc:
            self.faults.append(f"asked another host: {request.url}")

    def sign_in(self, name: str) -> None:
        self.page.goto("/accounts/login/")
        self.page.fill("[name=login]", f"{name}@demo.invalid")
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(f"{self.url}/")

    def go(self, path: str) -> None:
        self.page.goto(path)
        self.settle()

    def settle(self) -> None:
        """Wait until the page's scripts have come: whoever is quicker gets the page without them, which works too."""
        if not self.scripts:
            return
        expect(self.page.locator(":not(:defined)")).to_have_count(0, timeout=10_000)
        for _turn in range(200):
            if self.page.evaluate("!document.body.dataset.htmx || 'htmx' in window"):
                return
            self.page.wait_for_timeout(50)

    def check(self) -> None:
        """No accessibility rule is broken, nothing scrolls sideways, nothing went wrong; light and dark, wide to narrow."""
        self.page.wait_for_load_state("load")
        for size in (WIDE, PHONE, NARROW):
            self.page.set_viewport_size(size)
            over = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert over <= 0, f"{self.page.url} is {over} px too wide at {size['width']} px"
        for size, scheme in ((PHONE, "dark"), (WIDE, "dark"), (PHONE, "light"), (WIDE, "light")):
            self.page.set_viewport_size(size)
            self.uncover(size)
            self.page.emulate_media(color_scheme=scheme)
            found = Axe().run(self.page, options=RULES).response["violations"]
            told = [
                (one["id"], [(node["html"][:160], node["failureSummary"]) for node in one["nodes"]]) for one in found
            ]
            assert told == [], f"{self.page.url} {size['width']} px {scheme}: {told}"
        assert self.faults == []

    def uncover(self, size: dict) -> None:
        """A window as high as the page: the bar that stays in view covers nothing that one could scroll away from it."""
        height = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size(size | {"height": max(height, size["height"])})

    def leave(self) -> None:
        self.context.close()
