"""One thing that open pages show: what was said last, and who listens."""

import asyncio
import json
import logging
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from accounts.live.reader import Reader

log = logging.getLogger("ruggespraak.live")


@dataclass(slots=True)
class Happening:
    """One numbered event, ready to send: its JSON per language, and what it is about."""

    seq: int
    about: str
    html: dict[str, str]  # language -> fragment
    rest: dict[str, Any]  # the keys that are the same in every language
    _json: dict[str, str] = field(default_factory=dict)

    def json(self, language: str) -> str:
        if language not in self._json:
            self._json[language] = json.dumps(self.rest | {"seq": self.seq, "html": self.html[language]})
        return self._json[language]

    def becomes(self, html: dict[str, str]) -> None:
        self.html, self._json = html, {}


@dataclass(slots=True)
class News:
    """What was read: events in order, and the epoch that was read after them."""

    happenings: list[Happening]
    epoch: int
    last_seq: int  # up to where this reading goes
    more: bool = False  # it was cut off: read again from there


LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
SLICE = 100  # sockets that are written to in one turn of the loop, about a millisecond
RESUMES = 32  # places from which a resume stands ready
FRAME_BYTES = 60_000  # of one frame, more only for a single event; our JSON is plain ASCII, so characters are bytes


def frames_of(
    happenings: list[Happening], language: str, since: int, last_seq: int, *, more: bool = False
) -> list[str]:
    """The same as `frame_of`, in as many frames as its length and size ask for; `more` in all but the last."""
    parts: list[list[Happening]] = [[]]
    room = FRAME_BYTES
    for happening in happenings:
        size = len(happening.json(language))
        if parts[-1] and (room < size or len(parts[-1]) == settings.LIVE["frame"]):
            parts.append([])
            room = FRAME_BYTES
        parts[-1].append(happening)
        room -= size
    last = len(parts) - 1
    return [frame_of(part, language, since, last_seq, more=more or at < last) for at, part in enumerate(parts)]


def frame_of(happenings: list[Happening], language: str, since: int, last_seq: int, *, more: bool = False) -> str:
    """One `events` frame. `from` and `to` are `since` when there is nothing to tell."""
    first = happenings[0].seq if happenings else since
    last = happenings[-1].seq if happenings else since
    events = ",".join(h.json(language) for h in happenings)
    flag = "true" if more else "false"
    return f'{{"type":"events","from":{first},"to":{last},"last_seq":{last_seq},"more":{flag},"events":[{events}]}}'


def tell(sockets: list, frames: dict[str, list[str]]) -> None:
    """Hand each of these sockets the frames of its language. A line that breaks meanwhile is nobody else's trouble.

    All in one place: with hundreds of sockets a call more for each is a tenth of the whole.
    """
    for socket in sockets:
        if socket.closed:
            continue
        write = socket.writer.write
        try:
            for frame in frames[socket.language]:
                if not write(frame):
                    socket.hang_up(4503)
                    break
        except Exception as error:  # noqa: BLE001  (whatever the server says of a line that is closing)
            log.warning("line broke", extra={"error": type(error).__name__})
            socket.hang_up(4503)


class Room:
    def __init__(self, kind: Any, pk: Any, group: str, reader: Reader) -> None:
        self.kind, self.pk, self.group, self.reader = kind, pk, group, reader
        self.sockets: set = set()
        self.ring: deque[Happening] = deque(maxlen=settings.LIVE["ring"])
        self.seq: Any = None  # up to where this process has read; None before the first look
        self.ready_to: int | None = None  # up to where the ring goes: behind `seq` while a language is read again
        self.codes: set[str] = set()  # languages that are read here
        self.resumes: dict[tuple[str, int], list[str]] = {}  # language, after -> frames
        self.epoch = 0
        self.coming = 0  # sockets on their way to a seat
        self.presence: Any = None  # set by the hub
        self.behind = False
        self.lock = asyncio.Lock()
        self.task: asyncio.Task | None = None
        self.spoke = asyncio.get_running_loop().time()

    def wake(self) -> None:
        """There may be news. Wake-ups that come while one look is under way are one look more."""
        self.behind = True
        if self.task is None or self.task.done():
            self.task = asyncio.get_running_loop().create_task(self.follow())

    async def follow(self) -> None:
        while self.behind:
            try:
                await self.catch_up()
            except Exception:  # nothing was handed out: the beat finds the news again
                log.exception("room not read")

    async def catch_up(self) -> None:
        """Read what is new once, for everyone; look again at who was checked before that; hand it out."""
        self.behind = True
        async with self.lock:
            if not self.behind:  # whoever held the lock read for me too
                return
            self.behind = False
            while True:
                news = await self.read()
                fresh = self.keep(news)
                if fresh:
                    await self.say(fresh, more=news.more)  # no await between keeping and this
                if self.ready_to == self.seq:
                    break
        if news.more:
            self.wake()

    async def read(self) -> News:
        """What is new, in the languages of who listens; again when someone with another one came in meanwhile.

        Who was checked before that is looked at again.
        """
        while True:
            codes = tuple(self.codes)
            news = await self.reader.ask(self.kind.news, self.pk, self.ready_to, codes)
            self.epoch = max(self.epoch, news.epoch)
            while stale := [s for s in self.sockets if s.epoch < self.epoch and not s.closed]:
                await recheck(stale)
            if len(codes) == len(self.codes):
                return news

    def speak(self, code: str) -> None:
        """From now on in this language too; what stands ready is not, and is read again."""
        if code not in self.codes:
            self.codes.add(code)
            if self.ring:
                self.ready_to = self.ring[0].seq - 1
            self.ring.clear()
            self.resumes.clear()

    def keep(self, news: News) -> list[Happening]:
        """Put what is new in the ring. What it is about looks the same wherever the ring shows it."""
        floor = -1 if self.seq is None else self.seq
        ready = self.ring[-1].seq if self.ring else -1
        fresh = [h for h in news.happenings if h.seq > floor]
        by_thing = {h.about: h.html for h in fresh}
        for kept in self.ring:
            if kept.about in by_thing:
                kept.becomes(by_thing[kept.about])
        self.ring.extend(h for h in news.happenings if h.seq > ready)
        self.resumes.clear()
        self.seq = max(floor, news.last_seq)
        self.ready_to = news.last_seq if news.more else self.seq
        return fresh

    async def say(self, fresh: list[Happening], *, more: bool) -> None:
        """The same words to every socket of a language; other rooms have their turn after each slice.

        Who sits down meanwhile has the words from the ring, and is not among those who are here now.
        """
        here = list(self.sockets)
        spoken = {socket.language for socket in here}
        frames = {code: frames_of(fresh, code, self.seq, self.seq, more=more) for code in spoken}
        for at in range(0, len(here), SLICE):
            tell(here[at : at + SLICE], frames)
            await asyncio.sleep(0)
        self.spoke = asyncio.get_running_loop().time()

    def since(self, after: int) -> list[Happening] | None:
        """What came after `after`, from the ring; None when the ring does not go back that far."""
        if after >= self.seq:
            return []
        if not self.ring or self.ring[0].seq > after + 1:
            return None
        return [h for h in self.ring if h.seq > after]

    def resume(self, language: str, after: int) -> list[str]:
        """Frames with what came after `after`, made once for all who come back from there."""
        if (language, after) not in self.resumes:
            if len(self.resumes) >= RESUMES:
                self.resumes.clear()
            self.resumes[language, after] = frames_of(self.since(after) or [], language, after, self.seq)
        return self.resumes[language, after]

    async def bring_along(self, socket: Any, after: int) -> int:
        """Give `socket` from the database what is older than the ring. Returns up to where it is then."""
        while not socket.closed and self.since(after) is None:
            news = await self.reader.ask(self.kind.news, self.pk, after, (socket.language,))
            part = [h for h in news.happenings if h.seq > after]
            if not part:
                break
            for frame in frames_of(part, socket.language, after, self.seq, more=True):
                socket.write(frame)
            after = part[-1].seq
        return after

    def still_here(self) -> None:
        """An empty frame: the line is alive. Whoever is being spoken to knows that."""
        if self.lock.locked():
            return
        frames = [frame_of([], "", self.seq, self.seq)]
        tell(list(self.sockets), dict.fromkeys(LANGUAGES, frames))
        self.spoke = asyncio.get_running_loop().time()


async def recheck(sockets: list) -> None:
    """Look again at the right of these sockets; who lost it is hung up on."""
    for socket in list(sockets):
        if socket.closed:
            continue
        if code := await socket.check():
            socket.hang_up(code)
        else:
            socket.noticed()
