"""What makes it unsafe, what protects, and what someone chose to do about it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.policy import ReadableQuerySet
from forums.cases.stages import State


class Level(models.TextChoices):
    ORGANISATION = "organisation", _("Organisation")
    TEAM = "team", _("Team")
    INDIVIDUAL = "individual", _("Individual")


class Changer(models.TextChoices):
    """Who can change a factor."""

    SELF = "self", _("I myself")
    TEAM = "team", _("My team")
    MANAGER = "manager", _("My manager")
    ORGANISATION = "organisation", _("The organisation")
    UNKNOWN = "unknown", _("I do not know yet")


class PartQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """Whoever reads the case."""
        of_case = self.model._meta.get_field("case").related_model
        return Q(case__in=of_case.objects.visible_to(user))


class Factor(models.Model):
    """Something that keeps a problem going, or something that protects. Feedback may point at it."""

    class Kind(models.TextChoices):
        RISK = "risk", _("Risk")
        PROTECTION = "protection", _("What protects")

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=300)
    level = models.CharField(max_length=12, choices=Level.choices, blank=True)
    changer = models.CharField(max_length=12, choices=Changer.choices, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["case", "-kind", "position", "pk"]

    def __str__(self) -> str:
        return f"factor {self.pk}"


class ChosenAction(models.Model):
    """What the author of a case is going to do, and on which level."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="actions")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=500)
    level = models.CharField(max_length=12, choices=Level.choices, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["case", "position", "pk"]

    def __str__(self) -> str:
        return f"action {self.pk}"


class Transition(models.Model):
    """That a case went on, and in which part its doer stood: never who that is."""

    class By(models.TextChoices):
        AUTHOR = "author", _("by who brought it in")
        TRAINER = "trainer", _("by a trainer")
        NOBODY = "", _("by itself")

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="transitions")
    to = models.CharField(max_length=10)
    by = models.CharField(max_length=10, choices=By.choices, blank=True)
    at = models.DateTimeField()

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["case", "pk"]

    def __str__(self) -> str:
        return f"transition {self.pk}"

    @property
    def words(self) -> str:
        return State(self.to).label
