"""Single keys that go somewhere, files in a form, and lists with filters, in a real browser."""

from playwright.sync_api import expect

from tests.browser.test_conversation import begin, circle_of
from tests.forums import papers


def focused(visitor) -> str:
    """What has the focus, in short."""
    return visitor.page.evaluate("document.activeElement.id || document.activeElement.className || 'page'")


def test_keys_go_where_the_overview_says(visit):
    sanne = visit("deelnemer")
    page = sanne.page
    page.wait_for_function("customElements.get('keyboard-shortcuts') !== undefined")
    page.keyboard.press("g")
    page.keyboard.press("g")
    page.wait_for_url("**/forums/")
    sanne.go("/forums/effectieve-communicatie/")
    page.wait_for_function("customElements.get('keyboard-shortcuts') !== undefined")
    rows = page.locator("main .rowlink__title")
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("n")
    expect(page.locator(".is-unread .rowlink__title").first).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("dialog.keys")).to_be_visible()
    sanne.check()
    page.keyboard.press("j")
    expect(page.locator("dialog.keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.keys")).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("v")
    page.wait_for_url(f"{sanne.url}/")


def test_a_reply_begins_with_r_and_letters_in_a_box_are_letters(visit):
    sanne = visit("deelnemer")
    page = sanne.page
    begin(sanne, "Toetsen", "Wat doen jullie?")
    page.wait_for_function("customElements.get('keyboard-shortcuts') !== undefined")
    page.keyboard.press("j")
    expect(page.locator("#post-1")).to_be_focused()
    page.keyboard.press("Alt+r")
    assert focused(sanne) == "post-1"
    page.keyboard.press("r")
    expect(page.locator("#id_body")).to_be_focused()
    page.keyboard.type("gg jk n r / ?")
    expect(page.locator("#id_body")).to_have_value("gg jk n r / ?")
    assert "/forums/topics/" in page.url


def test_who_switched_the_keys_off_has_none(visit):
    sanne = visit("deelnemer2")
    sanne.go("/me/")
    sanne.check()
    sanne.page.select_option("#id_shortcuts", "off")
    sanne.page.locator("main form button[type=submit].btn").first.click()
    sanne.page.wait_for_load_state("load")
    sanne.go(circle_of(sanne))
    assert sanne.page.locator("keyboard-shortcuts").count() == 0
    sanne.page.keyboard.press("j")
    assert focused(sanne) == "page"


def test_a_bad_file_says_why_and_the_good_one_goes_along(visit):
    sanne = visit("deelnemer")
    page = sanne.page
    begin(sanne, "Met een bestand", "Kijk je mee?")
    page.fill("#id_body", "Hier is het.")
    page.locator(".files summary").press("Enter")
    files = {"goed.pdf": papers.PDF, "fout.png": papers.PDF}
    page.set_input_files(
        "#id_files", [{"name": name, "mimeType": "x/y", "buffer": data} for name, data in files.items()]
    )
    sanne.cut = True  # the browser's console counts a refused form as an error
    page.click("#place")
    expect(page.locator(".error-summary")).to_contain_text("fout.png")
    expect(page.locator("#id_body")).to_have_value("Hier is het.")
    sanne.cut = False
    sanne.check()
    page.click("#place")
    expect(page.locator(".post .attach")).to_contain_text("goed.pdf")
    expect(page.locator("#place")).to_be_focused()  # the answer is in: what comes after it keeps the focus
    with page.expect_download() as fetched:
        page.locator(".post .attach").press("Enter")
    assert fetched.value.suggested_filename == "goed.pdf"


def test_a_post_is_kept_and_found_again(visit):
    sanne = visit("deelnemer")
    page = sanne.page
    place = begin(sanne, "Om te bewaren", "Later nog eens lezen.")
    page.locator("#post-1 summary").press("Enter")
    page.locator("#post-1 a", has_text="Bewaar").click()
    sanne.check()
    page.fill("#id_remind_on", "2099-01-31")
    page.locator("main form button[type=submit].btn").first.click()
    page.wait_for_url(f"**{place}*")
    sanne.go("/forums/bookmarks/")
    expect(page.locator(".rowlink__title")).to_have_text(["Om te bewaren"])
    sanne.check()


def test_words_to_find_by_are_chosen_by_keyboard(visit):
    sanne = visit("deelnemer")
    page = sanne.page
    sanne.go("/forums/effectieve-communicatie/")
    page.locator(".words summary").press("Enter")
    sanne.check()
    page.locator(".words a", has_text="Werkdruk").press("Enter")
    page.wait_for_url("**?tag=workload")
    expect(page.locator(".empty")).to_contain_text("Werkdruk")
    page.locator(".empty a").press("Enter")
    page.wait_for_url("**/forums/effectieve-communicatie/")
