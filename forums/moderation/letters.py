"""Mails about a decision: that there is one, and where to read it. Nothing of what was written."""

from django.conf import settings
from django.urls import reverse

from accounts.mail import mail
from accounts.models import Outgoing


@mail("report_decided")
def report_decided(row: Outgoing) -> dict | None:
    """To who reported. Not when their name is gone from the report."""
    return links() if row.about and row.about.person_id == row.person_id else None


@mail("text_decided")
def text_decided(row: Outgoing) -> dict | None:
    """To who wrote it under the own name. Under a pseudonym the decision stands on the site only."""
    return links() if row.about else None


def links() -> dict:
    return {"link": settings.SITE_URL + reverse("moderation:mine")}
