"""A reaction under a post: pressed, or taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.answers import nack, slow_down, wants_json
from accounts.policy import require
from accounts.throttle import wait_for
from forums import policy
from forums.faults import Gone
from forums.forms import ReactionForm
from forums.models import Post
from forums.paging import Span
from forums.views.posts import read_post
from forums.views.topics import page, read_topic


@require_http_methods(["GET", "HEAD", "POST"])
def react(request: HttpRequest, pk) -> HttpResponse:
    post = read_post(request, pk)
    if request.method != "POST":
        return redirect(post)  # who had to sign in first comes back here
    require(policy.can_react_post(request.user, post))
    form = ReactionForm(request.POST)
    if not form.is_valid():
        return refuse(request, post, "bad_reaction", _("There is no such reaction."), 422)
    if wait := wait_for(request.user.pk, "react"):
        words = _("Take it easy. You can go on in a moment.")
        return nack("rate_limited", words, 429, wait) if wants_json(request) else slow_down(request, wait)
    try:
        post = form.save(post, request.user)
    except Gone:
        return refuse(request, post, "gone", _("This message was taken away meanwhile."), 409)
    return given(request, post)


def given(request: HttpRequest, post: Post) -> HttpResponse:
    """The page again, at the post; a script hears how it stands now."""
    if not wants_json(request):
        return redirect(post)
    mine = post.presses.filter(person=request.user).values_list("kind", flat=True)
    return JsonResponse({"counts": post.reactions, "mine": sorted(mine), "seq": post.seq})


def refuse(request: HttpRequest, post: Post, code: str, words: str, status: int) -> HttpResponse:
    if wants_json(request):
        return nack(code, words, status)
    messages.error(request, words)
    topic = read_topic(request, post.topic_id)
    return page(request, topic, Span.holding(post.number, topic.last_number), status=status)
