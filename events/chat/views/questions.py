"""Asking the trainers, voting, and what trainers do with a question: on show, taken up, answered, given back."""

from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.answers import nack, wants_json
from accounts.policy import require, require_role
from accounts.throttle import wait_for
from events.chat import policy
from events.chat.faults import ChatFault
from events.chat.forms import AskForm
from events.chat.models import Question
from events.chat.views.answers import ack, first_fault, number_of, too_fast, with_wait, words_for, words_of
from events.chat.views.desk import questions_of
from events.chat.views.outcome import done, refused, returning, to_list
from events.chat.views.room import page, read_room
from forums.moderation.views.reporting import receive

STATES = ("shown", *Question.State.values[:3])  # what a trainer makes of a question


@require_POST
def ask(request: HttpRequest, event) -> HttpResponse:
    chat = read_room(request, event)
    require(policy.can_ask_chatroom(request.user, chat))
    form = AskForm(request.POST, room=chat, needs_cid=wants_json(request))
    if not form.is_valid():
        return refuse(request, chat, form, *first_fault(form))
    if wait := wait_for(f"{request.user.pk}:{chat.pk}", "chat"):
        return refuse(request, chat, form, "rate_limited", too_fast(wait), 429, wait)
    try:
        question = form.save(chat, request.user)
    except ChatFault as fault:
        return refuse(request, chat, form, fault.code, words_of(fault), fault.status)
    if wants_json(request):
        at, same = question.event, question.is_repeat
        more = {"id": question.pk} | ({"state": "waiting"} if question.phase == "unseen" else {})
        return ack(number_of(at), at.at, cid=form.cleaned_data["cid"], dup=same, status=200 if same else 201, **more)
    notices.success(request, asked_words(question))
    return to_list(chat)


def asked_words(question: Question) -> str:
    if question.nameless:
        return _("Your question waits for a trainer. Nobody sees that it is yours.")
    if not question.is_on_show:
        return _("Your question waits for a trainer.")
    return _("Your question stands in the list.")


def refuse(request, chat, form, code: str, words: str, status: int, wait: int = 0) -> HttpResponse:
    """The question stays in its box, with the reason beside it."""
    if wants_json(request):
        return nack(code, words, status, wait)
    if "body" not in form.errors:
        form.add_error("body", words)
    return with_wait(page(request, chat, status=status, ask=form), wait)


def read_question(request: HttpRequest, event, pk) -> Question:
    return Question.objects.select_related("room__event__cohort", "author").read_or_404(
        request.user, pk=pk, room__event=event
    )


@require_POST
def vote(request: HttpRequest, event, pk) -> HttpResponse:
    question = read_question(request, event, pk)
    require(policy.can_vote_question(request.user, question))
    if wait := wait_for(f"{request.user.pk}:{question.room_id}", "chat_vote"):
        return refused(request, question.room, "rate_limited", too_fast(wait), 429, wait, tab="questions")
    return tended(request, question, lambda: question.vote(request.user, wants=request.POST.get("vote") != "0"))


@require_POST
def state(request: HttpRequest, event, pk) -> HttpResponse:
    question, wanted = read_question(request, event, pk), request.POST.get("state", "")
    require(policy.can_tend_question(request.user, question))
    if wanted not in STATES:
        return refused(request, question.room, "bad_body", words_for("settled"), 422, tab="questions")
    return tended(
        request, question, lambda: question.show(request.user) if wanted == "shown" else question.become(wanted)
    )


def tended(request: HttpRequest, question: Question, verb) -> HttpResponse:
    """The answer to who did something with a question; a plain form leads back to where it was pressed."""
    on_screen = request.POST.get("next") == "present"
    back = redirect("chat:present", question.room.event_id) if on_screen else to_list(question.room)
    return done(request, question, verb, back, tab="questions")


@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, event, pk) -> HttpResponse:
    question = read_question(request, event, pk)
    require(policy.can_tend_question(request.user, question))
    return returning(request, question)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, event, pk) -> HttpResponse:
    question = read_question(request, event, pk)
    require(policy.can_remove_question(request.user, question))
    if request.method != "POST":
        return render(request, "chat/question_remove.html", {"question": question})
    return tended(request, question, lambda: question.take_away(request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, event, pk) -> HttpResponse:
    """As a message is reported; what is not on show yet is with the trainers already."""
    question = read_question(request, event, pk)
    if question.shown_at is None:
        raise Http404
    return receive(request, question, {"event": question.room.event, "message": question})


@require_safe
def present(request: HttpRequest, event) -> HttpResponse:
    """The question that is talked about, in large type for the screen in the room; for its trainers."""
    chat = read_room(request, event)
    require_role(request.user.trains(chat.event.cohort))
    waiting = [row for row in questions_of(request, chat)["questions"] if row.is_open]
    current = next((row for row in waiting if row.state == Question.State.TALKED), None)
    following = [row for row in waiting if row is not current]
    context = {"room": chat, "event": chat.event, "current": current, "next": following[:5], "first": following[:1]}
    return render(request, "chat/present.html", context)
