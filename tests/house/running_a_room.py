"""What a trainer does while the room of a session is on, for the matrix of who reaches what."""

from tests.house.world import World

# In the order of the table in test_readers.py.
RUNNING = {
    "chat:message_rest": "f  n  n  y  n  n  n  n  n  n  f",
    "chat:message_pin": "f  n  n  y  n  n  n  n  n  n  f",
    "chat:open": "f  n  n  y  n  n  n  n  n  n  f",
    "chat:close": "f  n  n  y  n  n  n  n  n  n  f",
    "chat:first": "f  n  n  y  n  n  n  n  n  n  f",
    "chat:read": "y  n  n  y  n  n  n  n  n  n  f",
    "chat:slow": "f  n  n  y  n  n  n  n  n  n  f",
}  # fmt: skip


def of_running(world: World) -> dict:
    """What to ask: row of the table -> (method, arguments)."""
    session = [world.room.event_id]
    said = [*session, world.message.pk]
    return {
        "chat:read": ("post", session),
        "chat:slow": ("post", session),
        "chat:first": ("post", session),
        "chat:open": ("get", session),
        "chat:close": ("get", session),
        "chat:message_pin": ("post", said),
        "chat:message_rest": ("get", said),
    }
