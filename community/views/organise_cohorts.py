"""Cohorts, who is in them and who is invited: names and counts, and nothing of what is written there."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import policy
from accounts.forms import CohortForm, InviteForm, TrainerForm
from accounts.models import Cohort, Invitation, Membership
from accounts.policy import require, require_role
from accounts.throttle import wait_for
from community.phases import with_phases
from forums.models import Board
from forums.views.answers import asks_to_wait

PAGE = ["GET", "HEAD", "POST"]
MOVES = {
    Cohort.State.OPEN: gettext_lazy("Open it for invitations"),
    Cohort.State.RUNNING: gettext_lazy("Begin the course"),
    Cohort.State.ALUMNI: gettext_lazy("Complete the course"),
}


def read_cohort(request: HttpRequest, pk) -> Cohort:
    require_role(request.user.is_organiser)
    return Cohort.objects.with_counts().read_or_404(request.user, pk=pk)


@require_safe
def cohorts(request: HttpRequest) -> HttpResponse:
    require_role(request.user.is_organiser)
    found = Cohort.objects.visible_to(request.user).with_counts().prefetch_related("sessions")
    return render(request, "community/cohorts.html", {"cohorts": with_phases(list(found))})


@require_http_methods(PAGE)
def cohort_new(request: HttpRequest) -> HttpResponse:
    require_role(request.user.is_organiser)
    form = CohortForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = form.save(request.user)
        Board.for_cohort(made)
        messages.success(request, _("The cohort is there, as a draft. Nobody has heard of it yet."))
        return redirect(made)
    return render(request, "community/cohort_new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
def cohort(request: HttpRequest, pk) -> HttpResponse:
    return page(request, read_cohort(request, pk))


def page(request: HttpRequest, found: Cohort, form: TrainerForm | None = None, status: int = 200) -> HttpResponse:
    """Who is in a cohort, who trains it and who is asked."""
    seats = list(found.memberships.current().select_related("person", "cohort").order_by("person__name", "pk"))
    participants = [seat for seat in seats if seat.role == "participant"]
    context = {
        "cohort": with_phases([found])[0],
        "participants": participants,
        "trainers": [seat for seat in seats if seat.role == "trainer"],
        "uncertified": sum(1 for seat in participants if seat.certificate_on is None),
        "invitations": found.invitations.waiting(),
        "move": MOVES.get(found.next_state),
        "form": form or TrainerForm(free=free_trainers(request, found)),
    }
    return render(request, "community/cohort.html", context, status=status)


def free_trainers(request: HttpRequest, found: Cohort):
    """Only who holds the role of trainer is placed as one; the site administrator gives that role."""
    return Membership.objects.visible_to(request.user).free_to_train(found).select_related("person")


@require_POST
def cohort_move(request: HttpRequest, pk) -> HttpResponse:
    found = read_cohort(request, pk)
    require(policy.can_change_cohort(request.user, found))
    if found.move_on(request.POST.get("to", ""), request.user):
        messages.success(request, _("The state is now: %(state)s.") % {"state": found.get_state_display()})
        return redirect(found)
    messages.error(request, _("Somebody was first, or this step does not follow now. Nothing was changed."))
    return page(request, read_cohort(request, pk), status=409)


@require_POST
def trainer_place(request: HttpRequest, pk) -> HttpResponse:
    found = read_cohort(request, pk)
    require(policy.can_change_cohort(request.user, found))
    form = TrainerForm(request.POST, free=free_trainers(request, found))
    if not form.is_valid():
        return page(request, found, form, 422)
    seat = form.save(found, request.user)
    messages.success(request, _("%(name)s is a trainer of this cohort now.") % {"name": seat.person.name})
    return redirect(found)


@require_POST
def cohort_certify(request: HttpRequest, pk) -> HttpResponse:
    """A certificate for everyone who takes part and has none."""
    found = read_cohort(request, pk)
    require(policy.can_certify_cohort(request.user, found))
    count = found.certify_everyone(request.user)
    words = ngettext("%(n)s participant is an alumnus now.", "%(n)s participants are alumni now.", count)
    messages.success(request, words % {"n": count})
    return redirect(found)


def read_seat(request: HttpRequest, pk: int) -> Membership:
    require_role(request.user.is_organiser)
    return Membership.objects.select_related("person", "cohort").read_or_404(request.user, pk=pk, cohort__isnull=False)


@require_POST
def seat_certify(request: HttpRequest, pk: int) -> HttpResponse:
    seat = read_seat(request, pk)
    require(policy.can_certify_membership(request.user, seat))
    seat.certify(seat.cohort.certificate_day, request.user)
    messages.success(request, _("%(name)s is an alumnus now.") % {"name": seat.person.name})
    return redirect(seat.cohort)


@require_http_methods(PAGE)
def seat_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked once more, because it closes the circle for someone at once."""
    seat = read_seat(request, pk)
    require(policy.can_end_membership(request.user, seat))
    if request.method != "POST":
        return render(request, "community/seat_end.html", {"seat": seat})
    seat.end(request.user)
    messages.success(request, _("%(name)s has no place in this cohort any more.") % {"name": seat.person.name})
    return redirect(seat.cohort)


@require_http_methods(PAGE)
def invite(request: HttpRequest, pk) -> HttpResponse:
    found = read_cohort(request, pk)
    require(policy.can_invite_cohort(request.user, found))
    form = InviteForm(request.POST if request.method == "POST" else None, cohort=found)
    context = {"cohort": found, "form": form}
    if not form.is_bound or not form.is_valid():
        return render(request, "community/invite.html", context, status=422 if form.is_bound else 200)
    if wait := wait_for(request.user.pk, "invite"):
        form.add_error(None, _("That were many invitations for one day. Go on tomorrow. Nothing was sent now."))
        return asks_to_wait(render(request, "community/invite.html", context, status=429), wait)
    invitation = form.save(request.user)
    messages.success(request, _("The invitation goes to %(email)s.") % {"email": invitation.email})
    return redirect(found)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    require_role(request.user.is_organiser)
    invitation = Invitation.objects.select_related("cohort").read_or_404(request.user, pk=pk)
    invitation.revoke(request.user)
    messages.success(request, _("The invitation works no longer."))
    return redirect(invitation.cohort)
