"""A study that may look for people in the register."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from accounts.models import Cohort, Wording
from accounts.policy import NOBODY, ReadableQuerySet
from accounts.research import policy
from accounts.research.counts import guarded
from accounts.research.models.scope import Scope


class StudyQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """Researchers see their own; the keeper of the register all that were handed in."""
        if not policy.can_see_studies(user):
            return NOBODY
        own = Q(owner=user) if user.is_researcher else NOBODY
        return own | ~Q(state=Study.State.DRAFT) if user.is_register_keeper else own

    def with_counts(self):
        """With the number of calls in each group, in the same query."""
        return self.annotate(
            **{
                f"n_{name}": Count("calls", filter=Q(calls__state__in=states))
                for name, (_words, states) in GROUPS.items()
            }
        )


class Study(models.Model):
    """What is studied, by whom, how, and on which approval."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ETHICS_REVIEW = "ethics_review", _("In ethics review")
        APPROVED = "approved", _("Approved")
        RECRUITING = "recruiting", _("Recruiting")
        CLOSED = "closed", _("Closed")
        COMPLETED = "completed", _("Completed")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="studies")
    state = models.CharField(max_length=13, choices=State.choices, default=State.DRAFT)
    title_nl = models.CharField(max_length=150)
    title_en = models.CharField(max_length=150, blank=True)
    pitch = models.CharField(max_length=500)
    method = models.CharField(max_length=13, choices=Scope.choices)
    minutes = models.PositiveSmallIntegerField()  # that it asks of one person
    cohorts = models.ManyToManyField(Cohort, related_name="+")  # whose alumni it looks for
    sectors = models.JSONField(default=list)  # and of these sectors; empty for any
    letter = models.TextField(blank=True)
    wording = models.ForeignKey(Wording, models.PROTECT, null=True, related_name="+")
    ethics_board = models.CharField(max_length=150, blank=True)
    ethics_number = models.CharField(max_length=60, blank=True)
    approved_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    opens_on = models.DateField(null=True)
    closes_on = models.DateField(null=True)
    needed = models.PositiveSmallIntegerField()  # people
    identifiers_deleted_on = models.DateField(null=True)
    result = models.TextField(blank=True)
    created_at = models.DateTimeField(default=now)

    objects = StudyQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "recruiting"])
                | (~Q(ethics_number="") & Q(approved_on__isnull=False, valid_until__isnull=False)),
                name="approved_by_a_board",
            ),
            models.CheckConstraint(
                condition=~Q(state="completed") | (Q(identifiers_deleted_on__isnull=False) & ~Q(result="")),
                name="completed_without_names_and_with_a_result",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("research:study", args=[self.pk])

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" and self.title_en else self.title_nl

    @property
    def steps(self) -> list[tuple[str, str]]:
        """The way that a study goes: the words of each step, and "done", "now" or ""."""
        way = [state for state in self.State if state != self.State.CANCELLED]
        here = way.index(self.state) if self.state in way else -1
        return [(state.label, "now" if n == here else "done" if n < here else "") for n, state in enumerate(way)]

    @property
    def said_yes(self) -> str:
        """Needs `with_counts()`."""
        return guarded(self.n_yes)

    @property
    def counts(self) -> list[tuple[str, str]]:
        """How many people answered what, as it may be shown. Needs `with_counts()`."""
        return [(words, guarded(getattr(self, f"n_{name}"))) for name, (words, _states) in GROUPS.items()]


# Each call is in one of these groups, so that they can stand beside each other: see `counts.py`.
GROUPS = {
    "waiting": (_("have not answered yet"), ("invited",)),
    "interested": (_("want to know more"), ("interested",)),
    "yes": (_("said yes"), ("consented", "completed")),
    "no": (_("said no, or let it pass"), ("declined", "expired")),
    "stopped": (_("stopped again"), ("withdrawn",)),
}
