"""HTTP for Django: all of a request in one hop to a thread, which stays and keeps its connection to the database."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http import HttpResponseBase
from django.urls import set_script_prefix

from accounts.live.publish import serve_from

AT_ONCE = 64  # requests; most of them wait for the database when there are so many


class SiteHandler(ASGIHandler):
    """Nothing here is asynchronous but the server. Django would start two threads for each request, go to and fro
    four times, and open a connection in the end; that was a third of what a request costs.
    """

    def __init__(self) -> None:
        super().__init__()
        self.threads = ThreadPoolExecutor(AT_ONCE, "request")

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: FBT001, FBT002  (the signature is Django's)
        super().load_middleware(is_async=False)

    async def handle(self, scope: dict, receive: Any, send: Any) -> None:
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        loop = asyncio.get_running_loop()
        serve_from(loop)
        context = copy_context()  # what a request leaves behind in its thread, such as a language, goes with it
        response, parts = await loop.run_in_executor(self.threads, context.run, self.answer, scope, body)
        if response.streaming:
            response.streaming_content = each(parts)
        await self.send_response(response, send)

    def answer(self, scope: dict, body: Any) -> tuple[HttpResponseBase, list[bytes]]:
        """The answer, closed, and what it streams."""
        with body:
            set_script_prefix(get_script_prefix(scope))
            signals.request_started.send(sender=type(self), scope=scope)
            request, response = self.create_request(scope, body)
            if request is not None:
                response = self.get_response(request)
            response._handler_class = type(self)  # noqa: SLF001  (as Django's own handlers do: it signs the signal)
            try:
                return response, list(response.streaming_content) if response.streaming else []
            finally:
                response.close()


async def each(parts: list[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
