"""A trainer lets someone read along for a while."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.clock import now
from accounts.live.publish import publish
from accounts.models import record
from accounts.policy import ReadableQuerySet
from events.chat.models.room import ChatRoom


class TimeOutQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """Whom it is about, and the trainers of the cohort; nobody else."""
        trained = [cohort.pk for cohort in user.trained_cohorts]
        return Q(room__in=ChatRoom.objects.visible_to(user)) & (Q(person=user) | Q(room__event__cohort__in=trained))

    def in_force(self):
        return self.filter(until__gt=now())


class TimeOut(models.Model):
    """One person reads and does not write in one room, until a moment."""

    room = models.ForeignKey(ChatRoom, models.CASCADE, related_name="timeouts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    until = models.DateTimeField()

    objects = TimeOutQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "person"], name="one_time_out_per_person")]

    def __str__(self) -> str:
        return f"time-out {self.pk}"

    @property
    def left_ms(self) -> int:
        return max(0, int((self.until - now()).total_seconds() * 1000))

    @property
    def words(self) -> str:
        return words_until(self.until)

    @classmethod
    @transaction.atomic
    def give(cls, room: ChatRoom, person, by, minutes: int | None) -> "TimeOut":
        """Let `person` read along for so many minutes; None: until the end of the session. A later one counts.

        Raises Closed in the archive. Open pages of this person hear of it at once.
        """
        room = room.locked()
        room.must_be_live()
        end = room.closes_at if now() < room.closes_at else room.archived_at
        until = now() + timedelta(minutes=minutes) if minutes else end
        found, _new = cls.objects.update_or_create(room=room, person=person, defaults={"by": by, "until": until})
        record(by, "time_out", room, subject=person, minutes=minutes)
        cls.tell(room, person)
        return found

    @classmethod
    @transaction.atomic
    def lift(cls, room: ChatRoom, person, by) -> bool:
        """Let `person` write again. False when they could already."""
        room = room.locked()
        if not cls.objects.filter(room=room, person=person).in_force().delete()[0]:
            return False
        record(by, "lift_time_out", room, subject=person)
        cls.tell(room, person)
        return True

    @staticmethod
    def tell(room: ChatRoom, person) -> None:
        """Open pages of this person, and of the trainers, hear of it. Call it on a locked room."""
        room.beside().note("rest")
        publish(person, "access")


def words_until(until: datetime) -> str:
    """For whom it is about: what it is, until when, and whom to ask."""
    # Translators: how a time of day is written, in Django's letters for dates.
    time = date_format(timezone.localtime(until), _("G:i"))
    return _(
        "A trainer asks you to read along for a while. You can write again at %(time)s. Questions? Talk to a trainer."
    ) % {"time": time}
