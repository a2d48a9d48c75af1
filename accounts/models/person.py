"""Someone with an account: who they are, and whether they may come in."""

import uuid

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.clock import now, today
from accounts.models.audit import record
from accounts.models.cohort import Membership, Role
from accounts.models.consent import Consent
from accounts.models.epoch import Epoch
from accounts.models.outbox import Outgoing
from accounts.models.profile import Profile
from accounts.policy import ReadableQuerySet
from accounts.prepared import Prepared
from accounts.standing import Standing

TONES = ("", "b", "c", "d")
TITLES = {"dr.", "drs.", "prof.", "mr.", "ir.", "ing.", "msc", "bsc", "phd"}


class UserQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """Oneself, and who opened something of a profile to this reader (`/people/<id>/`)."""
        return Q(pk=user.pk) | Q(pk__in=Profile.objects.visible_to(user).opened_to(user).values("person"))

    def admitted(self):
        return self.filter(is_active=True, suspended_at=None, agreed_version__gte=settings.AGREEMENTS_VERSION)

    def holding(self, *roles: str):
        """Who holds one of these site-wide roles now."""
        return self.filter(pk__in=Membership.objects.current().filter(cohort=None, role__in=roles).values("person"))

    def with_standing(self):
        """With their current memberships at hand: one query for all of them."""
        return self.prefetch_related(
            models.Prefetch("memberships", Membership.objects.current().select_related("cohort"), to_attr="standing")
        )


STANDING = Prepared(
    "accounts.Membership",
    lambda places, person, day: places.filter(person=person).current(day).select_related("cohort"),
    person=models.UUIDField(),
    day=models.DateField(),
)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email: str, name: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        Profile.objects.create(person=user)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)  # invited there
        return user


class User(Standing, AbstractBaseUser):
    """A person with an account: who they are, and whether they may come in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    shortcuts = models.BooleanField(default=True, db_default=True)  # single keys that go somewhere
    is_active = models.BooleanField(default=True)
    agreed_version = models.PositiveSmallIntegerField(default=0)
    agreed_at = models.DateTimeField(null=True)
    suspended_at = models.DateTimeField(null=True)
    suspended_by = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    suspension_reason = models.CharField(max_length=500, blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)

    objects = UserManager()
    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        indexes = [models.Index(fields=["name"])]

    def __str__(self) -> str:
        return str(self.pk)  # never the name: this ends up in logs

    def get_absolute_url(self) -> str:
        return reverse("accounts:person", args=[self.pk])

    @property
    def is_suspended(self) -> bool:
        return self.suspended_at is not None

    @property
    def is_admitted(self) -> bool:
        """May read at all: active, not suspended, and agreed to the current conversation agreements."""
        return self.is_active and not self.is_suspended and self.agreed_version >= settings.AGREEMENTS_VERSION

    @property
    def name_parts(self) -> list[str]:
        return [part for part in self.name.split() if part.lower() not in TITLES] or [self.name]

    @property
    def first_name(self) -> str:
        return self.name_parts[0]

    @property
    def initials(self) -> str:
        parts = self.name_parts
        return (parts[0][:1] + (parts[-1][:1] if len(parts) > 1 else "")).upper()

    @property
    def tone(self) -> str:
        """One of four avatar colours, the same everywhere."""
        return TONES[self.pk.int % len(TONES)]

    @property
    def idle_seconds(self) -> int:
        return settings.SESSION_IDLE_STAFF if self.is_staff_role else settings.SESSION_IDLE

    @cached_property
    def standing(self) -> list[Membership]:
        """All current memberships and roles, read once."""
        return STANDING.read(person=self.pk, day=today())

    @transaction.atomic
    def agree(self, wording=None) -> None:
        """Accept the conversation agreements as they are now; `wording` is the text that was on screen."""
        if wording:
            Consent.note(self, "agreements", granted=True, wording=wording)
        self.agreed_version, self.agreed_at = settings.AGREEMENTS_VERSION, now()
        self.save(update_fields=["agreed_version", "agreed_at"])
        Epoch.step(self)

    def introduce(self, name: str, language: str, *, shortcuts: bool = True) -> None:
        """Be called `name` from now on, and read the site and its mails in `language`, with keys that go somewhere."""
        self.name, self.language, self.shortcuts = name, language, shortcuts
        self.save(update_fields=["name", "language", "shortcuts"])

    @transaction.atomic
    def suspend(self, by: "User", reason: str) -> None:
        self.suspended_at, self.suspended_by, self.suspension_reason = now(), by, reason
        self.save(update_fields=["suspended_at", "suspended_by", "suspension_reason"])
        Epoch.step(self)
        record(by, "suspend", self, subject=self)

    @transaction.atomic
    def lift(self, by: "User") -> None:
        """End a suspension."""
        self.suspended_at, self.suspended_by, self.suspension_reason = None, None, ""
        self.save(update_fields=["suspended_at", "suspended_by", "suspension_reason"])
        Epoch.step(self)
        record(by, "lift_suspension", self, subject=self)

    @transaction.atomic
    def grant(self, role: str, by: "User | None" = None, cohort=None) -> Membership:
        """Give a role: in a cohort, or site-wide without one. Giving it twice is giving it once."""
        membership, made = Membership.objects.get_or_create(person=self, cohort=cohort, role=role, until=None)
        if made:
            self.__dict__.pop("standing", None)
            Epoch.step(self)
            record(by, "grant", membership, subject=self, role=str(role))
            for officer in User.objects.holding(Role.PRIVACY_OFFICER) if cohort is None else ():
                told = f"role_granted:{membership.pk}:{officer.pk}"
                Outgoing.queue("role_granted", officer, about=membership, dedupe_key=told)
        return membership
