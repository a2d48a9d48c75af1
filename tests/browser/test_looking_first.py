"""A trainer looks first: from switching it on to what came back and was sent again, on a phone and on a laptop."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import PHONE
from tests.browser.test_chat import ROOM, say, wait_until
from tests.browser.test_questions import ask, line
from tests.browser.test_running_a_room import BOX, come_in, send

RULE = "Een trainer bekijkt elk bericht voordat iedereen het ziet."
WAITS = "wacht op een trainer"


def switch(judith, on: str) -> None:
    judith.page.locator("summary", has_text="Deze chat leiden").focus()
    judith.page.keyboard.press("Enter")
    judith.page.get_by_role("button", name=f"Zet ‘eerst bekijken’ {on}").press("Enter")
    expect(judith.page.locator("[data-bar] p", has_text=RULE)).to_have_count(int(on == "aan"))
    judith.page.keyboard.press("Escape")


def waiting(visitor, words: str):
    return visitor.page.locator("[data-waits]", has_text=words)


@pytest.fixture
def three(visit):
    """Sanne on a phone, Willem at the other server, and Judith, who trains them and looks first."""
    judith = visit("trainer")
    people = judith, visit("deelnemer", viewport=PHONE), visit("deelnemer2", second=True)
    come_in(*people)
    switch(judith, "aan")
    yield people
    judith.page.set_viewport_size({"width": 1280, "height": 900})
    judith.go(ROOM)
    switch(judith, "uit")


def test_what_waits_is_shown_by_a_trainer_at_the_place_of_that_moment(three):
    judith, sanne, willem = three
    for visitor in (sanne, willem):
        expect(visitor.page.locator("[data-bar]")).to_contain_text(RULE)
        expect(visitor.page.locator("[data-composer]")).to_contain_text("Een trainer kijkt eerst.")
    send(sanne, "Mag ik dit zo zeggen?")
    expect(waiting(sanne, "Mag ik dit zo zeggen?")).to_contain_text(WAITS)
    expect(line(judith, "Mag ik dit zo zeggen?", "unseen")).to_contain_text("Sanne")
    assert "Mag ik dit zo" not in willem.page.content()
    sanne.check()
    judith.check()
    sanne.page.set_viewport_size(PHONE)
    sanne.go(ROOM)
    expect(waiting(sanne, "Mag ik dit zo zeggen?")).to_contain_text(WAITS)

    judith.page.set_viewport_size({"width": 1280, "height": 900})
    say(judith, "Van een trainer staat het er meteen")
    for visitor in (sanne, willem):
        wait_until(visitor, "Van een trainer staat het er meteen")
    line(judith, "Mag ik dit zo zeggen?", "unseen").get_by_role("button", name="Laat zien").press("Enter")
    for visitor in (sanne, willem, judith):
        wait_until(visitor, "Mag ik dit zo zeggen?")
    expect(waiting(sanne, "Mag ik dit zo zeggen?")).to_have_count(0)
    expect(line(judith, "Mag ik dit zo zeggen?", "unseen")).to_have_count(0)
    after = sanne.page.locator(".said", has_text="Van een trainer staat").locator("xpath=following-sibling::*[1]")
    expect(after).to_contain_text("Mag ik dit zo zeggen?")


def test_what_comes_back_is_read_by_its_writer_alone_and_sent_again(three):
    judith, sanne, willem = three
    send(sanne, "Mijn collega Kees lacht altijd mee")
    line(judith, "Kees lacht", "unseen").get_by_role("link", name="Geef terug met uitleg").press("Enter")
    judith.page.fill("[name=words]", "Er staat een naam in.")
    judith.check()
    judith.page.locator("main form button[type=submit]").press("Enter")
    judith.page.wait_for_url("**tab=questions**")
    judith.settle()
    expect(waiting(sanne, "Kees lacht")).to_contain_text("Er staat een naam in.")
    sanne.check()
    sanne.page.set_viewport_size(PHONE)
    waiting(sanne, "Kees lacht").get_by_role("link", name="Zet terug in het vak").press("Enter")
    expect(sanne.page.locator(BOX)).to_have_value("Mijn collega Kees lacht altijd mee")
    sanne.settle()
    send(sanne, "Een collega lacht altijd mee")
    expect(waiting(sanne, "Een collega lacht altijd mee")).to_contain_text(WAITS)
    sanne.go(ROOM)
    for words in ("Een collega lacht", "Kees lacht"):
        waiting(sanne, words).get_by_role("link", name="Haal weg").press("Enter")
        sanne.page.locator("main form button[type=submit]").press("Enter")
        sanne.page.wait_for_url(f"**{ROOM}**")
        sanne.settle()
        expect(waiting(sanne, words)).to_have_count(0)
    expect(line(judith, "Een collega lacht", "unseen")).to_have_count(0)
    for words in ("Kees lacht", "Een collega lacht", "Er staat een naam in."):
        assert words not in willem.page.content()
    willem.check()


def test_a_named_question_waits_too_and_is_shown(three):
    judith, sanne, willem = three
    sanne.page.locator(".live__tabs a", has_text="Vragen").press("Enter")
    ask(sanne, "Krijgen we de dia's van vandaag?")
    expect(sanne.page.locator("[data-own] li", has_text="dia's van vandaag")).to_contain_text("Wacht op een trainer")
    expect(line(judith, "dia's van vandaag", "unseen")).to_contain_text("Sanne")
    assert "van vandaag?" not in willem.page.content()
    line(judith, "dia's van vandaag", "unseen").get_by_role("button", name="Laat zien").press("Enter")
    for visitor in (sanne, willem, judith):
        expect(line(visitor, "dia's van vandaag")).to_have_count(1)
    expect(sanne.page.locator("[data-own] li", has_text="dia's van vandaag")).to_have_count(0)


def test_without_scripts_one_sees_it_wait_and_takes_it_back(three, visit):
    judith, _sanne, _willem = three
    plain = visit("deelnemer2", java_script_enabled=False, viewport=PHONE)
    plain.go(ROOM)
    send(plain, "Zonder script gezegd")
    plain.page.wait_for_url(f"**{ROOM}**")
    expect(waiting(plain, "Zonder script gezegd")).to_contain_text(WAITS)
    expect(line(judith, "Zonder script gezegd", "unseen")).to_have_count(1)
    waiting(plain, "Zonder script gezegd").get_by_role("link", name="Haal weg").press("Enter")
    plain.page.locator("main form button[type=submit]").press("Enter")
    plain.page.wait_for_url(f"**{ROOM}**")
    expect(waiting(plain, "Zonder script gezegd")).to_have_count(0)
    expect(line(judith, "Zonder script gezegd", "unseen")).to_have_count(0)
