"""What people need at a return day: in numbers, and by name where each look is written down."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import record_each
from events.models import Needs
from events.models.rsvp import FEW
from events.views.manage import read_day


@require_safe
def needs(request: HttpRequest, pk) -> HttpResponse:
    event = read_day(request, pk)
    found = Needs.objects.visible_to(request.user).of_who_comes(event)
    diets = found.diets()
    context = {
        "event": event,
        "diets": [(words, count) for words, count in diets if count >= FEW],
        "rare": [words for words, count in diets if count < FEW],
        "access": found.exclude(access="").count(),
        "few": FEW,
        "any": found.exists(),
    }
    return render(request, "events/needs.html", context)


@require_safe
@transaction.atomic
def needs_people(request: HttpRequest, pk) -> HttpResponse:
    """Each person's needs. That this organiser looked stands in the log, and on that person's own page."""
    event = read_day(request, pk)
    found = Needs.objects.select_related("rsvp__person").visible_to(request.user).of_who_comes(event)
    rows = list(found.order_by("rsvp__person__name", "pk"))
    record_each(request.user, "see_needs", [(row.rsvp, row.rsvp.person) for row in rows])
    return render(request, "events/needs_people.html", {"event": event, "rows": rows})
