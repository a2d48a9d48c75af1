"""What pages show of trainers' feedback: on the case, for who waits for it, and for the trainers who owe it."""

from datetime import date, timedelta

from django.db.models import F, Min, Prefetch, Q
from django.utils import timezone

from accounts.clock import now, today
from accounts.models import Cohort
from forums.cases import policy
from forums.cases.models import Case, Factor, Feedback, FeedbackVersion

BEFORE = timedelta(days=5)  # feedback is ready so long before the next session
MOST = 200  # rows of the worklist: some years of a trainer's cohorts


def on_case(user, case: Case, is_mine: bool) -> dict:
    """What the page of `case` shows to `user`; what its author has seen now counts as read."""
    if case.is_withdrawn:
        return {}
    found = list(
        Feedback.objects.visible_to(user)
        .filter(case=case)
        .select_related("trainer")
        .prefetch_related(
            Prefetch("factors", Factor.objects.visible_to(user)),
            Prefetch("versions", FeedbackVersion.objects.visible_to(user)),
        )
    )
    asked = next((one for one in found if one.is_open), None)
    given = [one for one in found if not one.is_open]
    for one in given:
        one.case = case
    new = {one.pk for one in given if is_mine and one.is_new}
    if new:
        Feedback.seen_by_author(case)
    return {
        "given": [(one, one.pk in new, policy.can_write_feedback(user, one)) for one in given],
        "asked": asked if asked and policy.can_train_case(user, case) else None,
        "waiting": Feedback.waiting(case) if is_mine else None,
        "askable": is_mine,
    }


def news_of(user) -> list[Case]:
    """The own cases on which new feedback stands, each with `giver`, the trainer's name."""
    if not user.circles:
        return []
    mine = Case.objects.visible_to(user).own(user).filter(feedback__state=Feedback.State.GIVEN)
    return list(mine.annotate(giver=F("feedback__trainer__name")).select_related("topic").order_by("pk"))


def worklist_of(user) -> list[Feedback]:
    """What the cohorts of a trainer wait for, the longest first, each with `due` and `session` (days, or None)."""
    if not user.trained_cohorts:
        return []
    found = list(Feedback.objects.visible_to(user).open().with_all()[:MOST])
    sessions = next_sessions(user, {one.case.board.cohort_id for one in found}) if found else {}
    for one in found:
        one.session = sessions.get(one.case.board.cohort_id)
        one.due = one.session and one.session - BEFORE
        one.is_late = bool(one.due) and one.due < today()
        one.days = (today() - one.asked_on).days
        one.is_mine = one.trainer_id == user.pk
    return found


def next_sessions(user, cohorts) -> dict:
    """Cohort -> the day of its next session (None when there is none)."""
    coming = Q(sessions__starts_at__gt=now(), sessions__cancelled_at=None)
    rows = (
        Cohort.objects.visible_to(user).filter(pk__in=cohorts).annotate(next=Min("sessions__starts_at", filter=coming))
    )
    return {pk: day_of(moment) for pk, moment in rows.order_by().values_list("pk", "next")}


def day_of(moment) -> date | None:
    return moment and timezone.localdate(moment)
