"""Changing or taking back what one wrote."""

from datetime import timedelta
from functools import partial

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.bodies import takes_files
from accounts.clock import now
from accounts.policy import require
from accounts.throttle import wait_for
from forums import policy, text
from forums.attaching import Basket
from forums.faults import Conflict
from forums.forms import EditForm
from forums.models import Post
from forums.views.answers import asks_to_wait, plainly_shown, too_fast
from forums.views.check import near_topic
from forums.writing.review import about_of


def read_post(request: HttpRequest, pk) -> Post:
    return Post.objects.select_related("topic__board", "alias").read_or_404(request.user, pk=pk)


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk) -> HttpResponse:
    post = read_post(request, pk)
    require(policy.can_edit_post(request.user, post))
    if request.method != "POST":
        return first_page(request, post)
    basket = Basket.gather(request, request.path, post)
    form = EditForm(request.POST, post=post, basket=basket)
    if not form.is_valid():
        return asks_to_wait(edit_page(request, post, form, 429 if basket.wait else 422), basket.wait)
    if form.look_over(about_of(request.user), partial(near_topic, request.user, post.topic_id)):
        return edit_page(request, post, form)
    if wait := wait_for(request.user.pk, "edit"):
        form.add_error("body", too_fast(wait))
        return asks_to_wait(edit_page(request, post, form, 429), wait)
    try:
        form.save(request.user)
    except Conflict:
        return conflict(request, post, form)
    if text.is_dense(form.cleaned_data["body"]):
        messages.info(request, plainly_shown())
    return redirect(post)


def first_page(request: HttpRequest, post: Post) -> HttpResponse:
    draft = request.user.drafts.filter(place=request.path).first()
    words = {"title": post.topic.title, "body": post.body, "revision": post.revision, "tags": post.topic.slugs}
    if draft:
        words |= {"body": draft.body, "title": draft.title or post.topic.title}
        words |= {"tags": draft.tags} if draft.tags is not None else {}
    return edit_page(request, post, EditForm(initial=words, post=post, basket=Basket.of_draft(draft)), draft=draft)


def conflict(request: HttpRequest, post: Post, form: EditForm) -> HttpResponse:
    """Both texts: what stands now, and what was typed. Sent again, it takes the place of what stands."""
    post.refresh_from_db()
    require(policy.can_edit_post(request.user, post))
    form.data = form.data.copy()
    form.data["revision"] = post.revision
    form.add_error("body", _("This text was changed meanwhile, in another window. Both versions are below."))
    return edit_page(request, post, form, 409, stands=post.html)


def edit_page(request: HttpRequest, post: Post, form: EditForm, status: int = 200, **more) -> HttpResponse:
    board = post.topic.board
    if form.is_bound:
        more["draft"] = form.basket.keep(request.user, form.data)
    context = {
        "post": post,
        "topic": post.topic,
        "board": board,
        "form": form,
        "readers_count": post.topic.readers_count(),
    }
    return render(request, "forums/edit.html", context | more, status=status)


@require_safe
def versions(request: HttpRequest, pk) -> HttpResponse:
    """How it stood before, newest first; what is older than its term is not shown, also when it is not erased yet."""
    post = read_post(request, pk)
    require(policy.can_read_versions(request.user, post))
    hours = settings.TERMS["versions_hours"]
    found = post.revisions.filter(at__gte=now() - timedelta(hours=hours)).order_by("-number")
    earlier = [(one, text.to_html(one.body)) for one in found]
    context = {"post": post, "topic": post.topic, "board": post.topic.board, "earlier": earlier, "hours": hours}
    return render(request, "forums/versions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk) -> HttpResponse:
    post = read_post(request, pk)
    if request.method == "POST" and post.removed_at and post.is_by(request.user):
        return redirect(post.topic)  # pressed twice
    require(policy.can_remove_post(request.user, post))
    if post.is_opening and post.topic.is_case:
        return redirect(
            reverse("cases:stage", args=[post.topic_id]) + "?stage=withdrawn"
        )  # all of it, not its question alone
    if request.method != "POST":
        return render(request, "forums/remove.html", {"post": post, "topic": post.topic, "board": post.topic.board})
    post.remove(request.user)
    post.topic.refresh_from_db()
    messages.success(request, _("Your text is gone."))
    return redirect(post.topic.board if post.topic.removed_at else post)
