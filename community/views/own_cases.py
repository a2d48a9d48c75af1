"""Today, as far as cases go: the own one with its next step, looking back, and replies that go away."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q

from accounts.clock import today
from community.navigation import takes_course
from forums.cases import looks, policy
from forums.cases.models import Case
from forums.cases.stages import OPEN, State
from forums.models import Post
from forums.models.alias import own_topics

LONG_AGO = timedelta(days=60)  # after which one is asked how it is now
RUNNING = (State.DRAFT, *OPEN)
LONG = ("context", "situation", "actions_tried", "question", "stems")  # texts that are not shown here
MOST = 300


def own_cases(user) -> dict:
    """The case that matters most now, one's own evaluation of long ago, and replies on a case that was withdrawn."""
    if not (user.is_participant or user.is_trainer):
        return {}
    found = list(nearby(user))
    hidden = own_topics(user, [(one.topic.alias_id, one.topic_id, one.mark) for one in found if one.mark])
    mine = [one for one in found if one.author_id == user.pk or one.topic_id in hidden]
    case = next(
        (one for one in sorted(mine, key=lambda one: one.is_draft) if one.state in RUNNING and not one.is_struck), None
    )
    words = {
        "going": [one for one in found if one.replied and one not in mine][:3],
        "has_case": bool(mine),
        "can_bring": takes_course(user) and policy.can_bring_case(user) and not mine,
        "look_back": look_back(mine),
    }
    if case:
        marks = [] if case.is_draft else looks.marks(case, list(case.transitions.all()))
        words |= {"case": case, "marks": marks, "step": looks.own_step(case)}
    return words


def nearby(user):
    """In one statement: own cases, those under a pseudonym, and withdrawn ones on which this person replied.

    Each with `mark`, to see whose it is, and `replied`.
    """
    posts = Post.objects.visible_to(user).filter(topic=OuterRef("topic"), author=user, removed_at=None)
    rows = Case.objects.visible_to(user).with_topic().with_read(user)
    rows = rows.annotate(
        mark=F("topic__alias__seal__mark"), replied=Exists(posts.filter(topic__case__state=State.WITHDRAWN))
    )
    rows = rows.filter(Q(author=user) | Q(mark__isnull=False) | Q(replied=True)).defer(*LONG)
    return rows.order_by("-created_at", "-pk")[:MOST]


def look_back(mine: list[Case]) -> Case | None:
    """What one evaluated longest ago; the next time another one, when this one was taken up again."""
    past = [one for one in mine if one.evaluation and not one.is_struck and one.state_on <= today() - LONG_AGO]
    return min(past, key=lambda one: one.state_on, default=None)
