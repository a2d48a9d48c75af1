"""What the mails about signing in, invitations and roles say. None tells whether an address has an account."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from accounts.mail import mail
from accounts.models import Outgoing
from accounts.models.invitation import Invitation

# allauth's name of what changed, and our sentence for it
CHANGES = {
    "password_changed": _("Your password was changed."),
    "password_set": _("A password was set for your account."),
    "password_reset": _("Your password was replaced through a link in a mail."),
    "email_changed": _("The e-mail address of your account was changed. From now on we write to the new address."),
    "email_deleted": _("An e-mail address was removed from your account."),
    "webauthn_added": _("A passkey was added to your account."),
    "webauthn_removed": _("A passkey was removed from your account."),
    "totp_activated": _("An app for codes was connected to your account."),
    "totp_deactivated": _("The app for codes was disconnected from your account."),
    "recovery_codes_generated": _("New recovery codes were made for your account."),
}


def code_of(row: Outgoing) -> dict | None:
    """The code and for how many minutes it holds; None when it no longer does."""
    lasts = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
    if now() >= row.created_at + lasts:
        return None
    return {"code": row.data["code"], "minutes": int(lasts.total_seconds() // 60)}


@mail("login_code")
def login_code(row: Outgoing) -> dict | None:
    return code_of(row)


@mail("stepup_code")
def stepup_code(row: Outgoing) -> dict | None:
    return code_of(row)


@mail("email_confirm")
def email_confirm(row: Outgoing) -> dict | None:
    return code_of(row)


@mail("unknown_account")
def unknown_account(row: Outgoing) -> dict:
    return {"link": settings.SITE_URL + reverse("community:help")}


@mail("password_reset")
def password_reset(row: Outgoing) -> dict:
    return {"link": settings.SITE_URL + row.data["path"]}


@mail("sign_in_changed")
def sign_in_changed(row: Outgoing) -> dict:
    change = CHANGES.get(row.data["what"], _("The way in which you sign in was changed."))
    return {"change": change, "link": settings.SITE_URL + reverse("accounts:sessions")}


@mail("invitation")
def invitation(row: Outgoing) -> dict | None:
    """Only while it waits: a revoked invitation that was not sent yet stays here."""
    found = row.about
    if found is None or not found.waits:
        return None
    return {
        "first_name": found.first_name,
        "inviter": found.by.name if found.by else settings.SITE_NAME,
        "link": Invitation.link(row.data["token"]),
        "days": settings.TERMS["invitation_valid"],
    }


@mail("role_granted")
def role_granted(row: Outgoing) -> dict | None:
    """To the privacy officers: that a role was given. Who got it, from whom, stands in the audit trail."""
    membership = row.about
    return {"role": membership.get_role_display(), "link": settings.SITE_URL + "/"} if membership else None


@mail("opening_asked")
def opening_asked(row: Outgoing) -> dict | None:
    """To the other privacy officers: that a request waits. Not which."""
    if not row.person.is_privacy_officer:
        return None
    return {"link": settings.SITE_URL + reverse("community:oversight")}


@mail("name_opened")
def name_opened(row: Outgoing) -> dict:
    """To who wrote under a pseudonym. Where and why stands on the site."""
    return {"link": settings.SITE_URL + reverse("accounts:seen")}
