"""A return day, from invited to the waiting list to an offered place."""

from playwright.sync_api import expect

from community.demo.content import key

DAY = f"/events/{key('event', 'rd-next')}/"
MANAGE = f"/organise/return-days/{key('event', 'rd-next')}/"


def set_capacity(lotte, number: int) -> None:
    lotte.go(MANAGE)
    form = lotte.page.locator(f"form[action='{MANAGE}capacity/']")
    form.locator("[name=capacity]").fill(str(number))
    form.locator("button[type=submit]").click()
    lotte.page.wait_for_load_state()


def taken(lotte) -> int:
    lotte.go(f"{MANAGE}answers/")
    return lotte.page.locator("[data-person][data-state=yes], [data-person][data-state=offered]").count()


def answer(visitor, choice: str) -> None:
    visitor.go(DAY)
    visitor.page.locator(f"[name=answer][value={choice}]").check()
    visitor.page.locator(f"form[action='{DAY}rsvp/'] button[type=submit]").first.click()
    visitor.page.wait_for_load_state()


def state(visitor) -> str:
    visitor.go(DAY)
    return visitor.page.locator("main [data-state]").first.get_attribute("data-state")


def test_from_invited_to_the_waiting_list_to_an_offered_place(visit):
    anneke, lotte = visit("alumnus2"), visit("organisator", second=True)
    anneke.go(DAY)
    assert state(anneke) == "none"
    assert anneke.page.locator("[name=answer]:checked").count() == 0
    anneke.check()
    lotte.go(MANAGE)
    lotte.check()
    full = taken(lotte)
    set_capacity(lotte, full)
    answer(anneke, "yes")
    assert state(anneke) == "waiting"
    anneke.check()
    lotte.go(f"{MANAGE}answers/")
    expect(lotte.page.locator("[data-person][data-state=waiting]")).to_have_count(1)
    lotte.check()
    set_capacity(lotte, full + 1)
    assert state(anneke) == "offered"
    anneke.check()
    anneke.page.locator(f"form[action='{DAY}offer/'] button[name=answer][value=yes]").click()
    anneke.page.wait_for_load_state()
    assert state(anneke) == "yes"
    anneke.check()
    file = anneke.context.request.get(f"{anneke.url}{DAY}event.ics").text()
    assert "BEGIN:VEVENT" in file
    assert "STATUS:CONFIRMED" in file
    anneke.page.locator("button[name=answer][value=no]").first.click()
    anneke.page.wait_for_load_state()
    assert state(anneke) == "no"
    set_capacity(lotte, 20)


def test_who_only_takes_part_now_knows_of_no_return_day(visit):
    sanne = visit("deelnemer")
    assert sanne.context.request.get(f"{sanne.url}{DAY}").status == 404
    assert sanne.context.request.get(f"{sanne.url}{MANAGE}").status == 404
