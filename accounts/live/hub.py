"""One hub per process. It alone joins groups, listens, and looks by itself every few seconds."""

import asyncio
import logging
import uuid
from collections.abc import Coroutine
from contextlib import asynccontextmanager
from typing import Any

from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.conf import settings

from accounts.live.publish import PATIENCE, group_of, hear_with, serve_from
from accounts.live.reader import Reader
from accounts.live.room import Room, recheck

log = logging.getLogger("ruggespraak.live")
_hubs: dict[asyncio.AbstractEventLoop, "Hub"] = {}


def hub() -> "Hub":
    """The hub of the running loop; made at the first socket."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        for old in [one for one in _hubs if one.is_closed()]:
            del _hubs[old]
        _hubs[loop] = Hub(loop)
    return _hubs[loop]


class Hub:
    """Rooms by group, sockets by person, one channel of the layer, one beat."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.layer = get_channel_layer()
        self.name = uuid.uuid4().hex
        self.channel: str | None = None
        self.rooms: dict[str, Room] = {}
        self.people: dict[str, list] = {}  # group of a person -> sockets, oldest first
        self.ready = asyncio.Lock()
        self.reader = Reader()
        self.beats = 0
        serve_from(loop)
        hear_with(loop, self.name, self.hear)
        self.tasks = {loop.create_task(self.listen()), loop.create_task(self.pulse())}

    async def open_channel(self) -> str:
        async with self.ready:
            if self.channel is None:
                self.channel = await self.layer.new_channel("hub")
            return self.channel

    async def join(self, group: str) -> bool:
        """Hear about `group`; whether that worked. A layer that is down is tried again at the next beat."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self.layer.group_add(group, await self.open_channel())
        except Exception as error:  # noqa: BLE001  (any fault of the layer; the beat reads the rows meanwhile)
            log.warning("group not joined", extra={"error": type(error).__name__})
            return False
        return True

    async def leave(self, group: str) -> None:
        """Hear no more about `group`, unless someone came in for it meanwhile."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self.layer.group_discard(group, await self.open_channel())
        except Exception as error:  # noqa: BLE001
            log.warning("group not left", extra={"error": type(error).__name__})
        if group in self.rooms or group in self.people:
            await self.join(group)

    def run(self, work: Coroutine) -> None:
        """Do `work` beside the rest, and hold on to it until it is done."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def listen(self) -> None:
        """Drain the one channel at once: each wake-up only marks a room or a person."""
        while True:
            try:
                message = await self.layer.receive(await self.open_channel())
                if message.get("heard") != self.name:
                    self.hear(message)
            except asyncio.CancelledError:
                raise
            except Exception as error:  # noqa: BLE001  (a layer that is away: the beat goes on)
                log.warning("layer does not answer", extra={"error": type(error).__name__})
                await asyncio.sleep(1)

    def hear(self, message: dict) -> None:
        group, change = message["group"], message["change"]
        room = self.rooms.get(group)
        if change == "access":  # of a person, or of everyone who has this thing open
            self.run(self.look_again([*self.people.get(group, []), *(room.sockets if room else [])]))
        elif room:
            if change == "presence":
                room.presence.heard(message)
            else:
                room.wake()

    async def look_again(self, sockets: list) -> None:
        await recheck(sockets)
        for room in [room for room in self.rooms.values() if not room.sockets.isdisjoint(sockets)]:
            room.presence.changed()

    @asynccontextmanager
    async def seat(self, socket: Any, after: int | None):
        """Give `socket` what came after `after`, and from then on all that happens."""
        room = self.room_of(socket)
        room.coming += 1
        try:
            room.speak(socket.language)
            await self.subscribe(room, socket)
            await asyncio.shield(asyncio.ensure_future(room.catch_up()))  # others wait for it as well
            while socket.epoch < room.epoch and not socket.closed:
                await recheck([socket])
            if after is not None and not socket.closed:
                socket.hello(room)
                after = await room.bring_along(socket, after)
            if not socket.closed:
                room.sockets.add(socket)  # no await between this
                room.presence.came(socket)
                socket.welcome(room, after)  # and this: nothing falls in between
            yield
        finally:
            room.coming -= 1
            if socket in room.sockets:
                room.sockets.discard(socket)
                room.presence.left(socket)
            await self.unsubscribe(socket)

    def room_of(self, socket: Any) -> Room:
        group = group_of(socket.model, socket.pk)
        if group not in self.rooms:
            self.rooms[group] = room = Room(type(socket), socket.pk, group, self.reader)
            room.presence = socket.presence_of(self, room)
        return self.rooms[group]

    async def subscribe(self, room: Room, socket: Any) -> None:
        mine = group_of(type(socket.person), socket.person.pk)
        sockets = self.people.setdefault(mine, [])
        sockets.append(socket)
        alive = [s for s in sockets if not s.closed]
        if len(alive) > settings.LIVE["sockets"] and settings.RATE_LIMITS:
            alive[0].hang_up(4409)
        await self.join(mine)
        await self.join(room.group)

    async def unsubscribe(self, socket: Any) -> None:
        mine = group_of(type(socket.person), socket.person.pk)
        sockets = self.people.get(mine, [])
        if socket in sockets:
            sockets.remove(socket)
        if not sockets and mine in self.people:
            del self.people[mine]
            await self.leave(mine)

    async def pulse(self) -> None:
        try:
            while True:
                await asyncio.sleep(settings.LIVE["beat"])
                try:
                    await self.beat()
                except Exception:
                    log.exception("beat failed")
        finally:
            self.reader.stop()

    async def beat(self) -> None:
        """Repair what was lost: groups, wake-ups, rights, sessions; say that quiet lines are alive."""
        self.beats += 1
        self.reader.beat()
        empty = [group for group, room in self.rooms.items() if not room.sockets and not room.coming]
        for group in empty:
            del self.rooms[group]
        for group in empty:
            await self.leave(group)
        if not self.rooms and not self.people:
            return
        await self.look()
        for group in [*self.rooms, *self.people]:
            if not await self.join(group):
                break  # the layer is away: the others would wait as long
        if self.beats % max(1, settings.LIVE["sessions"] // settings.LIVE["beat"]) == 0:
            await self.check_everyone()
        moment = asyncio.get_running_loop().time()
        for room in self.rooms.values():
            room.presence.beat()
            if room.seq is not None and moment - room.spoke >= settings.LIVE["silence"]:
                room.still_here()

    async def look(self) -> None:
        """One query per kind of room: which of the open ones have news that nobody told us of."""
        for kind in {room.kind for room in self.rooms.values()}:
            rooms = {str(room.pk): room for room in self.rooms.values() if room.kind is kind}
            numbers = await self.reader.ask(kind.last_seqs, [room.pk for room in rooms.values()])
            for pk, seq in numbers.items():
                if rooms[str(pk)].seq is None or rooms[str(pk)].seq < seq:
                    rooms[str(pk)].wake()

    async def check_everyone(self) -> None:
        """Hang up on who signed out, was suspended or lost access without our hearing of it."""
        sockets = [s for line in self.people.values() for s in line if not s.closed]
        if not sockets:
            return
        gone, epoch = await database_sync_to_async(type(sockets[0]).departed)(sockets)
        for socket in sockets:
            if socket in gone:
                socket.hang_up(4401)
        await recheck([s for s in sockets if s.epoch < epoch and not s.closed])

    def hang_up(self, code: int) -> None:
        """Say goodbye to every socket of this process."""
        for line in list(self.people.values()):
            for socket in list(line):
                socket.hang_up(code)
