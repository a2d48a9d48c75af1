"""A call to take part: one study, one person."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from accounts.policy import ReadableQuerySet
from accounts.research.models.study import Study


class StudyCallQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q(person=user)

    def open(self):
        """Without a consent to the study itself yet."""
        return self.filter(state__in=[StudyCall.State.INVITED, StudyCall.State.INTERESTED])

    def lapse(self) -> int:
        return self.update(state=StudyCall.State.WITHDRAWN)


class StudyCall(models.Model):
    """One person was asked for one study, once."""

    class State(models.TextChoices):
        INVITED = "invited", _("invited")
        INTERESTED = "interested", _("interested")
        CONSENTED = "consented", _("takes part")
        COMPLETED = "completed", _("took part")
        DECLINED = "declined", _("rather not")
        EXPIRED = "expired", _("let it pass")
        WITHDRAWN = "withdrawn", _("stopped")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    study = models.ForeignKey(Study, models.CASCADE, related_name="calls")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="study_calls")
    state = models.CharField(max_length=10, choices=State.choices, default=State.INVITED)
    sent_at = models.DateTimeField(default=now)

    objects = StudyCallQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]
        constraints = [models.UniqueConstraint(fields=["study", "person"], name="one_call_per_study")]

    def __str__(self) -> str:
        return str(self.pk)
