"""A phone in the dark and no pointer at all: everything that a member does in conversations, in both languages."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import PHONE

MOST = 150  # presses of Tab on one page
SEEN = """one => {
    const box = one.getBoundingClientRect();
    const at = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
    return Boolean(at) && (at === one || one.contains(at) || at.contains(one));
}"""


class Keys:
    """Hands that only know a keyboard."""

    def __init__(self, visitor) -> None:
        self.visitor, self.page = visitor, visitor.page

    def reach(self, what: str, nth: int = 0):
        """Press Tab until `what` has the focus, where it can be seen: no bar lies over it."""
        target = self.page.locator(f"{what} >> visible=true").nth(nth)
        target.wait_for()
        for _ in range(MOST):
            if target.evaluate("one => one === document.activeElement"):
                assert target.evaluate(SEEN), f"{what} has the focus and lies under something"
                return target
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{what} is not reached on {self.page.url}")

    def press(self, what: str, nth: int = 0) -> None:
        self.reach(what, nth)
        self.page.keyboard.press("Enter")

    def follow(self, what: str, to: str) -> None:
        """Press a link or button that leads to another page."""
        self.press(what)
        self.page.wait_for_url(to)
        self.page.wait_for_load_state("load")


def speak(visitor, language: str) -> None:
    visitor.go("/me/")
    visitor.page.select_option("#id_language", language)
    visitor.page.locator("main form button[type=submit].btn").first.click()
    visitor.page.wait_for_load_state("load")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_from_home_to_a_reply_and_back_to_what_one_searched(visit, language):
    willem = visit("deelnemer2", viewport=PHONE, color_scheme="dark")
    speak(willem, language)
    keys, page = Keys(willem), willem.page
    try:
        willem.go("/")
        expect(page.locator("html")).to_have_attribute("lang", language)
        keys.follow(".tabbar a[href='/forums/']", "**/forums/")
        keys.follow("a[href='/forums/effectieve-communicatie/']", "**/effectieve-communicatie/")
        keys.follow(".chips a[href*='show=unanswered']", "**show=unanswered*")
        keys.follow(".chips a[href='/forums/effectieve-communicatie/']", "**/effectieve-communicatie/")
        keys.follow("main .rowlink__title", "**/topics/**")
        answer(keys, f"En dat werkt, {language}.")
        keep_and_follow(keys)
        report(keys)
        search(keys)
        assert willem.faults == []
    finally:
        speak(willem, "nl")


def answer(keys: Keys, words: str) -> None:
    """React, quote, name somebody, place."""
    page = keys.page
    helps = page.locator("[name=reaction][value=helps]:enabled").first
    before = helps.get_attribute("aria-pressed")
    keys.press("[name=reaction][value=helps]:enabled")
    expect(helps).to_have_attribute("aria-pressed", "false" if before == "true" else "true")
    expect(helps).to_be_focused()
    keys.press(".post__cite")
    expect(page.locator(".composer__quote p")).to_have_count(1)
    expect(page.locator("#composer [name=body]")).to_be_focused()
    page.keyboard.type("Dag @")
    options = page.locator(".names:not([hidden]) li")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(options).to_have_count(0)
    page.keyboard.type(words)
    keys.press("#place")
    expect(page.locator(".post__body", has_text=words)).to_have_count(1)
    expect(page.locator("#place")).to_be_focused()


def keep_and_follow(keys: Keys) -> None:
    page = keys.page
    keys.press("#post-1 .post__more summary")
    keys.follow("#post-1 a[href$='/bookmark/']", "**/bookmark/")
    keys.follow("main form[method=post] button.btn:not([name])", "**/topics/**")
    follows = page.locator("[name=choice][value=follow]")
    if follows.count():
        keys.press("[name=choice][value=follow]")
        page.wait_for_url("**/topics/**")
        expect(follows).to_have_count(0)


def report(keys: Keys) -> None:
    page = keys.page
    keys.press("#post-2 .post__more summary")
    keys.follow("#post-2 a[href$='/report/']", "**/report/")
    keys.reach("[name=reason]")
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(page.locator("[name=reason]").nth(3)).to_be_checked()
    keys.follow("main form[method=post] button.btn:not([name])", "**/me/reports/")


def search(keys: Keys) -> None:
    keys.follow("header a[href='/search/']", "**/search/")
    keys.reach("main [name=q]")
    keys.page.keyboard.type("stilte")
    keys.page.keyboard.press("Enter")
    keys.page.wait_for_url("**q=stilte*")
    keys.follow("main .hit a, main .rowlink a, main article a, main ol a", "**/forums/**")
