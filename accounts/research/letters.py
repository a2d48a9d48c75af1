"""Mails about the register: that something was kept, and where to see it. They tell no choices."""

from django.conf import settings
from django.urls import reverse

from accounts.mail import mail
from accounts.models import Outgoing
from accounts.research.models import ResearchEntry


@mail("consent_confirmed")
def consent_confirmed(row: Outgoing) -> dict | None:
    """Not for who stopped since."""
    entry = ResearchEntry.objects.in_force().filter(person=row.person).first()
    return entry and links(row)


@mail("withdrawal_confirmed")
def withdrawal_confirmed(row: Outgoing) -> dict | None:
    """Not for who joined again since. Also for who is suspended: they may stop as well."""
    entry = ResearchEntry.objects.filter(person=row.person, state=ResearchEntry.State.WITHDRAWN).first()
    return entry and links(row)


def links(row: Outgoing) -> dict:
    pages = {name: settings.SITE_URL + reverse(f"research:{name}") for name in ("receipt", "withdraw")}
    return {"moment": row.created_at} | pages
