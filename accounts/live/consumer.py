"""What every socket has in common: who may open it, for how long, and how it says goodbye."""

import asyncio
import json
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session as StoredSession
from django.db.models import UUIDField
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from accounts.clock import now
from accounts.live.hub import hub
from accounts.live.presence import NoPresence
from accounts.live.room import LANGUAGES, tell
from accounts.live.writers import writer_for
from accounts.models import Epoch, User
from accounts.prepared import Prepared
from accounts.throttle import wait_for

SessionStore = import_module(settings.SESSION_ENGINE).SessionStore
ACTIVE = Prepared(
    "accounts.User", lambda people, pk: people.filter(pk=pk, is_active=True, suspended_at=None), pk=UUIDField()
)


def signed_in(session_key: str | None) -> User | None:
    """Whose session this is, read from the database now; None when it ended or the password changed."""
    if not session_key:
        return None
    session = SessionStore(session_key)
    if BACKEND_SESSION_KEY not in session:
        return None
    person = next(iter(ACTIVE.read(pk=session[SESSION_KEY])), None)
    if person and constant_time_compare(session.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash()):
        return person
    return None


class LiveConsumer:
    """One socket. It speaks and never listens: a word from the client closes it with 4400.

    Subclasses say which `model` it shows, under which `lookup` it is read,
    and how `news` are read and rendered, once for everybody.
    """

    model: Any
    lookup_field = "pk"

    def __init__(self, scope: dict, send: Any) -> None:
        self.scope, self.send = scope, send
        self.key = scope["url_route"]["kwargs"].get("pk")
        self.session_key = scope.get("cookies", {}).get(settings.SESSION_COOKIE_NAME)
        self.person: Any = None
        self.pk: Any = None
        self.language: str = settings.LANGUAGE_CODE
        self.epoch, self.closed, self.greeted = -1, 0, False
        self.hides = False  # whether this person is counted and not named among those present
        self.gone = asyncio.Event()
        self.writer: Any = None  # once the line is open

    @classmethod
    def as_asgi(cls) -> Any:
        async def application(scope: dict, receive: Any, send: Any) -> None:
            await cls(scope, send).run(receive)

        application.consumer = cls  # type: ignore[attr-defined]
        return application

    async def run(self, receive: Any) -> None:
        await receive()  # websocket.connect
        await self.send({"type": "websocket.accept"})  # first, so that a refusal has a code
        self.writer = writer_for(self.send)
        if code := await self.check() or self.number_fault() or await self.opened_too_often():
            await self.close(code)
            return
        ears = asyncio.create_task(self.listen(receive))
        try:
            async with hub().seat(self, self.after):
                await self.gone.wait()
        except asyncio.CancelledError:  # the server stops: say so, the page comes back by itself
            await self.close(1012)
            raise
        finally:
            ears.cancel()
            self.writer.stop()
        await self.close(self.closed)

    async def listen(self, receive: Any) -> None:
        """Wait for the client to leave. Pings are answered by the server; a word is one too many."""
        message = await receive()
        self.hang_up(1000 if message["type"] == "websocket.disconnect" else 4400)

    @database_sync_to_async
    def check(self) -> int | None:
        """The code to close with, for who may not be here as things stand now; None when all is well."""
        epoch = Epoch.now()  # before the right: a later change is then noticed
        person = signed_in(self.session_key)
        if person is None:
            return 4401
        thing = self.thing_for(person)
        if thing is None:
            return 4403
        if self.person is None:
            self.language = person.language  # that of the page, which does not change while it is open
        self.person, self.pk, self.epoch = person, thing.pk, epoch
        return self.refused(thing)

    def thing_for(self, person: Any) -> Any:
        """What this socket shows, read as `person`; None for what is not there or not theirs."""
        return self.model.objects.visible_to(person).filter(**{self.lookup_field: self.key}).first()

    def refused(self, thing: Any) -> int | None:
        """A code for a thing that may be read but has no live page any more."""
        return None

    def noticed(self) -> None:
        """What this person may do here was looked at again, and is still enough to stay."""

    @database_sync_to_async
    def opened_too_often(self) -> int | None:
        return 4429 if wait_for(self.person.pk, "socket") else None

    @property
    def after(self) -> int | None:
        """The number up to which the client has everything; None when it has nothing to resume."""
        value = parse_qs(self.scope.get("query_string", b"").decode("latin-1")).get("after", [""])[0]
        return int(value) if value else None

    def number_fault(self) -> int | None:
        value = parse_qs(self.scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True).get("after")
        fine = value is None or (value[0].isascii() and value[0].isdigit() and len(value[0]) < 16)
        return None if fine else 4400

    @classmethod
    def presence_of(cls, owner: Any, room: Any) -> Any:
        return NoPresence()

    @classmethod
    def names_of(cls, keys: list[str]) -> dict[str, str]:
        return {str(pk): name for pk, name in User.objects.filter(pk__in=keys).values_list("pk", "name")}

    @staticmethod
    def departed(sockets: list) -> tuple[set, int]:
        """Those whose session ended or who may not come in any more, and the epoch as it is now.

        Sessions end by the real clock, also where the product's runs ahead.
        """
        keys = {s.session_key for s in sockets}
        stored = StoredSession.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
        alive = set(stored.values_list("pk", flat=True))
        people = {s.person.pk for s in sockets}
        welcome = set(User.objects.filter(pk__in=people).admitted().values_list("pk", flat=True))
        gone = {s for s in sockets if s.session_key not in alive or s.person.pk not in welcome}
        return gone, Epoch.now()

    @classmethod
    def news(cls, pk: Any, after: int | None, codes: Sequence[str] = LANGUAGES) -> Any:
        """Read what came after `after` (the newest ring's worth when None), rendered once per language of `codes`."""
        raise NotImplementedError

    @classmethod
    def last_seqs(cls, pks: list) -> dict[Any, int]:
        """The number of the last event of each of these rooms, in one query."""
        raise NotImplementedError

    def greeting(self, room: Any) -> dict:
        """What `hello` tells besides the numbers."""
        return {}

    def hello(self, room: Any) -> None:
        if self.greeted:
            return
        self.greeted = True
        moment = now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
        hello = {
            "type": "hello",
            "v": 1,
            "room": str(self.key),
            "last_seq": room.seq,
            "epoch": self.epoch,
            "time": moment,
        }
        self.write(json.dumps(hello | self.greeting(room)))

    def welcome(self, room: Any, after: int | None) -> None:
        """Say hello and hand over what was missed. Nothing in here waits."""
        self.hello(room)
        if after is not None:
            for frame in room.resume(self.language, after):
                self.write(frame)
        if frame := room.presence.frame():
            self.write(frame)

    def write(self, frame: str) -> None:
        """Hand over one frame."""
        tell([self], {self.language: [frame]})

    def hang_up(self, code: int) -> None:
        """Close as soon as the loop comes by; the first code counts."""
        if not self.closed:
            self.closed = code
            self.gone.set()

    async def close(self, code: int) -> None:
        """Say why, then close. A client that is gone already hears nothing."""
        if code == 1000:
            return
        with translation.override(self.language):
            bye = json.dumps({"type": "bye", "code": code, "message": words_for(code)})
        with suppress(Exception):  # the line may be gone already
            await self.send({"type": "websocket.send", "text": bye})
            await self.send({"type": "websocket.close", "code": code})


def words_for(code: int) -> str:
    """Why a socket closes, in words for its reader."""
    words = {
        1012: _("The site starts again. We come back by ourselves."),
        4400: _("This page is out of date. Reload it."),
        4401: _("You are signed out."),
        4403: _("This page is not there."),
        4409: _("This page is open in another tab. Go on there, or reload this one."),
        4410: _("This can only be read now."),
        4429: _("You opened this page often. We try again in half a minute."),
        4503: _("The connection is slow. We come back by ourselves."),
    }
    return words.get(code, "")
