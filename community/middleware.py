"""What happens around every request: headers, language, admission, and counting statements in the demo."""

import logging
import time
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import stay
from accounts.answers import nack, wants_json
from accounts.bodies import is_too_large
from community.views import errors

log = logging.getLogger("ruggespraak.site")
# Taking a consent back, and seeing its proof, depends on nothing.
OWN_CONSENTS = {"research:withdraw", "research:receipt", "research:receipt_file"}
OPEN = {"accounts:agreements", "account_logout", "set_language", "community:cover"} | OWN_CONSENTS
REPLACED = "\ufffd"  # what Django puts in the place of bytes that are no text
OPEN_SUSPENDED = {"account_logout", "set_language", "community:cover"} | OWN_CONSENTS
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


def headers(get_response):
    """Headers that no other middleware sets; personal pages are never kept by a browser or proxy."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "private, no-store")
        if request.path == reverse("account_logout") and request.method == "POST":
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    return middleware


def bounds(get_response):
    """What is larger than its address takes is refused before anything of it is read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        return errors.bad_request(request, RequestDataTooBig()) if is_too_large(request, view) else None

    middleware.process_view = process_view
    return middleware


def language(get_response):
    """A member reads the site in the member's own language, on every device."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
            stay.go_on(request)
        return get_response(request)

    return middleware


def legible(get_response):
    """A form whose bytes are not UTF-8 is refused as a whole: nothing is stored with pieces replaced."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request) if is_text(request) else errors.bad_request(request)

    return middleware


def is_text(request: HttpRequest) -> bool:
    """Whether what a form sent is UTF-8. A replacement sign that somebody typed is text."""
    if request.content_type == "application/x-www-form-urlencoded":
        return decodes(unquote_to_bytes(request.body))
    if request.content_type != "multipart/form-data":
        return True
    length = request.META.get("CONTENT_LENGTH") or ""
    small = length.isascii() and length.isdigit() and int(length) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    raw = request.body if small else b""  # before the form is read: afterwards its bytes are gone
    if not any(REPLACED in text for name, values in request.POST.lists() for text in (name, *values)):
        return True
    return bool(raw) and not request.FILES and decodes(raw)


def decodes(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


class SignInRequired(LoginRequiredMiddleware):
    """Nobody sees anything without signing in; a page's own script hears so as JSON."""

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponse:
        if wants_json(request):
            return nack("signed_out", _("You are signed out. Your text is still here."), 401)
        if errors.typed_in(request):
            return errors.signed_out(request)
        return super().handle_no_permission(request, view_func)


def patience(get_response):
    """A database that is busy for too long: try again, nothing was stored."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OperationalError):
            return None
        log.warning("database busy")
        if wants_json(request):
            return nack("busy", _("It is busy. We try again by ourselves."), 503, wait=2)
        response = render(request, "503.html", status=503)
        response.headers["Retry-After"] = "2"
        return response

    middleware.process_exception = process_exception
    return middleware


def admission(get_response):
    """Nobody reads before accepting the conversation agreements; who is suspended reads nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        user = request.user
        if not user.is_authenticated or not getattr(view, "login_required", True) or user.is_admitted:
            return None
        name = request.resolver_match.view_name
        if wants_json(request):
            return nack("forbidden", _("You cannot do this now."), 403)
        if user.is_suspended:
            return None if name in OPEN_SUSPENDED else suspended(request)
        if name in OPEN:
            return None
        return redirect(
            f"{reverse('accounts:agreements')}?next={request.path}"
            if request.method == "GET"
            else "accounts:agreements"
        )

    middleware.process_view = process_view
    return middleware


def suspended(request: HttpRequest) -> HttpResponse:
    """Why someone reads nothing for now, and what we hold of them; that stays theirs to see."""
    shown = request.user.profile.shown_to(request.user)
    return render(request, "accounts/suspended.html", {"shown": shown}, status=403)


def timing(get_response):
    """In the demo each page says how many statements it took and how long they did (milliseconds)."""
    if not settings.DEMO:
        return get_response

    def middleware(request: HttpRequest) -> HttpResponse:
        counted = {"n": 0, "ms": 0.0}

        def count(execute, sql, params, many, context):
            began = time.perf_counter()
            try:
                return execute(sql, params, many, context)
            finally:
                counted["n"] += 1
                counted["ms"] += (time.perf_counter() - began) * 1000

        with connection.execute_wrapper(count):
            response = get_response(request)
        response.headers["Server-Timing"] = f'db;desc="statements";dur={counted["ms"]:.1f}, n;desc="{counted["n"]}"'
        return response

    return middleware
