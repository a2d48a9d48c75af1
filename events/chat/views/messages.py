"""Saying something, saying it differently, taking it back."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.answers import nack, wants_json
from accounts.policy import require
from accounts.throttle import wait_for
from events.chat import policy
from events.chat.faults import ChatFault
from events.chat.forms import EditForm, SayForm
from events.chat.models import ChatMessage, ChatRoom, Side
from events.chat.views.answers import ack, ack_event, first_fault, too_fast, with_wait, words_for, words_of
from events.chat.views.room import page, read_room
from forums.moderation.forms import ReportForm
from forums.moderation.views.reporting import must_wait, receive, too_many

STATES = {"unseen": "waiting"}  # as the page's own scripts call it


@require_POST
def say(request: HttpRequest, event, side: str = Side.ALL) -> HttpResponse:
    chat = read_room(request, event, side)
    require(policy.can_say_chatroom(request.user, chat))
    form = SayForm(request.POST, room=chat, needs_cid=wants_json(request))
    fine = form.is_valid()
    if same := chat.said_before(request.user, form.cleaned_data.get("cid")):
        other = fine and form.cleaned_data["body"] != same.body and not (same.revision or same.gone_at)
        return again(request, chat) if other and not wants_json(request) else said(request, chat, same)
    if not fine:
        return refuse(request, chat, form, *first_fault(form))
    if wait := wait_for(f"{request.user.pk}:{chat.pk}", "chat"):
        return refuse(request, chat, form, "rate_limited", too_fast(wait), 429, wait)
    try:
        message = form.save(chat, request.user)
    except ChatFault as fault:
        return refuse(request, chat, form, fault.code, words_of(fault), fault.status, fault.wait)
    return said(request, chat, message)


def said(request: HttpRequest, chat: ChatRoom, message: ChatMessage) -> HttpResponse:
    if wants_json(request):
        status = 200 if message.is_repeat else 201
        more = {} if message.is_on_show else {"id": message.pk, "state": STATES.get(message.stage, message.stage)}
        return ack(message.seq, message.created_at, cid=message.cid, dup=message.is_repeat, status=status, **more)
    return redirect(f"{chat.get_absolute_url()}#end")


def again(request: HttpRequest, chat: ChatRoom) -> HttpResponse:
    """Another text from a form that was sent before comes back in a fresh form."""
    data = request.POST.copy()
    data["cid"] = str(uuid.uuid4())
    return refuse(request, chat, SayForm(data, room=chat), "sent", words_for("sent"), 409)


def refuse(request, chat, form, code: str, words: str, status: int, wait: int = 0) -> HttpResponse:
    """The text stays in the box, with the reason beside it."""
    if wants_json(request):
        return nack(code, words, status, wait)
    if "body" not in form.errors:
        form.add_error("body", words)
    return with_wait(page(request, chat, form, status), wait)


def read_message(request: HttpRequest, event, pk) -> ChatMessage:
    return ChatMessage.objects.select_related("room__event__cohort", "author").read_or_404(
        request.user, pk=pk, room__event=event
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, event, pk) -> HttpResponse:
    message = read_message(request, event, pk)
    require(policy.can_edit_chatmessage(request.user, message))
    form = EditForm(request.POST or None, initial={"body": message.body, "revision": message.revision})
    if request.method != "POST":
        return render(request, "chat/edit.html", {"message": message, "form": form})
    if not form.is_valid():
        return refuse_edit(request, message, form, *first_fault(form))
    if wait := wait_for(f"{request.user.pk}:{message.room_id}", "chat"):
        return refuse_edit(request, message, form, "rate_limited", too_fast(wait), 429, wait)
    try:
        changed = form.save(message)
    except ChatFault as fault:
        message.refresh_from_db()
        return refuse_edit(request, message, form, fault.code, words_of(fault), fault.status)
    return ack_event(changed) if wants_json(request) else redirect(message)


def refuse_edit(request, message, form, code: str, words: str, status: int, wait: int = 0) -> HttpResponse:
    """Both texts stay: what was typed, and how the message stands now."""
    if wants_json(request):
        return nack(code, words, status, wait)
    if "body" not in form.errors:
        form.add_error("body", words)
    if code == "conflict":  # whoever saves once more has seen how it stands
        form.data = form.data.copy()
        form.data["revision"] = message.revision
    context = {"message": message, "form": form, "stands": message.body if code == "conflict" else ""}
    return with_wait(render(request, "chat/edit.html", context, status=status), wait)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, event, pk) -> HttpResponse:
    message = read_message(request, event, pk)
    require(policy.can_remove_chatmessage(request.user, message))
    if request.method != "POST":
        return render(request, "chat/remove.html", {"message": message})
    gone = message.take_away(request.user)
    return ack_event(gone) if wants_json(request) else redirect(message)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, event, pk) -> HttpResponse:
    message = read_message(request, event, pk)
    if not message.is_on_show:  # it is with the trainers already
        raise Http404
    if wants_json(request) and request.method == "POST":
        return report_from_script(request, message)
    return receive(request, message, {"event": message.room.event, "message": message})


def report_from_script(request: HttpRequest, message: ChatMessage) -> HttpResponse:
    require(policy.can_report_chatmessage(request.user, message))
    form = ReportForm(request.POST)
    if not form.is_valid():
        return nack("bad_body", next(iter(form.errors.values()))[0], 422)
    if wait := must_wait(request, message):
        return nack("rate_limited", too_many(wait), 429, wait)
    voice = form.save(message, request.user)
    return ack(message.seq, voice.at, dup=voice.is_repeat)
