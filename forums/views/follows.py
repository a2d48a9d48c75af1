"""Following a conversation or a forum, or hearing no more of it."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from forums.models import Board, Follow, Topic
from forums.models.follow import Heed

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
def topic(request: HttpRequest, pk) -> HttpResponse:
    found = Topic.objects.read_or_404(request.user, pk=pk)
    if request.method == "POST":
        Follow.choose(request.user, choice_of(request), topic=found)
    return redirect(found)


@require_http_methods(PAGE)
def board(request: HttpRequest, slug: str) -> HttpResponse:
    found = Board.objects.read_or_404(request.user, slug=slug)
    if request.method == "POST":
        Follow.choose(request.user, choice_of(request), board=found)
    return redirect(found)


def choice_of(request: HttpRequest) -> str:
    """What was pressed: follow, mute, or neither any more."""
    choice = request.POST.get("choice", "")
    if choice not in ("", *Heed.values):
        raise BadRequest
    return choice
