"""Today: what someone may do now, by role and phase of the course. One view, pieces of a page."""

from collections import Counter
from datetime import date

from django.db.models import OuterRef, Q, Subquery, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Cohort, Membership, Opening
from community.navigation import reads_forums
from community.phases import with_phases
from community.views.attention import overview_of
from community.views.own_cases import own_cases
from events.chat.models import ChatRoom, Keep, Summary
from events.chat.policy import can_sum_up_chatroom
from events.models import Event, Rsvp
from forums import policy
from forums.cases.given import home_of
from forums.listing import topic_rows
from forums.models import Board, Bookmark, Topic
from forums.moderation.models import Report

NEWS = 5
FACES = 5
LOOKED_THROUGH = 60  # events to come: more than all sessions of whoever trains many cohorts at once


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    user = request.user
    context = news(user) | coming(user) | circle(user) | own_cases(user)
    context["reads_forums"] = reads_forums(user)
    if context.get("has_case") or user.is_trainer:
        context |= home_of(user)
    context["kept_asked"] = kept_asked(user)
    context["due"] = Bookmark.objects.visible_to(user).due().as_lines()[:NEWS]
    if user.is_trainer:
        context["trained"] = trained(user)
        context["to_sum_up"] = to_sum_up(user, context["trained"])
    if user.is_organiser:
        context |= overview_of(user)
    if user.is_privacy_officer:
        waiting = Opening.objects.visible_to(user).waiting().exclude(asked_by=user)
        context["openings_waiting"] = waiting.count()
    if user.is_moderator:
        context["reports_count"] = Report.objects.visible_to(user).open().count()
    return render(request, "community/home.html", context)


def news(user) -> dict:
    """What was written since the last visit; for who has experience, also questions without an answer."""
    topics = Topic.objects.visible_to(user)
    found = {"news": topic_rows(topics.exclude(title="").unread_by(user).followed_first(user).as_rows()[:NEWS], user)}
    if user.is_alumnus:
        boards = [board for board in Board.objects.visible_to(user) if policy.can_write_board(user, board)]
        waiting = topics.filter(board__in=boards, closed_at=None).exclude(author=user).heard_by(user).unanswered()
        found["waiting"] = topic_rows(waiting.with_read(user).order_by("-last_activity_at", "-pk").as_rows()[:3], user)
    return found


def coming(user) -> dict:
    """What comes first of each: a session of a cohort that this person has not completed, and a return day.

    The day with one's own answer.
    """
    cohorts = [cohort.pk for cohort in user.circles if cohort not in user.alumnus_cohorts]
    fits = Q(kind=Event.Kind.SESSION, cohort__in=cohorts)
    if user.meets_members:
        fits |= Q(kind=Event.Kind.RETURN_DAY, announced_at__isnull=False, cancelled_at=None)
    elif not cohorts:
        return {}
    mine = Rsvp.objects.visible_to(user).filter(event=OuterRef("pk"), person=user)
    found = Event.objects.visible_to(user).filter(fits).upcoming().select_related("cohort")
    found = list(found.annotate(said=Subquery(mine.values("state")[:1]))[:LOOKED_THROUGH])
    session = next((event for event in found if not event.is_return_day), None)
    day = next((event for event in found if event.is_return_day), None)
    said = {"answer_state": Rsvp(state=day.said or "").data_state} if day else {}
    return {"next": session, "day": day} | said


def kept_asked(user) -> list[dict]:
    """Sessions of which something that this person said in the chat may be kept, if they say yes: key and how much."""
    found = Counter(keep.summary.room.event_id for keep in Keep.asking_of(user))
    return [{"event": event, "n": n} for event, n in found.items()]


def circle(user) -> dict:
    """The circle that matters most now: of the course that runs, else the last one."""
    if not user.circles:
        return {}
    cohort = next((one for one in user.circles if one not in user.alumnus_cohorts), user.circles[0])
    seats = Membership.objects.visible_to(user).current().filter(cohort=cohort).select_related("person").order_by("pk")
    people = list(seats)
    participants = [seat.person for seat in people if seat.role == "participant"]
    return {
        "circle": cohort,
        "faces": participants[:FACES],
        "others": max(0, len(participants) - FACES),
        "participants_count": len(participants),
        "trainers_count": len(people) - len(participants),
        "certificate_on": next(
            (m.certificate_on for m in user.standing if m.cohort_id == cohort.pk and m.is_alumnus), None
        ),
    }


def to_sum_up(user, cohorts: list[Cohort]) -> list[ChatRoom]:
    """Chats of which this trainer can choose now what is kept, and nobody did yet."""
    missing = Summary.missing(user, [session for cohort in cohorts for session in cohort.sessions.all()])
    return [room for room in missing if can_sum_up_chatroom(user, room)]


def trained(user) -> list[Cohort]:
    """The cohorts that this person trains, the newest first, with their phase and how many reports are open there."""
    cohorts = sorted(user.trained_cohorts, key=lambda cohort: (cohort.ends_on or date.max, cohort.name), reverse=True)
    prefetch_related_objects(cohorts, "sessions")
    counts = Report.open_counts([cohort.pk for cohort in cohorts])
    found = with_phases(cohorts)
    for cohort in found:
        cohort.reports_count = counts.get(cohort.pk, 0)
    return found
