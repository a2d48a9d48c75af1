"""Who does not want to be named among those present."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.clock import now
from accounts.live.publish import publish
from accounts.policy import ReadableQuerySet
from events.chat import ready


class HidingQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q(person=user)


class Hiding(models.Model):
    """Someone who is counted in every room and named in none. The row is there as long as they hide."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="hiding")
    since = models.DateTimeField(default=now)

    objects = HidingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"hiding {self.pk}"

    @classmethod
    def chosen_by(cls, person) -> bool:
        """Whether this person, who asks, hides."""
        return bool(ready.HIDES.read(person=person.pk))

    @classmethod
    def choose(cls, person, *, hides: bool) -> None:
        """Hide, or be named again. Open pages hear of it at once."""
        if hides:
            cls.objects.get_or_create(person=person)
        else:
            cls.objects.filter(person=person).delete()
        publish(person, "access")
