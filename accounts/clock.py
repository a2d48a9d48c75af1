"""The product's clock. Nothing else asks for the time, so that a walk-through can look ahead."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The moment, aware, in UTC; ahead by CLOCK_AHEAD seconds in the demo."""
    return timezone.now() + timedelta(seconds=settings.CLOCK_AHEAD)


def today() -> date:
    """The date on the wall in Europe/Amsterdam."""
    return timezone.localdate(now())


def start_of_today() -> datetime:
    """The moment at which this day began in Europe/Amsterdam."""
    return timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
