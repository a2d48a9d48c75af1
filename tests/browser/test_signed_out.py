"""Whoever is signed out while writing signs in again in another tab, and loses nothing: no word and no chosen file."""

import re

from playwright.sync_api import expect

from community.demo.people import PASSWORD
from tests.browser.test_conversation import begin, circle_of
from tests.forums import papers

FILE = {"name": "verslag.pdf", "mimeType": "application/pdf", "buffer": papers.PDF}


def signed_out(visitor) -> None:
    visitor.context.clear_cookies(name=re.compile("session"))
    visitor.cut = True  # the browser's console counts a refusal as an error


def again(visitor, name: str) -> None:
    """Sign in in another tab of the same browser."""
    tab = visitor.context.new_page()
    tab.goto("/accounts/login/")
    tab.fill("[name=login]", f"{name}@demo.invalid")
    tab.fill("[name=password]", PASSWORD)
    tab.press("[name=password]", "Enter")
    tab.wait_for_url(f"{visitor.url}/")
    tab.close()


def test_a_reply_with_a_file_goes_out_with_the_same_press(visit):
    sanne = visit("deelnemer")
    page = sanne.page
    begin(sanne, "Lang opengestaan", "Wat denk jij?")
    page.fill("#composer [name=body]", "Dit duurde even.")
    page.locator(".files summary").press("Enter")
    page.set_input_files("#id_files", [FILE])
    signed_out(sanne)
    page.click("#place")
    expect(page.locator("[data-trouble]")).to_be_visible()
    again(sanne, "deelnemer")
    page.click("#place")
    expect(page.locator(".post", has_text="Dit duurde even.")).to_have_count(1)
    expect(page.locator(".post .attach")).to_contain_text("verslag.pdf")
    expect(page.locator("#composer [name=body]")).to_have_value("")


def test_a_new_conversation_keeps_its_file_until_one_is_signed_in(visit):
    sanne = visit("deelnemer")
    page = sanne.page
    sanne.go(f"{circle_of(sanne)}new/")
    page.fill("[name=title]", "Met een verslag")
    page.fill("[name=body]", "Lees je mee?")
    page.locator(".files summary").press("Enter")
    page.set_input_files("#id_files", [FILE])
    signed_out(sanne)
    place = page.locator("main form[method=post] button[type=submit].btn:not([name])").last
    place.click()
    expect(page.locator("[data-saved]")).to_contain_text("Je bent uitgelogd.")
    expect(page.locator("[name=body]")).to_have_value("Lees je mee?")
    again(sanne, "deelnemer2")
    place.click()
    expect(page.locator("[data-saved]")).to_contain_text("Je bent uitgelogd.")  # that is somebody else
    signed_out(sanne)
    again(sanne, "deelnemer")
    place.click()
    expect(page.locator("h1")).to_have_text("Met een verslag")
    expect(page.locator(".post .attach")).to_contain_text("verslag.pdf")


def test_without_scripts_the_page_says_which_files_to_choose_again(visit):
    sanne = visit("deelnemer", java_script_enabled=False)
    page = sanne.page
    sanne.go(f"{circle_of(sanne)}new/")
    page.fill("[name=title]", "Zonder scripts met een verslag")
    page.fill("[name=body]", "Lees je mee?")
    page.locator(".files summary").press("Enter")
    page.set_input_files("#id_files", [FILE])
    signed_out(sanne)
    page.locator("main form[method=post] button[type=submit].btn:not([name])").last.click()
    expect(page.locator("main")).to_contain_text("verslag.pdf")
    again(sanne, "deelnemer")
    page.locator(
        "main form button[type=submit]"
    ).first.click()  # its token is that of before: once more, with a new one
    expect(page.locator("main")).to_contain_text("verslag.pdf")
    page.set_input_files("[type=file]", [FILE])
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("h1")).to_have_text("Zonder scripts met een verslag")
    expect(page.locator(".post .attach")).to_contain_text("verslag.pdf")
