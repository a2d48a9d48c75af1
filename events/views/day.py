"""A return day as a member sees it: what it is, one's own answer, and who else comes."""

import uuid

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.clock import now
from events.faults import Refused
from events.forms import OfferForm, RsvpForm
from events.models import Event, Rsvp, settle_offers

REFUSED = {
    "cancelled": gettext_lazy("This day does not go on. Your answer was not changed."),
    "draft": gettext_lazy("This day is not announced yet, so nobody can answer."),
    "closed": gettext_lazy("You can no longer answer: the last day for it is over. Your answer was not changed."),
    "workshop_full": gettext_lazy("This workshop just became full. Choose another one. Your answer was not changed."),
    "no_offer": gettext_lazy("We do not hold a place for you any more. You can ask for one again."),
}
ANSWERED = {
    "yes": gettext_lazy("You have a place. We mail you a confirmation."),
    "maybe": gettext_lazy("You said maybe. You have no place yet."),
    "no": gettext_lazy("You are not coming. Thank you for telling us."),
    "waiting": gettext_lazy("All places are taken. You are on the waiting list now."),
}
BESIDE = 2  # places in line shown before and after one's own
PRESSES = ["GET", "HEAD", "POST"]


def read_day(request: HttpRequest, pk) -> Event:
    return Event.objects.read_or_404(request.user, pk=pk, kind=Event.Kind.RETURN_DAY)


def day_page(
    request: HttpRequest, event: Event, form: RsvpForm | None = None, error: str = "", status: int = 200
) -> HttpResponse:
    """The page of a return day. A `form` that was not taken comes back as it was typed."""
    settle_offers(event)
    answers = request.user.rsvps.filter(event=event).select_related("workshop", "needs").prefetch_related("offers")
    mine = answers.first()
    workshops = list(event.workshops.with_taken())
    context = {
        "event": event,
        "mine": mine,
        "state": mine.data_state if mine else "none",
        "workshops": workshops,
        "form": form or RsvpForm(initial=said(mine), workshops=workshops),
        "typed": form is not None,
        "error": error,
        "may_step_back": bool(mine) and mine.state in Rsvp.IN_LINE and now() < event.starts_at,
    }
    context |= places(event) | line(mine)
    if mine and mine.state == Rsvp.State.YES:
        named = Rsvp.objects.select_related("person").visible_to(request.user)
        context["others"] = named.filter(event=event, listed=True).exclude(person=request.user).order_by("person__name")
    return render(request, "events/return_day.html", context, status=status)


def places(event: Event) -> dict:
    """How many come, and how many places are left (None where there is no limit)."""
    counts = dict(event.rsvps.order_by().values_list("state").annotate(n=Count("pk")))
    coming, waiting = counts.get("yes", 0), counts.get("waiting", 0)
    taken = coming + counts.get("offered", 0)
    left = None if event.capacity is None else max(0, event.capacity - taken)
    return {"coming": coming, "taken": taken, "waiting": waiting, "left": left, "full": left == 0 or waiting > 0}


def line(mine: Rsvp | None) -> dict:
    """One's own place in line, with those around it."""
    place = mine.place_in_line() if mine else 0
    if not place:
        return {"place": 0}
    behind = mine.event.rsvps.waiting().count() - place
    return {"place": place, "seats": range(max(1, place - BESIDE), place + min(BESIDE, behind) + 1)}


def said(mine: Rsvp | None) -> dict:
    """One's own earlier answer. Nothing is chosen beforehand for who has none, or is offered a place."""
    words = {"submission_id": uuid.uuid4()}
    if mine is None or mine.data_state == "none":
        return words
    asked = {"waiting": "yes", "offered": ""}.get(mine.state, mine.state)
    needs = getattr(mine, "needs", None)
    words |= {"answer": asked, "workshop": mine.workshop_id or "", "listed": mine.listed}
    return words | ({"diet": needs.diet, "access": needs.access} if needs else {})


@require_http_methods(PRESSES)
def rsvp(request: HttpRequest, pk) -> HttpResponse:
    event = read_day(request, pk)
    if request.method != "POST":
        return redirect(event)
    form = RsvpForm(request.POST, workshops=list(event.workshops.with_taken()))
    if not form.is_valid():
        return day_page(request, event, form, status=422)
    try:
        mine = form.save(event, request.user)
    except Refused as fault:
        form.add_error("workshop" if fault.code == "workshop_full" else None, REFUSED[fault.code])
        return day_page(request, event, form, status=409)
    if mine.state in ANSWERED:
        messages.success(request, ANSWERED[mine.state])
    return redirect(event)


@require_http_methods(PRESSES)
def offer(request: HttpRequest, pk) -> HttpResponse:
    event = read_day(request, pk)
    if request.method != "POST":
        return redirect(event)
    form = OfferForm(request.POST)
    if not form.is_valid():
        return day_page(request, event, error=_("Choose yes or no."), status=422)
    try:
        mine = form.save(event, request.user)
    except Refused as fault:
        return day_page(request, event, error=REFUSED[fault.code], status=409)
    messages.success(request, ANSWERED[mine.state])
    return redirect(event)


@require_http_methods(PRESSES)
def withdraw(request: HttpRequest, pk) -> HttpResponse:
    """Take back what one told or allowed, in one press and also after the last day to answer."""
    event = read_day(request, pk)
    mine = request.user.rsvps.filter(event=event).first()
    if request.method == "POST" and mine:
        mine.take_back(request.POST.get("what", ""))
    return redirect(event)
