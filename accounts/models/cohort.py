"""One run of the course, and who takes part in it or trains in it."""

import uuid

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.clock import now, today
from accounts.models.audit import record
from accounts.models.epoch import Epoch
from accounts.policy import ReadableQuerySet


class Role(models.TextChoices):
    PARTICIPANT = "participant", _("participant")
    ALUMNUS = "alumnus", _("alumnus")  # derived: a participant with a certificate; never stored
    TRAINER = "trainer", _("trainer")
    ORGANISER = "organiser", _("organiser")
    MODERATOR = "moderator", _("moderator")
    RESEARCHER = "researcher", _("researcher")
    REGISTER_KEEPER = "register_keeper", _("keeper of the register")
    PRIVACY_OFFICER = "privacy_officer", _("privacy officer")
    SITE_ADMINISTRATOR = "site_administrator", _("site administrator")


class CohortQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """Organisers run all cohorts; others know the cohorts that they are in."""
        if user.is_organiser:
            return Q()
        return Q(pk__in=[m.cohort_id for m in user.standing if m.cohort_id])

    def with_counts(self):
        """With `participants_count`, `trainers_count` and `waiting_count` (invitations without an answer).

        The usual order is said once more: counting makes Django forget it.
        """
        current = Q(memberships__until=None) | Q(memberships__until__gt=today())
        waiting = Q(invitations__accepted_at=None, invitations__revoked_at=None, invitations__expires_at__gt=now())
        return self.annotate(
            participants_count=Count("memberships", current & Q(memberships__role=Role.PARTICIPANT), distinct=True),
            trainers_count=Count("memberships", current & Q(memberships__role=Role.TRAINER), distinct=True),
            waiting_count=Count("invitations", waiting, distinct=True),
        ).order_by(*self.model._meta.ordering)


class Cohort(models.Model):
    """One run of the course."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("open for sign-up")
        RUNNING = "running", _("running")
        ALUMNI = "alumni", _("completed")
        ARCHIVED = "archived", _("archived")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(max_length=60, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    max_participants = models.PositiveSmallIntegerField(_("number of places"), default=12)
    apply_before = models.DateField(_("sign up before"), null=True, blank=True)
    certificate_on = models.DateField(_("certificate on"), null=True, blank=True)
    ends_on = models.DateField(_("date of the last session"), null=True, blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = [F("ends_on").desc(nulls_first=True), "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("community:cohort", args=[self.pk])

    @classmethod
    @transaction.atomic
    def begin(cls, name: str, max_participants: int, by, apply_before=None) -> "Cohort":
        """A new cohort, still a draft; its address is made from its name."""
        base = slugify(name)[:50] or "cohort"
        taken = set(cls.objects.filter(slug__startswith=base).values_list("slug", flat=True))
        slug = next(s for s in (base, *(f"{base}-{n}" for n in range(2, 1000))) if s not in taken)
        cohort = cls.objects.create(name=name, slug=slug, max_participants=max_participants, apply_before=apply_before)
        record(by, "begin_cohort", cohort)
        return cohort

    @property
    def next_state(self) -> str:
        """The one state that an organiser may move it to; nothing after the course is over."""
        onward = {
            self.State.DRAFT: self.State.OPEN,
            self.State.OPEN: self.State.RUNNING,
            self.State.RUNNING: self.State.ALUMNI,
        }
        return onward.get(self.state, "")

    @transaction.atomic
    def move_on(self, to: str, by) -> bool:
        """Move to the next state. False when that is not what follows now (someone else was first)."""
        mine = Cohort.objects.select_for_update().get(pk=self.pk)
        if not to or mine.next_state != to:
            return False
        self.state = mine.state = to
        mine.save(update_fields=["state"])
        Epoch.step()
        record(by, "cohort_state", mine, state=str(to))
        return True

    @transaction.atomic
    def enrol(self, person, role: str = Role.PARTICIPANT, by=None, since=None) -> "Membership":
        """Place `person` in this cohort. Doing it twice is doing it once."""
        membership, made = Membership.objects.get_or_create(
            person=person, cohort=self, role=role, until=None, defaults={"since": since or today()}
        )
        if made:
            Epoch.step(person)
            record(by, "enrol", membership, subject=person, role=str(role))
        return membership

    @transaction.atomic
    def certify_everyone(self, by=None) -> int:
        """Everyone who still takes part and has no certificate earned it. Returns how many they are."""
        waiting = self.memberships.current().participants().filter(certificate_on=None)
        rows = list(waiting.select_for_update(of=("self",)).select_related("person"))
        for membership in rows:
            membership.certify(self.certificate_day, by)
        return len(rows)

    @property
    def certificate_day(self):
        """The day that stands on a certificate given now: the agreed one, unless that is still to come."""
        return min(self.certificate_on or today(), today())


class MembershipQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """Own ones and those of one's circles; organisers those of cohorts and who are trainers; roles, who gives them."""
        rule = Q(person=user) | Q(cohort__in=[m.cohort_id for m in user.standing if m.opens_circle])
        if user.is_organiser:
            rule |= Q(cohort__isnull=False) | Q(role=Role.TRAINER)
        if user.is_site_administrator:
            rule |= Q(cohort=None)
        return rule

    def current(self, day=None):
        """What holds today, or on another day."""
        day = day or today()
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)

    def participants(self):
        return self.filter(role=Role.PARTICIPANT)

    def trainers(self):
        return self.filter(role=Role.TRAINER)

    def alumni(self):
        return self.filter(role=Role.PARTICIPANT, certificate_on__lte=today())

    def free_to_train(self, cohort):
        """The trainer roles of who could be placed in `cohort`: not there yet, and no keeper of the register."""
        there = cohort.memberships.current().trainers().values("person")
        keepers = Membership.objects.current().filter(role=Role.REGISTER_KEEPER).values("person")
        alive = Q(person__is_active=True, person__suspended_at=None)
        roles = self.current().trainers().filter(alive, cohort=None)
        return roles.exclude(person__in=there).exclude(person__in=keepers).order_by("person__name")

    def names_beside(self, cohorts, person=None) -> list[str]:
        """The names of who else is in `cohorts`."""
        rows = self.current().filter(cohort__in=cohorts).exclude(person=person)
        return list(rows.values_list("person__name", flat=True).distinct())


class Membership(models.Model):
    """Someone's place in a cohort, or a role for the whole site (without a cohort), from a day until a day."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    cohort = models.ForeignKey(Cohort, models.CASCADE, null=True, related_name="memberships")
    role = models.CharField(max_length=20, choices=[c for c in Role.choices if c[0] != Role.ALUMNUS])
    since = models.DateField(default=today)
    until = models.DateField(null=True)  # the first day on which it no longer holds
    certificate_on = models.DateField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "cohort", "role"],
                condition=Q(until=None, cohort__isnull=False),
                name="once_in_a_cohort",
            ),
            models.UniqueConstraint(
                fields=["person", "role"], condition=Q(until=None, cohort=None), name="once_site_wide"
            ),
            models.CheckConstraint(
                condition=Q(cohort__isnull=False) | ~Q(role=Role.PARTICIPANT), name="participants_have_a_cohort"
            ),
            models.CheckConstraint(
                condition=Q(cohort=None) | Q(role__in=[Role.PARTICIPANT, Role.TRAINER]), name="roles_of_a_cohort"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"

    @property
    def is_alumnus(self) -> bool:
        return self.role == Role.PARTICIPANT and self.certificate_on is not None and self.certificate_on <= today()

    @property
    def opens_circle(self) -> bool:
        """Participants and trainers of a cohort read its circle until the cohort is archived."""
        return (
            self.cohort_id is not None
            and self.role in (Role.PARTICIPANT, Role.TRAINER)
            and self.cohort.state != Cohort.State.ARCHIVED
        )

    @property
    def badge(self) -> str:
        return Role.ALUMNUS if self.is_alumnus else self.role

    @property
    def badge_words(self) -> str:
        return str(Role(self.badge).label)

    @transaction.atomic
    def end(self, by=None) -> None:
        """End it today; open pages that it gave access to close."""
        self.until = today()
        self.save(update_fields=["until"])
        Epoch.step(self.person)
        record(by, "end_membership", self, subject=self.person, role=self.role)

    @transaction.atomic
    def certify(self, on, by=None) -> None:
        """The certificate was earned `on` this day: from then on the participant is an alumnus."""
        self.certificate_on = on
        self.save(update_fields=["certificate_on"])
        Epoch.step(self.person)
        record(by, "certify", self, subject=self.person)
