"""Signals of others that we listen to, once: a sign-out or a new password ends open pages elsewhere."""

from allauth.account.signals import password_changed, password_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from accounts import stay
from accounts.live.publish import publish
from accounts.models import Session, User


@receiver(user_logged_out)
def signed_out(sender, request, user, **kwargs) -> None:
    """Django ends the session only after this signal; who looks again must not find it any more."""
    if isinstance(user, User):
        request.session.delete()
        publish(user, "access")


@receiver(user_logged_in)
def signed_in(sender, request, user, **kwargs) -> None:
    stay.begin(request, user)


@receiver([password_changed, password_reset])
def new_password(sender, request, user, **kwargs) -> None:
    """A new password ends every other session."""
    Session.objects.of(user).exclude(session_key=request.session.session_key).end()
    publish(user, "access")
