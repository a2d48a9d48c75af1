"""Oneself: the profile, where one is signed in, and showing once more that it is you."""

import time
import uuid

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows, resume_request
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.answers import slow_down
from accounts.forms import ProfileForm, StepUpForm
from accounts.models import Outgoing, Session, Visibility
from accounts.onward import onward
from accounts.throttle import wait_for

PAGE = ["GET", "HEAD", "POST"]
YEAR = 365 * 24 * 3600  # seconds
CODE = "stepup"  # where the mailed code stands in the session


@require_http_methods(PAGE)
def profile(request: HttpRequest) -> HttpResponse:
    theme = request.COOKIES.get("theme", "")
    form = ProfileForm(request.POST if request.method == "POST" else None, person=request.user, theme=theme)
    if form.is_bound and form.is_valid():
        form.save()
        return saved(request, form.cleaned_data["theme"])
    seen_by = Visibility.MEMBERS if request.GET.get("as") == "members" else Visibility.OWN_COHORT
    audiences = (seen_by,) if seen_by == Visibility.MEMBERS else (Visibility.OWN_COHORT, Visibility.MEMBERS)
    context = {"form": form, "seen_by": seen_by, "shown": request.user.profile.shown_for(*audiences)}
    return render(request, "accounts/profile.html", context, status=422 if form.is_bound else 200)


def saved(request: HttpRequest, theme: str) -> HttpResponse:
    translation.activate(request.user.language)
    messages.success(request, _("Kept. You can change it at any time."))
    response = redirect("accounts:profile")
    if theme:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie("theme", theme, max_age=YEAR, samesite="Lax", secure=secure, httponly=True)
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    found = list(Session.objects.visible_to(request.user).alive().order_by("-last_seen_at"))
    context = {
        "here": next((one for one in found if one.session_key == request.session.session_key), None),
        "others": [one for one in found if one.session_key != request.session.session_key],
        "passkeys": request.user.authenticator_set.filter(type="webauthn").order_by("created_at"),
    }
    return render(request, "accounts/sessions.html", context)


@require_POST
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    Session.objects.visible_to(request.user).exclude(session_key=request.session.session_key).filter(pk=pk).end()
    messages.success(request, _("That device is signed out."))
    return redirect("accounts:sessions")


@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    """Everywhere but here."""
    count = Session.objects.visible_to(request.user).exclude(session_key=request.session.session_key).end()
    words = ngettext("%(n)s device is signed out.", "%(n)s devices are signed out.", count) % {"n": count}
    messages.success(request, words)
    return redirect("accounts:sessions")


@require_http_methods(PAGE)
def stepup(request: HttpRequest) -> HttpResponse:
    """A mailed code, for who has no password and no passkey to show who they are."""
    if get_reauthentication_flows(request.user):
        return redirect("account_reauthenticate")
    kept = request.session.get(CODE)
    if kept and time.time() - kept["at"] > settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT:
        kept = None
    goal = onward(request, reverse("accounts:sessions"))
    if request.method == "POST" and (kept is None or request.POST.get("action") == "resend"):
        return send_code(request, goal)
    if request.method == "POST" and (wait := wait_for(request.user.pk, "stepup")):
        return slow_down(request, wait)
    form = StepUpForm(request.POST if request.method == "POST" else None, code=kept and kept["code"])
    if form.is_bound and form.is_valid():
        del request.session[CODE]
        record_authentication(request, request.user, method="code", reauthenticated=True, email=request.user.email)
        return resume_request(request) or redirect(goal)
    if form.is_bound:
        count_mistake(request, kept)
    context = {"form": form, "kept": kept, "here": request.get_full_path()}
    return render(request, "accounts/stepup.html", context, status=422 if form.is_bound else 200)


def send_code(request: HttpRequest, goal: str) -> HttpResponse:
    again = redirect(f"{reverse('accounts:stepup')}?{urlencode({'next': goal})}")
    if wait_for(request.user.pk, "code"):
        messages.error(request, get_adapter().error_messages["rate_limited"])
        return again
    code = get_adapter().generate_login_code()
    request.session[CODE] = {"code": code, "at": time.time(), "mistakes": 0}
    Outgoing.queue("stepup_code", request.user, data={"code": code}, dedupe_key=f"stepup_code:{uuid.uuid4()}")
    return again


def count_mistake(request: HttpRequest, kept: dict) -> None:
    """After some mistakes the code is worth nothing."""
    kept["mistakes"] += 1
    request.session[CODE] = kept
    if kept["mistakes"] >= settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS:
        del request.session[CODE]
