"""Reactions, quotes and names after an @, in a real browser."""

from playwright.sync_api import expect

from tests.browser.test_conversation import begin

SAID = "Ik begin altijd met de agenda. Dan weet iedereen waar hij aan toe is."


def reply(visitor, words: str) -> None:
    visitor.page.fill("#composer [name=body]", words)
    visitor.page.click("#place")
    expect(visitor.page.locator(".post__body", has_text=words)).to_have_count(1)


def test_a_reaction_is_seen_live_and_the_focus_stays(visit):
    sanne, willem = visit("deelnemer"), visit("deelnemer2", second=True)
    place = begin(sanne, "Hoe open jij een overleg?", SAID)
    willem.go(place)
    button = willem.page.get_by_role("button", name="Dank je")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_have_text("Dank je 1")
    expect(button).to_be_focused()
    expect(sanne.page.locator("[name=reaction][value=thanks]")).to_have_text("Dank je 1")
    expect(sanne.page.locator("[name=reaction][value=thanks]")).to_be_disabled()
    expect(sanne.page.locator("[name=reaction][value=helps]")).to_be_hidden()
    willem.check()
    sanne.check()
    button.press(" ")
    expect(button).to_have_text("Dank je")
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(sanne.page.locator("[name=reaction][value=thanks]")).to_be_hidden()


def test_selected_words_stand_above_the_reply_and_go_with_their_text(visit):
    sanne, willem = visit("deelnemer"), visit("deelnemer2", second=True)
    place = begin(sanne, "Wat doe jij eerst?", "Wie weet het?")
    willem.go(place)
    reply(willem, SAID)
    expect(sanne.page.locator(".post__body", has_text=SAID)).to_have_count(1)
    sanne.page.evaluate(
        "() => { const words = [...document.querySelectorAll('.post__body p')].at(-1).firstChild;"
        " getSelection().setBaseAndExtent(words, 9, words, 29); }"
    )
    sanne.page.locator("[data-quote-chip]").click()
    expect(sanne.page.locator(".composer__quote p")).to_have_text("altijd met de agenda")
    expect(sanne.page.locator("#composer [name=body]")).to_be_focused()
    sanne.check()
    words = "Dat ga ik ook doen"
    with sanne.page.expect_response(
        lambda answer: answer.url.endswith("/forums/drafts/") and words in answer.request.post_data
    ):
        sanne.page.keyboard.type(words)
    sanne.go(place)
    expect(sanne.page.locator(".composer__quote p")).to_have_text("altijd met de agenda")
    sanne.page.click("#place")
    for visitor in (sanne, willem):
        expect(visitor.page.locator(".post .post__quote p")).to_have_text("altijd met de agenda")
    sanne.check()
    willem.page.locator(".entry--own a[href$='/remove/']").last.click()
    willem.page.locator("main form[method=post] button[type=submit]").first.click()
    expect(sanne.page.locator(".post .post__quote p")).to_have_text("Deze tekst is teruggenomen.", timeout=2000)


def test_a_whole_message_is_quoted_by_keys_and_taken_out(visit):
    sanne, willem = visit("deelnemer"), visit("deelnemer2", second=True)
    place = begin(sanne, "Nog een over de agenda", SAID)
    willem.go(place)
    willem.page.get_by_role("link", name="Citeer").press("Enter")
    expect(willem.page.locator(".composer__quote p")).to_have_text(SAID)
    willem.page.get_by_role("button", name="Haal dit citaat weg").press("Enter")
    expect(willem.page.locator(".composer__quote")).to_have_count(0)
    expect(willem.page.locator("#composer [name=body]")).to_be_focused()


def test_a_name_is_chosen_by_keys(visit):
    sanne = visit("deelnemer")
    begin(sanne, "Wie was erbij?", SAID)
    box = sanne.page.locator("#composer [name=body]")
    box.press_sequentially("Dag @")
    options = sanne.page.locator(".names:not([hidden]) li")
    expect(options.first).to_have_attribute("aria-selected", "true")
    sanne.check()
    second = options.nth(1).text_content()
    box.press("ArrowDown")
    box.press("Enter")
    expect(box).to_have_value(f"Dag @{second} ")
    expect(options).to_have_count(0)
    box.press_sequentially("en @")
    expect(options.first).to_be_visible()
    box.press("Escape")
    expect(options).to_have_count(0)
    sanne.page.click("#place")
    expect(sanne.page.locator(".post__body strong", has_text=f"@{second}")).to_have_count(1)


def test_reactions_and_quotes_work_without_scripts(visit):
    sanne, willem = visit("deelnemer"), visit("deelnemer2", second=True, java_script_enabled=False)
    place = begin(sanne, "Zonder scripts citeren", SAID)
    willem.go(place)
    willem.page.get_by_role("button", name="Dit helpt").click()
    expect(willem.page.get_by_role("button", name="Dit helpt 1")).to_be_visible()
    expect(willem.page.get_by_text("Jouw reactie: Dit helpt")).to_be_visible()
    willem.page.get_by_role("link", name="Citeer").click()
    expect(willem.page.locator(".composer__quote p")).to_have_text(SAID)
    willem.page.fill("#composer [name=body]", "Precies.")
    willem.page.click("#place")
    expect(willem.page.locator(".post .post__quote p")).to_have_text(SAID)
