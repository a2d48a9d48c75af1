"""Sockets open for our own pages only."""

from collections.abc import Collection
from typing import Any

from channels.security.websocket import WebsocketDenier


def own_pages_only(application: Any, origins: Collection[str]) -> Any:
    """`application` for sockets whose `Origin` is one of ours, letter for letter; HTTP 403 before accepting for all others."""

    async def guard(scope: dict, receive: Any, send: Any) -> None:
        named = [value.decode("latin-1") for name, value in scope["headers"] if name == b"origin"]
        inside = len(named) == 1 and named[0] in origins
        await (application if inside else WebsocketDenier())(scope, receive, send)

    return guard
