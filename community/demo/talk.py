"""What was said in the rooms of sessions, and going on with it while someone looks."""

import threading
from datetime import date, datetime, timedelta
from itertools import count
from typing import NamedTuple

from django.conf import settings

from accounts.clock import now, today
from accounts.models import Cohort, User
from community.demo.asked import Asked, answered_now, asked_now, was_asked
from community.demo.content import key, read
from events.chat.models import ChatEvent, ChatMessage, ChatRoom
from events.models import Event

BEGUN = 95  # minutes that the live session has been going on when it is loaded
SAID = {"message", "prompt", "pin", "answer"}
ASKED = {"question", "vote"}
MASK = "[naam weggehaald]"  # stands in the message that a trainer hid
PACE = 2  # seconds between two things that are said, at least


class Item(NamedTuple):
    """Something in a chat log: who did what, how long after the start, and under which name it is stored."""

    key: object
    by: str
    kind: str
    text: str
    after: timedelta
    question: object = None  # key of the question that it asks, votes for or answers
    asker: str = ""  # who asked that


def script(chat: dict) -> list[Item]:
    """What was said and hidden in this chat, in order; things of the same minute some seconds apart."""
    items, places, askers = [], {}, {}
    for number, one in enumerate(chat["items"]):
        place = places.setdefault(one["minute"], count())
        after = timedelta(minutes=one["minute"], seconds=min(9 * next(place), 59))
        if one["kind"] in SAID | ASKED or one["kind"] == "moderation":
            mine, about = key("message", f"{chat['key']}:{number}"), one.get("question", one.get("id"))
            asker = askers.setdefault(about, one["by"]) if about else ""
            question = key("question", f"{chat['key']}:{about}") if about else None
            items.append(Item(mine, one["by"], one["kind"], one.get("text", "").strip(), after, question, asker))
    return items


def masked(items: list[Item]) -> Item:
    """The last message in which a name was masked: the one that a trainer hides."""
    return next(item for item in reversed(items) if MASK in item.text and item.kind in SAID)


def trainers() -> set[tuple[str, str]]:
    """(edition, person) for each trainer."""
    return {(one["key"], person) for one in read("community")["editions"] for person in one["trainers"]}


def load_chats(people: dict[str, User], cohorts: dict[str, Cohort]) -> int:
    """The chats whose term is not over. Returns how many things happened in them."""
    oldest = today() - timedelta(days=settings.TERMS["chat_after_last_session"])
    editions = {one["key"]: one["edition"] for one in read("community")["sessions"]}
    return sum(
        load_chat(chat, editions[chat["session"]], people)
        for chat in read("chats")["chats"]
        if (cohorts[editions[chat["session"]]].ends_on or date.max) >= oldest
    )


def load_chat(chat: dict, edition: str, people: dict[str, User]) -> int:
    """As if it had been said at its time; numbered without holes."""
    room = ChatRoom.of(Event.objects.get(pk=key("event", chat["session"])))
    items = script(chat)
    if chat["state"] == "live":
        items = [item for item in items if item.after <= timedelta(minutes=BEGUN)]
    log = [ChatEvent(room=room, seq=1, kind="room", at=room.opens_at)]
    messages: dict[object, ChatMessage] = {}
    asked = Asked(room)
    for number, item in enumerate(items):
        moment = min(room.event.starts_at + item.after, now())
        if item.kind in ASKED:
            log.append(asked.happened(item, people[item.by], moment, len(log) + 1))
            continue
        if item.kind == "moderation":
            message = messages[masked(items[:number]).key]
            message.body, message.gone_at = "", moment
        else:
            message = messages[item.key] = ChatMessage(
                id=item.key, cid=item.key, room=room, author=people[item.by], seq=len(log) + 1, body=item.text,
                is_trainer=(edition, item.by) in trainers(), created_at=moment, is_prompt=item.kind == "prompt",
            )  # fmt: skip
        kind = "hide" if message.gone_at else "prompt" if message.is_prompt else "message"
        log.append(ChatEvent(room=room, seq=len(log) + 1, kind=kind, message=message, at=moment))
        if item.kind == "answer":
            log.append(asked.happened(item, people[item.by], moment, len(log) + 1))
    log += [ChatEvent(room=room, seq=len(log) + 1 + n, kind="room", at=at) for n, at in enumerate(passed(room))]
    ChatMessage.objects.bulk_create(messages.values())
    asked.store()
    ChatEvent.objects.bulk_create(log)
    room.seq, room.state = len(log), room.state_now
    room.save(update_fields=["seq", "state"])
    return len(log)


def passed(room: ChatRoom) -> list[datetime]:
    """The moments at which this room closed and went to the archive, as far as they have come."""
    return [at for at in (room.closes_at, room.closes_at + timedelta(days=1)) if at <= now()]


def live_chat() -> dict:
    return next(chat for chat in read("chats")["chats"] if chat["state"] == "live")


def live_room() -> ChatRoom | None:
    event = Event.objects.filter(pk=key("event", live_chat()["session"])).first()
    return ChatRoom.of(event) if event else None


def restart_live() -> bool:
    """The room of the live session follows its session, which may have begun again; what was said in it stays."""
    room = live_room()
    return bool(room and room.settle())


def play(stop: threading.Event | None = None) -> int:
    """Go on with the open room in real time, until all is said, the room closes or `stop` is set.

    What was said already is not said again, so it may be stopped and begun anew at any time. What is late
    is said at a calm pace. Returns how many things were said or hidden now.
    """
    stop, done, items = stop or threading.Event(), 0, script(live_chat())
    people = {key("person", one["key"]): one["key"] for one in read("people")["people"]}
    users = {people[user.pk]: user for user in User.objects.filter(pk__in=people)}
    for number, item in enumerate(items):
        room = live_room()
        if room is None or is_done(room, item, items[:number]):
            continue
        wait = (room.event.starts_at + item.after - now()).total_seconds()
        if stop.wait(max(wait, PACE)) or not room.is_open:
            break
        perform(room, item, items[:number], users[item.by])
        done += 1
    return done


def is_done(room: ChatRoom, item: Item, before: list[Item]) -> bool:
    """Whether this was said, or hidden, before."""
    if item.kind == "moderation":
        return not room.messages.filter(cid=masked(before).key, gone_at=None).exists()
    if item.kind in ASKED:
        return was_asked(room, item)
    return room.messages.filter(cid=item.key).exists()


def perform(room: ChatRoom, item: Item, before: list[Item], user: User) -> None:
    if item.kind in ASKED:
        asked_now(room, item, user)
    elif item.kind == "moderation":
        room.messages.get(cid=masked(before).key).take_away(user)
    else:
        room.say(user, item.text, item.key, is_prompt=item.kind == "prompt")
        if item.kind == "answer":
            answered_now(room, item)
