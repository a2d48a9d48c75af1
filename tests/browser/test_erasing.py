"""Who takes a text back takes it back everywhere: pages that are open, boxes that quote it, lists and the search."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_conversation import begin
from tests.browser.test_talk import reply

SAID = "De zebravink zat weer eens in de vergaderkamer, en niemand zei er iets van."
GONE = "Deze tekst is teruggenomen."


def case_of(visitor) -> str:
    """The address of a case that is being discussed in the circle."""
    visitor.go("/forums/cases/?all=1")
    row = visitor.page.locator(".rowlink", has_text="In gesprek").first
    return row.locator(".rowlink__title").get_attribute("href").split("#")[0]


def quoting(visitor, place: str, words: str = "") -> None:
    """Press "Quote" at the last message, and begin to write below it."""
    visitor.go(place)
    visitor.page.locator(".post__cite").last.click()
    expect(visitor.page.locator(".composer__quote p")).to_have_text(SAID)
    with visitor.page.expect_response("**/forums/drafts/"):
        visitor.page.fill("#composer [name=body]", words or "Nog niet af")


@pytest.mark.parametrize("where", ["conversation", "case"])
def test_a_quote_empties_everywhere(visit, where):
    sanne, willem = visit("deelnemer"), visit("deelnemer2", second=True)
    place = begin(sanne, f"Wat zag jij ({where})?", "Vertel eens.") if where == "conversation" else case_of(sanne)
    willem.go(place)
    reply(willem, SAID)
    quoting(sanne, place, f"Dat zag ik ook, {where}.")
    sanne.page.click("#place")
    mine = sanne.page.locator(".post", has_text=f"Dat zag ik ook, {where}.").locator(".post__quote p")
    expect(mine).to_have_text(SAID)
    number = sanne.page.locator(".post", has_text=SAID).first.get_attribute("id").removeprefix("post-")
    writing = visit("deelnemer")
    writing.go(f"{place}?quote={number}#write")
    with writing.page.expect_response("**/forums/drafts/"):
        writing.page.fill("#composer [name=body]", "Nog niet af")
    expect(writing.page.locator(".composer__quote p")).to_have_text(SAID)

    willem.go(place)
    willem.page.locator(f".entry:has(#post-{number}) a[href$='/remove/']").click()
    with writing.page.expect_response("**/forums/drafts/"):  # without the quote
        willem.page.locator("main form[method=post] button[type=submit]").first.click()
        for words in (mine, writing.page.locator(".composer__quote p")):
            expect(words).to_have_text(GONE)
    expect(writing.page.locator("[name=quote]")).to_have_count(0)
    expect(writing.page.locator("#composer [name=body]")).to_have_value("Nog niet af")
    for visitor in (sanne, willem, writing):
        visitor.go(place)
        expect(visitor.page.locator("main")).not_to_contain_text("zebravink")
        assert "zebravink" not in visitor.page.content()
        visitor.go("/search/?q=zebravink")
        expect(visitor.page.locator("main .rowlink__title")).to_have_count(0)
        assert visitor.faults == []
    writing.go(place)
    expect(writing.page.locator("#composer [name=body]")).to_have_value("Nog niet af")
    expect(writing.page.locator(".composer__quote")).to_have_count(0)
