"""How long someone stays signed in: until a time without a visit, or two weeks on a device that remembers."""

import time

from django.conf import settings
from django.contrib.auth import logout

from accounts.clock import now
from accounts.models import Session

NOTED = 600  # seconds; a visit is written down at most this often


def begin(request, user) -> None:
    """Someone has just signed in. Whether "remember me" was ticked, the form left in the session."""
    session = request.session
    session["remember"] = bool(session.pop("remember_me", False))
    session["began"] = session["last"] = int(time.time())
    session.set_expiry(settings.SESSION_COOKIE_AGE if session["remember"] else user.idle_seconds)


def go_on(request) -> None:
    """A visit: the time without one begins again, but nobody stays longer than the longest."""
    session, moment = request.session, int(time.time())
    if moment - session.get("last", 0) < NOTED:
        return
    left = session.setdefault("began", moment) + settings.SESSION_COOKIE_AGE - moment
    if left <= 0:
        logout(request)
        return
    session["last"] = moment
    session.set_expiry(left if session.get("remember") else min(left, request.user.idle_seconds))
    Session.objects.of(request.user).filter(session_key=session.session_key).update(last_seen_at=now())
