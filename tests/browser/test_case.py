"""A case, from the first words of a draft to what came of it; with a colleague's advice and a trainer's feedback."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.people import PHONE, Visitor

LEAD = ".split__lead"  # the next step, and one button for it


def reach(visitor: Visitor, target: Locator) -> None:
    """Go there with the Tab key, from where the focus is."""
    for _press in range(60):
        visitor.page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"the Tab key does not lead to {target}")


def press(visitor: Visitor, name: str) -> None:
    """Go to the button or link of that name, and press it."""
    pressable = visitor.page.locator("main").get_by_role("button", name=name, exact=True)
    target = pressable.or_(visitor.page.locator("main").get_by_role("link", name=name, exact=True)).first
    reach(visitor, target)
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")


def fill(visitor: Visitor, **words: str) -> None:
    """Type in these fields, in the order in which the Tab key comes by them."""
    for name, text in words.items():
        reach(visitor, visitor.page.locator(f"[name={name.replace('__', '-')}]"))
        visitor.page.keyboard.type(text)


def choose(visitor: Visitor, field: str) -> None:
    reach(visitor, visitor.page.locator(field).first)
    visitor.page.keyboard.press("Space")


def bring_in(author: Visitor) -> str:
    """Write a case in five pages and bring it in, with keys only. Returns its address."""
    author.go("/forums/cases/?all=1")
    press(author, "Nieuwe casus")
    fill(author, title="De stilte na het rondje", context="Een team van negen mensen.")
    press(author, "Ga verder")
    fill(author, situation="Na het rondje zegt niemand meer iets.")
    press(author, "Ga verder")
    fill(author, risk__0__text="Wie iets zegt, krijgt er werk bij", risk__0__level="Team")
    press(author, "Nog een risico")
    expect(author.page.locator("[name=risk-1-text]")).to_be_focused()
    author.page.keyboard.type("Er is altijd haast")
    fill(author, risk__1__level="Organisatie", protection__0__text="We lachen veel", protection__0__level="Team")
    press(author, "Ga verder")
    fill(author, question="Hoe haal ik de stilte weg?")
    press(author, "Ga verder")
    author.cut = True  # the refusal is told to the console
    press(author, "Breng mijn casus in")
    expect(author.page.locator(".error-summary")).to_be_focused()
    expect(author.page.locator(".error-summary a")).to_have_count(2)
    for number in range(5):
        tick = author.page.locator("[name=ticks]").nth(number)
        reach(author, tick)
        author.page.keyboard.press("Space")
    choose(author, "[name=pseudonymous]")
    choose(author, "[name=shares_feedback]")
    press(author, "Breng mijn casus in")
    author.page.wait_for_url(re.compile(r"/forums/cases/[0-9a-f-]{36}/$"))
    author.cut = False
    return author.page.url.removeprefix(author.url)


def think_along(mate: Visitor, place: str, kind: str, words: str) -> None:
    """Reply; the kind that fits the round stands ready."""
    mate.go(place)
    expect(mate.page.locator("[name=kind]")).to_have_value(kind)
    mate.page.fill("#composer [name=body]", words)
    mate.page.click("#place")
    expect(mate.page.locator(".post", has_text=words)).to_have_count(1)


def give_feedback(trainer: Visitor, colleague: Visitor) -> None:
    """Found in the worklist, drafted, read along by a colleague, and given."""
    trainer.go("/forums/cases/feedback/")
    press(trainer, "De stilte na het rondje")
    fill(trainer, goal="Stilte mag, en wie wil zegt iets.", seen="Je hoort de stilte goed.")
    trainer.page.get_by_text("Vaste zinnen").click()
    trainer.page.get_by_role("button", name="Zet in mijn tekst: Maak de stap kleiner").click()
    expect(trainer.page.locator("[name=seen]")).to_have_value(
        re.compile(r"^Je hoort de stilte goed\. Wat is de kleinste .+\?$")
    )
    choose(trainer, "[name=factors]")
    press(trainer, "Bewaar als concept")
    desk = trainer.page.url.removeprefix(trainer.url)
    colleague.go(desk)
    expect(colleague.page.locator("main")).to_contain_text("Je hoort de stilte goed.")
    colleague.page.fill("#notes [name=body]", "Noem ook de haast.")
    colleague.page.get_by_role("button", name="Plaats de notitie").click()
    expect(colleague.page.locator("#notes")).to_contain_text("Noem ook de haast.")
    trainer.go(desk)
    expect(trainer.page.locator("#notes")).to_contain_text("Noem ook de haast.")
    trainer.check()
    fill(trainer, next_step="Wacht één keer tien tellen.")
    press(trainer, "Geef feedback")
    expect(trainer.page.locator("main")).not_to_contain_text("De stilte na het rondje")


def test_a_case_goes_from_draft_to_evaluated_with_feedback_of_a_trainer(visit):
    author, mate = visit("jolanda"), visit("stefan", second=True)
    place = bring_in(author)
    author.check()
    press(author, "Open het gesprek")
    think_along(mate, place, "question", "Wat gebeurt er als jij stil bent?")
    expect(author.page.locator(".post", has_text="Wat gebeurt er als jij stil bent?")).to_have_count(1)
    press(author, "Ga naar ronde 2: meedenken")
    press(author, "Ga naar ronde 3: adviezen")
    think_along(mate, place, "suggestion", "Laat iemand anders het rondje leiden.")
    mate.check()
    press(author, "Vraag je trainer om feedback")
    reach(author, author.page.locator("[name=shared]:checked"))
    press(author, "Vraag om feedback")
    give_feedback(visit("trainer"), visit("tr-karim", second=True))
    read_and_save(author, place)
    press(author, "Ga naar ronde 4: terugkoppeling")
    press(author, "Schrijf je actie")
    fill(author, action__0__text="Ik wacht tien tellen", action__0__level="Individu")
    press(author, "Plaats mijn actie")
    press(author, "Schrijf je evaluatie")
    choose(author, "[name=outcome]")
    author.page.keyboard.press("ArrowUp")
    expect(author.page.locator("[name=outcome][value=not_worked]")).to_be_checked()
    fill(author, evaluation="Het werkte niet. De stilte bleef.")
    press(author, "Plaats mijn evaluatie")
    expect(author.page.locator("#evaluation")).to_contain_text("Het werkte niet")
    author.check()
    mate.go(place)
    expect(mate.page.locator("#evaluation")).to_contain_text("De stilte bleef.")
    expect(mate.page.locator("#feedback")).to_have_count(0)


def read_and_save(author: Visitor, place: str) -> None:
    """New feedback pushes itself onto Today; its author alone reads it, and takes it along."""
    author.go("/")
    press(author, "Lees de feedback")
    given = author.page.locator("#feedback")
    expect(given).to_contain_text("Nieuw")
    expect(given).to_contain_text("Wacht één keer tien tellen.")
    with author.page.expect_download() as download:
        given.get_by_role("link", name="Bewaar als pdf").click()
    assert download.value.suggested_filename == "feedback.pdf"
    author.go(place)
    expect(given).not_to_contain_text("Nieuw")


def known_case(visitor: Visitor) -> str:
    """The address of a case of the demo, found as they would."""
    visitor.go("/forums/cases/?all=1")
    link = visitor.page.locator("main").get_by_role("link", name="Een team dat het altijd eens is")
    return link.get_attribute("href").split("#")[0]


def test_on_a_phone_the_next_step_of_a_case_is_seen_at_once(visit):
    willem = visit("deelnemer2", viewport=PHONE)
    willem.go(known_case(willem))
    button = willem.page.locator(f"{LEAD} .btn")
    expect(button).to_be_in_viewport()


def test_without_scripts_a_refused_reply_stays_on_the_page_of_its_case(visit):
    willem = visit("deelnemer2", java_script_enabled=False)
    willem.go(known_case(willem))
    willem.page.fill("#composer [name=body]", "Bel mij op 06 12345678.")
    willem.page.click("#place")
    expect(willem.page.locator("#diagnosis")).to_be_visible()
    expect(willem.page.locator("#composer [name=body]")).to_have_value("Bel mij op 06 12345678.")
