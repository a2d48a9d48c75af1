"""In and out of the research register, and what a researcher sees of it."""

import re

from playwright.sync_api import expect


def test_opt_in_receipt_and_out_again(visit):
    anneke = visit("alumnus2")
    anneke.go("/research/")
    assert anneke.page.locator("main input[type=checkbox]:checked").count() == 0
    anneke.check()
    anneke.page.check("[name=scope][value=diary]")
    anneke.page.check("[name=scope][value=interview]")
    anneke.page.locator("form[action$='/research/consent/'] button[type=submit]").first.click()
    anneke.page.wait_for_load_state()
    anneke.go("/research/")
    checked = anneke.page.locator("main [name=scope]:checked").evaluate_all("all => all.map(one => one.value)")
    assert sorted(checked) == ["diary", "interview"]
    anneke.check()
    anneke.go("/research/receipt/")
    expect(anneke.page.locator("main")).to_contain_text("Vrijwillig.")
    anneke.check()
    anneke.go("/research/withdraw/")
    anneke.check()
    anneke.page.locator("main form[method=post] button[type=submit]").first.click()
    anneke.page.wait_for_load_state()
    anneke.check()
    anneke.go("/research/")
    assert anneke.page.locator("main [name=scope]:checked").count() == 0


def test_a_researcher_sees_no_small_number(visit):
    tobias = visit("onderzoeker")
    tobias.go("/research/studies/")
    tobias.check()
    tobias.page.locator("main a[href*='/research/studies/']").first.click()
    expect(tobias.page.locator("main")).to_contain_text("inder dan 5")
    assert re.search(r"@demo\.invalid", tobias.page.locator("main").inner_text()) is None
    tobias.check()


def test_a_trainer_finds_no_trace(visit):
    judith = visit("trainer")
    for address in ("/research/", "/research/receipt/", "/research/studies/"):
        assert judith.context.request.get(f"{judith.url}{address}").status == 404
    judith.go("/")
    assert "/research/" not in judith.page.content()
