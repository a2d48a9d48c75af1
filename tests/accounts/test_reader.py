"""The thread in which the news of open pages is read: one connection, renewed after a fault."""

import asyncio

import pytest
from asgiref.sync import async_to_sync
from django.db import connection

from accounts.live.reader import Reader

pytestmark = pytest.mark.django_db(transaction=True)


def which() -> int:
    connection.ensure_connection()
    return id(connection.connection)


def broken() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM nowhere")


def test_one_connection_serves_reading_after_reading():
    async def journey():
        reader = Reader()
        found = [await reader.ask(which) for _ in range(3)]
        reader.stop()
        return found

    assert len(set(async_to_sync(journey)())) == 1


def test_after_a_fault_it_begins_with_a_fresh_connection():
    async def journey():
        reader = Reader()
        try:
            with pytest.raises(Exception, match="nowhere"):
                await reader.ask(broken)
            gone = await reader.ask(lambda: connection.connection is None)
            return gone, await reader.ask(which)
        finally:
            reader.stop()

    gone, fresh = async_to_sync(journey)()
    assert gone
    assert fresh


def test_a_connection_that_nobody_needs_is_given_back_at_the_second_beat():
    async def journey():
        reader = Reader()
        await reader.ask(which)
        kept = []
        for _ in range(2):
            reader.beat()
            loop = asyncio.get_running_loop()
            kept.append(await loop.run_in_executor(reader.thread, lambda: connection.connection is not None))
        reader.stop()
        return kept

    assert async_to_sync(journey)() == [True, False]
