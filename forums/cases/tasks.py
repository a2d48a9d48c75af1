"""What a case asks for when its day comes."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from accounts.clock import now, today
from accounts.jobs import job
from forums.cases.models import Case, Transition
from forums.cases.stages import State


def ago(term: str):
    return today() - timedelta(days=settings.TERMS[term])


@job
def remind_authors() -> int:
    """A reminder on the day of looking back, and one more two weeks after that. Returns how many."""
    asleep = (State.DRAFT, State.WITHDRAWN)
    again = Q(reminders=1, reminded_on__lte=ago("follow_up_again"))
    due = Case.objects.exclude(state__in=asleep).filter(Q(reminders=0) | again, follow_up_on__lte=today())
    return sum(case.remind() for case in due)


@job
def close_cases() -> int:
    """An evaluated case that nobody touched for 90 days is completed."""
    due = Case.objects.filter(state=State.EVALUATED, state_on__lte=ago("case_closes"))
    for case in due:
        case.close(Transition.By.NOBODY)
    return len(due)


@job
def erase_withdrawn() -> int:
    """What others replied to a withdrawn case goes after a week of notice, and the case with it."""
    due = Case.objects.filter(state=State.WITHDRAWN, state_on__lte=ago("replies_after_withdrawal"))
    found = list(due.select_related("topic__board"))
    for case in found:
        case.topic.erase()
    return len(found)


@job
def erase_struck() -> int:
    """A moderator took the opening text of a case away: the rest of its words go too."""
    found = list(Case.objects.struck())
    for case in found:
        case.erase_words()
    return len(found)


@job
def erase_old_cases() -> int:
    """Drafts that nobody touched for 60 days, and those of who left."""
    end = now() - timedelta(days=settings.TERMS["drafts"])
    return Case.objects.filter(Q(changed_at__lt=end) | Q(author=None), state=State.DRAFT).delete()[0]
