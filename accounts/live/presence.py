"""Who is in the room. Kept in memory only; processes tell each other keys of people, never names."""

import asyncio
import json
from typing import Any

from accounts.live.publish import quietly

PAUSE = 2  # seconds between two frames
AWAY = 300  # seconds that someone who lost the line is shown as "even weg"
FORGET = 20  # seconds after which a process that says nothing is forgotten


class NoPresence:
    """For rooms that do not show who is there."""

    def changed(self) -> None: ...

    def came(self, socket: Any) -> None: ...

    def left(self, socket: Any) -> None: ...

    def beat(self) -> None: ...

    def heard(self, message: dict) -> None: ...

    def frame(self) -> str | None:
        return None


class Presence:
    """The people of one room, over all processes."""

    def __init__(self, hub: Any, room: Any) -> None:
        self.hub, self.room = hub, room
        self.here: dict[str, set] = {}  # key of who is in this process, first come first -> their sockets
        self.away: dict[str, float] = {}  # who lost the line, and when
        self.elsewhere: dict[str, tuple[float, list[str], list[str]]] = {}  # process -> heard at, keys, who hides
        self.names: dict[str, str] = {}
        self.task: asyncio.Task | None = None
        self.telling: asyncio.Task | None = None
        self.ready: str | None = None  # the frame, while nothing changes
        self.last: str | None = None  # what the pages were told

    def came(self, socket: Any) -> None:
        key = str(socket.person.pk)
        others = self.here.setdefault(key, set())
        if not any((s.hides, s.person.name) == (socket.hides, socket.person.name) for s in others):
            self.changed()
        others.add(socket)

    def hiding(self) -> list[str]:
        """Keys of who is here in this process and does not want to be named."""
        return [key for key, sockets in self.here.items() if any(s.hides for s in sockets)]

    def everyone(self) -> tuple[list[str], set[str]]:
        """Keys of who is here in any process, and those of them who hide."""
        keys, hidden = list(self.here), set(self.hiding())
        for _heard, others, hide in self.elsewhere.values():
            keys += others
            hidden |= set(hide)
        return list(dict.fromkeys(keys)), hidden

    def left(self, socket: Any) -> None:
        key = str(socket.person.pk)
        self.here[key].discard(socket)
        if not self.here[key]:
            del self.here[key]
            self.away[key] = asyncio.get_running_loop().time()
            self.changed()
        if socket.closed in (4401, 4403) or socket.hides:
            self.away.pop(key, None)

    def heard(self, message: dict) -> None:
        """Another process says who is with it."""
        if message["process"] != self.hub.name:
            moment = asyncio.get_running_loop().time()
            self.elsewhere[message["process"]] = (moment, message["people"], message["hiding"])
            self.away = {who: at for who, at in self.away.items() if who not in message["hiding"]}
            self.later()

    def changed(self) -> None:
        """Someone came or went here: soon the other processes hear of it, and a little later the pages."""
        if self.telling is None or self.telling.done():
            self.telling = asyncio.get_running_loop().create_task(self.tell_soon())
        self.later()

    def beat(self) -> None:
        moment = asyncio.get_running_loop().time()
        self.away = {key: at for key, at in self.away.items() if moment - at < AWAY}
        self.elsewhere = {name: seen for name, seen in self.elsewhere.items() if moment - seen[0] < FORGET}
        self.tell()
        self.later()

    def tell(self) -> None:
        message = {"type": "live", "group": self.room.group, "change": "presence"}
        message |= {"process": self.hub.name, "people": list(self.here), "hiding": self.hiding()}
        self.hub.run(quietly(self.room.group, message))

    async def tell_soon(self) -> None:
        """Once for all who come in together."""
        await asyncio.sleep(PAUSE / 10)
        self.tell()

    def later(self) -> None:
        self.ready = None
        if self.task is None or self.task.done():
            self.task = asyncio.get_running_loop().create_task(self.show())

    async def show(self) -> None:
        await asyncio.sleep(PAUSE)
        await self.learn_names()
        frame = self.frame()
        if frame != self.last:
            self.last = frame
            for socket in list(self.room.sockets):
                if not socket.closed:
                    socket.write(frame)

    async def learn_names(self) -> None:
        unknown = [key for key in [*self.everyone()[0], *self.away] if key not in self.names]
        if unknown:
            self.names.update(await self.hub.reader.ask(self.room.kind.names_of, unknown))
            self.ready = None

    def frame(self) -> str:
        """Who is here, who lost the line a moment ago. Who hides is counted and not named."""
        if self.ready is None:
            self.ready = self.made()
        return self.ready

    def made(self) -> str:
        self.names |= {key: next(iter(sockets)).person.name for key, sockets in self.here.items()}
        keys, hidden = self.everyone()
        gone = [key for key in self.away if key not in keys]
        known = [key for key in keys + gone if key not in hidden and self.names.get(key)]
        people = [{"id": key, "name": self.names[key], "away": key in gone} for key in known]
        return json.dumps({"type": "presence", "count": len(keys), "people": people})
