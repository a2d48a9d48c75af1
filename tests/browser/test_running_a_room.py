"""A trainer runs the room of a session that is on; participants see it happen, on the phone and by keyboard."""

from playwright.sync_api import expect

from tests.browser.people import PHONE
from tests.browser.test_chat import ROOM, say, wait_until

BOX = "[data-composer] [name=body]"


def come_in(*visitors) -> None:
    for visitor in visitors:
        visitor.go(ROOM)
        expect(visitor.page.locator("[data-people] li").first).not_to_have_text("", timeout=15_000)


def send(visitor, words: str) -> None:
    visitor.page.fill(BOX, words)
    visitor.page.locator("[data-composer] button[type=submit]").click()


def test_in_slow_mode_the_text_stays_in_the_box_and_goes_when_it_may(visit):
    judith, sanne = visit("trainer"), visit("deelnemer", second=True, viewport=PHONE)
    come_in(judith, sanne)
    send(sanne, "Eerst dit")
    wait_until(judith, "Eerst dit")
    judith.page.focus("#slow-wide")
    judith.page.keyboard.type("60")
    judith.page.keyboard.press("Tab")
    judith.page.keyboard.press("Enter")
    expect(sanne.page.locator("[data-bar]")).to_contain_text("één bericht per 60 seconden")
    send(sanne, "En dan dat")
    expect(sanne.page.locator("[data-left]")).to_be_visible()
    expect(sanne.page.locator("[data-error]")).to_contain_text("kun je weer schrijven")
    assert sanne.page.input_value(BOX) == "En dan dat"
    sanne.cut = True  # the page asks before unsent text is lost
    sanne.check()
    judith.page.select_option("#slow-wide", "0")
    judith.page.press("#slow-wide", "Tab")
    judith.page.keyboard.press("Enter")
    expect(sanne.page.locator("[data-left]")).to_be_hidden()
    expect(sanne.page.locator("[data-error]")).to_have_text("")
    say(sanne, "En dan dat")
    wait_until(judith, "En dan dat")
    judith.check()


def test_a_trainer_closes_the_chat_and_opens_it_again(visit):
    judith, sanne = visit("trainer"), visit("deelnemer", second=True, viewport=PHONE)
    come_in(judith, sanne)
    for link, words in (("Sluit de chat", "Gesloten"), ("Open de chat", "Nu bezig")):
        judith.page.locator("summary", has_text="Deze chat leiden").focus()
        judith.page.keyboard.press("Enter")
        judith.page.get_by_role("link", name=link).focus()
        judith.check()
        judith.page.keyboard.press("Enter")
        judith.page.locator("main form button[type=submit]").focus()
        judith.check()
        judith.page.keyboard.press("Enter")
        expect(sanne.page.locator("[data-bar]")).to_contain_text(words)
        expect(sanne.page.locator("[data-composer]")).to_be_visible(visible=link == "Open de chat")
        judith.page.wait_for_url(f"**{ROOM}")
        judith.settle()


def test_what_is_pinned_stands_above_the_log_and_goes_with_its_message(visit):
    judith, sanne = visit("trainer"), visit("deelnemer", second=True, viewport=PHONE)
    come_in(judith, sanne)
    for words in ("Pauze tot kwart over twee", "Dit blijft staan"):
        say(judith, words)
        wait_until(judith, words)
        judith.page.locator(".said", has_text=words).get_by_role("button", name="Zet vast").press("Enter")
        expect(sanne.page.locator("[data-pin]", has_text=words)).to_have_count(1)
    judith.check()
    sanne.check()
    judith.page.locator("[data-pin]", has_text="Dit blijft staan").get_by_role("button", name="Maak los").press("Enter")
    expect(sanne.page.locator("[data-pin]", has_text="Dit blijft staan")).to_have_count(0)
    judith.page.locator(".said", has_text="Pauze tot").get_by_role("link", name="Haal weg").press("Enter")
    judith.page.locator("main form button[type=submit]").press("Enter")
    expect(sanne.page.locator("[data-pin]")).to_have_count(0)
    expect(sanne.page.locator("[data-log]")).not_to_contain_text("Pauze tot kwart")


def test_without_scripts_a_trainer_pins_by_plain_forms(visit):
    judith = visit("trainer", java_script_enabled=False)
    judith.go(ROOM)
    judith.page.locator(".said").last.get_by_role("button", name="Zet vast").click()
    judith.page.wait_for_url(f"**{ROOM}")
    expect(judith.page.locator("[data-pin]")).to_have_count(1)
    judith.page.locator(".live__pins").get_by_role("button", name="Maak los").click()
    judith.page.wait_for_url(f"**{ROOM}")
    expect(judith.page.locator("[data-pin]")).to_have_count(0)


def test_who_has_a_time_out_reads_along_and_writes_again_when_it_is_lifted(visit):
    judith, sanne = visit("trainer"), visit("deelnemer", second=True, viewport=PHONE)
    come_in(judith, sanne)
    send(sanne, "Nog zo'n grap")
    wait_until(judith, "Nog zo'n grap")
    for button in ("Geef een time-out", "Stop de time-out"):
        judith.page.locator(".said", has_text="Nog zo'n grap").get_by_role("link", name="ime-out").press("Enter")
        judith.check()
        judith.page.locator("main").get_by_role("button", name=button).press("Enter")
        judith.page.wait_for_url(f"**{ROOM}**")
        judith.settle()
        given = button == "Geef een time-out"
        expect(sanne.page.locator("[data-rest]")).to_be_visible(visible=given)
        expect(sanne.page.locator("[data-composer]")).to_be_visible(visible=not given)
        sanne.check()
    send(sanne, "Sorry")
    wait_until(judith, "Sorry")


def test_one_answers_a_message_by_keyboard_and_can_take_the_quote_off(visit):
    sanne, willem = visit("deelnemer", viewport=PHONE), visit("deelnemer2", second=True)
    come_in(sanne, willem)
    send(sanne, "Wie staat er naast je?")
    wait_until(willem, "Wie staat er naast je?")
    answer = willem.page.locator(".said", has_text="Wie staat er naast je?").get_by_role("link", name="Antwoord")
    answer.press("Enter")
    expect(willem.page.locator("[data-quote]")).to_contain_text("Wie staat er naast je?")
    expect(willem.page.locator(BOX)).to_be_focused()
    willem.check()
    willem.page.locator("[data-unquote]").press("Enter")
    expect(willem.page.locator("[data-quote]")).to_be_hidden()
    answer.press("Enter")
    say(willem, "Mijn collega")
    wait_until(sanne, "Mijn collega")
    expect(willem.page.locator("[data-quote]")).to_be_hidden()
    expect(sanne.page.locator(".said", has_text="Mijn collega").locator(".msg__to")).to_contain_text("Antwoord aan")
    sanne.check()


def test_the_log_tells_what_is_new_and_puts_what_one_says_in_a_row_under_one_name(visit):
    sanne, willem = visit("deelnemer"), visit("deelnemer2", second=True, viewport=PHONE)
    come_in(sanne, willem)
    send(willem, "Gelezen voor ik ging")
    wait_until(sanne, "Gelezen voor ik ging")
    sanne.go("/")
    for words in ("Nieuw een", "Nieuw twee"):
        send(willem, words)
        wait_until(willem, words)
    expect(willem.page.locator(".said.is-on", has_text="Nieuw twee")).to_have_count(1)
    sanne.go(ROOM)
    new = sanne.page.locator(".divider--new")
    expect(new).to_have_text("Nieuw sinds je laatst keek")
    expect(new.locator("xpath=following-sibling::div[1]")).to_contain_text("Nieuw een")
    expect(sanne.page.locator(".said.is-on", has_text="Nieuw twee")).to_have_count(1)
    sanne.check()
    willem.check()


KEYBOARD = """
  Object.defineProperty(visualViewport, "height", { get: () => window.left ?? innerHeight });
  window.cover = (left) => { window.left = left; visualViewport.dispatchEvent(new Event("resize")); };
"""


def test_a_keyboard_on_the_screen_does_not_cover_the_box_and_reading_back_is_left_alone(visit):
    willem, sanne = visit("deelnemer2"), visit("deelnemer", second=True, viewport=PHONE)
    sanne.page.add_init_script(KEYBOARD)
    come_in(willem, sanne)
    sanne.page.focus(BOX)
    sanne.page.evaluate("cover(420)")
    box, log = (sanne.page.locator(one).bounding_box() for one in (BOX, "chat-room [data-log]"))
    assert 0 < box["y"] < box["y"] + box["height"] <= 420
    assert log["height"] > 100
    send(sanne, "Met het toetsenbord open")
    wait_until(willem, "Met het toetsenbord open")
    sanne.page.evaluate("cover(undefined)")
    expect(sanne.page.locator(".tabbar")).to_be_visible()

    sanne.page.locator("chat-room [data-log]").evaluate("log => log.scrollTo(0, 0)")
    for number in (1, 2, 3):
        say(willem, f"Terwijl jij terugleest {number}")
        wait_until(sanne, f"Terwijl jij terugleest {number}")
    assert sanne.page.locator("chat-room [data-log]").evaluate("log => log.scrollTop") == 0
    button = sanne.page.locator("chat-room [data-new]")
    expect(button).to_have_text("3 nieuwe berichten")
    button.press("Enter")
    expect(button).to_be_hidden()
    expect(sanne.page.locator(".msg__text", has_text="Terwijl jij terugleest 3")).to_be_in_viewport()
