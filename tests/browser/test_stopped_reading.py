"""Where the log of a room is when one comes in, and what of other trainers one sees without loading the page again."""

from playwright.sync_api import expect

from tests.browser.people import PHONE
from tests.browser.test_chat import ROOM, wait_until
from tests.browser.test_running_a_room import come_in, send

TALL = "\n".join(str(number) for number in range(30))


def said(visitor, words: str):
    return visitor.page.locator(".said", has_text=words)


def test_one_comes_in_where_one_stopped_reading(visit):
    willem, sanne = visit("deelnemer2"), visit("deelnemer", second=True, viewport=PHONE)
    come_in(willem, sanne)
    send(willem, "Dit las je nog")
    wait_until(sanne, "Dit las je nog")
    sanne.go("/")
    for number in (1, 2):
        send(willem, f"Onderwijl {number}\n{TALL}")
        wait_until(willem, f"Onderwijl {number}")
    sanne.go(ROOM)
    expect(sanne.page.locator(".divider--new")).to_be_in_viewport()
    expect(said(sanne, "Onderwijl 2")).not_to_be_in_viewport()
    button = sanne.page.locator("chat-room [data-new]")
    expect(button).to_have_text("2 nieuwe berichten")
    before = sanne.page.locator("chat-room [data-log]").evaluate("log => log.scrollTop")
    send(willem, "Nu je kijkt")
    wait_until(sanne, "Nu je kijkt")
    expect(button).to_have_text("3 nieuwe berichten")
    assert sanne.page.locator("chat-room [data-log]").evaluate("log => log.scrollTop") == before
    sanne.check()
    sanne.page.set_viewport_size(PHONE)
    key = said(sanne, "Dit las je nog").locator(".msg").get_attribute("id")
    sanne.go("/")
    sanne.go(f"{ROOM}#{key}")
    expect(said(sanne, "Dit las je nog")).to_be_in_viewport()
    sanne.page.locator("chat-room [data-log]").evaluate("log => log.scrollTo(0, log.scrollHeight)")
    sanne.go("/")
    sanne.go(ROOM)
    expect(sanne.page.locator(".divider--new")).to_have_count(0)
    expect(said(sanne, "Nu je kijkt")).to_be_in_viewport()


def test_another_trainer_sees_a_time_out_come_and_go(visit):
    judith, other, sanne = visit("trainer"), visit("trainer", second=True), visit("deelnemer", viewport=PHONE)
    come_in(judith, other, sanne)
    send(sanne, "Nog een grap")
    for visitor in (judith, other):
        wait_until(visitor, "Nog een grap")
    link = said(other, "Nog een grap").locator("a[data-rests]")
    for button, words in (("Geef een time-out", "Time-out tot"), ("Stop de time-out", "Geef een time-out")):
        said(judith, "Nog een grap").get_by_role("link", name="ime-out").press("Enter")
        judith.page.locator("main").get_by_role("button", name=button).press("Enter")
        judith.page.wait_for_url(f"**{ROOM}**")
        judith.settle()
        expect(link).to_contain_text(words)
    other.check()
    send(sanne, "Het spijt me echt")
    expect(said(other, "Het spijt me echt").locator("a[data-rests]")).to_have_text("Geef een time-out")
