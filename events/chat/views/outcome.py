"""How it went with something in the room: an answer for scripts, the page for a plain form."""

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.answers import nack, wants_json
from events.chat.faults import ChatFault
from events.chat.forms import GiveBackForm
from events.chat.models import ChatRoom
from events.chat.views.answers import ack_event, with_wait, words_for
from events.chat.views.room import page


def done(request: HttpRequest, thing, verb, back: HttpResponse | None = None, over: str = "settled", **more):
    """The answer to who did `verb` with a message, a question or a poll.

    `back` is where a plain form leads, else to the thing itself; `over` names the words for who came too late;
    `more` goes to the page that shows why it did not happen.
    """
    try:
        event = verb()
    except ChatFault as fault:
        closed = "archived" if thing.room.state_now == ChatRoom.State.ARCHIVED else "over"
        words = words_for({"conflict": over, "closed": closed}[fault.code])
        return refused(request, thing.room, fault.code, words, fault.status, **more)
    return ack_event(event) if wants_json(request) else back or redirect(thing)


def refused(request, chat: ChatRoom, code: str, words: str, status: int, wait: int = 0, **more) -> HttpResponse:
    """Why it did not happen; `more` goes to the page."""
    if wants_json(request):
        return nack(code, words, status, wait)
    notices.error(request, words)
    return with_wait(page(request, chat, status=status, **more), wait)


def to_list(chat: ChatRoom) -> HttpResponse:
    return redirect(f"{chat.get_absolute_url()}?tab=questions#questions")


def returning(request: HttpRequest, thing) -> HttpResponse:
    """Give what waits back to its writer; asks for the words first."""
    form = GiveBackForm(request.POST or None, thing=thing)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "chat/give_back.html", {"thing": thing, "form": form}, status=status)
    words = form.cleaned_data["words"]
    return done(
        request, thing, lambda: thing.give_back(request.user, words), to_list(thing.room), thing.late, tab="questions"
    )
