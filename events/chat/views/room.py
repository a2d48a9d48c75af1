"""The room as a page, and what happened in it since a number."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET

from accounts.answers import nack
from accounts.live.room import frame_of
from events.chat.consumers import ChatConsumer
from events.chat.forms import SayForm
from events.chat.models import ChatMessage, ChatRoom

SHOWN = 50


def read_room(request: HttpRequest, event) -> ChatRoom:
    return ChatRoom.objects.select_related("event__cohort").read_or_404(request.user, event=event)


@require_GET
def room(request: HttpRequest, event) -> HttpResponse:
    return page(request, read_room(request, event))


def page(request: HttpRequest, chat: ChatRoom, form: SayForm | None = None, status: int = 200) -> HttpResponse:
    """The room with its last messages; the number was read before them, so nothing falls in between."""
    messages = ChatMessage.objects.visible_to(request.user).with_writers().filter(room=chat)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 10:
        messages = messages.filter(seq__lt=int(before))
    shown = list(messages.order_by("-seq")[: SHOWN + 1])
    context = {
        "room": chat,
        "event": chat.event,
        "log": shown[:SHOWN][::-1],
        "has_older": len(shown) > SHOWN,
        "form": form or SayForm(initial={"cid": uuid.uuid4()}),
    }
    return render(request, "chat/room.html", context, status=status)


@require_GET
def news(request: HttpRequest, event) -> HttpResponse:
    """What came after `?after=N`, as one `events` frame of at most 200."""
    chat = read_room(request, event)
    after = request.GET.get("after", "")
    if not (after.isascii() and after.isdigit() and len(after) < 16):
        return nack("bad_body", "after", 400)
    found = ChatConsumer.news(chat.pk, int(after))
    last = max(chat.seq, found.last_seq)
    frame = frame_of(found.happenings, translation.get_language(), int(after), last, more=found.more)
    return HttpResponse(frame, content_type="application/json")
