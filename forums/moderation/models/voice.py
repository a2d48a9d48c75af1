"""What one person said in a report. The writer of what was reported never learns who it was."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from accounts.policy import ReadableQuerySet


class Reason(models.TextChoices):
    RECOGNISABLE = "recognisable", _("Someone is recognisable")
    HURTFUL = "hurtful", _("It is hurtful")
    UNSAFE = "unsafe", _("There is an unsafe situation")
    ADVERT = "advert", _("It is an advertisement")
    OTHER = "other", _("Something else")


class VoiceQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """One's own. Who handles the report reads the others there."""
        return Q(person=user)


class Voice(models.Model):
    """One reporter at one report: once, with the last words."""

    report = models.ForeignKey("moderation.Report", models.CASCADE, related_name="voices")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_trainer = models.BooleanField(default=False)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    note = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)  # of the text that they read
    at = models.DateTimeField(default=now)

    objects = VoiceQuerySet.as_manager()
    is_repeat = False

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["report", "person"], name="one_voice_per_report")]

    def __str__(self) -> str:
        return f"voice {self.pk}"

    @classmethod
    def speak(cls, report, person, reason: str, note: str, **more) -> "Voice":
        words = {"reason": reason, "note": note} | more
        voice, made = cls.objects.update_or_create(report=report, person=person, defaults=words)
        voice.is_repeat = not made
        return voice
