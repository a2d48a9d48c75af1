"""The one way out: other processes and open pages hear that something has news."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import Any, Literal

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

log = logging.getLogger("ruggespraak.live")
PATIENCE = 2  # seconds with a layer that does not answer; nothing may wait for it longer
_server: dict[str, asyncio.AbstractEventLoop] = {}
_ears: dict[asyncio.AbstractEventLoop, tuple[str, Callable[[dict], None]]] = {}  # of the hub of a loop, and its name
_sending: set[asyncio.Task] = set()


def group_of(model: Any, pk: Any) -> str:
    """The name by which processes call one thing, such as "chat.chatroom.<id>"."""
    return f"{model._meta.label_lower}.{pk}"


def publish(thing: Any, change: Literal["news", "access"] = "news") -> None:
    """Tell every process that `thing` has news, or that a person's access changed.

    Sent after the surrounding transaction commits, and never when it rolls back.
    Carries the key of `thing` only; whoever hears it reads the rows for itself.
    A channel layer that is down is logged and does not undo the change.
    """
    group = group_of(thing._meta.model, thing.pk)  # not its type: the person of a request comes wrapped
    message = {"type": "live", "group": group, "change": change}
    transaction.on_commit(partial(send, group, message), robust=True)


def send(group: str, message: dict) -> None:
    """Hand a wake-up to the channel layer, on the server's own loop where there is one."""
    loop = _server.get("loop")
    if loop is not None and loop.is_running():
        loop.call_soon_threadsafe(begin, group, message)
    else:
        async_to_sync(quietly)(group, message)


def begin(group: str, message: dict) -> None:
    """On the loop: the pages of this process hear it at once, the layer beside the rest; hold on until that is done."""
    loop = asyncio.get_running_loop()
    name, hear = _ears.get(loop, ("", None))
    task = loop.create_task(quietly(group, message | {"heard": name}))  # by then; the hub of that name passes it over
    _sending.add(task)
    task.add_done_callback(_sending.discard)
    if hear:
        hear(message)


async def quietly(group: str, message: dict) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            await get_channel_layer().group_send(group, message)
    except Exception as error:  # noqa: BLE001  (any fault of the layer: the row is stored, the beat finds it)
        log.warning("wake-up not sent", extra={"error": type(error).__name__})


def serve_from(loop: asyncio.AbstractEventLoop) -> None:
    """From now on wake-ups leave from this loop, the one that the sockets live on."""
    _server["loop"] = loop


def hear_with(loop: asyncio.AbstractEventLoop, name: str, hear: Callable[[dict], None]) -> None:
    """The hub of `loop` is called `name` and takes wake-ups of its own process with `hear`, also when the layer is away."""
    for old in [one for one in _ears if one.is_closed()]:
        del _ears[old]
    _ears[loop] = name, hear
