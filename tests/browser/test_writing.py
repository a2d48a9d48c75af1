"""Help while you write, as members meet it: with scripts, with keys, and without scripts."""

import re

from playwright.sync_api import expect

from tests.browser.test_conversation import begin, circle_of
from tests.forums import papers

TOLD = "Gisteren vertelde Marloes wat er speelt. Marloes is te bereiken op 06-12345678. Dat was op 12 maart 2026."


def offered(visitor, words: str) -> str:
    """What the page offers to write instead of `words`."""
    text = visitor.page.locator(f".helper li:has(mark:text-is('{words}')) [name=swap]").inner_text()
    return re.search("‘(.+)’", text)[1]


def test_a_name_a_number_and_a_date_are_caught_replaced_in_one_press_and_offered_again(visit):
    sanne = visit("deelnemer")
    place = begin(sanne, "Wat doe je hiermee?", "Er speelt iets in mijn team.")
    page, box = sanne.page, sanne.page.locator("#composer [name=body]")
    box.fill(TOLD)
    expect(page.locator(".helper li mark")).to_have_text(["Marloes", "06-12345678", "op 12 maart 2026"])
    expect(page.locator("writing-help [data-told]")).to_have_text("Kijk nog even naar 3 plekken.")
    sanne.check()
    words = offered(sanne, "Marloes")
    box.evaluate("one => one.setSelectionRange(5, 5)")
    page.locator(".helper li", has_text="Marloes").locator("[name=swap]").press("Enter")
    expect(page.locator(".helper li mark")).to_have_text(["06-12345678", "op 12 maart 2026"])
    assert box.input_value() == TOLD.replace("vertelde Marloes", f"vertelde {words}").replace(
        "Marloes is", f"{words[0].upper()}{words[1:]} is"
    )
    assert box.evaluate("one => one.selectionStart") == 5
    expect(page.locator(".helper [name=swap]").first).to_be_focused()
    page.click("#place")
    expect(page.locator(".helper[data-asks]")).to_be_focused()
    expect(page.locator(".helper")).to_contain_text("Dit plaatsen we alleen als jij zegt dat het goed is.")
    page.locator(".helper li", has_text="06-12345678").locator("[name=good]").click()
    expect(page.locator(".helper li mark")).to_have_text(["op 12 maart 2026"])
    page.click("#place")
    expect(page.locator(".post", has_text="06-12345678")).to_have_count(1)
    expect(box).to_have_value("")
    box.fill("Vandaag sprak ik Marloes weer.")
    expect(page.locator(".helper li mark")).to_have_text(["Marloes"])
    assert offered(sanne, "Marloes") == words
    assert place in page.url
    assert sanne.faults == []


def test_without_scripts_the_form_comes_back_with_the_same_answers(visit):
    sanne = visit("deelnemer", java_script_enabled=False)
    page = sanne.page
    sanne.go(f"{circle_of(sanne)}new/")
    page.fill("[name=title]", "Het gedrag van Marloes")
    page.fill("[name=body]", TOLD)
    page.locator("main button[type=submit].btn:not([name])").first.click()
    expect(page.locator(".helper li mark")).to_have_text(["Marloes", "06-12345678", "op 12 maart 2026"])
    words = offered(sanne, "Marloes")
    page.locator(".helper li", has_text="Marloes").locator("[name=swap]").click()
    expect(page.locator("[name=title]")).to_have_value(f"Het gedrag van {words}")
    page.locator(".helper li", has_text="06-12345678").locator("[name=good]").click()
    expect(page.locator(".helper li mark")).to_have_text(["op 12 maart 2026"])
    page.get_by_role("button", name="Plaats zo").click()
    expect(page.locator("h1")).to_have_text(f"Het gedrag van {words}")
    page.fill("#composer [name=body]", "Marloes belde.")
    page.click("#place")
    assert offered(sanne, "Marloes") == words


def test_a_file_that_names_somebody_gets_its_other_name_in_one_press(visit):
    sanne = visit("deelnemer")
    page = sanne.page
    begin(sanne, "Met een verslag erbij", "Er speelt iets in mijn team.")
    page.fill("#composer [name=body]", "Zie het verslag.")
    page.locator(".files summary").press("Enter")
    file = {"name": "gesprek-marloes-jansen.pdf", "mimeType": "application/pdf", "buffer": papers.PDF}
    page.set_input_files("#id_files", [file])
    expect(page.locator(".helper li mark")).to_have_text(["gesprek-marloes-jansen.pdf"])
    words = offered(sanne, "gesprek-marloes-jansen.pdf")
    page.locator(".helper [name=swap]").press("Enter")
    expect(page.locator(".files li bdi")).to_have_text([words])
    expect(page.locator("#composer [name=body]")).to_have_value("Zie het verslag.")
    sanne.check()
    page.click("#place")
    expect(page.locator(".post .attach")).to_contain_text(words)
    assert "marloes" not in page.content()
