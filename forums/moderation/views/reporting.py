"""Reporting something, from where it stands."""

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.throttle import wait_for
from forums import policy
from forums.models import Post, Topic
from forums.moderation.forms import HINTS, ReportForm
from forums.moderation.models import Reason, Report, Voice
from forums.moderation.things import kind_of

PAGE = ["GET", "HEAD", "POST"]


def read_post(request: HttpRequest, pk) -> Post:
    return Post.objects.select_related("topic__board", "author", "alias").read_or_404(request.user, pk=pk)


@require_http_methods(PAGE)
def report(request: HttpRequest, pk) -> HttpResponse:
    post = read_post(request, pk)
    context = {"post": post, "hides": policy.can_hide_topic(request.user, post.topic)}
    return receive(request, post, context)


@require_safe
def report_topic(request: HttpRequest, pk) -> HttpResponse:
    """The conversation as a whole: its opening text."""
    topic = Topic.objects.read_or_404(request.user, pk=pk)
    return redirect("moderation:report", topic.posts.order_by("number").first().pk)


def receive(request: HttpRequest, thing: models.Model, context: dict) -> HttpResponse:
    """The form about `thing`, which `request.user` may read, or what it said; also for messages of the chat."""
    if (refused := why_not(request, thing)) is not None:
        return refused
    form = ReportForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return page(request, thing, form, context)
    if not form.is_valid():
        return page(request, thing, form, context, 422)
    if wait := must_wait(request, thing):
        form.add_error("note", too_many(wait))
        answer = page(request, thing, form, context, 429)
        answer.headers["Retry-After"] = str(wait)
        return answer
    voice = form.save(thing, request.user)
    messages.success(request, thanks(voice))
    return redirect("moderation:mine")


def why_not(request: HttpRequest, thing) -> HttpResponse | None:
    """A friendly answer where there is nothing to report: one's own text, and what is gone."""
    own, gone = thing.is_by(request.user), kind_of(thing).is_gone(thing)
    if not own and not gone:
        return None
    return render(request, "moderation/refused.html", {"thing": thing, "own": own and not gone}, status=403)


def must_wait(request: HttpRequest, thing) -> int:
    """Seconds to wait, or 0. Saying it differently in a report that is open counts once."""
    known = Report.about_open(thing)
    if Voice.objects.visible_to(request.user).filter(report__in=known).exists():
        return 0
    return wait_for(request.user.pk, "report")


def too_many(wait: int) -> str:
    if wait > 3600:
        return _("You reported a lot today. Tomorrow you can go on. Is it urgent? Look at Help and support.")
    return ngettext("You can go on in %(wait)s second.", "You can go on in %(wait)s seconds.", wait) % {"wait": wait}


def thanks(voice: Voice) -> str:
    if voice.is_repeat:
        return _("You had reported this already. We read your words as they are now.")
    return _("Thank you. A moderator looks within one working day. The writer does not hear that it was you.")


def page(request: HttpRequest, thing, form: ReportForm, context: dict, status: int = 200) -> HttpResponse:
    chosen = form["reason"].value()
    reasons = [(reason, HINTS[reason], reason == chosen) for reason in Reason]
    more = {"thing": thing, "form": form, "reasons": reasons, "back": thing.get_absolute_url()}
    return render(request, "moderation/report.html", context | more, status=status)
