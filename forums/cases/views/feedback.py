"""Asking for feedback, and the worklist of trainers; saving what was given as a file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.policy import require, require_role
from accounts.throttle import wait_for
from forums.cases import policy
from forums.cases.faults import Skipped
from forums.cases.feedback_forms import AskForm
from forums.cases.given import worklist_of
from forums.cases.models import Case, Feedback
from forums.cases.pdf import paper
from forums.views.answers import asks_to_wait, too_fast
from forums.views.attachments import ALONE, disposition

SHOWS = {"": gettext_lazy("All"), "free": gettext_lazy("No trainer yet"), "taken": gettext_lazy("With a trainer")}


@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    require_role(request.user.is_trainer)
    work = worklist_of(request.user)
    show = request.GET.get("show") if request.GET.get("show") in SHOWS else ""
    shown = [one for one in work if not show or (show == "taken") == bool(one.trainer)]
    context = {"work": shown, "all_count": len(work), "show": show, "chips": SHOWS.items()}
    return render(request, "cases/feedback_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, pk) -> HttpResponse:
    """Who brought the case in asks for it here; its trainers go on to where they write."""
    case = Case.objects.with_topic().read_or_404(request.user, pk=pk)
    if not policy.can_own_case(request.user, case):
        require_role(policy.can_train_case(request.user, case))
        asked = Feedback.objects.visible_to(request.user).open().filter(case=case).first()
        return redirect(asked or case)
    if case.is_draft or case.is_gone:
        return redirect(case)
    if request.method != "POST":
        waiting = Feedback.waiting(case)
        shared = waiting["shared"] if waiting else case.shares_feedback
        return ask_page(request, case, AskForm(initial={"shared": "1" if shared else "0"}))
    form = AskForm(request.POST)
    if not form.is_valid():
        return ask_page(request, case, form, 422)
    if wait := wait_for(request.user.pk, "edit"):
        form.add_error("shared", too_fast(wait))
        return asks_to_wait(ask_page(request, case, form, 429), wait)
    return asked_now(request, case, form)


def asked_now(request: HttpRequest, case: Case, form: AskForm) -> HttpResponse:
    try:
        found = form.save(case)
    except Skipped:
        return redirect(case)
    if str(int(found.shared)) != form.cleaned_data["shared"]:
        form.add_error("shared", _("You asked already, for yourself. It can go to more people only when you ask anew."))
        return ask_page(request, case, form, 409)
    messages.success(request, _("You asked your trainers for feedback. It stands here when it is given."))
    return redirect(case)


def ask_page(request: HttpRequest, case: Case, form: AskForm, status: int = 200) -> HttpResponse:
    context = {"case": case, "form": form, "waiting": Feedback.waiting(case)}
    return render(request, "cases/feedback_ask.html", context, status=status)


@require_safe
def save(request: HttpRequest, pk, feedback) -> HttpResponse:
    """As a file for its author. Nothing is kept of who fetches it, and nothing of that stands in it."""
    found = Feedback.objects.with_all().read_or_404(request.user, pk=feedback, case=pk)
    require(policy.can_save_feedback(request.user, found))
    response = HttpResponse(paper(found), content_type="application/pdf")
    for header, value in {
        "Content-Disposition": disposition("feedback.pdf"),
        "Content-Security-Policy": ALONE,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }.items():
        response.headers[header] = value
    return response
