"""A request is answered in a thread that stays, and leaves nothing there for the next."""

import threading

import pytest
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from django.db import connection, connections
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import include, path
from django.utils import translation

from community.handler import SiteHandler

pytestmark = pytest.mark.django_db(transaction=True)
seen: list[tuple] = []


def page(request):
    kept = connection.connection is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    seen.append((threading.current_thread().name, kept, translation.get_language()))
    translation.activate("en")
    return HttpResponse(request.body[::-1])


def broken(request):
    raise RuntimeError("a fault in a page")


def stream(request):
    return StreamingHttpResponse(iter([b"een ", b"twee"]))


page.login_required = broken.login_required = stream.login_required = False
urlpatterns = [
    path("page/", page),
    path("broken/", broken),
    path("stream/", stream),
    path("", include("community.urls")),
]


async def answer(handler: SiteHandler, address: str, body: bytes = b"") -> tuple[int, bytes]:
    scope = {"type": "http", "method": "GET", "path": address, "query_string": b"", "root_path": ""}
    line = ApplicationCommunicator(handler, scope | {"headers": [(b"host", b"localhost")]})
    await line.send_input({"type": "http.request", "body": body})
    status, text, more = (await line.receive_output())["status"], b"", True
    while more:
        part = await line.receive_output()
        text, more = text + part.get("body", b""), part.get("more_body", False)
    await line.wait()
    return status, text


@pytest.fixture
def handler(settings):
    settings.ROOT_URLCONF = __name__
    handler = SiteHandler()
    yield handler
    handler.threads.submit(connections.close_all).result()
    handler.threads.shutdown()


def test_threads_stay_with_their_connection_and_without_a_language(handler):
    seen.clear()

    async def journey():
        return [await answer(handler, "/page/", b"olleh") for _ in range(12)]

    assert async_to_sync(journey)() == [(200, b"hello")] * 12
    threads, kept, languages = (set(values) for values in zip(*seen, strict=True))
    assert len(threads) <= 3
    assert (True in kept) is (connection.vendor == "sqlite")  # on PostgreSQL the pool keeps it
    assert len(languages) == 1


def test_what_streams_and_what_breaks_are_answered(handler):
    assert async_to_sync(answer)(handler, "/stream/") == (200, b"een twee")
    assert async_to_sync(answer)(handler, "/broken/")[0] == 500
