"""For the trainers of a circle: hiding and putting back with a reason, and what moderators looked at there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import record
from accounts.policy import require
from forums import policy
from forums.models import Board
from forums.moderation.forms import WhyForm
from forums.moderation.models import Look, Report, Ruling
from forums.moderation.views.reporting import read_post

SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: HttpRequest, pk) -> HttpResponse:
    return decide(request, pk, Ruling.What.HIDE)


@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, pk) -> HttpResponse:
    return decide(request, pk, Ruling.What.KEEP)


def decide(request: HttpRequest, pk, what: str) -> HttpResponse:
    """A page with the text and a reason to give; what is so already stays so."""
    post = read_post(request, pk)
    require(policy.can_hide_topic(request.user, post.topic))
    hides = what == Ruling.What.HIDE
    if post.removed_at or hides == (post.hidden_at is not None):
        messages.info(request, _("That was done already."))
        return redirect(post)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        Ruling.make(post, request.user, what, form.cleaned_data["reason"])
        words = _("The message is hidden. The writer reads why.") if hides else _("The message is back.")
        messages.success(request, words)
        return redirect(post)
    if not hides and not form.is_bound:  # words that are hidden from the others were opened
        Look.at_hidden(post, request.user)
        record(request.user, "look_hidden", post, subject=post.author)
    context = {"post": post, "topic": post.topic, "board": post.topic.board, "form": form, "hides": hides}
    return render(request, "moderation/decide.html", context, status=422 if form.is_bound else 200)


@require_safe
def looks(request: HttpRequest, slug: str) -> HttpResponse:
    """How many reports are open in this circle, and which moderator looked at what."""
    board = Board.objects.select_related("cohort").read_or_404(request.user, slug=slug)
    require(board.is_circle and policy.trains_circle(request.user, board))
    found = Look.objects.visible_to(request.user).filter(cohort=board.cohort_id).select_related("by", "kind")
    context = {
        "board": board,
        "looks": found[:SHOWN],
        "open_count": Report.open_counts([board.cohort_id]).get(board.cohort_id, 0),
    }
    return render(request, "moderation/looks.html", context)
