"""For members: what became of one's reports, what was decided about one's texts, and who looked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.policy import require
from forums.models import Post
from forums.moderation.models import Look, Reason, Report, Ruling, Voice
from forums.moderation.views.reporting import read_post

SHOWN = 100


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My reports with their outcome, and what a moderator decided about my own texts."""
    voices = list(Voice.objects.visible_to(request.user).select_related("report")[:SHOWN])
    reasons = dict[object, str]()
    told = Ruling.objects.visible_to(request.user).filter(report__in=[voice.report_id for voice in voices])
    for ruling in told.order_by("at"):
        reasons[ruling.report_id] = ruling.reason
    for voice in voices:
        voice.explanation = "" if voice.report.is_open else reasons.get(voice.report_id, "")
    context = {
        "voices": voices,
        "rulings": Ruling.about_texts_of(request.user)[:SHOWN],
        "worried": any(voice.reason == Reason.UNSAFE and voice.report.is_open for voice in voices),
    }
    return render(request, "moderation/mine.html", context)


def read_own(request: HttpRequest, pk) -> Post:
    post = read_post(request, pk)
    require(post.is_by(request.user))
    return post


@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, pk) -> HttpResponse:
    """The writer of a hidden text asks to put it back."""
    post = read_own(request, pk)
    hidden = post.hidden_at is not None and post.removed_at is None
    if request.method == "POST" and hidden:
        Report.ask_again(post)
        messages.success(request, _("A moderator looks at it within one working day."))
    if request.method == "POST" or not hidden:
        return redirect(post)
    return render(request, "moderation/again.html", {"post": post, "topic": post.topic, "board": post.topic.board})


@require_safe
def seen(request: HttpRequest, pk) -> HttpResponse:
    """Which moderators looked at one's own text, and what they decided."""
    post = read_own(request, pk)
    context = {
        "post": post,
        "looks": Look.about_text(post),
        "rulings": Ruling.about_text(post),
        "board": post.topic.board,
        "topic": post.topic,
    }
    return render(request, "moderation/seen.html", context)
