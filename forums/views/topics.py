"""A conversation: reading it, answering, beginning one."""

import uuid
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.bodies import takes_files
from accounts.policy import require
from forums import policy, text
from forums.attaching import Basket
from forums.faults import Closed
from forums.forms import ReplyForm, TopicForm
from forums.fragments import piece_of_post
from forums.listing import entries
from forums.models import Board, Draft, Kind, Moved, Post, ReadUntil, Topic, Widening
from forums.models.follow import heeds_of
from forums.paging import Span, whole
from forums.quoting import asked, kept, sent
from forums.views.answers import asks_to_wait, is_other, must_wait, once_more, plainly_shown, too_fast
from forums.views.check import near_new, near_topic
from forums.writing.review import about_of

SMALL = 6  # people who could have written it: fewer than that are soon guessed


def read_topic(request: HttpRequest, pk) -> Topic:
    return Topic.objects.select_related("board", "alias").with_read(request.user).read_or_404(request.user, pk=pk)


@require_safe
def topic(request: HttpRequest, pk) -> HttpResponse:
    try:
        found = read_topic(request, pk)
    except Http404:
        return redirect(elsewhere(request, pk))
    if found.is_case:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(reverse("cases:case", args=[found.pk]) + query)  # a case has its topic's key
    if post := left(request, found):
        return redirect(post)
    span = Span.asked(request.GET, found.last_number, found.read)
    response = page(request, found, span)
    if (seen := min(span.until, found.last_number)) > found.read:
        ReadUntil.reach(request.user, found, seen)
    return response


def left(request: HttpRequest, found: Topic) -> Post | None:
    """The post that the address asks for, when it stands in another conversation now."""
    number = whole(request.GET.get("from"))
    if not number or number > found.last_left:
        return None
    return Moved.objects.visible_to(request.user).left(found.pk, number)


def elsewhere(request: HttpRequest, pk) -> Post:
    """The post that an old address led to, where its conversation was joined with another. Raises Http404."""
    if post := Moved.objects.visible_to(request.user).now_at(pk, whole(request.GET.get("from"))):
        return post
    raise Http404


def page(
    request: HttpRequest, found: Topic, span: Span, form: ReplyForm | None = None, status: int = 200
) -> HttpResponse:
    return render(request, "forums/topic.html", thread(request, found, span, form), status=status)


def thread(request: HttpRequest, found: Topic, span: Span, form: ReplyForm | None = None, **usual) -> dict:
    """What a page of a conversation shows. The topic's number was read before its posts: nothing falls in between.

    `usual`: the `kind` that a reply has unless one chooses.
    """
    alias = found.own_alias(request.user)
    shown = entries(found, found.posts.shown().between(span.after, span.until).as_rows(request.user), request.user)
    news = [entry for entry in shown if entry.number > found.read] if found.read else []
    context = {
        "topic": found,
        "here": found.get_absolute_url(),
        "board": found.board,
        "known": shown[: len(shown) - len(news)] if news else [],
        "fresh": news or shown,
        "new_count": len(news) if span.is_last else len(news) and found.unread_since(found.read),
        "span": span,
        "own_alias": alias,
        "heed": heeds_of(request.user).topics.get(found.pk, ""),
        "readers_count": found.readers_count(),
    }
    context |= Widening.question_for(request.user, found)
    return context | composer(request, found, span, form, **usual)


def composer(
    request: HttpRequest, found: Topic, span: Span, form: ReplyForm | None = None, kind: str = Kind.REPLY
) -> dict:
    """The form below the last page, with what the reader was typing here. A reply is of `kind` unless one chooses."""
    if not span.is_last or not policy.can_reply_topic(request.user, found):
        return {"form": form}
    draft = request.user.drafts.filter(place=found.get_absolute_url()).first()
    if form is None:
        initial = {"submission_id": uuid.uuid4(), "body": draft.body if draft else ""}
        initial["kind"] = (draft and draft.kind) or kind
        quoting = asked(request.user, kept(request.user, draft.quotes if draft else [], found), request.GET, found)
        kinds = policy.kinds_of_reply(request.user, found)
        form = ReplyForm(initial=initial, kinds=kinds, basket=Basket.of_draft(draft), quoting=quoting)
    return {"form": form, "draft": draft, "own_alias": found.own_alias(request.user)}


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, pk, page: Callable = page) -> HttpResponse:
    """Place it. What is refused comes back on `page`: where it was written."""
    refused = partial(refuse, request, page=page)
    try:
        found = read_topic(request, pk)
    except Http404:
        return joined(request, elsewhere(request, pk).topic_id)
    if request.method != "POST":
        return redirect(found)
    require(policy.can_write_board(request.user, found.board))
    kinds, basket = policy.kinds_of_reply(request.user, found), Basket.gather(request, found.get_absolute_url())
    quoting = sent(request.user, request.POST.getlist("quote"), found)
    if place := request.POST.get("drop_quote", ""):
        form = ReplyForm(initial=request.POST.dict(), kinds=kinds, basket=basket, quoting=quoting.without(whole(place)))
        form.goes_on = True
        return refused(found, form, 200)
    form = ReplyForm(request.POST, kinds=kinds, basket=basket, quoting=quoting)
    if not form.is_valid():
        return asks_to_wait(refused(found, form, 429 if basket.wait else 422), basket.wait)
    if form.look_over(about_of(request.user), partial(near_topic, request.user, found.pk)):
        return refused(found, form, 200)
    if wait := must_wait(request.user, "reply", form.cleaned_data["submission_id"]):
        form.add_error("body", too_fast(wait))
        return asks_to_wait(refused(found, form, 429), wait)
    try:
        post = form.save(topic=found, author=request.user)
    except Closed:
        form.add_error("body", _("This conversation was closed meanwhile. Copy your text if you want to keep it."))
        return refused(found, form, 409)
    if is_other(post, form, found):
        return refused(found, once_more(form), 409)
    return placed(request, post)


def joined(request: HttpRequest, pk) -> HttpResponse:
    """The conversation was joined with another one while someone was writing: the text waits there."""
    found = read_topic(request, pk)
    if request.method != "POST":
        return redirect(found)
    basket = Basket.gather(request, found.get_absolute_url())
    form = ReplyForm(request.POST, kinds=policy.kinds_of_reply(request.user, found), basket=basket)
    form.add_error("body", _("This conversation was joined with another one. Look where you are now, then place it."))
    return refuse(request, found, form, 409)


def refuse(request: HttpRequest, found: Topic, form: ReplyForm, status: int, page: Callable = page) -> HttpResponse:
    """The text stays in the box, with the reason beside it, and the files that were good."""
    draft = form.basket.keep(request.user, form.data if form.is_bound else request.POST)
    if request.htmx:
        context = {"topic": found, "here": found.get_absolute_url(), "board": found.board, "form": form, "draft": draft}
        context |= {"readers_count": found.readers_count(), "own_alias": found.own_alias(request.user)}
        return render(request, "forums/_composer.html", context, status=status)
    return page(request, found, Span.ending(found.last_number), form, status)


def placed(request: HttpRequest, post) -> HttpResponse:
    """To the page with the new post; a page that is open gets the post and an empty box."""
    note = plainly_shown() if text.is_dense(post.body) else ""
    if not request.htmx:
        if note:
            messages.info(request, note)
        return redirect(post)
    post.topic = found = read_topic(request, post.topic_id)
    post.piece = piece_of_post(post)
    ReadUntil.reach(request.user, found, post.number)
    span = Span.ending(found.last_number)
    context = {"topic": found, "here": found.get_absolute_url(), "board": found.board, "post": post, "note": note}
    context |= composer(request, found, span, kind=post.kind) | {"readers_count": found.readers_count()}
    return render(request, "forums/_placed.html", context)


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    board = Board.objects.select_related("cohort").read_or_404(request.user, slug=slug)
    require(policy.can_write_board(request.user, board))
    if request.method != "POST":
        draft = request.user.drafts.filter(place=request.path).first()
        initial = {"submission_id": uuid.uuid4()} | (TopicForm.words_of(draft) if draft else {})
        form = TopicForm(initial=initial, basket=Basket.of_draft(draft))
        return new_page(request, board, form, draft=draft)
    basket = Basket.gather(request, request.path)
    form = TopicForm(request.POST, basket=basket)
    if not form.is_valid():
        return asks_to_wait(new_page(request, board, form, 429 if basket.wait else 422), basket.wait)
    words = form.cleaned_data
    near = partial(near_new, request.user, words["submission_id"], pseudonymous=words["pseudonymous"])
    if form.look_over(about_of(request.user), near):
        return new_page(request, board, form)
    if wait := must_wait(request.user, "topic", form.cleaned_data["submission_id"]):
        form.add_error("body", too_fast(wait))
        return asks_to_wait(new_page(request, board, form, 429), wait)
    topic = form.save(board=board, author=request.user)
    if is_other(Post.sent(request.user, form.cleaned_data["submission_id"]), form):
        return new_page(request, board, once_more(form), 409)
    Draft.placed(request.user, request.path, form.placed_files)
    if text.is_dense(form.cleaned_data["body"]):
        messages.info(request, plainly_shown())
    return redirect(topic)


def new_page(request: HttpRequest, board: Board, form: TopicForm, status: int = 200, draft=None) -> HttpResponse:
    if form.is_bound:
        draft = form.basket.keep(request.user, form.data)
    context = {"board": board, "form": form, "draft": draft, "readers_count": board.readers_count()}
    context["is_small"] = board.is_circle and board.writers_count() < SMALL
    return render(request, "forums/topic_new.html", context, status=status)
