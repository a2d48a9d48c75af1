"""What belongs to a trainer's feedback: how it stood before a correction, and words between trainers."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Role
from accounts.policy import ReadableQuerySet
from forums.cases.models.case import Case
from forums.cases.models.feedback import Feedback, desk_rule, near_rule, parts_of
from forums.signature import Signature, signature_of


class VersionQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """The author and the trainers, also where the feedback itself is for the whole circle."""
        cases = Case.objects.visible_to(user)
        return Q(feedback__in=Feedback.objects.filter(near_rule(user, cases, cases.own(user))))


class FeedbackVersion(models.Model):
    """How given feedback stood until it was corrected."""

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="versions")
    goal = models.TextField()
    seen = models.TextField()
    next_step = models.TextField()
    at = models.DateTimeField()  # since when it stood so

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["feedback", "-at", "-pk"]

    def __str__(self) -> str:
        return f"version {self.pk}"

    @property
    def parts(self) -> list[tuple]:
        return parts_of(self)


class NoteQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """The trainers of the cohort, but for who brought the case in."""
        cases = Case.objects.visible_to(user)
        return Q(feedback__in=Feedback.objects.filter(desk_rule(user, cases, cases.own(user))))


class FeedbackNote(models.Model):
    """What one trainer tells the other about feedback that is not given yet; gone once it is."""

    feedback = models.ForeignKey(Feedback, models.CASCADE, related_name="notes")
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    body = models.TextField()
    at = models.DateTimeField()

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["feedback", "at", "pk"]

    def __str__(self) -> str:
        return f"note {self.pk}"

    @property
    def signature(self) -> Signature:
        return signature_of(self.trainer, Role.TRAINER)
