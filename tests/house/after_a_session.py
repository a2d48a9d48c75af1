"""What is kept of a chat, for the matrix of who reaches what."""

from events.chat.models import ChatRoom, Keep, Part, Summary
from events.chat.models.keeping import ask_for
from tests import make
from tests.house.world import World

# In the order of the table in test_readers.py.
AFTER = {
    "chat:kept": "y  n  n  y  n  n  n  n  n  n  f",
    "chat:keep": "n  n  n  n  n  n  n  n  n  n  f",  # only whose words they are
    "chat:summary": "n  n  n  y  n  n  n  n  n  n  f",
    "chat:summary_ask": "n  n  n  y  n  n  n  n  n  n  f",
    "chat:summary_begin": "n  n  n  y  n  n  n  n  n  n  f",
    "chat:summary_pick": "n  n  n  y  n  n  n  n  n  n  f",
}  # fmt: skip


def of_after(world: World) -> dict:
    """What to ask: row of the table -> (method, arguments). Its room is closed."""
    trainer = world.people["trainer of A"]
    session = make.session(world.a, number=3, starts=-6)
    chat = ChatRoom.of(session)
    message = chat.messages.create(author=world.author, body="Dag", seq=1)
    ask_for(Summary.of(chat, Part.SAID), trainer, [message], shown=[])
    at = [session.pk]
    return {
        "chat:kept": ("get", at),
        "chat:keep": ("post", [*at, Keep.objects.get(message=message).pk]),
        "chat:summary": ("get", at),
        "chat:summary_ask": ("post", at),
        "chat:summary_begin": ("post", [*at, Part.SAID.value]),
        "chat:summary_pick": ("get", at),
    }
