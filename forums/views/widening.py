"""Letting more people read a conversation: a look at who that is, a question to who wrote along, and doing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.policy import require
from forums import policy
from forums.models import Board, Topic, Widening
from forums.models.widening import wider_boards
from forums.views.wider import look_over


def read_topic(request: HttpRequest, pk) -> Topic:
    return Topic.objects.select_related("board__cohort", "alias").read_or_404(request.user, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def widen(request: HttpRequest, pk) -> HttpResponse:
    """For who began it: choose where it goes, ask the others, see how many said yes, and do it or leave it."""
    topic = read_topic(request, pk)
    require(policy.can_widen_topic(request.user, topic))
    waiting = Widening.objects.visible_to(request.user).open().filter(topic=topic).select_related("board").first()
    if request.method == "POST":
        return act(request, topic, waiting)
    if waiting:
        return waiting_page(request, topic, waiting)
    board = next((one for one in wider_boards(topic) if one.slug == request.GET.get("to")), None)
    return choice_page(request, topic, board)


def choice_page(request: HttpRequest, topic: Topic, board: Board | None, status: int = 200, **more) -> HttpResponse:
    """Where it can go; with a board chosen, who reads it then and what they would meet."""
    context = shown(request, topic, board) if board else {"topic": topic, "board": topic.board}
    context |= {"choices": wider_boards(topic), "to": board} | more
    return render(request, "forums/widen.html", context, status=status)


def waiting_page(request: HttpRequest, topic: Topic, waiting: Widening) -> HttpResponse:
    context = shown(request, topic, waiting.board) | {"counts": waiting.counts()}
    return render(request, "forums/widening.html", context)


def shown(request: HttpRequest, topic: Topic, board: Board) -> dict:
    """Who reads it now and who would, how many others wrote along, and what may give somebody away."""
    preview = Widening(topic=topic, board=board)
    return {
        "topic": topic,
        "board": topic.board,
        "to": board,
        "now_count": topic.readers_count(),
        "then_count": board.readers_count(),
        "then_roles": board.readers_by_role(),
        "others_count": len(preview.contributors()),
        "looked": look_over(request.user, topic, request.POST, placing=request.method == "POST"),
    }


def act(request: HttpRequest, topic: Topic, waiting: Widening | None) -> HttpResponse:
    if waiting is None:
        board = next((one for one in wider_boards(topic) if one.slug == request.POST.get("to")), None)
        if board is None:
            return choice_page(request, topic, None, 422, unchosen=True)
        if look_over(request.user, topic, request.POST, placing=True).review.asks:
            return choice_page(request, topic, board)
        asked = Widening.ask(topic, board)
        if asked.done_at is None:
            messages.success(request, _("We ask the others. You see here how many said yes."))
            return redirect(asked)
    elif "drop" in request.POST:
        waiting.drop()
        messages.success(request, _("Nothing changes. The same people read this conversation."))
        return redirect(topic)
    elif look_over(request.user, topic, request.POST, placing=True).review.asks:
        return waiting_page(request, topic, waiting)
    else:
        waiting.finish()
    messages.success(request, _("More people can read your conversation now."))
    return redirect(topic)


@require_POST
def answer(request: HttpRequest, pk) -> HttpResponse:
    """The word of someone who wrote along. Who did not has nothing to say here."""
    topic = read_topic(request, pk)
    waiting = Widening.objects.visible_to(request.user).open().filter(topic=topic).first()
    if waiting is None:
        messages.info(request, _("This question is no longer open."))
        return redirect(topic)
    waiting.topic = topic
    require(waiting.asks(request.user))
    if request.POST.get("answer") not in ("yes", "no"):
        messages.error(request, _("Choose yes or no."))
        return redirect(topic)
    waiting.answer(request.user, is_yes=request.POST["answer"] == "yes")
    messages.success(request, _("Your answer is kept. You can change it until the conversation moves."))
    return redirect(topic)
