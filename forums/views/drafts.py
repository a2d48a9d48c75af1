"""Keeping what someone is typing, and throwing it away."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.answers import nack
from accounts.clock import now
from accounts.policy import require
from accounts.words import is_visible
from forums import policy
from forums.forms import DraftForm
from forums.models import Board, Draft, Post, Topic
from forums.quoting import sent


@require_POST
def drafts(request: HttpRequest) -> HttpResponse:
    place = request.POST.get("place", "")
    require(may_write(request.user, place))
    if "drop" in request.POST:
        Draft.drop(request.user, place)
        return redirect(place)
    quoting = sent(request.user, request.POST.getlist("quote"))
    form = DraftForm(request.POST, quotes=quoting.stored)
    if not form.is_valid():
        return nack("bad_body", next(iter(form.errors.values()))[0], 422)
    said = is_visible(form.cleaned_data["body"] + form.cleaned_data["title"])
    if not (said or quoting.stored or form.chosen["tags"] or has_files(request.user, place)):
        Draft.drop(request.user, place)
        return JsonResponse({"revision": 0, "saved_at": None, "other": False, "words": ""})
    draft = form.save(request.user)
    return JsonResponse(
        {
            "revision": draft.revision,
            "saved_at": draft.changed_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "other": draft.is_other,
            "words": words_of(draft),
        }
    )


def has_files(user, place: str) -> bool:
    """Whether files wait there for their text."""
    return user.drafts.filter(place=place).exclude(files=[]).exists()


def words_of(draft: Draft) -> str:
    moment = {"time": date_format(timezone.localtime(now()), "G.i")}
    if draft.is_other:
        return _("Kept at %(time)s beside the text of another tab") % moment
    return _("Saved at %(time)s") % moment


def may_write(user, place: str) -> bool:
    """Whether `user` may write on the page at `place`. Raises Http404 for a page that is not there for this reader."""
    try:
        match = resolve(place)
    except Resolver404:
        raise Http404 from None
    if match.view_name == "forums:topic":
        topic = Topic.objects.select_related("board").read_or_404(user, **match.kwargs)
        return policy.can_reply_topic(user, topic)
    if match.view_name == "forums:topic_new":
        return policy.can_write_board(user, Board.objects.read_or_404(user, **match.kwargs))
    if match.view_name == "forums:post_edit":
        return policy.can_edit_post(user, Post.objects.read_or_404(user, **match.kwargs))
    raise Http404
