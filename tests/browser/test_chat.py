"""Two people in the room of a session that is on: both ways, with a line that breaks."""

from playwright.sync_api import expect

from community.demo.content import key

ROOM = f"/events/{key('event', 'ed4-s2')}/chat/"


def say(visitor, words: str) -> None:
    visitor.page.fill("[data-composer] [name=body]", words)
    visitor.page.press("[data-composer] [name=body]", "Enter")


def heard(visitor) -> list[str]:
    return visitor.page.locator("[data-log] .msg:not(.msg--pending) .msg__text").all_inner_texts()


def in_order(visitor, words: list[str]) -> bool:
    """`words` stand in the log once each and in this order."""
    return [one for one in heard(visitor) if one in words] == words


def wait_until(visitor, words: str) -> None:
    expect(visitor.page.locator("[data-log] .msg:not(.msg--pending) .msg__text", has_text=words)).to_have_count(1)


def test_both_ways_and_nothing_is_lost_or_doubled_when_the_line_breaks(visit):
    sanne, willem = visit("deelnemer"), visit("deelnemer2", second=True)
    for visitor in (sanne, willem):
        visitor.go(ROOM)
        expect(visitor.page.locator("[data-people] li").first).not_to_have_text("", timeout=15_000)
    say(sanne, "Dag, Willem")
    wait_until(willem, "Dag, Willem")
    say(willem, "Dag, Sanne")
    wait_until(sanne, "Dag, Sanne")
    sanne.check()

    sanne.cut = True
    sanne.context.set_offline(True)
    expect(sanne.page.locator("[data-connection]")).to_be_visible(timeout=15_000)
    for number in (1, 2, 3):
        say(willem, f"Terwijl jij weg was {number}")
        wait_until(willem, f"Terwijl jij weg was {number}")
    say(sanne, "Geschreven zonder lijn 1")
    say(sanne, "Geschreven zonder lijn 2")
    expect(sanne.page.locator(".msg--pending")).to_have_count(2)
    sanne.context.set_offline(False)
    for visitor in (sanne, willem):
        wait_until(visitor, "Geschreven zonder lijn 2")
        wait_until(visitor, "Terwijl jij weg was 3")
    expect(sanne.page.locator(".msg--pending")).to_have_count(0)
    expect(sanne.page.locator("[data-connection]")).to_be_hidden()
    said = [*(f"Terwijl jij weg was {n}" for n in (1, 2, 3)), "Geschreven zonder lijn 1", "Geschreven zonder lijn 2"]
    sanne.page.reload()
    assert in_order(sanne, said)
    assert in_order(willem, said)
    sanne.cut = False
    willem.check()


def test_what_was_written_without_a_line_waits_for_its_turn_when_it_goes_too_fast(visit):
    sanne, willem = visit("deelnemer"), visit("deelnemer2", second=True)
    for visitor in (sanne, willem):
        visitor.go(ROOM)
        expect(visitor.page.locator("[data-people] li").first).not_to_have_text("", timeout=15_000)
    sanne.cut = True
    sanne.context.set_offline(True)
    said = [f"Opgespaard {number}" for number in (1, 2, 3)]
    for words in said:
        say(sanne, words)
    expect(sanne.page.locator(".msg--pending [data-failed]:visible")).to_have_count(3)
    slower = {"type": "nack", "code": "rate_limited", "message": "Over 1 seconde kan het weer.", "retry_after_ms": 200}
    sanne.page.route("**/chat/messages/", lambda route: route.fulfill(status=429, json=slower), times=2)
    sanne.context.set_offline(False)
    wait_until(willem, said[-1])
    expect(sanne.page.locator(".msg--pending")).to_have_count(0)
    assert in_order(willem, said)
    assert sanne.page.input_value("[data-composer] [name=body]") == ""


def test_without_scripts_one_writes_and_reloads(visit):
    willem = visit("deelnemer2", java_script_enabled=False)
    willem.go(ROOM)
    willem.page.fill("[data-composer] [name=body]", "Met een gewoon formulier")
    willem.page.click("[data-composer] button[type=submit]")
    wait_until(willem, "Met een gewoon formulier")


def test_what_was_taken_back_is_gone_from_open_pages(visit):
    sanne, judith = visit("deelnemer"), visit("trainer", second=True)
    for visitor in (sanne, judith):
        visitor.go(ROOM)
    say(sanne, "Dit had ik niet willen zeggen")
    wait_until(judith, "Dit had ik niet willen zeggen")
    sanne.page.reload()
    mine = sanne.page.locator(".said", has_text="Dit had ik niet willen zeggen")
    mine.locator("a[href$='/remove/']").click()
    sanne.page.locator("main form[method=post] button[type=submit]").first.click()
    sanne.page.wait_for_url(f"**{ROOM}**")
    expect(judith.page.locator("[data-log]", has_text="Dit had ik niet willen zeggen")).to_have_count(0)
    judith.check()


def test_someone_of_another_cohort_cannot_come_in(visit):
    hilde = visit("ander")
    hilde.cut = True
    assert hilde.context.request.get(f"{hilde.url}{ROOM}").status == 404
    assert hilde.context.request.get(f"{hilde.url}{ROOM}events/?after=0").status == 404
    hilde.go("/")
    code = hilde.page.evaluate(
        "path => new Promise(done => { new WebSocket(`ws://${location.host}${path}`).onclose = (e) => done(e.code); })",
        ROOM.replace("/events/", "/ws/chat/").removesuffix("chat/"),
    )
    assert code == 4403
