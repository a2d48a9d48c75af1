"""For moderators: what was reported, taking it on, looking at it, and deciding."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.policy import require, require_role
from forums.moderation import policy
from forums.moderation.faults import Taken
from forums.moderation.forms import DOES, RulingForm
from forums.moderation.models import Report
from forums.views.attachments import send

CLOSED = 100


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits: the reason, since when, and the kind of space. Nothing of what was written."""
    require_role(request.user.is_moderator)
    reports = Report.objects.visible_to(request.user).with_voices().select_related("taken_by")
    closed = request.GET.get("show") == "closed"
    rows = reports.closed()[:CLOSED] if closed else reports.open().waiting_first()
    return render(request, "moderation/queue.html", {"reports": list(rows), "closed": closed})


def read_report(request: HttpRequest, pk) -> Report:
    require_role(request.user.is_moderator)
    return Report.objects.with_voices().select_related("taken_by").read_or_404(request.user, pk=pk)


@require_safe
def detail(request: HttpRequest, pk) -> HttpResponse:
    return page(request, read_report(request, pk))


def page(request: HttpRequest, report: Report, form: RulingForm | None = None, status: int = 200) -> HttpResponse:
    """About the report; what was reported only for who took it on, and each time that is a look on record."""
    context = {"report": report, "voices": [], "lines": [], "rulings": []}
    if report.is_open:
        require(policy.can_take_report(request.user, report))
    if report.is_with(request.user):
        context["lines"] = report.look(request.user)
        context["voices"] = report.voices.select_related("person")
        context["form"] = form or RulingForm()
        context["options"] = [(what, DOES[what], what == context["form"]["what"].value()) for what in DOES]
    context["rulings"] = report.rulings.select_related("by")
    return render(request, "moderation/detail.html", context, status=status)


@require_safe
def file(request: HttpRequest, pk, file) -> HttpResponse:
    """A file of what was reported, as long as this moderator handles the report."""
    report = read_report(request, pk)
    try:
        found = report.open_file(request.user, file)
    except Taken:
        return too_late(request, pk)
    if found is None:
        raise Http404
    return send(request, found)


@require_POST
def take(request: HttpRequest, pk) -> HttpResponse:
    report = read_report(request, pk)
    require(policy.can_take_report(request.user, report))
    try:
        report.take(request.user, request.POST.get("seen", ""))
    except Taken:
        return too_late(request, pk)
    return redirect("moderation:detail", pk)


@require_POST
def back(request: HttpRequest, pk) -> HttpResponse:
    """Hand it back, for a colleague."""
    report = read_report(request, pk)
    try:
        report.put_back(request.user)
    except Taken:
        return too_late(request, pk)
    messages.success(request, _("Somebody else can take it now."))
    return redirect("moderation:queue")


@require_POST
def lock(request: HttpRequest, pk) -> HttpResponse:
    """The conversation around what was reported takes no replies any more; its trainers can open it again."""
    try:
        done = read_report(request, pk).lock(request.user)
    except Taken:
        return too_late(request, pk)
    if done:
        messages.success(request, _("The conversation is closed."))
    return redirect("moderation:detail", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, pk) -> HttpResponse:
    report = read_report(request, pk)
    if request.method != "POST":
        return redirect("moderation:detail", pk)
    form = RulingForm(request.POST)
    if not report.is_with(request.user):
        return too_late(request, pk, request.POST.get("reason", ""))
    if not form.is_valid():
        return page(request, report, form, 422)
    try:
        form.save(report, request.user)
    except Taken:
        return too_late(request, pk, request.POST.get("reason", ""))
    messages.success(request, _("Decided. Those who reported it hear the outcome."))
    return redirect("moderation:detail", pk)


def too_late(request: HttpRequest, pk, typed: str = "") -> HttpResponse:
    """Someone else handles it now, or it was closed; what was typed stays on the page."""
    context = {"report": read_report(request, pk), "typed": typed}
    return render(request, "moderation/taken.html", context, status=409)
