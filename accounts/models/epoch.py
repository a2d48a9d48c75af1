"""One number for the whole site, raised whenever who may read what changes."""

from django.db import models, transaction
from django.db.models import F

from accounts.live.publish import publish
from accounts.prepared import Prepared

NOW = Prepared("accounts.Epoch", lambda epochs: epochs.all())


class Epoch(models.Model):
    """The one row that says how often access changed. Open sockets compare it."""

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_epoch")]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def now(cls) -> int:
        found = NOW.read()
        return found[0].number if found else 0

    @classmethod
    @transaction.atomic
    def step(cls, *people) -> None:
        """Raise the number in this transaction; the pages that `people` have open are looked at after it commits."""
        if not cls.objects.filter(pk=1).update(number=F("number") + 1):
            cls.objects.create(pk=1, number=1)
        for person in people:
            publish(person, "access")
