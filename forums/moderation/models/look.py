"""A moderator opened what was reported: kept for its writer and for the trainers of that space."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.clock import now
from accounts.models import Cohort
from forums.moderation.models.about import About, AboutQuerySet
from forums.moderation.things import kind_of


class LookQuerySet(AboutQuerySet):
    def read_rule(self, user) -> Q:
        """Who wrote it, and the trainers of that circle. Under a pseudonym the view finds them from the own post."""
        return Q(author=user) | Q(cohort__in=[cohort.pk for cohort in user.trained_cohorts])


class Look(About):
    """Who looked at which post or message, when. No person stands beside a pseudonymous text."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    cohort = models.ForeignKey(Cohort, models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    objects = LookQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["kind", "key"]), models.Index(fields=["cohort", "-at"])]

    def __str__(self) -> str:
        return f"look {self.pk}"

    @classmethod
    def about_text(cls, thing):
        """Who looked at `thing`, for its writer, who is known already."""
        return cls.objects.about(thing).select_related("by")

    @classmethod
    def at_report(cls, report, by) -> None:
        cls.objects.create(
            kind_id=report.kind_id, key=report.key, author_id=report.author_id, alias_id=report.alias_id,
            cohort_id=report.cohort_id, by=by,
        )  # fmt: skip

    @classmethod
    def at_hidden(cls, thing, by) -> None:
        """A trainer opened words that are hidden from the others."""
        cls.objects.create(**cls.of(thing), cohort_id=kind_of(thing).place(thing)[1], by=by)
        kind_of(thing).looked(thing)
