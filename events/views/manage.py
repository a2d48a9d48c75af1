"""An organiser's return days: which there are, one of them, and writing it down."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Cohort
from accounts.policy import require, require_role
from events import policy
from events.forms import CapacityForm
from events.models import Event, Needs, settle_offers
from events.planning import EventForm, WorkshopFormSet
from events.views.day import PRESSES, places

PAST = 50


def read_day(request: HttpRequest, pk) -> Event:
    """A return day for its organiser; for everyone else this page does not exist."""
    require_role(request.user.is_organiser)
    return Event.objects.read_or_404(request.user, pk=pk, kind=Event.Kind.RETURN_DAY)


@require_safe
def manage_list(request: HttpRequest) -> HttpResponse:
    require_role(request.user.is_organiser)
    days = Event.objects.visible_to(request.user).return_days().with_places()
    return render(request, "events/manage_list.html", {"upcoming": days.upcoming(), "past": days.past()[:PAST]})


@require_http_methods(PRESSES)
def new(request: HttpRequest) -> HttpResponse:
    require_role(request.user.is_organiser)
    return write(request)


@require_http_methods(PRESSES)
def edit(request: HttpRequest, pk) -> HttpResponse:
    event = read_day(request, pk)
    require(policy.can_change_event(request.user, event))
    return write(request, event)


def write(request: HttpRequest, event: Event | None = None) -> HttpResponse:
    """The form of a new day, or of `event`."""
    data = request.POST if request.method == "POST" else None
    cohorts = Cohort.objects.visible_to(request.user).filter(state__in=("running", "alumni", "archived"))
    form = EventForm(data, cohorts=cohorts, event=event)
    workshops = WorkshopFormSet(data, workshops=list(event.workshops.with_choosers()) if event else [])
    valid = data is not None and all([form.is_valid(), workshops.is_valid()])
    if valid:
        saved, told = form.save(request.user, workshops.rows())
        say_saved(request, form, told)
        return redirect("events:manage", saved.pk)
    if data is not None and not workshops.is_valid():
        form.add_error(None, next(iter(workshops.non_form_errors()), _("Something is not right with the workshops.")))
    context = {"form": form, "workshops": workshops, "event": event}
    return render(request, "events/manage_edit.html", context, status=200 if data is None else 422)


def say_saved(request: HttpRequest, form: EventForm, told: bool) -> None:
    if form.comes_twice:
        messages.info(request, _("That hour comes twice that night. We took the first, in summer time."))
    if told:
        messages.success(request, _("Saved. Who comes, waits or said maybe hears by mail what changed."))
    else:
        messages.success(request, _("Saved."))


@require_safe
def manage(request: HttpRequest, pk) -> HttpResponse:
    return day_of_organiser(request, read_day(request, pk))


def day_of_organiser(
    request: HttpRequest, event: Event, form: CapacityForm | None = None, status: int = 200
) -> HttpResponse:
    settle_offers(event)
    counts = dict(event.rsvps.order_by().values_list("state").annotate(n=Count("pk")))
    needs = Needs.objects.visible_to(request.user).of_who_comes(event)
    context = {
        "event": event,
        "maybe": counts.get("maybe", 0),
        "no": counts.get("no", 0),
        "offered": counts.get("offered", 0),
        "answered": sum(counts.values()),
        "silent": event.silent().count() + counts.get("lapsed", 0),
        "workshops": event.workshops.with_taken(),
        "access": needs.exclude(access="").count(),
        "diets": needs.exclude(diet="").count(),
        "cohorts": event.cohorts.all(),
        "form": form or CapacityForm(initial={"capacity": event.capacity}),
    }
    return render(request, "events/manage.html", context | places(event), status=status)


@require_http_methods(PRESSES)
def announce(request: HttpRequest, pk) -> HttpResponse:
    event = read_day(request, pk)
    if request.method == "POST" and (event.announced_at or event.announce(request.user)):  # pressed twice, or done now
        messages.success(request, _("Announced. The invitations are on their way."))
        return redirect("events:manage", event.pk)
    require(policy.can_announce_event(request.user, event))
    invited, cohorts = event.invitees().count(), event.cohorts.all()
    context = {"event": event, "invited": invited, "cohorts": cohorts, "late": event.is_too_late}
    return render(request, "events/manage_announce.html", context, status=409 if request.method == "POST" else 200)


@require_http_methods(PRESSES)
def cancel(request: HttpRequest, pk) -> HttpResponse:
    event = read_day(request, pk)
    if request.method == "POST" and event.cancelled_at:
        return redirect("events:manage", event.pk)  # pressed twice
    require(policy.can_cancel_event(request.user, event))
    if request.method == "POST":
        event.cancel(request.user)
        messages.success(request, _("This day does not go on. Who needs to know hears so by mail."))
        return redirect("events:manage", event.pk)
    told = event.rsvps.exclude(state__in=("no", "lapsed")).count()
    return render(request, "events/manage_cancel.html", {"event": event, "told": told})


@require_http_methods(PRESSES)
def capacity(request: HttpRequest, pk) -> HttpResponse:
    event = read_day(request, pk)
    if request.method != "POST":
        return redirect("events:manage", event.pk)
    require(policy.can_change_event(request.user, event))
    form = CapacityForm(request.POST)
    if not form.is_valid():
        return day_of_organiser(request, event, form, 422)
    form.save(event, request.user)
    now_taken = places(event)["taken"]
    if event.capacity is not None and now_taken > event.capacity:
        words = ngettext(
            "There is %(places)s place now, and %(taken)s are taken. Nobody loses a place; nothing is offered.",
            "There are %(places)s places now, and %(taken)s are taken. Nobody loses a place; nothing is offered.",
            event.capacity,
        )
        messages.warning(request, words % {"places": event.capacity, "taken": now_taken})
    else:
        messages.success(request, _("The number of places is changed. What is free was offered to who waits."))
    return redirect("events:manage", event.pk)
