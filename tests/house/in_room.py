"""The addresses of the room of a session, for the matrix of who reaches what."""

from django.urls import reverse

from tests.house.world import World

# In the order of the table in test_readers.py.
QUESTIONS = {
    "chat:prompt": "f  n  n  y  n  n  n  n  n  n  f",
    "chat:poll": "f  n  n  y  n  n  n  n  n  n  f",
    "chat:poll_vote": "y  n  n  f  n  n  n  n  n  n  f",
    "chat:poll_close": "f  n  n  y  n  n  n  n  n  n  f",
    "chat:poll_remove": "f  n  n  y  n  n  n  n  n  n  f",
    "chat:question_remove": "f  n  n  y  n  n  n  n  n  n  f",
    "chat:question_remove, not on show": "n  n  n  y  n  n  n  n  n  n  f",
    "chat:question_report": "y  n  n  y  n  n  n  n  n  n  f",
    "chat:question_return": "f  n  n  y  n  n  n  n  n  n  f",
    "chat:question_return, not on show": "n  n  n  y  n  n  n  n  n  n  f",
    "chat:question_state": "f  n  n  y  n  n  n  n  n  n  f",
    "chat:message_edit, not on show": "n  n  n  f  n  n  n  n  n  n  f",
    "chat:message_pin, not on show": "n  n  n  y  n  n  n  n  n  n  f",
    "chat:message_remove, not on show": "n  n  n  f  n  n  n  n  n  n  f",
    "chat:message_report, not on show": "n  n  n  n  n  n  n  n  n  n  f",
    "chat:message_rest, not on show": "n  n  n  y  n  n  n  n  n  n  f",
    "chat:message_return": "f  n  n  y  n  n  n  n  n  n  f",
    "chat:message_return, not on show": "n  n  n  y  n  n  n  n  n  n  f",
    "chat:message_show": "f  n  n  y  n  n  n  n  n  n  f",
    "chat:message_show, not on show": "n  n  n  y  n  n  n  n  n  n  f",
    "chat:question_vote": "y  n  n  f  n  n  n  n  n  n  f",
}  # fmt: skip


def of_chat(world: World) -> dict:
    session = [world.room.event_id]
    said, asked = [*session, world.message.pk], [*session, world.question.pk]
    polled = [*session, world.poll.pk]
    return {
        "chat:room": ("get", session),
        "chat:news": ("get", session),
        "chat:hide": ("post", session),
        "chat:say": ("post", session),
        "chat:trainers": ("get", session),
        "chat:trainers_news": ("get", session),
        "chat:trainers_say": ("post", session),
        "chat:present": ("get", session),
        "chat:ask": ("post", session),
        "chat:poll": ("get", session),
        "chat:prompt": ("get", session),
        "chat:poll_vote": ("post", polled),
        "chat:poll_close": ("post", polled),
        "chat:poll_remove": ("post", polled),
        "chat:question_vote": ("post", asked),
        "chat:question_state": ("post", asked),
        "chat:question_return": ("get", asked),
        "chat:question_report": ("get", asked),
        "chat:question_remove": ("get", asked),
        "chat:message_edit": ("get", said),
        "chat:message_return": ("get", said),
        "chat:message_show": ("post", said),
        "chat:message_remove": ("get", said),
        "chat:message_report": ("get", said),
    }


def not_on_show(world: World) -> dict[str, tuple[str, str]]:
    """The same for a question and a message that wait for a trainer's eyes: row of the table -> (method, address)."""
    posted = ("chat:message_pin", "chat:message_show")
    found = {}
    for row in (row for row in QUESTIONS if row.endswith(", not on show")):
        name = row.split(",")[0]
        thing = world.unseen if "question" in name else world.waiting
        address = reverse(name, args=[world.room.event_id, thing.pk])
        found[row] = ("post" if name in posted else "get", address)
    return found
