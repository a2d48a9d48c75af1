"""What the mails about cases say: nothing of a case, only that there is something."""

from datetime import date

from django.conf import settings
from django.urls import reverse

from accounts.clock import today
from accounts.mail import mail
from accounts.models import Outgoing
from forums.cases.models import Case
from forums.cases.stages import State


def link() -> str:
    """The same for everyone and every case: the address of one would tell."""
    return settings.SITE_URL + reverse("cases:cases")


@mail("look_back")
def look_back(row: Outgoing) -> dict | None:
    """Not when the case is gone, or its day was moved meanwhile. Which case it is, the row does not know."""
    mine = Case.objects.visible_to(row.person).own(row.person).exclude(state__in=[State.DRAFT, State.WITHDRAWN])
    if not mine.filter(follow_up_on__lte=today(), reminders__gt=0).exists():
        return None
    return {"link": link()}


@mail("replies_go")
def replies_go(row: Outgoing) -> dict | None:
    """Not when the replies are gone already."""
    gone = Case.objects.visible_to(row.person).filter(state=State.WITHDRAWN)
    if not gone.filter(topic__posts__author=row.person, topic__posts__removed_at=None).exists():
        return None
    return {"link": link(), "on": date.fromisoformat(row.data["on"])}
