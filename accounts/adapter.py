"""Our side of allauth: nobody signs up alone, its mails go through our outbox, and a mailed code stands in
where someone has nothing else to prove themselves with.
"""

import ipaddress
import time
import uuid
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core import context as current
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Outgoing, User

# allauth's templates and our kinds of mail
KINDS = {
    "account/email/login_code": "login_code",
    "account/email/unknown_account": "unknown_account",
    "account/email/password_reset_key": "password_reset",
    "account/email/email_confirmation": "email_confirm",
    "account/email/email_confirmation_signup": "email_confirm",
    "account/email/account_already_exists": "unknown_account",  # only signing up sends it, and that is closed
}
UNKNOWN = "0.0.0.0"  # noqa: S104  (an address that nobody has)


def display(user) -> str:
    return user.name


def client_address(request) -> str:
    """Where a request comes from: each proxy that we trust noted, at the end, whom it saw."""
    seen = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",") if part.strip()]
    seen = [*seen, request.META.get("REMOTE_ADDR") or UNKNOWN]
    try:
        return str(ipaddress.ip_address(seen[max(0, len(seen) - 1 - settings.TRUSTED_PROXIES)]))
    except ValueError:
        return UNKNOWN


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or it no longer works. Look in the newest mail."),
        "too_many_login_attempts": _("That was too often. Take a break and try again in five minutes."),
        "rate_limited": _("That was too often. Try again in a minute."),
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    def get_client_ip(self, request) -> str:
        return client_address(request)

    def get_login_stages(self) -> list[str]:
        """Without the stages of a sign-up: an address was proven by its invitation."""
        ours = ("LoginByCodeStage", "AuthenticateStage")
        return [stage for stage in super().get_login_stages() if stage.endswith(ours)]

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Write the mail in our outbox. Whether the address is known makes no difference in work or answer."""
        kind = KINDS[template_prefix]
        if kind == "unknown_account":
            person = self._work_as_for_a_known_address(email)
        else:
            person = User.objects.filter(email=email.lower(), is_active=True).first()
        data = {"code": context["code"]} if "code" in context else {}
        if "password_reset_url" in context:
            data = {"path": urlsplit(context["password_reset_url"]).path}
        self._queue(kind, person, email, data)

    def _work_as_for_a_known_address(self, email: str) -> None:
        """Nobody, at the cost of finding someone: allauth looked once more already, but makes no link of a reset."""
        if current.request.resolver_match.view_name == "account_reset_password":
            for _count in range(2):
                User.objects.filter(email=email.lower()).exists()

    def send_notification_mail(self, template_prefix, user, context=None, email=None) -> None:
        """The way in which someone signs in has changed; also told to an address that was left."""
        what = template_prefix.rsplit("/", 1)[-1]
        self._queue("sign_in_changed", None if email else user, email or user.email, {"what": what})

    def _queue(self, kind: str, person, email: str, data: dict) -> None:
        language = person.language if person else get_language()
        dedupe_key = f"{kind}:{uuid.uuid4()}"
        Outgoing.queue(kind, person, address=email, data=data, language=language, dedupe_key=dedupe_key)

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Allauth takes who has no password for recently confirmed; we ask a mailed code first."""
        user = current.request.user
        if user.is_authenticated and not get_reauthentication_flows(user) and not confirmed_by_code(current.request):
            raise ReauthenticationRequired
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user) -> list[dict]:
        methods = super().get_reauthentication_methods(user)
        if user.is_authenticated and not methods:
            methods = [{"id": "code", "description": _("Use a code by mail"), "url": reverse("accounts:stepup")}]
        return methods


def confirmed_by_code(request) -> bool:
    """Whether a mailed code was given in this session, not long ago."""
    records = get_authentication_records(request, request.user)
    asked = [record["at"] for record in records if record["method"] == "code" and record.get("reauthenticated")]
    return bool(asked) and time.time() - asked[-1] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
