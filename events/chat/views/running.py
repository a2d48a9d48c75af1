"""What a trainer sets while the room is on."""

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.answers import nack, wants_json
from accounts.clock import now
from accounts.policy import require
from events.chat import policy
from events.chat.faults import ChatFault
from events.chat.forms import RestForm, SlowForm
from events.chat.models import ChatRoom, TimeOut
from events.chat.views.answers import ack, ack_event, words_for, words_of
from events.chat.views.messages import read_message
from events.chat.views.room import read_room


def run_room(request: HttpRequest, event) -> ChatRoom:
    chat = read_room(request, event)
    require(policy.can_run_chatroom(request.user, chat))
    return chat


def done(request: HttpRequest, chat: ChatRoom, event) -> HttpResponse:
    """The answer to a change of the room; `event` is None when it was so already."""
    if wants_json(request):
        return ack_event(event) if event else ack(chat.seq, now(), dup=True)
    return redirect(chat)


def refused(request: HttpRequest, chat: ChatRoom, code: str, words: str, status: int) -> HttpResponse:
    """Without a script the reason stands above the page one comes back to."""
    if wants_json(request):
        return nack(code, words, status)
    notes.error(request, words)
    return redirect(chat)


def refused_by(fault: ChatFault, request: HttpRequest, chat: ChatRoom) -> HttpResponse:
    words = words_for("archived") if fault.code == "closed" else words_of(fault)
    return refused(request, chat, fault.code, words, fault.status)


@require_POST
def slow(request: HttpRequest, event) -> HttpResponse:
    """Set how long participants wait between two messages: `seconds`, 0 is not at all."""
    chat = run_room(request, event)
    form = SlowForm(request.POST)
    if not form.is_valid():
        return refused(request, chat, "bad_body", _("Choose off, 10, 30 or 60 seconds."), 422)
    try:
        return done(request, chat, chat.slow_down(request.user, form.cleaned_data["seconds"]))
    except ChatFault as fault:
        return refused_by(fault, request, chat)


@require_POST
def look_first(request: HttpRequest, event) -> HttpResponse:
    """What participants write waits until a trainer shows it (`first` is 1), or no longer (0)."""
    chat = run_room(request, event)
    try:
        return done(request, chat, chat.look_first(request.user, wants=request.POST.get("first") == "1"))
    except ChatFault as fault:
        return refused_by(fault, request, chat)


@require_http_methods(["GET", "HEAD", "POST"])
def turn(request: HttpRequest, event, state: str) -> HttpResponse:
    """Open or close the room, whatever the clock says; asks first."""
    chat = run_room(request, event)
    if request.method != "POST":
        return render(request, "chat/turn.html", {"room": chat, "event": chat.event, "wants": state})
    try:
        return done(request, chat, chat.turn(request.user, state))
    except ChatFault as fault:
        return refused_by(fault, request, chat)


@require_POST
def pin(request: HttpRequest, event, pk) -> HttpResponse:
    """Put a message above the log (`pinned` is 1), or take it off (0)."""
    message = read_message(request, event, pk)
    require(policy.can_pin_chatmessage(request.user, message))
    try:
        return done(request, message.room, message.pin(request.user, wants=request.POST.get("pinned") != "0"))
    except ChatFault as fault:
        return refused_by(fault, request, message.room)


@require_http_methods(["GET", "HEAD", "POST"])
def rest(request: HttpRequest, event, pk) -> HttpResponse:
    """Let the author of a message read along for `minutes` (5, 15 or "end"), or write again (`lift` is 1)."""
    message = read_message(request, event, pk)
    require(policy.can_rest_chatmessage(request.user, message))
    chat, person = message.room, message.author
    form = RestForm(request.POST or None)
    if request.method == "POST" and request.POST.get("lift") == "1":
        TimeOut.lift(chat, person, request.user)
        return done(request, chat, None)
    if request.method == "POST" and form.is_valid():
        try:
            TimeOut.give(chat, person, request.user, form.cleaned_data["minutes"])
        except ChatFault as fault:
            return refused_by(fault, request, chat)
        return done(request, chat, None)
    if wants_json(request) and form.errors:
        return nack("bad_body", form.errors["minutes"][0], 422)
    found = TimeOut.objects.visible_to(request.user).in_force().filter(room=chat, person=person).first()
    context = {"message": message, "event": chat.event, "form": form, "rest": found}
    return render(request, "chat/rest.html", context, status=422 if form.errors else 200)
