"""Letting more people read a conversation: a look at who that is, a question to who wrote along, and doing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.policy import require
from forums import policy
from forums.models import Topic, Widening
from forums.models.widening import wider_boards


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
        return render(request, "forums/widening.html", shown(topic, waiting.board) | {"counts": waiting.counts()})
    choices = wider_boards(topic)
    board = next((one for one in choices if one.slug == request.GET.get("to")), None)
    context = shown(topic, board) if board else {"topic": topic, "board": topic.board}
    return render(request, "forums/widen.html", context | {"choices": choices, "to": board})


def shown(topic: Topic, board) -> dict:
    """Who reads it now and who would, and how many others wrote along."""
    preview = Widening(topic=topic, board=board)
    return {
        "topic": topic,
        "board": topic.board,
        "to": board,
        "now_count": topic.readers_count(),
        "then_count": board.readers_count(),
        "then_roles": board.readers_by_role(),
        "others_count": len(preview.contributors()),
    }


def act(request: HttpRequest, topic: Topic, waiting: Widening | None) -> HttpResponse:
    if waiting is None:
        board = next((one for one in wider_boards(topic) if one.slug == request.POST.get("to")), None)
        if board is None:
            context = {"topic": topic, "board": topic.board, "choices": wider_boards(topic), "unchosen": True}
            return render(request, "forums/widen.html", context, status=422)
        asked = Widening.ask(topic, board)
        if asked.done_at is None:
            messages.success(request, _("We ask the others. You see here how many said yes."))
            return redirect(asked)
    elif "drop" in request.POST:
        waiting.drop()
        messages.success(request, _("Nothing changes. The same people read this conversation."))
        return redirect(topic)
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
