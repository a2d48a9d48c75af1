"""Nobody signs up without an invitation."""

import hashlib
import secrets
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from accounts.models.audit import record
from accounts.models.cohort import Cohort, Role
from accounts.models.outbox import Outgoing
from accounts.models.person import User
from accounts.policy import NOBODY, ReadableQuerySet

DOUBLE_CLICK = timedelta(minutes=1)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q() if user.is_organiser else NOBODY

    def waiting(self):
        """Sent, not accepted, not revoked, not past its end."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=now())

    def by_token(self, token: str) -> "Invitation | None":
        """The waiting invitation with this secret; None when it is unknown, used or past its end."""
        return self.waiting().select_related("cohort", "by").filter(token_hash=hashed(token)).first()

    def accepted_by(self, token: str) -> User | None:
        """Who took the place with this secret, at any time."""
        found = self.filter(token_hash=hashed(token), revoked_at=None).select_related("accepted_by").first()
        return found and found.accepted_by

    def sent_twice(self, token: str, form: uuid.UUID | None) -> User | None:
        """Who just took the place with this secret and this very form: a double click is one acceptance."""
        just = self.filter(token_hash=hashed(token), accepted_at__gt=now() - DOUBLE_CLICK, accepted_with=form)
        found = just.select_related("accepted_by").first() if form else None
        return found and found.accepted_by


class Invitation(models.Model):
    """A place in a cohort, offered to one address. The secret itself is only in the mail."""

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=60)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="invitations")
    role = models.CharField(
        max_length=20,
        choices=[(Role.PARTICIPANT, Role.PARTICIPANT.label), (Role.TRAINER, Role.TRAINER.label)],
        default=Role.PARTICIPANT,
    )
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="nl")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    accepted_with = models.UUIDField(null=True)  # the form as it was shown in one browser
    revoked_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @classmethod
    @transaction.atomic
    def send(
        cls, cohort: Cohort, by: User, email: str, name: str, language: str = "nl", role: str = Role.PARTICIPANT
    ) -> "Invitation":
        """Invite one address into `cohort`; an earlier invitation of the same address there ends."""
        email, token = email.lower(), secrets.token_urlsafe(24)
        cls.objects.waiting().filter(cohort=cohort, email=email).update(revoked_at=now())
        invitation = cls.objects.create(
            cohort=cohort, by=by, email=email, name=name, language=language, role=role,
            token_hash=hashed(token), expires_at=now() + timedelta(days=settings.TERMS["invitation_valid"]),
        )  # fmt: skip
        Outgoing.queue(
            "invitation", address=email, language=language, about=invitation, data={"token": token},
            dedupe_key=f"invitation:{invitation.pk}",
        )  # fmt: skip
        record(by, "invite", invitation)
        return invitation

    @staticmethod
    def link(token: str) -> str:
        return settings.SITE_URL + reverse("accounts:invitation", args=[token])

    @property
    def waits(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > now()

    @property
    def first_name(self) -> str:
        return User(name=self.name).first_name

    def account(self) -> User | None:
        """Who has an account with this address already."""
        return User.objects.filter(email__iexact=self.email).first()

    @transaction.atomic
    def accept(
        self, name: str = "", language: str = "nl", password: str | None = None, form: uuid.UUID | None = None
    ) -> User | None:
        """Make the account (or use the one with this address) and take the place. None when it no longer waits.

        A trainer's place is for who holds that role; others get it after the site administrator gave the role.
        """
        mine = Invitation.objects.waiting().select_for_update(of=("self",)).filter(pk=self.pk).first()
        if mine is None:
            return None
        user = mine.account() or User.objects.create_user(mine.email, name, password, language=language)
        mine.accepted_at, mine.accepted_by, mine.accepted_with = now(), user, form
        mine.save(update_fields=["accepted_at", "accepted_by", "accepted_with"])
        if mine.role == Role.PARTICIPANT or user.holds(Role.TRAINER):
            mine.cohort.enrol(user, mine.role, by=mine.by)
        return user

    @transaction.atomic
    def revoke(self, by: User) -> None:
        """End it. Revoking what no longer waits changes nothing."""
        if Invitation.objects.waiting().filter(pk=self.pk).update(revoked_at=now()):
            record(by, "revoke_invitation", self)
