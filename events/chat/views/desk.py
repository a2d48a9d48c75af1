"""What stands beside the chat: the questions to the trainers, and for them what waits and their own room."""

import uuid

from django.http import HttpRequest

from events.chat import policy
from events.chat.forms import AskForm, SayForm
from events.chat.models import ChatMessage, ChatRoom, Poll, Question, Side, Vote

TABS = ("chat", "questions", "trainers")  # on a phone one at a time
SHOWN = 20  # of what trainers said among themselves
ANY = uuid.UUID(int=0)  # stands for a question in the pieces that a page fills in by itself


def desk(request: HttpRequest, chat: ChatRoom, waiting: list[ChatMessage], ask: AskForm | None = None) -> dict:
    """For the template of the room; `waiting` is what this reader sees of what is not on show. Beside the trainers' own
    room stands nothing.
    """
    tab = request.GET.get("tab", "")
    words = {"tab": tab if tab in TABS else "chat"}
    if chat.is_for_trainers:
        return words
    asks, trains = policy.can_ask_chatroom(request.user, chat), request.user.trains(chat.event.cohort)
    asked = questions_of(request, chat)
    unseen = [thing for thing in [*asked["unseen"], *waiting] if thing.stage == "unseen"]
    if asks:
        old = again(request, asked["own_questions"])
        fresh = AskForm(initial={"cid": uuid.uuid4(), "body": old and old.body, "nameless": bool(old and old.nameless)})
        words["ask"] = ask or fresh
        words["tab"] = "questions" if ask or old else words["tab"]
    blank = Question(pk=ANY, room=chat, shown_at=chat.opens_at)
    return (
        words
        | asked
        | {"unseen": sorted(unseen, key=lambda thing: thing.created_at)}
        | {"own_said": [message for message in waiting if message.is_by(request.user)]}
        | {"blank_said": ChatMessage(pk=ANY, room=chat, author=request.user)}
        | {"asks": asks, "blank": blank, "blank_poll": Poll(pk=ANY, room=chat)}
        | (back(request, chat) if trains else {})
    )


def again(request: HttpRequest, own: list):
    """What of `own` was given back and is to be written again: `?again=<id>`."""
    wanted = request.GET.get("again", "")
    return next((thing for thing in own if str(thing.pk) == wanted and thing.stage == "returned"), None)


def questions_of(request: HttpRequest, chat: ChatRoom) -> dict:
    """The questions that this reader sees, apart by where they stand; what is one's own, and what one voted for."""
    reader, rows = request.user, Question.objects.visible_to(request.user).filter(room=chat, gone_at=None)
    rows = list(rows.select_related("author").with_marks().in_order())
    mine = {row.pk for row in rows if row.author_id == reader.pk or row.is_sealed_by(reader)}
    votes = (
        Vote.objects.visible_to(reader).filter(question__room=chat).values_list("question", flat=True) if rows else ()
    )
    shown = [row for row in rows if row.shown_at]
    return {
        "questions": shown,
        "open_questions": sum(row.is_open for row in shown),
        "unseen": [row for row in rows if row.phase == "unseen"],
        "own_questions": [row for row in rows if not row.shown_at and row.pk in mine],
        "mine": mine,
        "voted": set(votes),
    }


def back(request: HttpRequest, chat: ChatRoom) -> dict:
    """What the trainers of this session said among themselves last."""
    beside = ChatRoom.read_by(request.user, chat.event_id, Side.TRAINERS)
    said = ChatMessage.objects.visible_to(request.user).with_writers().filter(room=beside).order_by("-seq")[:SHOWN]
    return {
        "beside": beside,
        "said": list(said)[::-1],
        "aside_form": SayForm(initial={"cid": uuid.uuid4()}, auto_id="aside_%s"),
    }
