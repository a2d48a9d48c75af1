"""The forums that someone reads, and the conversations of one."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forums import policy
from forums.filters import COUNTED, Wish, filters, narrowed, topics_of
from forums.listing import topic_rows
from forums.models import Board, Topic
from forums.models.follow import heeds_of
from forums.paging import topics_page


@require_safe
def boards(request: HttpRequest) -> HttpResponse:
    found = list(Board.objects.select_related("cohort").visible_to(request.user))
    unread = Topic.objects.visible_to(request.user).unread_by(request.user).order_by().values("board")
    counts = {row["board"]: row["n"] for row in unread.annotate(n=Count("pk"))}
    heeds = heeds_of(request.user)
    for board in found:
        board.unread, board.heed = counts.get(board.pk, 0), heeds.boards.get(board.pk, "")
    circles = [board for board in found if board.is_circle]
    wide = [board for board in found if not board.is_circle]
    start = next((board for board in circles + wide if policy.can_write_board(request.user, board)), None)
    return render(request, "forums/boards.html", {"circles": circles, "wide": wide, "start": start})


@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    found = Board.objects.select_related("cohort").read_or_404(request.user, slug=slug)
    wish, there = Wish.asked(request.GET), topics_of(found, request.user)
    topics = narrowed(there, wish, found, request.user)
    rows, older = topics_page(topics.as_rows(), request.GET.get("before", ""))
    context = {
        "board": found,
        "topics": topic_rows(rows, request.user),
        "older": older,
        "wish": wish,
        "filters": filters(found, wish, there.unread_by(request.user).order_by()[: COUNTED + 1].count()),
        "heed": heeds_of(request.user).boards.get(found.pk, ""),
        "readers_count": found.readers_count(),
    }
    return render(request, "forums/board.html", context)


@require_safe
def readers(request: HttpRequest, slug: str) -> HttpResponse:
    """Who can read here: by name in a circle, in numbers where everyone comes."""
    found = Board.objects.select_related("cohort").read_or_404(request.user, slug=slug)
    context = {"board": found, "readers_count": found.readers_count()}
    if found.is_circle:
        context["seats"] = found.seats().select_related("person").order_by("-role", "person__name")
    else:
        context["counts"] = found.readers_by_role()
    return render(request, "forums/readers.html", context)
