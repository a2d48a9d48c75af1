"""Going on to another stage, and to another round of the discussion."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Role
from accounts.policy import require
from forums.cases import policy
from forums.cases.faults import NotYet, Skipped
from forums.cases.forms import FORMS
from forums.cases.models import Case
from forums.cases.stages import ONWARD, State
from forums.cases.views.check import bring_in, check_page
from forums.cases.views.writing import HEADS, looks_over, pressed, without_dropped
from forums.models import Narrow
from forums.paging import whole

WRITTEN = {State.ACTION: "action", State.EVALUATED: "evaluation"}  # what one writes to get there


def read(request: HttpRequest, pk) -> Case:
    return Case.objects.with_topic().read_or_404(request.user, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def stage(request: HttpRequest, pk) -> HttpResponse:
    found = read(request, pk)
    asked = (request.POST if request.method == "POST" else request.GET).get("stage", "")
    if asked not in State.values:
        require(policy.can_own_case(request.user, found))
        return refusal(request, found, _("There is no such stage."), status=422)
    to = State(asked)
    require(policy.can_move_case(request.user, found, to))
    if request.method != "POST":
        return stage_page(request, found, to)
    try:
        return DO[to](request, found)
    except Skipped:
        return skipped(request, found, to)


def stage_page(request: HttpRequest, case: Case, to: State, form=None, status: int = 200, missing=()) -> HttpResponse:
    """What one writes to get there, or a question to be sure."""
    if to == State.SUBMITTED:
        return check_page(request, case) if case.is_draft else redirect(case)
    if to in WRITTEN:
        step = WRITTEN[to]
        head, lead = HEADS[step]
        form = form or FORMS[step](case=case)
        context = {"case": case, "form": form, "to": to, "head": head, "lead": lead, "missing": missing}
        context["faulty"] = next((form[name].auto_id for name in form.errors), "") if missing else ""
        return render(request, "cases/stage.html", context, status=status)
    return render(request, "cases/sure.html", {"case": case, "to": to}, status=status)


def write(request: HttpRequest, case: Case, to: State, verb: Callable) -> HttpResponse:
    """A stage that one reaches by writing something."""
    step = WRITTEN[to]
    how = {"pressed": pressed(request)} if step == "action" else {}
    form = FORMS[step](without_dropped(request.POST), case=case, **how)
    if not form.is_valid():
        return stage_page(request, case, to, form, 422)
    if set(request.POST) & {"more", "drop"}:
        return stage_page(request, case, to, form)
    if case.state == to and case.holds(*as_stored(form.words())):
        return redirect(case)  # pressed twice
    if looks_over(request, case, form):
        return stage_page(request, case, to, form)
    try:
        verb(form.words())
    except NotYet as not_yet:
        form = FORMS[step](request.POST, case=case, firm=True)  # so that it stands at the field as well
        return stage_page(request, case, to, form, 409, not_yet.missing)
    except Skipped:
        form.add_error(None, where(case, to))
        return stage_page(request, case, to, form, 409)
    messages.success(request, _("Saved."))
    return redirect(case)


def as_stored(words: dict) -> tuple[dict, dict]:
    return (
        {name: value for name, value in words.items() if name != "actions"},
        {"actions": words["actions"]} if "actions" in words else {},
    )


def choose(request: HttpRequest, case: Case) -> HttpResponse:
    return write(request, case, State.ACTION, case.choose)


def evaluate(request: HttpRequest, case: Case) -> HttpResponse:
    return write(request, case, State.EVALUATED, case.evaluate)


def discuss(request: HttpRequest, case: Case) -> HttpResponse:
    """Open the first round; or take it up again after an evaluation."""
    if case.state == State.DISCUSSION:
        return redirect(case)
    if case.state in (State.EVALUATED, State.CLOSED):
        case.reopen()
    else:
        case.open_discussion("author" if case.is_by(request.user) else "trainer")
    messages.success(request, _("The first round is open: questions."))
    return redirect(case)


def close(request: HttpRequest, case: Case) -> HttpResponse:
    if case.state != State.CLOSED:
        case.close()
        messages.success(request, _("Your case is completed. It stays to be read."))
    return redirect(case)


def withdraw(request: HttpRequest, case: Case) -> HttpResponse:
    stays = case.withdraw(request.user)
    if stays:
        messages.success(request, _("Your text is gone. The replies of others go after a week."))
        return redirect(case)
    messages.success(request, _("Your case is gone."))
    return redirect("cases:cases")


def draft_again(request: HttpRequest, case: Case) -> HttpResponse:
    raise Skipped


DO = {
    State.DRAFT: draft_again,
    State.SUBMITTED: bring_in,
    State.DISCUSSION: discuss,
    State.ACTION: choose,
    State.EVALUATED: evaluate,
    State.CLOSED: close,
    State.WITHDRAWN: withdraw,
}


def where(case: Case, to: State) -> str:
    """Why it cannot go there now, and where it can go."""
    onward = [str(State(one).label) for one in ONWARD[State(case.state)] if one != State.WITHDRAWN]
    words = _("This case is now: %(now)s. It cannot go on to: %(to)s.") % {
        "now": State(case.state).label,
        "to": to.label,
    }
    if onward:
        words += " " + _("What comes next: %(next)s.") % {"next": _(" or ").join(onward)}
    return words


def skipped(request: HttpRequest, case: Case, to: State) -> HttpResponse:
    case.refresh_from_db()
    return refusal(request, case, where(case, to))


def refusal(request: HttpRequest, case: Case, words: str, status: int = 409) -> HttpResponse:
    return render(request, "cases/refused.html", {"case": case, "words": words}, status=status)


@require_POST
def round_on(request: HttpRequest, pk) -> HttpResponse:
    """Skip what is left of a round; `round` is the one that the page showed."""
    found = read(request, pk)
    require(policy.can_own_case(request.user, found))
    number = whole(request.POST.get("round", ""))
    try:
        found = found.skip_round(number or 0)
    except Skipped:
        return refusal(request, found, _("There is no next round now."))
    return redirect(found)


@require_safe
def readers(request: HttpRequest, pk) -> HttpResponse:
    """Who can read a case that is for fewer people than its circle, by name."""
    found = read(request, pk)
    if found.is_draft or not found.topic.narrow:
        return redirect("forums:readers", found.board.slug)
    seats = found.topic.readers().select_related("person").order_by("-role", "person__name")
    context = {"case": found, "seats": seats, "readers_count": found.topic.readers_count()}
    context["trainers_only"] = found.topic.narrow == Narrow.TRAINERS
    context["trainer"] = Role.TRAINER
    return render(request, "cases/readers.html", context)
