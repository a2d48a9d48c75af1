"""Coming in for the first time: an invitation, the agreements, and two steps that may be skipped."""

import uuid

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.adapter import client_address
from accounts.answers import slow_down
from accounts.forms import AcceptInvitationForm, AgreementsForm, SeenForm
from accounts.models import Invitation, User, Wording
from accounts.onward import onward
from accounts.printed import parts_of
from accounts.throttle import wait_for
from accounts.words import uuid_in

PAGE = ["GET", "HEAD", "POST"]


@login_not_required
@require_http_methods(PAGE)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The secret in the mail lets a newcomer in. It never opens an account that is there already."""
    if wait := wait_for(client_address(request), "invitation"):
        return slow_down(request, wait)
    answer = take(request, token)
    if answer.status_code in (200, 302):
        return answer
    user = request.user
    if user.is_authenticated and Invitation.objects.accepted_by(token) == user:
        return redirect("community:home")
    twice = Invitation.objects.sent_twice(token, uuid_in(request.POST.get("submission_id", "")))
    return let_in(request, twice) if twice and not user.is_authenticated else answer


def take(request: HttpRequest, token: str) -> HttpResponse:
    """The page of an invitation, and taking the place that it offers."""
    found = Invitation.objects.by_token(token)
    if found is None:
        return gone(request)
    if not request.user.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(found.language)
    if request.user.is_authenticated or found.account():
        return take_place(request, found)
    initial = {"name": found.name, "language": get_language()}
    data = request.POST if request.method == "POST" else None
    form = AcceptInvitationForm(data, initial=initial, invitation=found)
    if not form.is_valid():
        context = {"form": form, "invitation": found}
        return render(request, "accounts/invitation.html", context, status=422 if form.is_bound else 200)
    person = form.save()
    if person is None:
        return gone(request)
    return let_in(request, person)


def let_in(request: HttpRequest, person: User) -> HttpResponse:
    """Sign a newcomer in, to the agreements."""
    return perform_login(request, Login(user=person, email=person.email, redirect_url=reverse("accounts:agreements")))


def gone(request: HttpRequest) -> HttpResponse:
    """The same for what never was, was used, was taken back or ran out."""
    return render(request, "accounts/invitation_gone.html", status=404)


def take_place(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Who has an account signs in as usual, and takes the place with one press."""
    mine = request.user.is_authenticated and request.user.email == found.email.lower()
    if mine and request.method == "POST":
        if found.accept() is None:
            return gone(request)
        messages.success(request, _("You have your place."))
        return redirect("community:home")
    context = {"invitation": found, "mine": mine, "here": request.path}
    return render(request, "accounts/invitation_known.html", context, status=403 if request.method == "POST" else 200)


@require_http_methods(PAGE)
def agreements(request: HttpRequest) -> HttpResponse:
    newest, first = Wording.objects.latest(Wording.Kind.AGREEMENTS), request.user.agreed_version == 0
    form = AgreementsForm(request.POST if request.method == "POST" else None, newest=newest)
    if form.is_bound and form.is_valid():
        form.save(request.user)
        goal = onward(request, reverse("community:home"))
        return redirect(with_next("accounts:welcome", goal) if first else goal)
    context = {
        "form": form,
        "wording": newest,
        "parts": parts_of(newest.text(get_language())),
        "first": first,
        "next": onward(request),
    }
    return render(request, "accounts/agreements.html", context, status=422 if form.is_bound else 200)


def with_next(name: str, goal: str) -> str:
    return f"{reverse(name)}?{urlencode({'next': goal})}"


@require_http_methods(PAGE)
def welcome(request: HttpRequest) -> HttpResponse:
    """How others see you: nobody sees anything until one chooses so."""
    goal = onward(request, reverse("community:home"))
    after = with_next("accounts:hello", goal) if request.user.circles else goal
    form = SeenForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_bound and form.is_valid():
        form.save()
        return redirect(after)
    context = {"form": form, "after": after, "next": goal}
    return render(request, "accounts/welcome.html", context, status=422 if form.is_bound else 200)


@require_safe
def hello(request: HttpRequest) -> HttpResponse:
    """A first message in one's circle, sent to the forum's own page."""
    goal = onward(request, reverse("community:home"))
    if not request.user.circles:
        return redirect(goal)
    cohort = request.user.circles[0]
    context = {
        "cohort": cohort,
        "next": goal,
        "submission_id": uuid.uuid4(),
        "readers_count": cohort.memberships.current().values("person").distinct().count(),
    }
    return render(request, "accounts/hello.html", context)
