"""The access matrix: every address × every kind of person, written out as one table."""

import pytest
from django.db import transaction
from django.urls import reverse

from tests.house.addresses import names
from tests.house.after_a_session import AFTER, of_after
from tests.house.brought_in import FEEDBACK, of_cases, of_feedback
from tests.house.in_room import QUESTIONS, not_on_show, of_chat
from tests.house.moderated import moderated, moderated_elsewhere
from tests.house.running_a_room import RUNNING, of_running
from tests.house.test_every_door import OPEN as OPEN_DOORS
from tests.house.world import World

pytestmark = pytest.mark.django_db
# In this order: participant of A, of B, alumnus, trainer of A, organiser, researcher, moderator,
# privacy officer, register keeper, site administrator, suspended alumnus.
TABLE = {
    "accounts:agreements": "y  y  y  y  y  y  y  y  y  y  f",
    "accounts:hello": "y  y  y  y  y  y  y  y  y  y  f",
    "accounts:people": "n  n  y  y  y  n  y  n  n  n  f",
    "accounts:person": "n  n  y  y  y  n  y  n  n  n  f",
    "accounts:person, who shows something to the circle": "y  n  n  y  n  n  n  n  n  n  f",
    "accounts:profile": "y  y  y  y  y  y  y  y  y  y  f",
    "accounts:seen": "y  y  y  y  y  y  y  y  y  y  f",
    "accounts:session_end": "y  y  y  y  y  y  y  y  y  y  f",
    "accounts:sessions": "y  y  y  y  y  y  y  y  y  y  f",
    "accounts:sessions_end": "y  y  y  y  y  y  y  y  y  y  f",
    "accounts:stepup": "y  y  y  y  y  y  y  y  y  y  f",
    "accounts:welcome": "y  y  y  y  y  y  y  y  y  y  f",
    "cases:case": "y  n  n  y  n  n  n  n  n  n  f",
    "cases:case, a draft": "n  n  n  n  n  n  n  n  n  n  f",
    "cases:case, for a few": "n  n  n  y  n  n  n  n  n  n  f",
    "cases:case, for the trainers": "n  n  n  y  n  n  n  n  n  n  f",
    "cases:case, under a pseudonym": "y  n  n  y  n  n  n  n  n  n  f",
    "cases:feedback": "n  n  n  y  n  n  n  n  n  n  f",
    "cases:feedback_list": "n  n  n  y  n  n  n  n  n  n  f",
    "cases:feedback_note": "n  n  n  y  n  n  n  n  n  n  f",
    "cases:feedback_note, given": "n  n  n  f  n  n  n  n  n  n  f",
    "cases:feedback_note, given to who reads the case": "f  n  n  f  n  n  n  n  n  n  f",
    "cases:feedback_pdf": "n  n  n  f  n  n  n  n  n  n  f",
    "cases:feedback_pdf, given": "n  n  n  f  n  n  n  n  n  n  f",
    "cases:feedback_pdf, given to who reads the case": "f  n  n  f  n  n  n  n  n  n  f",
    "cases:feedback_take": "n  n  n  y  n  n  n  n  n  n  f",
    "cases:feedback_take, given": "n  n  n  f  n  n  n  n  n  n  f",
    "cases:feedback_write": "n  n  n  y  n  n  n  n  n  n  f",
    "cases:feedback_write, given": "n  n  n  f  n  n  n  n  n  n  f",
    "cases:feedback_write, given to who reads the case": "f  n  n  f  n  n  n  n  n  n  f",
    "cases:edit": "f  n  n  f  n  n  n  n  n  n  f",
    "cases:edit, a draft": "n  n  n  n  n  n  n  n  n  n  f",
    "cases:new": "y  y  y  n  n  n  n  n  n  n  f",
    "cases:readers": "n  n  n  y  n  n  n  n  n  n  f",
    "cases:reply": "y  n  n  y  n  n  n  n  n  n  f",
    "cases:round": "f  n  n  f  n  n  n  n  n  n  f",
    "cases:stage": "f  n  n  y  n  n  n  n  n  n  f",
    "cases:stage, a draft": "n  n  n  n  n  n  n  n  n  n  f",
    "cases:cases": "y  y  y  y  n  n  n  n  n  n  f",
    "chat:hide": "y  n  n  y  n  n  n  n  n  n  f",
    "chat:message_edit": "f  n  n  f  n  n  n  n  n  n  f",
    "chat:message_report": "y  n  n  y  n  n  n  n  n  n  f",
    "chat:message_remove": "f  n  n  y  n  n  n  n  n  n  f",
    "chat:news": "y  n  n  y  n  n  n  n  n  n  f",
    "chat:ask": "y  n  n  f  n  n  n  n  n  n  f",
    "chat:present": "n  n  n  y  n  n  n  n  n  n  f",
    "chat:room": "y  n  n  y  n  n  n  n  n  n  f",
    "chat:say": "y  n  n  y  n  n  n  n  n  n  f",
    "chat:trainers": "n  n  n  y  n  n  n  n  n  n  f",
    "chat:trainers_news": "n  n  n  y  n  n  n  n  n  n  f",
    "chat:trainers_say": "n  n  n  y  n  n  n  n  n  n  f",
    "community:cohort": "n  n  n  n  y  n  n  n  n  n  f",
    "community:cohort_certify": "n  n  n  n  y  n  n  n  n  n  f",
    "community:cohort_move": "n  n  n  n  y  n  n  n  n  n  f",
    "community:cohort_new": "n  n  n  n  y  n  n  n  n  n  f",
    "community:cohorts": "n  n  n  n  y  n  n  n  n  n  f",
    "community:home": "y  y  y  y  y  y  y  y  y  y  f",
    "community:invite": "n  n  n  n  y  n  n  n  n  n  f",
    "community:more": "y  y  y  y  y  y  y  y  y  y  f",
    "community:opening": "n  n  n  n  n  n  n  y  n  n  f",
    "community:opening_ask": "n  n  n  n  n  n  n  y  n  n  f",
    "community:oversight": "n  n  n  n  n  n  n  y  n  n  f",
    "community:organise": "n  n  n  n  y  n  n  n  n  n  f",
    "community:revoke": "n  n  n  n  y  n  n  n  n  n  f",
    "community:seat_certify": "n  n  n  n  y  n  n  n  n  n  f",
    "community:seat_end": "n  n  n  n  y  n  n  n  n  n  f",
    "community:trainer_place": "n  n  n  n  y  n  n  n  n  n  f",
    "community:search": "y  y  y  y  y  y  y  y  y  y  f",
    "community:roles": "n  n  n  n  n  n  n  n  n  y  f",
    "community:role_end": "n  n  n  n  n  n  n  n  n  y  f",
    "events:event": "n  n  y  y  y  n  y  n  n  n  f",
    "events:event, a draft": "n  n  n  n  y  n  n  n  n  n  f",
    "events:event, a session of A": "y  n  n  y  y  n  n  n  n  n  f",
    "events:events": "y  y  y  y  y  y  y  y  y  y  f",
    "events:ics": "n  n  y  y  y  n  y  n  n  n  f",
    "events:manage": "n  n  n  n  y  n  n  n  n  n  f",
    "events:manage_announce": "n  n  n  n  y  n  n  n  n  n  f",
    "events:manage_answers": "n  n  n  n  y  n  n  n  n  n  f",
    "events:manage_cancel": "n  n  n  n  y  n  n  n  n  n  f",
    "events:manage_capacity": "n  n  n  n  y  n  n  n  n  n  f",
    "events:manage_edit": "n  n  n  n  y  n  n  n  n  n  f",
    "events:manage_list": "n  n  n  n  y  n  n  n  n  n  f",
    "events:manage_needs": "n  n  n  n  y  n  n  n  n  n  f",
    "events:manage_needs_people": "n  n  n  n  y  n  n  n  n  n  f",
    "events:manage_new": "n  n  n  n  y  n  n  n  n  n  f",
    "events:offer": "n  n  y  y  y  n  y  n  n  n  f",
    "events:rsvp": "n  n  y  y  y  n  y  n  n  n  f",
    "events:withdraw": "n  n  y  y  y  n  y  n  n  n  f",
    "forums:attachment": "y  n  n  y  n  n  n  n  n  n  f",
    "forums:board": "y  n  n  y  n  n  n  n  n  n  f",
    "forums:board_follow": "y  n  n  y  n  n  n  n  n  n  f",
    "forums:boards": "y  y  y  y  y  y  y  y  y  y  f",
    "forums:check": "y  y  y  y  y  y  y  y  y  y  f",
    "forums:bookmark": "y  n  n  y  n  n  n  n  n  n  f",
    "forums:bookmarks": "y  y  y  y  y  y  y  y  y  y  f",
    "forums:drafts": "y  y  y  y  y  y  y  n  y  n  f",
    "forums:post_edit": "f  n  n  f  n  n  n  n  n  n  f",
    "forums:mentions": "y  n  n  y  n  n  n  n  n  n  f",
    "forums:mentions, everyone": "y  y  y  y  f  n  y  n  n  n  f",
    "forums:post_versions": "f  n  n  f  n  n  n  n  n  n  f",
    "forums:post_react": "y  n  n  y  n  n  n  n  n  n  f",
    "forums:post_react, everyone": "y  y  y  y  f  n  y  n  n  n  f",
    "forums:post_remove": "f  n  n  f  n  n  n  n  n  n  f",
    "forums:readers": "y  n  n  y  n  n  n  n  n  n  f",
    "forums:reply": "y  n  n  y  n  n  n  n  n  n  f",
    "forums:topic": "y  n  n  y  n  n  n  n  n  n  f",
    "forums:widen": "f  n  n  f  n  n  n  n  n  n  f",
    "forums:widen_answer": "y  n  n  y  n  n  n  n  n  n  f",
    "forums:topic_follow": "y  n  n  y  n  n  n  n  n  n  f",
    "forums:topic, alumni": "n  n  y  y  y  n  y  n  n  n  f",
    "forums:topic, everyone": "y  y  y  y  y  n  y  n  n  n  f",
    "forums:topic, research": "y  y  y  y  y  y  y  n  y  n  f",
    "forums:topic_new": "y  n  n  y  n  n  n  n  n  n  f",
    "forums:topic_new, alumni": "n  n  y  y  y  n  y  n  n  n  f",
    "forums:topic_new, everyone": "y  y  y  y  f  n  y  n  n  n  f",
    "forums:topic_new, research": "y  y  y  y  y  y  y  n  y  n  f",
    "moderation:again": "f  n  n  f  n  n  n  n  n  n  f",
    "moderation:back": "n  n  n  n  n  n  y  n  n  n  f",
    "moderation:detail": "n  n  n  n  n  n  y  n  n  n  f",
    "moderation:file": "n  n  n  n  n  n  y  n  n  n  f",
    "moderation:hide": "f  n  n  y  n  n  n  n  n  n  f",
    "moderation:lock": "n  n  n  n  n  n  y  n  n  n  f",
    "moderation:looks": "f  n  n  y  n  n  n  n  n  n  f",
    "moderation:mine": "y  y  y  y  y  y  y  y  y  y  f",
    "moderation:queue": "n  n  n  n  n  n  y  n  n  n  f",
    "moderation:report": "y  n  n  y  n  n  n  n  n  n  f",
    "moderation:report, research": "y  y  y  y  y  y  y  n  y  n  f",
    "moderation:report_topic": "y  n  n  y  n  n  n  n  n  n  f",
    "moderation:restore": "f  n  n  y  n  n  n  n  n  n  f",
    "moderation:rule": "n  n  n  n  n  n  y  n  n  n  f",
    "moderation:seen": "f  n  n  f  n  n  n  n  n  n  f",
    "moderation:close": "f  n  n  y  n  n  n  n  n  n  f",
    "moderation:merge": "f  n  n  y  n  n  n  n  n  n  f",
    "moderation:move": "f  n  n  y  n  n  n  n  n  n  f",
    "moderation:pin": "f  n  n  y  n  n  n  n  n  n  f",
    "moderation:split": "f  n  n  y  n  n  n  n  n  n  f",
    "moderation:tend": "f  n  n  y  n  n  n  n  n  n  f",
    "moderation:tend, research": "f  f  f  f  f  f  y  n  f  n  f",
    "moderation:take": "n  n  n  n  n  n  y  n  n  n  f",
    "research:consent": "f  f  y  n  n  n  n  n  n  n  f",
    "research:receipt": "y  y  y  n  n  n  n  n  n  n  y",
    "research:receipt_file": "y  y  y  n  n  n  n  n  n  n  y",
    "research:register": "y  y  y  n  n  n  n  n  n  n  f",
    "research:studies": "n  n  n  n  n  y  n  n  y  n  f",
    "research:study": "n  n  n  n  n  y  n  n  y  n  f",
    "research:withdraw": "y  y  y  n  n  n  n  n  n  n  y",
    **QUESTIONS,
    **RUNNING,
    **AFTER,
}  # fmt: skip
OPEN = {name for name in OPEN_DOORS if ":" in name}  # for everyone, signed in or not
WHO = (
    "participant of A", "participant of B", "alumnus", "trainer of A", "organiser", "researcher",
    "moderator", "privacy officer", "register keeper", "site administrator", "suspended",
)  # fmt: skip


def requests(world: World) -> dict:
    """What to ask: row of the table -> (method, address)."""
    a = world.a.pk
    found = organised(world) | of_forums(world) | of_cases(world) | of_chat(world)
    found |= of_running(world) | of_after(world) | moderated(world)
    found |= {
        "community:cohort": ("get", [a]),
        "community:cohort_move": ("post", [a]),
        "community:trainer_place": ("post", [a]),
        "community:cohort_certify": ("post", [a]),
        "community:invite": ("get", [a]),
        "community:opening": ("get", [world.opening.pk]),
        "community:revoke": ("post", [world.invitation.pk]),
        "community:seat_certify": ("post", [world.seat.pk]),
        "community:seat_end": ("get", [world.seat.pk]),
        "community:role_end": ("get", [world.role.pk]),
        "accounts:sessions_end": ("post", []),
        "accounts:session_end": ("post", [1]),
        "accounts:person": ("get", [world.listed.pk]),
        "research:consent": ("post", []),
        "research:study": ("get", [world.study.pk]),
    }
    rows = {name: (method, reverse(name, args=args)) for name, (method, args) in found.items()}
    rows["cases:stage"] = ("get", rows["cases:stage"][1] + "?stage=discussion")
    rows |= {name: ("get", reverse(name)) for name in names() if name not in rows and name.split(" ")[0] in TABLE}
    return rows | variants(world)


def organised(world: World) -> dict:
    day, draft = [world.day.pk], [world.draft.pk]
    return {
        "events:event": ("get", day),
        "events:ics": ("get", day),
        "events:rsvp": ("post", day),
        "events:offer": ("post", day),
        "events:withdraw": ("post", day),
        "events:manage": ("get", day),
        "events:manage_edit": ("get", day),
        "events:manage_announce": ("get", draft),
        "events:manage_cancel": ("get", day),
        "events:manage_capacity": ("post", day),
        "events:manage_answers": ("get", day),
        "events:manage_needs": ("get", day),
        "events:manage_needs_people": ("get", day),
    }


def of_forums(world: World) -> dict:
    circle, topic = [world.circle.slug], [world.topics["circle"].pk]
    return {
        "forums:check": ("post", []),
        "forums:drafts": ("post", []),
        "forums:topic": ("get", topic),
        "forums:reply": ("post", topic),
        "forums:post_edit": ("get", [world.post.pk]),
        "forums:post_remove": ("get", [world.post.pk]),
        "forums:mentions": ("get", topic),
        "forums:post_versions": ("get", [world.post.pk]),
        "forums:post_react": ("post", [world.post.pk]),
        "forums:attachment": ("get", [world.attachment.pk]),
        "forums:board_follow": ("post", circle),
        "forums:widen": ("get", topic),
        "forums:widen_answer": ("post", topic),
        "forums:topic_follow": ("post", topic),
        "forums:bookmark": ("get", [world.post.pk]),
        "forums:board": ("get", circle),
        "forums:topic_new": ("get", circle),
        "forums:readers": ("get", circle),
    }


def variants(world: World) -> dict:
    """The same addresses for other things."""
    found = {
        "accounts:person, who shows something to the circle": reverse("accounts:person", args=[world.author.pk]),
        "events:event, a draft": reverse("events:event", args=[world.draft.pk]),
        "events:event, a session of A": reverse("events:event", args=[world.room.event_id]),
    }
    for name, case in {"a draft": world.draft_case, **world.narrow_cases}.items():
        found[f"cases:case, {name}"] = reverse("cases:case", args=[case.pk])
    found["cases:edit, a draft"] = reverse("cases:edit", args=[world.draft_case.pk, "context"])
    found["cases:stage, a draft"] = reverse("cases:stage", args=[world.draft_case.pk])
    for name in ("alumni", "everyone", "research"):
        found[f"forums:topic, {name}"] = reverse("forums:topic", args=[world.topics[name].pk])
        found[f"forums:mentions, {name}"] = reverse("forums:mentions", args=[world.topics[name].pk])
        found[f"forums:topic_new, {name}"] = reverse("forums:topic_new", args=[world.boards[name].slug])
    found |= moderated_elsewhere(world)
    given = {}
    for row in (row for row in TABLE if row.startswith("cases:feedback_") and ", given" in row):
        name, which = row.split(", ")
        given[row] = (FEEDBACK[name.removeprefix("cases:")], reverse(name, args=of_feedback(world, which)))
    opening = world.topics["everyone"].posts.get()
    acts = {"forums:post_react, everyone": reverse("forums:post_react", args=[opening.pk])}
    found = {row: ("get", address) for row, address in found.items()} | given
    return found | not_on_show(world) | {row: ("post", to) for row, to in acts.items()}


def reached(client, method: str, address: str, world: World) -> str:
    """y: got there (also when the form was empty); n: as if it did not exist; f: may not do this, or is suspended."""
    data = (
        {"place": world.topics["research"].get_absolute_url(), "body": "x", "revision": 0}
        if "drafts" in address
        else {}
    )
    mark = transaction.savepoint()
    status = getattr(client, method)(address, data).status_code
    transaction.savepoint_rollback(mark)  # what one row does changes nothing for the next
    return {404: "n", 403: "f"}.get(status, "y" if status < 500 and status != 405 else str(status))


@pytest.mark.parametrize("column", range(len(WHO)), ids=WHO)
def test_everyone_reaches_what_the_table_says_and_nothing_else(enter, column):
    world = World()
    client = enter(world.people[WHO[column]])
    asked = requests(world)
    found = {row: reached(client, *asked[row], world) for row in TABLE}
    assert found == {row: cells.split()[column] for row, cells in TABLE.items()}


def test_every_address_has_its_row():
    rows = {row.split(",")[0] for row in TABLE}
    ours = {name for name in names() if ":" in name}
    assert ours - rows - set(OPEN) == set()
    assert rows - ours == set()
