"""The live line of a room."""

import json
from collections.abc import Sequence

from django.conf import settings
from django.template.loader import get_template
from django.utils import translation

from accounts.clock import now
from accounts.live.consumer import LiveConsumer
from accounts.live.presence import Presence
from accounts.live.room import LANGUAGES, Happening, News
from accounts.models import Epoch
from events.chat.forms import BODY_CHARS
from events.chat.models import ChatEvent, ChatRoom, Hiding, Side
from events.chat.models.timeout import words_until
from events.chat.policy import can_say_chatroom


class ChatConsumer(LiveConsumer):
    model, side = ChatRoom, Side.ALL
    rest = told = None  # until when a trainer lets this person read along; the same, as the page knows it

    @classmethod
    def news(cls, pk, after: int | None, codes: Sequence[str] = LANGUAGES) -> News:
        """Events after `after`, each shown as its message stands now; the rows first, the epoch last.

        `codes` are the languages to show them in.
        """
        limit = settings.LIVE["frame"]
        events = ChatEvent.since(pk, after, limit)
        happenings = [happening(event, codes) for event in events]
        last = happenings[-1].seq if happenings else after or 0
        return News(happenings, Epoch.now(), last, more=after is not None and len(events) == limit)

    @classmethod
    def last_seqs(cls, pks: list) -> dict:
        return dict(ChatRoom.objects.filter(pk__in=pks).values_list("pk", "seq"))

    @classmethod
    def presence_of(cls, owner, room) -> Presence:
        return Presence(owner, room)

    def thing_for(self, person) -> ChatRoom | None:
        return ChatRoom.read_by(person, self.key, self.side)

    def refused(self, thing: ChatRoom) -> int | None:
        self.hides = Hiding.chosen_by(self.person)
        self.chat_state, self.slow_seconds = thing.state_now, thing.slow_seconds
        self.rest = thing.rest_of(self.person) if thing.is_open else None
        self.can_post = thing.is_open and can_say_chatroom(self.person, thing) and not self.rest
        return 4410 if thing.state_now == ChatRoom.State.ARCHIVED else None

    def hello(self, room) -> None:
        super().hello(room)
        self.tell_rest()

    def noticed(self) -> None:
        """Something is different for this person: what it is of their own, the page asks for."""
        if self.greeted:
            self.tell_rest()
            self.write(json.dumps({"type": "own"}))

    def tell_rest(self) -> None:
        """Tell whom a trainer lets read along, and when they may write again."""
        if self.rest == self.told:
            return
        self.told = self.rest
        left = max(0, int((self.rest - now()).total_seconds() * 1000)) if self.rest else 0
        with translation.override(self.language):
            words = words_until(self.rest) if self.rest else ""
        self.write(json.dumps({"type": "rest", "left_ms": left, "message": words}))

    def greeting(self, room) -> dict:
        burst, minute = settings.LIMITS["chat"]
        return {
            "state": self.chat_state,
            "can_post": self.can_post,
            "slow_mode_s": self.slow_seconds,
            "limits": {"body_chars": BODY_CHARS, "burst": burst[0], "per_minute": minute[0]},
        }


class TrainersConsumer(ChatConsumer):
    """The line of the room in which the trainers of a session talk, and in which questions wait for their eyes."""

    side = Side.TRAINERS


def happening(event: ChatEvent, codes: Sequence[str]) -> Happening:
    """One event of the log, ready to send in each language."""
    html = {code: fragment(event, code) for code in codes}
    message = event.message
    rest = {
        "kind": event.kind,
        "id": str(event.thing.pk if event.thing else event.room_id),
        "at": event.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "cid": str(message.cid) if message and message.cid and event.kind == "message" and message.is_on_show else None,
    }
    about = f"{event.kind}s of {event.room_id}" if event.kind in ("pin", "rest") else rest["id"]  # a list is no message
    return Happening(event.seq, about, html, rest)


def fragment(event: ChatEvent, language: str) -> str:
    """The same piece that the page includes."""
    with translation.override(language):
        if event.kind == "pin":
            return get_template("chat/_pins.html").render({"pins": event.pins})
        if event.kind == "rest":
            return get_template("chat/_rests.html").render({"rests": event.rests})
        if event.message and event.message.room_id != event.room_id:
            return get_template("chat/_waiting.html").render({"message": event.message})
        if event.message:
            return get_template("chat/_message.html").render({"message": event.message})
        if event.question:
            return get_template("chat/_question.html").render({"question": event.question})
        if event.poll:
            return get_template("chat/_poll.html").render({"poll": event.poll})
        return get_template("chat/_bar.html").render({"room": event.room})
