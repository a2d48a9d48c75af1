"""Calm answers when something is not there, not allowed, or goes wrong; what was typed is never lost."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.answers import nack, wants_json

SECRET = re.compile(r"csrf|password|passphrase|code|credential|token", re.IGNORECASE)
CHOSEN = "chosen_file"  # the name of a file that has to be chosen again, carried along until one is signed in
SHORT = 60  # characters; what is longer is shown in a box of its own
TYPED = ("title", "body", "about", "note", "reason", "diet", "access")
SHORTLY_TYPED = ("name", "sector", "position", "employer", "town")


@dataclass(frozen=True)
class Typed:
    """A field that was sent, to be sent once more."""

    name: str
    value: str

    @property
    def is_prose(self) -> bool:
        return self.name in TYPED or len(self.value) > SHORT or "\n" in self.value


def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    """Too large, or not to be read at all."""
    large = isinstance(exception, RequestDataTooBig | TooManyFilesSent)
    status = 413 if large else 400
    if wants_json(request):
        words = _("This is too much to send at once.") if large else _("This cannot be read")
        return nack("too_long" if large else "bad_body", words, status)
    return HttpResponse(render_to_string(f"{status}.html"), status=status)


def forbidden(request: HttpRequest, exception=None) -> HttpResponse:
    if wants_json(request):
        return nack("forbidden", _("You cannot do this now."), 403)
    return render(request, "403.html", {"frame": frame_for(request)}, status=403)


def not_found(request: HttpRequest, exception=None) -> HttpResponse:
    """The same for what is not there and for what this reader may not read; to a stranger all doors look alike."""
    stranger = not request.user.is_authenticated
    if stranger and request.resolver_match is None and not request.path.startswith(settings.STATIC_URL):
        return ask_to_sign_in(request)
    if wants_json(request):
        return nack("not_found", _("This page is not there."), 404)
    return render(request, "404.html", {"frame": frame_for(request), "kept": kept(request)}, status=404)


def kept(request: HttpRequest) -> list[str]:
    """What someone was writing for a page that is not there for them (any more): not lost, whichever it was."""
    if request.method != "POST" or not request.user.is_authenticated:
        return []
    try:
        typed = sent(request)["typed"]
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError, ValueError):
        return []  # it cannot be read at all
    return [field.value for field in typed if field.is_prose and field.value.strip()]


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        return nack("signed_out", _("You are signed out. Your text is still here."), 401)
    return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page that lay open too long: what was typed comes back in a form with a fresh token."""
    words = _("This page lay open too long. Nothing was sent yet.")
    if wants_json(request):
        return nack("token", words, 403)
    kept = {"title": words, "words": _("Your text is still here. Look at it and send it again.")}
    return render(request, "403_csrf.html", kept | sent(request), status=403)


def signed_out(request: HttpRequest) -> HttpResponse:
    """Someone's session ended while writing: sign in beside it, then send the same text again."""
    kept = {
        "signed_out": True,
        "title": _("You are signed out. Nothing was sent yet."),
        "words": _("Your text is still here. Sign in in a new tab, come back to this one and send it again."),
    }
    return render(request, "403_csrf.html", kept | sent(request), status=401)


def sent(request: HttpRequest) -> dict:
    """What a form sent, without secrets, and where to."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    typed = [Typed(name, value) for name, value in fields if not SECRET.search(name) and name != CHOSEN]
    files = request.POST.getlist(CHOSEN) + [one.name for _name, sent in request.FILES.lists() for one in sent]
    return {"typed": typed, "path": request.get_full_path(), "files": list(dict.fromkeys(files))}


def typed_in(request: HttpRequest) -> bool:
    """Whether a person wrote something in what was sent."""
    typed = sent(request)["typed"]
    return any((field.is_prose or field.name in SHORTLY_TYPED) and field.value.strip() for field in typed)


def frame_for(request: HttpRequest) -> str:
    """Who is inside keeps the menu; nobody else gets it."""
    return "base.html" if getattr(request.user, "is_admitted", False) else "public.html"
