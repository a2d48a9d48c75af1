"""What was decided about a post or a message, by whom and why."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from forums.moderation.models.about import About, AboutQuerySet
from forums.moderation.models.voice import Voice
from forums.moderation.things import kind_of


class RulingQuerySet(AboutQuerySet):
    def read_rule(self, user) -> Q:
        """Who reported it and who wrote it hear the reason; moderators read what was decided."""
        if user.is_moderator:
            return Q()
        return Q(author=user) | Q(report__in=Voice.objects.filter(person=user).values("report"))


class Ruling(About):
    """One decision with its reason. The words of what it is about stand in no ruling."""

    class What(models.TextChoices):
        KEEP = "keep", _("Put it back, or leave it")
        ASK = "ask", _("Ask to change it")
        HIDE = "hide", _("Keep it hidden")
        REMOVE = "remove", _("Take it away")

    SAID = {
        What.KEEP: _("Your text stands there again."),
        What.ASK: _("You are asked to change your text. Until then only you see it."),
        What.HIDE: _("Your text is hidden. Only you see it."),
        What.REMOVE: _("Your text was taken away."),
    }

    report = models.ForeignKey("moderation.Report", models.CASCADE, null=True, related_name="rulings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    what = models.CharField(max_length=8, choices=What.choices)
    reason = models.TextField()
    is_told = models.BooleanField(default=True)  # to the writer: not when nothing happened to the text
    at = models.DateTimeField(default=now)

    objects = RulingQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["kind", "key"]), models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"ruling {self.pk}"

    @property
    def said(self):
        """In words for who wrote it."""
        return self.SAID[self.What(self.what)]

    @classmethod
    def about_texts_of(cls, person):
        """What was decided about what `person` wrote, also under a pseudonym; not where nothing happened."""
        return cls.objects.of_writer(person).filter(is_told=True)

    @classmethod
    def about_text(cls, thing):
        """What was decided about `thing`, for its writer, who is known already."""
        return cls.objects.about(thing).filter(is_told=True)

    @classmethod
    @transaction.atomic
    def make(cls, thing, by, what: str, reason: str, report=None) -> "Ruling":
        """Do it, and keep why. What is gone already stays gone; then only the reason is kept."""
        about = cls.of(thing) if thing is not None else _as_in(report)
        done = thing is not None and not kind_of(thing).is_gone(thing) and cls._do(thing, by, what, reason)
        return cls.objects.create(**about, by=by, what=what, reason=reason, report=report, is_told=bool(done))

    @classmethod
    def _do(cls, thing, by, what: str, reason: str) -> bool:
        if what == cls.What.KEEP:
            return thing.restore(by)
        return thing.strike(by, reason) if what == cls.What.REMOVE else thing.hide(by, reason)


def _as_in(report) -> dict:
    """What the report knows of a thing that is gone."""
    return {"kind_id": report.kind_id, "key": report.key, "author_id": report.author_id, "alias_id": report.alias_id}
