"""Moments in words, as people say them, in Europe/Amsterdam."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from accounts.clock import now, today

register = template.Library()
FAR = 180  # days; beyond it the year is told


@register.filter
def in_words(moment: datetime | None) -> str:
    """The time when it is today, "yesterday", else the day; with its year when that is far away."""
    if moment is None:
        return ""
    local, current = timezone.localtime(moment), today()
    if local.date() == current:
        return clock(moment)
    return _other_day(local.date(), current, get_language())


@lru_cache(maxsize=2_000)
def _other_day(day: date, current: date, _language: str) -> str:
    if day == current - timedelta(days=1):
        return _("yesterday")
    return date_format(day, "j F" if abs((current - day).days) < FAR else "j F Y")


@register.filter
def day_in_words(moment: datetime | None) -> str:
    """The day and no time, for what is written under a pseudonym."""
    if moment is not None and timezone.localdate(moment) == today():
        return _("today")
    return in_words(moment)


@register.filter
def whole(moment: datetime | None) -> str:
    """Day and time in full."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return _("%(day)s at %(time)s") % {"day": date_format(local, "l j F Y"), "time": clock(moment)}


@register.filter
def clock(moment: datetime | None) -> str:
    """The time of day."""
    if moment is None:
        return ""
    # Translators: how a time of day is written, in Django's letters for dates.
    return date_format(timezone.localtime(moment), _("G:i"))


@register.filter
def days_away(moment: datetime) -> int:
    return (timezone.localtime(moment).date() - today()).days


@register.simple_tag
def greeting() -> str:
    hour = timezone.localtime(now()).hour
    return _("Good morning") if hour < 12 else _("Good afternoon") if hour < 18 else _("Good evening")


@register.filter
def day(moment: datetime) -> str:
    """The day with its weekday; the year only when that is far away."""
    local = timezone.localtime(moment)
    near = abs((today() - local.date()).days) < FAR
    words = date_format(local, "D j F" if near else "D j F Y")
    return words.lower() if get_language() == "nl" else words


@register.filter
def span(starts: datetime, ends: datetime) -> str:
    """Day and hours of something: "di 23 maart, 12.00–16.00 uur"."""
    return _("%(day)s, %(from)s to %(to)s") % {"day": day(starts), "from": bare_clock(starts), "to": clock(ends)}


@register.filter
def bare_clock(moment: datetime) -> str:
    # Translators: a time of day without a word for hour after it, in Django's letters for dates.
    return date_format(timezone.localtime(moment), pgettext("bare", "G:i"))


@register.filter
def is_past(moment: datetime) -> bool:
    return moment <= now()


@register.filter
def how_far(starts: datetime, ends: datetime) -> str:
    """In words how far away something is: now, today, tomorrow, or in so many days."""
    if starts <= now() < ends:
        return _("Going on now")
    away = days_away(starts)
    if away <= 0:
        return _("Today")
    if away == 1:
        return _("Tomorrow")
    return ngettext("In %(n)s day", "In %(n)s days", away) % {"n": away}


@register.simple_tag
def today_in_words() -> str:
    words = date_format(today(), "l j F")
    return words[:1].upper() + words[1:]
