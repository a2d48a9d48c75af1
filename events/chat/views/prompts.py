"""Something to do, from a trainer to everyone in the room."""

import uuid

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.policy import require
from accounts.throttle import wait_for
from events.chat import policy
from events.chat.faults import ChatFault
from events.chat.forms import PromptForm
from events.chat.views.answers import too_fast, with_wait, words_for
from events.chat.views.room import read_room


@require_http_methods(["GET", "HEAD", "POST"])
def prompt(request: HttpRequest, event) -> HttpResponse:
    """A page of its own to write it on; back to the chat when it stands."""
    chat = read_room(request, event)
    require(policy.can_prompt_chatroom(request.user, chat))
    form, status, wait = PromptForm(request.POST or None, initial={"cid": uuid.uuid4()}), 200, 0
    if request.method == "POST":
        status = 422
        if form.is_valid() and (wait := wait_for(f"{request.user.pk}:{chat.pk}", "chat")):
            form.add_error("body", too_fast(wait))
            status = 429
        elif form.is_valid():
            try:
                return stands(request, form, form.save(chat, request.user))
            except ChatFault as fault:
                form.add_error("body", words_for("closed"))
                status = fault.status
    context = {"room": chat, "event": chat.event, "form": form}
    return with_wait(render(request, "chat/prompt_new.html", context, status=status), wait)


def stands(request: HttpRequest, form: PromptForm, message) -> HttpResponse:
    """It stands in the chat; above it only when there is room."""
    if form.cleaned_data["pin"]:
        try:
            message.pin(request.user)
        except ChatFault as fault:
            notices.warning(request, words_for(fault.code))
    return redirect(message)
