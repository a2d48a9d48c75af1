"""Polls: a trainer begins and closes one, everyone else votes."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.policy import require
from accounts.throttle import wait_for
from events.chat import policy
from events.chat.faults import ChatFault
from events.chat.forms import PollForm
from events.chat.models import Poll
from events.chat.views.answers import too_fast, with_wait, words_for
from events.chat.views.outcome import done, refused
from events.chat.views.room import read_room


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, event) -> HttpResponse:
    """A page of its own to make a poll on; back to the chat when it stands."""
    chat = read_room(request, event)
    require(policy.can_begin_poll(request.user, chat))
    form = PollForm(request.POST or None, initial={"cid": uuid.uuid4()})
    if request.method != "POST":
        return render(request, "chat/poll_new.html", {"room": chat, "event": chat.event, "form": form})
    status, wait = 422, 0
    if form.is_valid():
        if wait := wait_for(f"{request.user.pk}:{chat.pk}", "chat"):
            form.add_error(None, too_fast(wait))
            status = 429
        else:
            try:
                return redirect(form.save(chat, request.user))
            except ChatFault as fault:
                form.add_error(None, words_for("over"))
                status = fault.status
    context = {"room": chat, "event": chat.event, "form": form}
    return with_wait(render(request, "chat/poll_new.html", context, status=status), wait)


def read_poll(request: HttpRequest, event, pk) -> Poll:
    return Poll.objects.select_related("room__event__cohort").read_or_404(request.user, pk=pk, room__event=event)


@require_POST
def vote(request: HttpRequest, event, pk) -> HttpResponse:
    poll, choice = read_poll(request, event, pk), request.POST.get("choice", "")
    require(policy.can_vote_poll(request.user, poll))
    if wait := wait_for(f"{request.user.pk}:{poll.room_id}", "chat_vote"):
        return refused(request, poll.room, "rate_limited", too_fast(wait), 429, wait)
    if not (choice.isascii() and choice.isdigit() and int(choice) < len(poll.options)):
        return refused(request, poll.room, "bad_body", _("Choose one of the answers."), 422)
    return done(request, poll, lambda: poll.choose(request.user, int(choice)), over="poll")


@require_POST
def close(request: HttpRequest, event, pk) -> HttpResponse:
    poll = read_poll(request, event, pk)
    require(policy.can_tend_poll(request.user, poll))
    return done(request, poll, poll.close, over="poll")


@require_POST
def remove(request: HttpRequest, event, pk) -> HttpResponse:
    poll = read_poll(request, event, pk)
    require(policy.can_tend_poll(request.user, poll))
    return done(request, poll, lambda: poll.take_away(request.user), over="poll")
