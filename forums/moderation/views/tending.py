"""Looking after a conversation: close, pin, move, split and join, each a plain form."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.policy import require
from forums import policy
from forums.faults import Fixed, Nothing, Wider
from forums.models import Topic
from forums.moderation.forms import MergeForm, MoveForm, SplitForm

PAGE = ["GET", "HEAD", "POST"]


def read_tended(request: HttpRequest, pk) -> Topic:
    topic = Topic.objects.select_related("board__cohort").read_or_404(request.user, pk=pk)
    require(policy.can_tend_topic(request.user, topic))
    return topic


@require_safe
def tend(request: HttpRequest, pk) -> HttpResponse:
    return page(request, read_tended(request, pk))


def page(request: HttpRequest, topic: Topic, status: int = 200, **forms) -> HttpResponse:
    """All forms of a conversation; in `forms` the one that came back, by its name."""
    context = {
        "topic": topic,
        "board": topic.board,
        "move": MoveForm(user=request.user, topic=topic),
        "split": SplitForm(),
        "merge": MergeForm(user=request.user, topic=topic),
        "wrong": next(iter(forms.values()), None),
    }
    return render(request, "moderation/tend.html", context | forms, status=status)


def words_of(fault: Exception) -> str:
    if isinstance(fault, Wider):
        return _("More people would read it there. Only its writers can decide that.")
    if isinstance(fault, Nothing):
        return _("None of these messages can go. The first one stays, and what is taken back too.")
    return _("This cannot be done with a case, or with a conversation that is for the trainers only.")


@require_POST
def close(request: HttpRequest, pk) -> HttpResponse:
    topic, closed = read_tended(request, pk), request.POST.get("closed") == "1"
    topic.close(request.user, closed=closed)
    messages.success(request, _("The conversation is closed.") if closed else _("The conversation is open again."))
    return redirect("moderation:tend", pk)


@require_POST
def pin(request: HttpRequest, pk) -> HttpResponse:
    topic, pinned = read_tended(request, pk), request.POST.get("pinned") == "1"
    topic.pin(request.user, pinned=pinned)
    messages.success(request, _("It stands on top now.") if pinned else _("It stands among the others again."))
    return redirect("moderation:tend", pk)


@require_http_methods(PAGE)
def move(request: HttpRequest, pk) -> HttpResponse:
    topic = read_tended(request, pk)
    if request.method != "POST":
        return redirect("moderation:tend", pk)
    form = MoveForm(request.POST, user=request.user, topic=topic)
    if not form.is_valid():
        return page(request, topic, 422, move=form)
    try:
        topic.move(request.user, form.cleaned_data["board"])
    except (Wider, Fixed) as fault:
        form.add_error("board", words_of(fault))
        return page(request, topic, 422, move=form)
    messages.success(request, _("The conversation stands in the other forum now."))
    return redirect(topic)


@require_http_methods(PAGE)
def split(request: HttpRequest, pk) -> HttpResponse:
    topic = read_tended(request, pk)
    if request.method != "POST":
        return redirect("moderation:tend", pk)
    form = SplitForm(request.POST)
    if not form.is_valid():
        return page(request, topic, 422, split=form)
    try:
        new = topic.split(request.user, form.cleaned_data["numbers"], form.cleaned_data["title"])
    except (Nothing, Fixed) as fault:
        form.add_error("numbers", words_of(fault))
        return page(request, topic, 422, split=form)
    messages.success(request, _("These messages are a conversation of their own now."))
    return redirect(new)


@require_http_methods(PAGE)
def merge(request: HttpRequest, pk) -> HttpResponse:
    topic = read_tended(request, pk)
    if request.method != "POST":
        return redirect("moderation:tend", pk)
    form = MergeForm(request.POST, user=request.user, topic=topic)
    if not form.is_valid():
        return page(request, topic, 422, merge=form)
    try:
        topic.merge(request.user, form.cleaned_data["other"])
    except (Wider, Fixed) as fault:
        form.add_error("other", words_of(fault))
        return page(request, topic, 422, merge=form)
    messages.success(request, _("The two are one conversation now."))
    return redirect(form.cleaned_data["other"])
