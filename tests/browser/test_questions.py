"""A question without a name on its way: asked, seen by a trainer, voted for, on the screen, done."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import PHONE
from tests.browser.test_chat import ROOM

WORDS, OTHER = "Wat doe je als je leidinggevende meelacht?", "Hoe weet ik of een actie werkt?"


def ask(visitor, words: str, *, nameless: bool = False) -> None:
    page = visitor.page
    page.locator("[data-ask] summary").press("Enter")
    page.fill("#ask_body", words)
    if nameless:
        page.locator("#ask_nameless").press("Space")
    page.locator("[data-ask] form button").press("Enter")
    expect(page.locator("#ask_body")).to_have_value("")
    expect(page.locator("[data-ask] summary")).to_be_focused()


def line(visitor, words: str, part: str = "shown"):
    return visitor.page.locator(f'[data-list="{part}"] > li', has_text=words)


@pytest.fixture
def three(visit):
    """Sanne, Willem at the other server, and Judith, who trains them; all in the room."""
    people = visit("deelnemer"), visit("deelnemer2", second=True), visit("trainer")
    for visitor in people:
        visitor.go(ROOM)
        expect(visitor.page.locator("[data-people] li").first).not_to_have_text("", timeout=15_000)
    return people


def test_a_question_without_a_name_from_asking_to_answered(three):
    sanne, willem, judith = three
    ask(sanne, WORDS, nameless=True)
    expect(sanne.page.locator("[data-own] li", has_text=WORDS)).to_be_visible()
    expect(line(judith, WORDS, "unseen")).to_contain_text("Zonder naam")
    assert WORDS not in willem.page.content()
    sanne.check()
    judith.check()
    line(judith, WORDS, "unseen").locator("button[value=shown]").press("Enter")
    for visitor in (sanne, willem, judith):
        expect(line(visitor, WORDS)).to_have_count(1)
    expect(sanne.page.locator("[data-own] li")).to_have_count(0)
    expect(line(sanne, WORDS).locator(".upvote")).to_have_count(0)
    vote = line(willem, WORDS).locator(".upvote")
    vote.press("Enter")
    expect(vote).to_have_attribute("aria-pressed", "true")
    expect(vote).to_be_focused()
    expect(line(sanne, WORDS).locator("[data-count]")).to_have_text("1")
    ask(sanne, OTHER)
    expect(line(willem, OTHER)).to_have_count(1)
    rows = willem.page.locator('[data-list="shown"] > li').all_inner_texts()
    assert [words for row in rows for words in (WORDS, OTHER) if words in row] == [WORDS, OTHER]

    screen = judith.context.new_page()
    judith.page, own = screen, judith.page
    judith.go(f"{ROOM}present/")
    own.locator('[data-list="shown"] > li', has_text=WORDS).get_by_role("button", name="Neem in gesprek").press("Enter")
    expect(screen.locator(".present__q")).to_contain_text(WORDS)
    for visitor in (sanne, willem):
        expect(line(visitor, WORDS)).to_contain_text("Nu in gesprek")
    line(willem, OTHER).locator(".upvote").press("Enter")
    expect(screen.locator("[data-next] li", has_text=OTHER).locator("b")).to_contain_text("1")
    judith.check()
    screen.keyboard.press("ArrowRight")
    expect(screen.locator(".present__q")).not_to_contain_text(WORDS)
    expect(line(willem, WORDS)).to_contain_text("beantwoord om")
    judith.page = own
    line(judith, OTHER).get_by_role("button", name="Neem in gesprek").press("Enter")
    line(judith, OTHER).get_by_role("button", name="Besproken").press("Enter")
    expect(line(sanne, OTHER)).to_contain_text("beantwoord om")
    willem.check()


def test_trainers_talk_beside_the_chat_and_on_a_phone_behind_a_tab(visit):
    judith, sanne = visit("trainer", viewport=PHONE), visit("deelnemer", second=True, viewport=PHONE)
    for visitor in (judith, sanne):
        visitor.go(ROOM)
    page = judith.page
    page.locator(".live__tabs a", has_text="Trainers").press("Enter")
    page.fill("#aside_body", "Zullen we nu pauze nemen?")
    page.press("#aside_body", "Enter")
    expect(page.locator("[data-aside] .msg", has_text="Zullen we nu pauze nemen?")).to_have_count(1)
    expect(page.locator("#aside_body")).to_have_value("")
    judith.check()
    page.set_viewport_size(PHONE)
    page.locator(".live__tabs a", has_text="Chat").press("Enter")
    expect(page.locator("#id_body")).to_be_visible()
    sanne.page.locator(".live__tabs a", has_text="Vragen").press("Enter")
    ask(sanne, "Is er ook een vraag over pauzes?")
    expect(line(sanne, "Is er ook een vraag over pauzes?")).to_be_visible()
    assert "Zullen we nu pauze nemen?" not in sanne.page.content()
    sanne.check()


def test_questions_work_without_scripts(visit):
    sanne = visit("deelnemer", java_script_enabled=False, viewport=PHONE)
    page = sanne.page
    sanne.go(f"{ROOM}?tab=questions")
    page.locator("[data-ask] summary").press("Enter")
    page.locator("[data-ask] form button").press("Enter")
    expect(page.locator("[data-ask] .error").first).to_contain_text("Schrijf eerst je vraag op.")
    page.fill("#ask_body", "Werkt dit ook zo?")
    page.check("#ask_nameless")
    page.locator("[data-ask] form button").press("Enter")
    expect(page.locator("[data-own] li", has_text="Werkt dit ook zo?")).to_be_visible()
    page.locator("[data-own] a").last.press("Enter")
    page.locator("main form button[type=submit]").press("Enter")
    page.wait_for_url("**tab=questions#questions")
    expect(page.locator("[data-own] li", has_text="Werkt dit ook zo?")).to_have_count(0)
