"""Oversight by the privacy officers: opening a pseudonym, which two of them do together."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import policy
from accounts.models import Opening
from accounts.policy import require, require_role
from community.forms import AskOpeningForm, DecideOpeningForm

SHOWN = 50


@require_safe
def oversight(request: HttpRequest) -> HttpResponse:
    require_role(request.user.is_privacy_officer)
    openings = Opening.objects.visible_to(request.user).select_related("asked_by", "decided_by")
    context = {
        "waiting": openings.waiting(),
        "past": openings.exclude(pk__in=openings.waiting().values("pk"))[:SHOWN],
        "years": Opening.per_year(),
    }
    return render(request, "community/oversight.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    require_role(request.user.is_privacy_officer)
    return _ask(request)


@reauthentication_required
def _ask(request: HttpRequest) -> HttpResponse:
    form = AskOpeningForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_bound and form.is_valid():
        opening = form.save()
        messages.success(request, _("Your request is made. Another privacy officer decides about it."))
        return redirect(opening)
    return render(request, "community/opening_ask.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest, pk) -> HttpResponse:
    """One request: for the officers to decide and look, and for the member whose name was opened to read."""
    found = Opening.objects.select_related("asked_by", "decided_by", "subject").read_or_404(request.user, pk=pk)
    if not request.user.is_privacy_officer:
        return render(request, "community/opening_mine.html", {"opening": found})
    return _opening(request, found)


@reauthentication_required
def _opening(request: HttpRequest, found: Opening) -> HttpResponse:
    if request.method != "POST":
        return page(request, found, DecideOpeningForm())
    form = DecideOpeningForm(request.POST)
    if not found.waits:
        return page(request, found, form, 409)  # somebody else was first, or it waited too long
    require(policy.can_decide_opening(request.user, found))
    if not form.is_valid():
        return page(request, found, form, 422)
    form.save(found, request.user)
    return redirect(found)


def page(request: HttpRequest, found: Opening, form: DecideOpeningForm, status: int = 200) -> HttpResponse:
    """What was asked and what came of it; the name only for the two who signed, each look on record."""
    whose = found.look(request.user) if policy.can_look_opening(request.user, found) else None
    context = {
        "opening": found,
        "form": form,
        "whose": whose,
        "decides": policy.can_decide_opening(request.user, found),
        "too_late": status == 409,
    }
    return render(request, "community/opening.html", context, status=status)
