"""After a session: a trainer asks what may be kept, the writer says yes and no on the phone, and it goes on in the circle."""

from playwright.sync_api import expect

from community.demo.content import key
from tests.browser.people import PHONE

CHAT = f"/events/{key('event', 'ed4-s1')}/chat/"


def press(visitor, role: str, name: str, to: str) -> None:
    """By keyboard, to another page."""
    visitor.page.get_by_role(role, name=name).focus()
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url(f"**{to}")
    visitor.settle()
    visitor.check()


def choose(judith) -> list[str]:
    """Ask for the first two messages of Sanne. Returns their words."""
    judith.go(CHAT)
    judith.check()
    press(judith, "link", "Kies wat bewaard blijft", "/summary/")
    press(judith, "link", "Kies wat je wilt bewaren", "/pick/")
    own = judith.page.locator("label.check", has_text="Sanne")
    wanted = [own.nth(n).locator("[dir=auto]").inner_text() for n in range(2)]
    for n in range(2):
        own.nth(n).locator("input").focus()
        judith.page.keyboard.press("Space")
    press(judith, "button", "Vraag het de schrijvers", "/summary/")
    expect(judith.page.locator("main")).to_contain_text("0 van de 2")
    return wanted


def decide(sanne, wanted: list[str]) -> None:
    """Yes to the first, no to the second, from the first page on."""
    sanne.go("/")
    sanne.check()
    sanne.page.get_by_role("link", name="Bekijk en kies").click()
    sanne.page.wait_for_url("**/kept/")
    sanne.check()
    answers = (("Ja, bewaar dit", "Je zei ja."), ("Nee, bewaar dit niet", "Je zei nee."))
    for words, (answer, told) in zip(wanted, answers, strict=True):
        sanne.page.locator("article.card", has_text=words).get_by_role("button", name=answer).click()
        expect(sanne.page.locator("main")).to_contain_text(told)
    sanne.check()


def begin(judith) -> None:
    """The conversation, after a form that is refused; its other words stay."""
    judith.go(f"{CHAT}summary/")
    expect(judith.page.locator("main")).to_contain_text("1 van de 2")
    judith.check()
    judith.cut = True  # the console tells that the form was refused
    judith.page.fill("#said_title", "")
    judith.page.fill("#said_body", "Uit onze chat.")
    judith.page.get_by_role("button", name="Begin het gesprek").click()
    expect(judith.page.locator(".error-summary")).to_contain_text("Vul een titel in.")
    expect(judith.page.locator("#said_body")).to_have_value("Uit onze chat.")
    judith.check()
    judith.page.fill("#said_title", "Om te bewaren")
    judith.page.get_by_role("button", name="Begin het gesprek").click()
    judith.page.wait_for_url("**/forums/topics/**")


def test_one_yes_one_no_and_out_again(visit):
    judith, sanne = visit("trainer"), visit("deelnemer", second=True, viewport=PHONE)
    wanted = choose(judith)
    decide(sanne, wanted)
    begin(judith)
    expect(judith.page.locator("main")).to_contain_text(wanted[0])
    expect(judith.page.locator("main")).not_to_contain_text(wanted[1])
    sanne.go(CHAT)
    expect(sanne.page.get_by_role("link", name="Om te bewaren")).to_be_visible()
    sanne.go(f"{CHAT}kept/")
    sanne.page.get_by_role("button", name="Haal het weer weg").click()
    expect(sanne.page.locator("main")).to_contain_text("Het wordt niet bewaard.")
    judith.page.reload()
    expect(judith.page.locator("main")).not_to_contain_text(wanted[0])
