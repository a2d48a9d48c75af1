"""The whole demo community: loaded once, made anew on request."""

from django.db import transaction
from django.db.models import Q

from accounts.models import Cohort, User
from accounts.research.models import Study
from community.demo.cases import case_topics, load_cases
from community.demo.days import load_events, restart_live_session
from community.demo.feedback import load_feedback
from community.demo.people import load_cohorts, load_people
from community.demo.register import load_register
from community.demo.reports import load_reports, unload_reports
from community.demo.talk import load_chats, restart_live
from community.demo.threads import load_threads
from events.models import Event
from forums.models import Topic


@transaction.atomic
def load() -> bool:
    """Load everything. Where it stands already nothing changes, save that a live session that is over begins again.

    Returns whether it was loaded now.
    """
    if User.objects.filter(is_demo=True).exists():
        restart_live_session()
        restart_live()
        return False
    people = load_people()
    cohorts = load_cohorts(people)
    load_threads(people, cohorts)
    load_cases(people, cohorts)
    load_feedback(people)
    load_reports(people)
    load_events(people, cohorts)
    load_chats(people, cohorts)
    load_register(people)
    return True


@transaction.atomic
def unload() -> None:
    """Take the demo community away, with what its people wrote meanwhile."""
    unload_reports()
    Topic.objects.filter(Q(author__is_demo=True) | Q(pk__in=case_topics())).delete()
    Study.objects.filter(owner__is_demo=True).delete()
    Event.objects.filter(is_demo=True).delete()
    Cohort.objects.filter(is_demo=True).delete()
    User.objects.filter(is_demo=True).delete()
