"""The room as a page, what happened in it since a number, and whether one is named among those present."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_POST, require_safe

from accounts.answers import nack
from accounts.live.room import frame_of
from events.chat import policy
from events.chat.consumers import ChatConsumer
from events.chat.forms import SayForm, SlowForm, answerable
from events.chat.models import ChatMessage, ChatRoom, Hiding, Keep, ReadUntil, Side, Summary, TimeOut
from events.chat.views.desk import again, desk
from events.chat.views.entries import log_of

SHOWN = 50


def read_room(request: HttpRequest, event, side: str = Side.ALL) -> ChatRoom:
    """Raises Http404 for a room that is not there and for one that is not theirs alike."""
    if chat := ChatRoom.read_by(request.user, event, side):
        return chat
    raise Http404


@require_safe
def room(request: HttpRequest, event, side: str = Side.ALL) -> HttpResponse:
    return page(request, read_room(request, event, side))


def page(request: HttpRequest, chat: ChatRoom, form: SayForm | None = None, status: int = 200, **more) -> HttpResponse:
    """The room with its last messages; the number was read before them, so nothing falls in between."""
    messages = ChatMessage.objects.visible_to(request.user).on_show().with_writers().filter(room=chat)
    before = request.GET.get("before", "")
    earlier = before.isascii() and before.isdigit() and len(before) < 10
    if earlier:
        messages = messages.filter(seq__lt=int(before))
    shown = list(messages.order_by("-seq")[: SHOWN + 1])
    said, more_said = shown[:SHOWN][::-1], len(shown) > SHOWN
    outside = list(ChatMessage.objects.visible_to(request.user).outside_log().filter(room=chat))
    beside = desk(request, chat, [one for one in outside if not one.is_on_show], more.pop("ask", None))
    end = int(before) if earlier else None
    is_archived = chat.state_now == ChatRoom.State.ARCHIVED
    rests = {one.person_id: one for one in TimeOut.objects.visible_to(request.user).in_force().filter(room=chat)}
    for message in shown:
        message.rest = rests.get(message.author_id)
    context = {
        "room": chat,
        "event": chat.event,
        "has_older": more_said,
        "is_live": not earlier and not is_archived,
        "is_earlier": earlier,
        "is_archived": is_archived,
        "sayable": policy.can_say_chatroom(request.user, chat),
        "pins": sorted((one for one in outside if one.pinned_at), key=lambda one: (one.pinned_at, one.seq)),
        "paces": SlowForm.SECONDS[1:],
        "is_trainer": request.user.trains(chat.event.cohort),
        "rest": rests.get(request.user.pk),
        "wait": chat.wait_of(request.user),
        "hides": Hiding.objects.visible_to(request.user).exists(),
        "after": after(request, chat),
        **composer(request, chat, form, beside.get("own_said", [])),
        **beside,
        **log_of(request, chat, said, beside.get("questions", []), end, more=more_said),
        **more,
    }
    return render(request, "chat/room.html", context, status=status)


def after(request: HttpRequest, chat: ChatRoom) -> dict | None:
    """What may be kept of a chat that is closed: how much of the reader is asked for, and what stands in the circle."""
    if chat.is_for_trainers or chat.state_now not in (ChatRoom.State.CLOSED, ChatRoom.State.ARCHIVED):
        return None
    summaries = Summary.objects.visible_to(request.user).filter(room=chat, topic__removed_at=None, topic__isnull=False)
    found = {
        "asked_count": sum(keep.summary.room_id == chat.pk for keep in Keep.asking_of(request.user)),
        "summaries": list(summaries.select_related("topic")),
    }
    return found if any(found.values()) or request.user.trains(chat.event.cohort) else None


def composer(request: HttpRequest, chat: ChatRoom, form: SayForm | None, own: list[ChatMessage]) -> dict:
    """The box to write in, and what is answered in it: `?reply=<id>`, or what a form that came back answers.

    `?again=<id>` puts one of `own`, which was given back, in the box.
    """
    if form:
        return {"form": form, "answered": form.answered}
    old = again(request, own)
    answered = answerable(chat, str(old.reply_to_id or "") if old else request.GET.get("reply", ""))
    initial = {"cid": uuid.uuid4(), "reply_to": answered.pk if answered else "", "body": old.body if old else None}
    return {"form": SayForm(initial=initial), "answered": answered}


@require_safe
def news(request: HttpRequest, event, side: str = Side.ALL) -> HttpResponse:
    """What came after `?after=N`, as one `events` frame of at most 200."""
    chat = read_room(request, event, side)
    after = request.GET.get("after", "")
    if not (after.isascii() and after.isdigit() and len(after) < 16):
        return nack("bad_body", "after", 400)
    language = translation.get_language()
    found = ChatConsumer.news(chat.pk, int(after), [language])
    last = max([chat.seq, *(happening.seq for happening in found.happenings)])
    frame = frame_of(found.happenings, language, int(after), last, more=found.more)
    return HttpResponse(frame, content_type="application/json", headers={"Cache-Control": "no-store"})


@require_POST
def hide(request: HttpRequest, event) -> HttpResponse:
    """Be counted and not named among those present, or be named again."""
    chat = read_room(request, event)
    Hiding.choose(request.user, hides=request.POST.get("hide") == "1")
    return redirect(chat)


@require_POST
def read(request: HttpRequest, event) -> HttpResponse:
    """The page was read up to `seq`; it says so when it is left."""
    chat = read_room(request, event)
    seq = request.POST.get("seq", "")
    if not (seq.isascii() and seq.isdigit() and len(seq) < 10):
        return nack("bad_body", "seq", 400)
    ReadUntil.reach(request.user, chat, int(seq))
    return HttpResponse(status=204)
