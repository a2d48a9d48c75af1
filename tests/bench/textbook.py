"""The consumer of the textbook: each socket in the group, over the layer in memory. Run as a program: PORT."""

import sys

import django
from django.conf import settings

settings.configure(
    CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}, INSTALLED_APPS=["daphne"]
)
django.setup()

from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402
from daphne.server import Server  # noqa: E402


class Textbook(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        if not self.scope["path"].startswith("/say"):
            await self.channel_layer.group_add("room", self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard("room", self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.channel_layer.group_send("room", {"type": "said", "text": text_data})

    async def said(self, event: dict) -> None:
        await self.send(text_data=event["text"])


if __name__ == "__main__":
    Server(
        Textbook.as_asgi(),
        endpoints=[f"tcp:{sys.argv[1]}:interface=127.0.0.1"],
        ready_callable=lambda: print("Ready:", flush=True),
        websocket_timeout=-1,
        verbosity=0,
    ).run()
