"""Step 5: looking it over, and bringing it in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.policy import require
from accounts.throttle import wait_for
from forums.cases import policy
from forums.cases.faults import NotYet
from forums.cases.forms import TICKS, CheckForm
from forums.cases.looking import WholeCase, nearby
from forums.cases.models import Case
from forums.cases.stages import missing_for_submission
from forums.models import Board
from forums.views.answers import asks_to_wait, too_fast
from forums.views.topics import SMALL
from forums.writing.review import about_of


def bring_in(request: HttpRequest, case: Case) -> HttpResponse:
    """From now on others read it. What is missing is said, with all that was chosen still there."""
    require(policy.can_own_case(request.user, case))
    if not case.is_draft:
        return redirect(case)
    board = Board.objects.visible_to(request.user).filter(pk=case.board_id).first()
    require(board is not None)
    form = CheckForm(request.POST, case=case, user=request.user)
    if not form.is_valid():
        form.judge_ticks()
        return check_page(request, case, form, 422)
    whole = WholeCase(case, request.POST)
    named = not form.cleaned_data["pseudonymous"]
    if whole.is_valid() and whole.look_over(about_of(request.user), nearby(request.user, case, named=named)):
        case = whole.save() if request.POST.get("swap") else case
        return check_page(request, case, form, review=whole.review)
    if wait := wait_for(request.user.pk, "topic"):
        form.add_error(None, too_fast(wait))
        return asks_to_wait(check_page(request, case, form, 429), wait)
    try:
        case = case.submit(request.user, **form.how())
    except NotYet as not_yet:
        return check_page(request, case, form, 409, missing=not_yet.missing)
    messages.success(request, _("Your case is brought in. Open the discussion when you are ready."))
    return redirect(case)


def check_page(
    request: HttpRequest, case: Case, form: CheckForm | None = None, status: int = 200, *, missing=(), review=None
) -> HttpResponse:
    """`missing`: what keeps it from being brought in. `review`: what its author is asked to look at once more."""
    form = form or CheckForm(case=case, user=request.user)
    context = {
        "case": case,
        "form": form,
        "missing": missing,
        "review": review,
        "gaps": missing_for_submission(case, case.risks, case.protections, True),
        "picked": {name: form[name].value() or [] for name in ("ticks", "people")},
        "ticks": TICKS,
        "readers_count": case.board.readers_count(),
        "is_small": case.board.writers_count() < SMALL,
    }
    return render(request, "cases/check.html", context, status=status)
