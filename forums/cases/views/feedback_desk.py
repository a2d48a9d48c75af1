"""Where trainers write feedback: the case beside it, a draft that is kept, and notes among each other."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.answers import nack, wants_json
from accounts.clock import now
from accounts.policy import require
from accounts.throttle import wait_for
from forums.cases import policy
from forums.cases.faults import Taken
from forums.cases.feedback_forms import FeedbackForm, NoteForm
from forums.cases.given import BEFORE, beside, next_sessions
from forums.cases.models import Factor, Feedback, FeedbackNote
from forums.faults import Conflict
from forums.views.answers import asks_to_wait, too_fast


def read_feedback(request: HttpRequest, pk, feedback) -> Feedback:
    return Feedback.objects.with_all().read_or_404(request.user, pk=feedback, case=pk)


def form_of(request: HttpRequest, found: Feedback, data=None, *, complete: bool = False) -> FeedbackForm:
    factors = Factor.objects.visible_to(request.user).filter(case=found.case_id)
    if data is None:
        return FeedbackForm.of(found, factors)
    return FeedbackForm(data, factors=factors, complete=complete)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk, feedback) -> HttpResponse:
    """Keep it as a draft, give it, or correct what was given."""
    found = read_feedback(request, pk, feedback)
    if request.method == "POST" and not found.is_open and policy.can_train_case(request.user, found.case):
        return afterwards(request, found)
    require(policy.can_write_feedback(request.user, found))
    if request.method != "POST":
        return desk(request, found, form_of(request, found))
    gives = request.POST.get("do") == "give"
    form = form_of(request, found, request.POST, complete=gives)
    if not form.is_valid():
        return refused(request, found, form) if found.belongs_to(request.user) else taken(request, found, form)
    try:
        verb = found.give if gives else found.keep
        found = verb(request.user, form.words, form.revision_known)
    except Taken:
        return taken(request, found, form)
    except Conflict:
        return stale(request, found, form)
    if wants_json(request):
        return JsonResponse({"revision": found.revision, "words": saved_words()})
    if request.POST.get("do") == "look":
        return desk(request, found, form_of(request, found), looks=True)
    if gives:
        messages.success(request, _("Your feedback is given."))
        return redirect("cases:feedback_list")
    messages.success(request, _("The draft is saved. Nobody but the trainers reads it."))
    return redirect(found)


def afterwards(request: HttpRequest, found: Feedback) -> HttpResponse:
    """Something is sent for what was given already: a correction, or a page that was open meanwhile."""
    form = form_of(request, found, request.POST, complete=True)
    if not form.is_valid():
        return refused(request, found, form)
    if found.trainer_id != request.user.pk:
        return stale(request, found, form)
    if wants_json(request):
        return nack("stale", _("This feedback was given already."), 409)
    try:
        found.correct(form.words, form.revision_known)
    except Conflict:
        return stale(request, found, form)
    messages.success(request, _("Your feedback stands as you wrote it."))
    return redirect(f"{found.case.get_absolute_url()}#feedback")


@require_POST
def take(request: HttpRequest, pk, feedback) -> HttpResponse:
    """Write on instead of a colleague, with what stands there or with the text that was sent along."""
    found = read_feedback(request, pk, feedback)
    require(policy.can_take_feedback(request.user, found))
    words = None
    if "revision" in request.POST:
        form = form_of(request, found, request.POST)
        if not form.is_valid():
            return refused(request, found, form)
        words = form.words
    try:
        found.take(request.user, words)
    except Conflict:
        return redirect(found.case)
    messages.success(request, _("You write this feedback now."))
    return redirect(found)


@require_POST
def note(request: HttpRequest, pk, feedback) -> HttpResponse:
    found = read_feedback(request, pk, feedback)
    require(policy.can_note_feedback(request.user, found))
    form = NoteForm(request.POST)
    if not form.is_valid():
        return desk(request, found, form_of(request, found), 422, note=form)
    if wait := wait_for(request.user.pk, "edit"):
        form.add_error("body", too_fast(wait))
        return asks_to_wait(desk(request, found, form_of(request, found), 429, note=form), wait)
    try:
        form.save(found, request.user)
    except Conflict:
        found = read_feedback(request, pk, feedback)
        form.add_error("body", _("This feedback was given meanwhile. Your note was not kept."))
        return desk(request, found, form_of(request, found), 409, note=form)
    return redirect(f"{found.get_absolute_url()}#notes")


def saved_words() -> str:
    return _("Draft saved at %(time)s") % {"time": date_format(timezone.localtime(now()), "G.i")}


def refused(request: HttpRequest, found: Feedback, form: FeedbackForm) -> HttpResponse:
    if wants_json(request):
        return nack("bad_body", next(iter(form.errors.values()))[0], 422)
    return desk(request, found, form, 422)


def taken(request: HttpRequest, found: Feedback, form: FeedbackForm) -> HttpResponse:
    found = read_feedback(request, found.case_id, found.pk)
    words = _("%(name)s is writing this feedback. Your text still stands here.") % {"name": found.signature.name}
    return clash(request, found, form, "taken", words)


def stale(request: HttpRequest, found: Feedback, form: FeedbackForm) -> HttpResponse:
    """Both texts: what stands now, and what was typed. Sent again, it takes the place of what stands."""
    found = read_feedback(request, found.case_id, found.pk)
    words = _("This feedback was changed meanwhile, in another window. Both texts are below.")
    if not found.is_open and found.trainer_id != request.user.pk:
        words = _("This feedback was given meanwhile by a colleague. Both texts are below.")
    return clash(request, found, form, "stale", words)


def clash(request: HttpRequest, found: Feedback, form: FeedbackForm, code: str, words: str) -> HttpResponse:
    if wants_json(request):
        return nack(code, words, 409)
    form.data = form.data.copy()
    form.data["revision"] = found.revision
    form.add_error(None, words)
    return desk(request, found, form, 409, stands=found.parts)


def desk(request: HttpRequest, found: Feedback, form: FeedbackForm, status: int = 200, **more) -> HttpResponse:
    """The page. `stands` are the words of another version, `note` a note that was not taken, `looks` whether it is shown as given."""
    case, user = found.case, request.user
    session = next_sessions(user, [case.board.cohort_id]).get(case.board.cohort_id)
    notes = FeedbackNote.objects.visible_to(user).filter(feedback=found).select_related("trainer")
    is_writer = found.belongs_to(user)
    context = {
        "feedback": found,
        "case": case,
        "opening": case.topic.posts.visible_to(user).filter(number=1).first(),
        "risks": case.risks,
        "protections": case.protections,
        "form": form,
        "note": more.pop("note", None) or NoteForm(),
        "notes": list(notes) if found.is_open else [],
        "is_writer": is_writer,
        "writes": is_writer or form.is_bound,
        "due": session and session - BEFORE,
    } | beside(user, found)
    return render(request, "cases/feedback_desk.html", context | more, status=status)
