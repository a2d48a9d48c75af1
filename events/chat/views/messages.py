"""Saying something, saying it differently, taking it back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.answers import nack, wants_json
from accounts.clock import now
from accounts.policy import require
from accounts.throttle import wait_for
from events.chat import policy
from events.chat.faults import ChatFault
from events.chat.forms import EditForm, SayForm
from events.chat.models import ChatMessage
from events.chat.views.answers import STATUS, ack, first_fault, too_fast, words_for
from events.chat.views.room import page, read_room


@require_POST
def say(request: HttpRequest, event) -> HttpResponse:
    chat = read_room(request, event)
    require(policy.can_say_chatroom(request.user, chat))
    form = SayForm(request.POST, room=chat, needs_cid=wants_json(request))
    if not form.is_valid():
        code, words = first_fault(form)
        return refuse(request, chat, form, code, words, STATUS.get(code, 422))
    if wait := wait_for(request.user.pk, "chat"):
        return refuse(request, chat, form, "rate_limited", too_fast(wait), 429, wait)
    try:
        message = form.save(chat, request.user)
    except ChatFault as fault:
        return refuse(request, chat, form, fault.code, words_for(fault.code), fault.status)
    if wants_json(request):
        status = 200 if message.is_repeat else 201
        return ack(message.seq, message.created_at, cid=message.cid, dup=message.is_repeat, status=status)
    return redirect(f"{chat.get_absolute_url()}#end")


def refuse(request, chat, form, code: str, words: str, status: int, wait: int = 0) -> HttpResponse:
    """The text stays in the box, with the reason beside it."""
    if wants_json(request):
        return nack(code, words, status, wait)
    if "body" not in form.errors:
        form.add_error("body", words)
    response = page(request, chat, form, status)
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def read_message(request: HttpRequest, event, pk) -> ChatMessage:
    messages = ChatMessage.objects.select_related("room__event__cohort", "author")
    return messages.read_or_404(request.user, pk=pk, room__event=event)


def edit(request: HttpRequest, event, pk) -> HttpResponse:
    message = read_message(request, event, pk)
    require(policy.can_edit_chatmessage(request.user, message))
    form = EditForm(request.POST or None, initial={"body": message.body, "revision": message.revision})
    if request.method != "POST":
        return render(request, "chat/edit.html", {"message": message, "form": form})
    if not form.is_valid():
        code, words = first_fault(form)
        return refuse_edit(request, message, form, code, words, STATUS.get(code, 422))
    try:
        seq = form.save(message)
    except ChatFault as fault:
        return refuse_edit(request, message, form, fault.code, words_for(fault.code), fault.status)
    return ack(seq, now()) if wants_json(request) else redirect(message.room)


def refuse_edit(request, message, form, code: str, words: str, status: int) -> HttpResponse:
    if wants_json(request):
        return nack(code, words, status)
    if "body" not in form.errors:
        form.add_error("body", words)
    return render(request, "chat/edit.html", {"message": message, "form": form, "stands": message.body}, status=status)


def remove(request: HttpRequest, event, pk) -> HttpResponse:
    message = read_message(request, event, pk)
    require(policy.can_remove_chatmessage(request.user, message))
    if request.method != "POST":
        return render(request, "chat/remove.html", {"message": message})
    was_gone = message.gone_at is not None
    seq = message.take_away(request.user)
    return ack(seq, now(), dup=was_gone) if wants_json(request) else redirect(message.room)
