"""Who answered what to a return day, for its organiser."""

from urllib.parse import urlencode

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.models import Event, Rsvp, settle_offers
from events.views.day import places
from events.views.manage import read_day
from forums.paging import whole

ROWS = 500  # on a page
MANY = 100  # from here on there is a box to look someone up
STATES = ("yes", "offered", "waiting", "maybe", "no", "none")


@require_safe
def answers(request: HttpRequest, pk) -> HttpResponse:
    event = read_day(request, pk)
    settle_offers(event)
    name, show = request.GET.get("q", "").replace("\x00", "").strip()[:60], request.GET.get("show", "")
    show = show if show in STATES else ""
    page = max(1, whole(request.GET.get("page")) or 1)
    rows = rows_of(event, name, show, (page - 1) * ROWS)
    counts = counts_of(event)
    words = {key: value for key, value in (("q", name), ("show", show)) if value}
    context = {
        "event": event,
        "rows": rows[:ROWS],
        "newer": f"?{urlencode(words | {'page': page - 1})}" if page > 1 else "",
        "older": f"?{urlencode(words | {'page': page + 1})}" if len(rows) > ROWS else "",
        "name": name,
        "show": show,
        "counts": counts,
        "all": sum(counts.values()),
        "many": sum(counts.values()) > MANY,
    }
    return render(request, "events/answers.html", context | places(event))


def counts_of(event: Event) -> dict[str, int]:
    """How many people gave which answer; an offer that ran out is no answer."""
    found = dict(event.rsvps.order_by().values_list("state").annotate(n=Count("pk")))
    silent = event.silent().count() + found.get("lapsed", 0)
    return {state: found.get(state, 0) for state in STATES[:-1]} | {"none": silent}


def rows_of(event: Event, name: str, show: str, start: int) -> list[Rsvp]:
    """From `start` on, one more than a page: who answered in their order, then who is invited and did not."""
    answered = event.rsvps.in_order().filter(person__name__icontains=name)
    if show:
        answered = answered.filter(state="lapsed" if show == "none" else show)
    rows = list(answered.for_organiser()[start : start + ROWS + 1])
    if show in ("", "none") and len(rows) <= ROWS:
        skip = max(0, start - answered.count()) if start else 0
        silent = event.silent().filter(name__icontains=name).with_standing().order_by("name", "pk")
        left = silent[skip : skip + ROWS + 1 - len(rows)]
        rows += [Rsvp(event=event, person=person, state="") for person in left]
    return rows
