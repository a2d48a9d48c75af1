"""What is coming and what was: sessions of one's own cohorts, return days, and one of them as a page or a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.clock import now
from events.calendar import file_of
from events.models import Event, settle_offers
from events.views.day import day_page

PAST = 50  # days that are over, on one page


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    return return_days(request) if request.GET.get("kind") == "return-day" else sessions(request)


def sessions(request: HttpRequest) -> HttpResponse:
    """Those of the cohorts that one takes part in or trains; organising a cohort is another page."""
    cohorts = [cohort.pk for cohort in request.user.circles]
    found = Event.objects.select_related("cohort").visible_to(request.user).sessions().filter(cohort__in=cohorts)
    context = {"upcoming": found.upcoming(), "past": found.past()[:PAST], "many": len(set(cohorts)) > 1}
    return render(request, "events/sessions.html", context)


def return_days(request: HttpRequest) -> HttpResponse:
    days = Event.objects.visible_to(request.user).return_days().filter(announced_at__isnull=False)
    upcoming, past = list(days.upcoming().with_places()), list(days.past()[:PAST])
    answers = answers_of(request.user, [*upcoming, *past])
    for day in (*upcoming, *past):
        day.answer = answers.get(day.pk)
        day.answer_state = day.answer.data_state if day.answer else "none"
    return render(request, "events/return_days.html", {"upcoming": upcoming, "past": past})


def answers_of(person, days: list[Event]) -> dict:
    """Event -> what `person` answered; an offer that ran out is settled first."""
    rows = list(person.rsvps.filter(event__in=days).select_related("event", "workshop").prefetch_related("offers"))
    late = [row for row in rows if row.offer and row.offer.until <= now() and not row.event.cancelled_at]
    if sum(settle_offers(row.event) for row in late):
        return answers_of(person, days)
    return {row.event_id: row for row in rows}


@require_safe
def event(request: HttpRequest, pk) -> HttpResponse:
    found = Event.objects.select_related("cohort").read_or_404(request.user, pk=pk)
    if found.is_return_day:
        return day_page(request, found)
    return render(request, "events/session.html", {"event": found})


@require_safe
def calendar_file(request: HttpRequest, pk) -> HttpResponse:
    found = Event.objects.read_or_404(request.user, pk=pk)
    return HttpResponse(
        file_of(found),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="event.ics"',
            "Cache-Control": "private, no-store",
        },
    )
