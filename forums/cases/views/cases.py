"""One's own cases and those of the circle, and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.bodies import takes_files
from accounts.policy import require_role
from forums.cases import given, looks, policy
from forums.cases.models import Case
from forums.cases.stages import STATES_OF, Stage, State
from forums.forms import ReplyForm
from forums.models import Narrow, ReadUntil, Topic
from forums.paging import Span
from forums.policy import can_reply_topic
from forums.views import topics

MOST = 200  # cases in the overview: some years of a trainer's circles


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Own cases first, then those of the circles by stage, or those that all members read.

    A single case with nothing around it opens at once.
    """
    user = request.user
    require_role(user.is_participant or user.is_trainer)
    mine = list(
        Case.objects.visible_to(user).own(user).with_topic().with_read(user).order_by("-created_at", "-pk")[:MOST]
    )
    wide = request.GET.get("where") == "everyone" or not user.circles
    others = Case.objects.visible_to(user).brought_in().with_topic().with_read(user)
    others = others.filter(board__cohort__isnull=wide).exclude(pk__in=[one.pk for one in mine])
    others = [one for one in others.order_by("-created_at", "-pk")[:MOST] if not one.is_gone]
    if len(mine) == 1 and not others and not request.GET:
        return redirect(mine[0])
    stages = [(stage, [one for one in others if one.state in STATES_OF[stage]]) for stage in Stage]
    context = {"mine": mine, "stages": stages, "others": others, "can_bring": policy.can_bring_case(user)}
    context |= {"is_wide": wide, "has_both": bool(user.circles)}
    return render(request, "cases/cases.html", context)


@require_safe
def case(request: HttpRequest, pk) -> HttpResponse:
    found = Case.objects.with_topic().with_read(request.user).read_or_404(request.user, pk=pk)
    if found.is_draft:
        return redirect("cases:edit", found.pk, first_gap(found))
    topic, span = found.topic, Span.asked(request.GET, found.topic.last_number, found.read)
    topic.read = found.read
    response = render(request, "cases/case.html", page(request, found, span))
    if (seen := min(span.until, topic.last_number)) > found.read:
        ReadUntil.reach(request.user, topic, seen)
    return response


def first_gap(draft: Case) -> str:
    """The page of a draft on which to go on."""
    gaps = {"context": draft.title and draft.context, "situation": draft.situation}
    gaps |= {"factors": draft.risks and draft.protections, "question": draft.question}
    return next((step for step, done in gaps.items() if not done), "check")


@takes_files
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, pk) -> HttpResponse:
    """As on any conversation; what is refused comes back on the page of the case."""
    return topics.reply(request, pk, page=refused)


def refused(request: HttpRequest, topic: Topic, span: Span, form: ReplyForm, status: int) -> HttpResponse:
    found = Case.objects.with_topic().with_read(request.user).read_or_404(request.user, pk=topic.pk)
    found.topic.read = found.read
    return render(request, "cases/case.html", page(request, found, span, form), status=status)


def page(request: HttpRequest, found: Case, span: Span, form: ReplyForm | None = None) -> dict:
    user, standing = request.user, found.standing
    is_mine, transitions = found.is_by(user), list(found.transitions.all())
    kind = {"kind": standing.usual} if standing and not is_mine else {}
    shown = topics.thread(request, found.topic, span, form, **kind)
    step, feedback = looks.next_step(found, user, is_mine, box_of(user, shown)), given.on_case(user, found, is_mine)
    if feedback.get("asked") and found.state != State.SUBMITTED:
        step = looks.feedback_step(feedback.pop("asked"))
    return shown | {
        "case": found,
        "before": "cases/_above.html",
        "is_mine": is_mine,
        "changeable": policy.can_change_case(user, found),
        "marks": looks.marks(found, transitions),
        "rounds": looks.rounds(found),
        "step": step,
        "transitions": transitions,
        "kept_until": looks.kept_until(found),
        "risks": found.risks,
        "protections": found.protections,
        "actions": list(found.actions.all()) if found.stage else [],
        "is_few": found.topic.narrow == Narrow.FEW,
        "feedback": feedback,
    }


def box_of(user, shown: dict) -> str:
    """Where one writes: on this page, on the last one, or nowhere."""
    topic = shown["topic"]
    if not can_reply_topic(user, topic):
        return ""
    return "#write" if shown["form"] else f"{shown['here']}?from={topic.last_number}#write"
