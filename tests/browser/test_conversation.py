"""A conversation between two people: asked, answered, and seen to arrive."""

import gzip

from playwright.sync_api import expect

CIRCLE = "kring-"


def circle_of(visitor) -> str:
    """The address of the visitor's own circle, found as they would."""
    visitor.go("/forums/")
    return visitor.page.locator(f"main a.rowlink__title[href*='/forums/{CIRCLE}']").first.get_attribute("href")


def begin(visitor, title: str, body: str) -> str:
    visitor.go(circle_of(visitor))
    visitor.page.locator("main a[href$='/new/']").click()
    visitor.page.fill("[name=title]", title)
    visitor.page.fill("[name=body]", body)
    visitor.page.locator("main form[method=post] button[type=submit].btn").first.click()
    visitor.page.wait_for_url("**/forums/topics/**")
    visitor.settle()
    return visitor.page.url.removeprefix(visitor.url).split("?")[0].split("#")[0]


def test_two_people_ask_and_answer_and_both_see_it_arrive(visit):
    sanne, willem = visit("deelnemer"), visit("deelnemer2", second=True)
    circle = circle_of(sanne)
    sanne.check()
    sanne.go(circle)
    sanne.check()
    place = begin(sanne, "Hoe begin jij een lastig gesprek?", "Ik stel het **steeds** uit.\n\nWat helpt?")
    sanne.check()
    willem.go(place)
    willem.page.fill("#composer [name=body]", "Ik begin met wat ik zag.")
    willem.page.click("#place")
    for visitor in (willem, sanne):
        expect(visitor.page.locator(".post", has_text="Ik begin met wat ik zag.")).to_have_count(1)
    sanne.page.fill("#composer [name=body]", "Dank je. En dan?")
    sanne.page.click("#place")
    for visitor in (willem, sanne):
        expect(visitor.page.locator(".post", has_text="En dan?")).to_have_count(1)
        numbers = visitor.page.locator("main .post[id]").evaluate_all("all => all.map(one => one.id)")
        assert numbers == sorted(set(numbers), key=numbers.index)
    expect(sanne.page.locator("#composer [name=body]")).to_have_value("")
    willem.check()
    sanne.check()


def test_what_was_typed_comes_back_after_leaving_the_page(visit):
    sanne = visit("deelnemer")
    place = begin(sanne, "Nog een vraag", "Wie weet dit?")
    sanne.page.fill("#composer [name=body]", "Half af, nog niet klaar")
    with sanne.page.expect_response("**/forums/drafts/"):
        sanne.page.locator("#composer [name=body]").press("End")
    sanne.go("/forums/")
    sanne.go(place)
    expect(sanne.page.locator("#composer [name=body]")).to_have_value("Half af, nog niet klaar")
    sanne.check()


def test_without_scripts_everything_works_too(visit):
    sanne = visit("deelnemer", java_script_enabled=False)
    place = begin(sanne, "Zonder scripts", "Dit gaat met gewone formulieren.")
    sanne.page.fill("#composer [name=body]", "Ook het antwoord.")
    sanne.page.click("#place")
    expect(sanne.page.locator(".post", has_text="Ook het antwoord.")).to_have_count(1)
    assert place in sanne.page.url


def test_on_a_phone_with_keys_only(visit):
    sanne = visit("deelnemer", viewport={"width": 390, "height": 844})
    sanne.go("/")
    sanne.page.keyboard.press("Tab")
    expect(sanne.page.locator(".skip")).to_be_focused()
    sanne.page.keyboard.press("Enter")
    expect(sanne.page.locator("#content")).to_be_focused()


def test_someone_of_another_cohort_finds_nothing_of_it(visit):
    sanne = visit("deelnemer")
    place = begin(sanne, "Alleen voor onze kring", "Wat hier gezegd wordt, blijft hier.")
    circle = circle_of(sanne)
    hilde = visit("ander", second=True)
    hilde.cut = True  # a page that is not there is told to the console
    for address in (place, circle, f"{circle}new/", f"{circle}readers/", f"{place}reply/"):
        answer = hilde.context.request.get(f"{hilde.url}{address}")
        assert answer.status == 404, address
        assert "Alleen voor onze kring" not in answer.text()
    hilde.go("/forums/")
    assert circle not in hilde.page.content()


def test_a_title_in_one_long_word_with_stacked_marks_stays_in_its_place(visit):
    sanne = visit("deelnemer")
    begin(sanne, "W" * 100 + "Z" + "\u0335\u0300" * 20, "x" * 500)
    sanne.check()
    sanne.go("/forums/")
    sanne.check()
    sanne.go(circle_of(sanne))
    sanne.check()


def test_a_first_visit_asks_for_little(visit):
    sanne = visit("deelnemer")
    place = begin(sanne, "Wat weegt dit?", "Een *korte* tekst.")
    newcomer = visit(None)
    newcomer.context.add_cookies(sanne.context.cookies())
    asked: dict = {}
    newcomer.page.on("requestfinished", lambda one: asked.setdefault(one.url, one))
    newcomer.go(place)
    expect(newcomer.page.locator("text-toolbar")).to_be_visible()
    newcomer.page.wait_for_load_state("networkidle")
    sizes = {url: one.sizes()["responseBodySize"] for url, one in asked.items()}
    page = asked[f"{newcomer.url}{place}"]
    sizes[page.url] = len(gzip.compress(page.response().body()))  # as the server in front sends it
    besides_fonts = sum(size for url, size in sizes.items() if not url.endswith(".woff2"))
    assert len(sizes) <= 15, list(sizes)
    assert besides_fonts <= 60_000, sizes
