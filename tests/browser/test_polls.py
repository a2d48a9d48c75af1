"""A poll in the room: begun by a trainer, voted in by four, its result for all at once, and closed."""

from playwright.sync_api import expect

from tests.browser.people import PHONE
from tests.browser.test_chat import ROOM

WORDS = "Wanneer neem jij je eerste stap?"


def poll_of(visitor):
    return visitor.page.locator("[data-log] .said", has_text=WORDS)


def vote(visitor, words: str) -> None:
    poll_of(visitor).get_by_label(words).press("Space")
    poll_of(visitor).get_by_role("button", name="Stem").press("Enter")
    expect(poll_of(visitor)).to_contain_text("Je stem is geteld.")


def test_a_poll_tells_nothing_of_one_vote_and_its_result_of_none(visit):
    judith, sanne = visit("trainer"), visit("deelnemer", second=True, viewport=PHONE)
    willem = visit("deelnemer2")
    for visitor in (judith, sanne, willem):
        visitor.go(ROOM)
    page = judith.page
    page.locator(".live__head summary", has_text="Deze chat").first.press("Enter")
    page.locator("a", has_text="Begin een peiling").press("Enter")
    page.fill("#id_question", WORDS)
    page.fill("#id_options", "Morgen\nDeze week\nLater")
    judith.check()
    page.locator("main form button[type=submit]").press("Enter")
    for visitor in (judith, sanne, willem):
        expect(poll_of(visitor)).to_contain_text("Deze week")
    vote(sanne, "Morgen")
    vote(willem, "Later")
    for visitor in (judith, sanne):
        expect(poll_of(visitor)).to_contain_text("2 mensen stemden.")
        expect(poll_of(visitor).locator("meter")).to_have_count(0)
    sanne.check()
    judith.settle()
    poll_of(judith).get_by_role("button", name="Sluit de peiling").press("Enter")
    for visitor in (judith, willem):
        expect(poll_of(visitor)).to_contain_text("Bij minder dan 4 stemmen is er geen uitslag.")
    expect(poll_of(judith).get_by_role("button", name="Sluit de peiling")).to_have_count(0)
    judith.check()
