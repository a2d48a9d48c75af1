"""What asks for an organiser's attention, and where everything stands. Names and numbers, no content of circles."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.clock import now
from accounts.models import Cohort, Invitation
from community.phases import with_phases
from events.models import Event, Needs, Offer, Rsvp

SOON = timedelta(days=2)  # an invitation that ends within this time


@dataclass(frozen=True)
class Task:
    """One line: what to do, where, and until when."""

    icon: str
    words: str
    about: str
    href: str
    moment: datetime | None = None


def overview_of(user) -> dict:
    """Everything that the overview shows; a fixed number of statements."""
    days = list(
        Event.objects.visible_to(user).return_days().filter(cancelled_at=None).upcoming().annotate(taken=taken())
    )
    cohorts = Cohort.objects.visible_to(user).exclude(state__in=[Cohort.State.ALUMNI, Cohort.State.ARCHIVED])
    cohorts = cohorts.with_counts().prefetch_related("sessions")
    tasks = [*drafts(days), *offers(user), *needs(user), *invitations(user)]
    return {"tasks": tasks, "days": days, "cohorts": with_phases(list(cohorts))}


def taken() -> Count:
    return Count("rsvps", filter=Q(rsvps__state__in=Rsvp.HOLDING), distinct=True)


def drafts(days: list[Event]) -> list[Task]:
    words = _("Announce this return day when it is ready")
    return [
        Task("megaphone", words, day.title, reverse("events:manage", args=[day.pk]), day.starts_at)
        for day in days
        if day.is_draft
    ]


def offers(user) -> list[Task]:
    open_ones = Offer.objects.visible_to(user).open().filter(until__gt=now()).select_related("rsvp__event")
    found: dict = {}
    for offer in open_ones.order_by("until"):
        found.setdefault(offer.rsvp.event, []).append(offer)
    return [
        Task(
            "clock",
            ngettext("%(n)s offered place waits for an answer", "%(n)s offered places wait for an answer", len(some))
            % {"n": len(some)},
            event.title,
            reverse("events:manage_answers", args=[event.pk]),
            some[0].until,
        )
        for event, some in found.items()
    ]


def needs(user) -> list[Task]:
    """How many ask for something to get in and take part; what it is stands on a page that logs each look."""
    asked = Needs.objects.visible_to(user).exclude(access="").filter(rsvp__state="yes", rsvp__event__ends_at__gt=now())
    rows = asked.values("rsvp__event", "rsvp__event__title_nl").annotate(n=Count("pk")).order_by()
    return [
        Task(
            "accessibility",
            _("Someone needs something to be able to come: see what to arrange"),
            row["rsvp__event__title_nl"],
            reverse("events:manage_needs", args=[row["rsvp__event"]]),
        )
        for row in rows
    ]


def invitations(user) -> list[Task]:
    late = Invitation.objects.visible_to(user).waiting().filter(expires_at__lt=now() + SOON)
    rows = late.values("cohort", "cohort__name").annotate(n=Count("pk")).order_by()
    return [
        Task(
            "mail",
            ngettext("%(n)s invitation ends soon", "%(n)s invitations end soon", row["n"]) % {"n": row["n"]},
            row["cohort__name"],
            reverse("community:cohort", args=[row["cohort"]]),
        )
        for row in rows
    ]
