"""The access matrix: every address × every kind of person, written out as one table."""

import pytest
from django.urls import reverse

from tests.house.addresses import names
from tests.house.test_every_door import OPEN as OPEN_DOORS
from tests.house.world import World

pytestmark = pytest.mark.django_db
#                                  pA pB al tr or re mo pr ke ad su
TABLE = {}
OPEN = {name for name in OPEN_DOORS if ":" in name}  # for everyone, signed in or not
WHO = (
    "participant of A", "participant of B", "alumnus", "trainer of A", "organiser", "researcher",
    "moderator", "privacy officer", "register keeper", "site administrator", "suspended",
)  # fmt: skip


def requests(world: World) -> dict:
    """What to ask: row of the table -> (method, address)."""
    a, day, draft, session = world.a.pk, [world.day.pk], [world.draft.pk], [world.room.event_id]
    circle, topic = [world.circle.slug], [world.topics["circle"].pk]
    said = [*session, world.message.pk]
    found = {
        "community:cohort": ("get", [a]),
        "community:cohort_move": ("post", [a]),
        "community:trainer_place": ("post", [a]),
        "community:cohort_certify": ("get", [a]),
        "community:invite": ("get", [a]),
        "community:revoke": ("get", [world.invitation.pk]),
        "community:seat_certify": ("get", [world.seat.pk]),
        "community:seat_end": ("get", [world.seat.pk]),
        "accounts:sessions_end": ("post", []),
        "accounts:session_end": ("post", [1]),
        "accounts:person": ("get", [world.listed.pk]),
        "research:consent": ("post", []),
        "research:study": ("get", [world.study.pk]),
        "forums:drafts": ("post", []),
        "forums:topic": ("get", topic),
        "forums:reply": ("post", topic),
        "forums:post_edit": ("get", [world.post.pk]),
        "forums:post_remove": ("get", [world.post.pk]),
        "forums:board": ("get", circle),
        "forums:topic_new": ("get", circle),
        "forums:readers": ("get", circle),
        "chat:room": ("get", session),
        "chat:news": ("get", session),
        "chat:say": ("post", session),
        "chat:message_edit": ("get", said),
        "chat:message_remove": ("get", said),
        "events:event": ("get", day),
        "events:ics": ("get", day),
        "events:rsvp": ("post", day),
        "events:offer": ("post", day),
        "events:manage": ("get", day),
        "events:manage_edit": ("get", day),
        "events:manage_announce": ("get", draft),
        "events:manage_cancel": ("get", day),
        "events:manage_capacity": ("post", day),
        "events:manage_answers": ("get", day),
        "events:manage_needs": ("get", day),
    }
    rows = {name: (method, reverse(name, args=args)) for name, (method, args) in found.items()}
    rows |= {name: ("get", reverse(name)) for name in names() if name not in rows and name.split(" ")[0] in TABLE}
    return rows | variants(world)


def variants(world: World) -> dict:
    """The same addresses for other things."""
    found = {
        "accounts:person, who shows something to the circle": reverse("accounts:person", args=[world.author.pk]),
        "events:event, a draft": reverse("events:event", args=[world.draft.pk]),
        "events:event, a session of A": reverse("events:event", args=[world.room.event_id]),
    }
    for name in ("alumni", "everyone", "research"):
        found[f"forums:topic, {name}"] = reverse("forums:topic", args=[world.topics[name].pk])
        found[f"forums:topic_new, {name}"] = reverse("forums:topic_new", args=[world.boards[name].slug])
    return {row: ("get", address) for row, address in found.items()}


def reached(client, method: str, address: str) -> str:
    """y: got there (also when the form was empty); n: as if it did not exist; f: may read, not do; s: suspended."""
    status = getattr(client, method)(address).status_code
    return {404: "n", 403: "f"}.get(status, "y" if status < 500 else str(status))


@pytest.mark.parametrize("column", range(len(WHO)), ids=WHO)
def test_everyone_reaches_what_the_table_says_and_nothing_else(enter, column):
    world = World()
    client = enter(world.people[WHO[column]])
    asked = requests(world)
    found = {row: reached(client, *asked[row]) for row in TABLE}
    assert found == {row: cells.split()[column] for row, cells in TABLE.items()}


def test_every_address_has_its_row():
    rows = {row.split(",")[0] for row in TABLE}
    ours = {name for name in names() if ":" in name}
    assert ours - rows - set(OPEN) == set()
    assert rows - ours == set()
