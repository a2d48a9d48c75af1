"""Writing a case, page after page. Each page is stored when it is sent; until step 5 only its author sees it."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.answers import nack, wants_json
from accounts.clock import now
from accounts.policy import require, require_role
from accounts.throttle import wait_for
from forums.cases import policy
from forums.cases.forms import FORMS, ContextForm, PageForm
from forums.cases.looking import nearby
from forums.cases.models import Case
from forums.cases.views.check import bring_in
from forums.faults import Conflict
from forums.forms import is_uuid
from forums.models import Board
from forums.views.answers import asks_to_wait, must_wait, too_fast
from forums.writing.review import about_of

STEPS = ("context", "situation", "factors", "question", "check")
HEADS = {
    "context": (gettext_lazy("Where does it play?"), gettext_lazy("So much that others can think along.")),
    "situation": (gettext_lazy("What is going on?"), gettext_lazy("Tell it as you saw it. Protect who is not here.")),
    "factors": (
        gettext_lazy("What makes it unsafe, and what helps already?"),
        gettext_lazy("Look for at least one risk and one thing that protects."),
    ),
    "question": (gettext_lazy("What do you ask the group?"), gettext_lazy("One question works best.")),
    "action": (
        gettext_lazy("What are you going to do?"),
        gettext_lazy("One small action is enough. You can change it later."),
    ),
    "evaluation": (
        gettext_lazy("What came of it?"),
        gettext_lazy("That it did not work is worth as much as that it did."),
    ),
}


def circles(user) -> list[Board]:
    return list(Board.objects.select_related("cohort").visible_to(user).filter(cohort__isnull=False))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Step 1 of a case that is not there yet. Fields of later pages may be sent along, and it may be brought in at once."""
    require_role(request.user.is_participant)
    require(policy.can_bring_case(request.user))
    boards = circles(request.user)
    if request.method != "POST":
        return write_page(request, None, [ContextForm(boards=boards)], "context", submission_id=uuid.uuid4())
    key = request.POST.get("submission_id", "")
    key = uuid.UUID(key) if is_uuid(key) else uuid.uuid4()
    first = ContextForm(request.POST, boards=boards)
    rest = [FORMS[step](request.POST) for step in STEPS[1:4]]
    sent = [first, *(form for form in rest if form.is_sent(request.POST))]
    if any([not form.is_valid() for form in sent]):  # noqa: C419  (each is judged, so that each tells its faults)
        return refused(request, None, sent, "context", 422, submission_id=key)
    if wait := must_wait(request.user, "case", key):
        first.add_error("context", too_fast(wait))
        return asks_to_wait(refused(request, None, sent, "context", 429, submission_id=key), wait)
    case = Case.begin(request.user, first.chosen_board, key)
    try:
        for form in sent:
            case = case.keep(form.step, form.words(), form.cleaned_data["revision"] or case.revision_of(form.step))
    except Conflict:
        return redirect(case)
    if request.POST.get("stage") == "submitted":
        return bring_in(request, case)
    return kept(request, case, "context")


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk, step: str) -> HttpResponse:
    found = Case.objects.with_topic().read_or_404(request.user, pk=pk)
    if step == "check" and found.is_draft:
        return redirect(f"{found.get_absolute_url()}stage/?stage=submitted")
    if step not in FORMS:
        raise Http404
    require(policy.can_write_step(request.user, found, step))
    how = {"boards": circles(request.user)} if step == "context" and found.is_draft else {}
    how |= {"pressed": pressed(request)} if step in ("factors", "action") else {}
    firm = not (found.is_draft or wants_json(request) or set(request.POST) & {"more", "drop"})
    if request.method != "POST":
        return write_page(request, found, [FORMS[step](case=found, **how)], step)
    form = FORMS[step](without_dropped(request.POST), case=found, firm=firm, **how)
    if not form.is_valid():
        return refused(request, found, [form], step, 422)
    if not found.is_draft and (wait := wait_for(request.user.pk, "edit")):
        form.add_error(None, too_fast(wait))
        return asks_to_wait(refused(request, found, [form], step, 429), wait)
    if not found.is_draft and set(request.POST) & {"more", "drop"}:
        return write_page(request, found, [form], step)  # what others read changes with "Save" only
    if not found.is_draft and looks_over(request, found, form):
        return write_page(request, found, [form], step)
    try:
        found = found.keep(step, form.words(), form.cleaned_data["revision"])
    except Conflict:
        return conflict(request, found, form, how)
    return kept(request, found, step, how)


def looks_over(request: HttpRequest, case: Case, form: PageForm) -> bool:
    """Whether the author has something to answer before others read these words."""
    return form.look_over(about_of(request.user), nearby(request.user, case, named=case.author_id is not None))


def pressed(request: HttpRequest) -> str:
    """The kind of row of which one more was asked, or "-" and the kind of the row that was taken away."""
    lost = request.POST.get("drop", "").partition("-")[0]
    return f"-{lost}" if lost else request.POST.get("more", "")


def without_dropped(data):
    """What was sent, but for the row whose button "take away" was pressed."""
    dropped = data.get("drop", "")
    if not dropped:
        return data
    data = data.copy()
    for name in [name for name in data if name.startswith(f"{dropped}-")]:
        del data[name]
    return data


def kept(request: HttpRequest, case: Case, step: str, how: dict | None = None) -> HttpResponse:
    """Stored: on to the next page, or the same one with a row more or less."""
    if wants_json(request):
        said = _("Saved at %(time)s") % {"time": date_format(timezone.localtime(now()), "G.i")}
        address = reverse("cases:edit", args=[case.pk, step])
        return JsonResponse({"revision": case.revision_of(step), "words": said, "url": address})
    if set(request.POST) & {"more", "drop"}:
        return write_page(request, case, [FORMS[step](case=case, **(how or {}))], step)
    if not case.is_draft:
        messages.success(request, _("Saved."))
        return redirect(case)
    if "later" in request.POST:
        messages.success(request, _("Your draft is kept. Only you see it."))
        return redirect(reverse("cases:cases") + "?all=1")
    return redirect("cases:edit", case.pk, STEPS[STEPS.index(step) + 1])


def conflict(request: HttpRequest, case: Case, form: PageForm, how: dict) -> HttpResponse:
    """Both texts: what stands now, and what was typed. Sent again, it takes the place of what stands."""
    case = Case.objects.with_topic().read_or_404(request.user, pk=case.pk)
    require(policy.can_write_step(request.user, case, form.step))
    words = _("This text was changed meanwhile, in another window. Both versions are below.")
    if wants_json(request):
        return nack("conflict", words, 409)
    form.data = form.data.copy()
    form.data["revision"] = case.revision_of(form.step)
    form.add_error(None, words)
    stands = FORMS[form.step](case=case, **how)
    return write_page(request, case, [form], form.step, 409, stands=stands)


def refused(request: HttpRequest, case: Case | None, forms: list, step: str, status: int, **more) -> HttpResponse:
    if wants_json(request):
        faults = next(form.errors for form in forms if form.errors)
        return nack("bad_body", next(iter(faults.values()))[0], status)
    return write_page(request, case, forms, step, status, **more)


def write_page(request, case: Case | None, forms: list, step: str, status: int = 200, **more) -> HttpResponse:
    head, lead = HEADS[step]
    draft = case is None or case.is_draft
    context = {"case": case, "forms": forms, "step": step, "head": head, "lead": lead, "is_draft": draft}
    context["faulty"] = next((form for form in forms if form.errors), None)
    context["steps"] = [(name, words, STEPS.index(name) < STEPS.index(step)) for name, words in NAMES] if draft else []
    context["parts"] = NAMES[:3] if not draft and step in policy.ALWAYS else []
    context["number"] = STEPS.index(step) + 1 if draft else 0
    context["back"] = STEPS[STEPS.index(step) - 1] if draft and step != "context" else ""
    return render(request, "cases/write.html", context | more, status=status)


NAMES = (
    ("context", gettext_lazy("Context")),
    ("situation", gettext_lazy("Situation")),
    ("factors", gettext_lazy("Factors")),
    ("question", gettext_lazy("Question")),
    ("check", gettext_lazy("Check")),
)
