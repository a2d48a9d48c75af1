"""What pages show of trainers' feedback: on the case, for who waits for it, and for the trainers who owe it."""

from datetime import date, timedelta

from django.db.models import F, Min, Q, prefetch_related_objects
from django.utils import timezone

from accounts.clock import now, today
from accounts.models import Cohort
from forums.cases import policy
from forums.cases.models import Case, Feedback
from forums.models.alias import own_topics

BEFORE = timedelta(days=5)  # feedback is ready so long before the next session
MOST = 200  # rows of the worklist: some years of a trainer's cohorts


def on_case(user, case: Case, is_mine: bool) -> dict:
    """What the page of `case` shows to `user`; what its author has seen now counts as read."""
    if case.is_gone:
        return {}
    found = list(Feedback.objects.on(case, user, is_mine=is_mine).select_related("trainer"))
    given = [one for one in found if not one.is_open]
    prefetch_related_objects(given, "factors")
    if is_mine or policy.can_train_case(user, case):
        prefetch_related_objects(given, "versions")
    asked = next((one for one in found if one.is_open), None)
    for one in given:
        one.case = case
    new = {one.pk for one in given if is_mine and one.is_new}
    if new:
        Feedback.seen_by_author(case)
    return {
        "given": [
            (
                one,
                one.pk in new,
                policy.can_write_feedback(user, one),
                one._prefetched_objects_cache.get("versions", ()),
            )
            for one in given
        ],
        "asked": asked if asked and policy.can_train_case(user, case) else None,
        "waiting": Feedback.waiting(case) if is_mine else None,
        "askable": is_mine,
    }


def home_of(user) -> dict:
    """For Today, in one statement: `feedback_news` (given on own cases and not seen yet) and `work` (see worklist_of).

    Whose case it is, is looked at here: the mark of each pseudonym comes along.
    """
    if not user.circles:
        return {}
    rule = Q(case__in=Case.objects.visible_to(user)) & Q(state__in=(*Feedback.OPEN, Feedback.State.GIVEN))
    rows = with_session(Feedback.objects.filter(rule)).annotate(mark=F("case__topic__alias__seal__mark"))
    rows = list(rows.defer("goal", "seen", "next_step").order_by("asked_on", "pk")[:MOST])
    marks = [(row.case.topic.alias_id, row.case.topic_id, row.mark) for row in rows if row.mark]
    hidden = own_topics(user, marks)
    own = [row for row in rows if row.case.author_id == user.pk or row.case.topic_id in hidden]
    trained = [cohort.pk for cohort in user.trained_cohorts]
    work = [row for row in rows if row.is_open and row not in own and row.case.board.cohort_id in trained]
    return {"feedback_news": [row for row in own if row.is_new], "work": [as_work(row, user) for row in work]}


def worklist_of(user) -> list[Feedback]:
    """What the cohorts of a trainer wait for, the longest first, each with `due` and `session` (days, or None)."""
    if not user.trained_cohorts:
        return []
    return [as_work(one, user) for one in with_session(Feedback.objects.visible_to(user).open())[:MOST]]


def beside(user, feedback: Feedback) -> dict:
    """`previous` and `next`: what stands before and after `feedback` in the worklist, or None."""
    if not feedback.is_open:
        return {}
    rows = list(Feedback.objects.visible_to(user).open().only("case_id")[:MOST])
    if feedback not in rows:
        return {}
    place = rows.index(feedback)
    return {"previous": rows[place - 1] if place else None, "next": next(iter(rows[place + 1 :]), None)}


def with_session(rows):
    """Each with `next`: when the next session of its cohort begins."""
    sessions = "case__board__cohort__sessions__"
    coming = Q(**{f"{sessions}starts_at__gt": now(), f"{sessions}cancelled_at": None})
    return rows.with_all().annotate(next=Min(f"{sessions}starts_at", filter=coming))


def as_work(one: Feedback, user) -> Feedback:
    one.session = day_of(one.next)
    one.due = one.session and one.session - BEFORE
    one.is_late = bool(one.due) and one.due < today()
    one.days = (today() - one.asked_on).days
    one.is_mine = one.trainer_id == user.pk
    return one


def next_sessions(user, cohorts) -> dict:
    """Cohort -> the day of its next session (None when there is none)."""
    coming = Q(sessions__starts_at__gt=now(), sessions__cancelled_at=None)
    rows = (
        Cohort.objects.visible_to(user).filter(pk__in=cohorts).annotate(next=Min("sessions__starts_at", filter=coming))
    )
    return {pk: day_of(moment) for pk, moment in rows.order_by().values_list("pk", "next")}


def day_of(moment) -> date | None:
    return moment and timezone.localdate(moment)
