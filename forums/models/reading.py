"""Up to where someone has read. Seen by nobody else; it only moves forward."""

from datetime import timedelta

from django.conf import settings
from django.db import connection, models
from django.db.models import Q

from accounts.policy import ReadableQuerySet

# What was written longer ago counts as known to everyone: nobody comes back to a thousand unread conversations.
FRESH = timedelta(days=60)


class ReadUntilQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q(person=user)


class ReadUntil(models.Model):
    """The number of the last post of a topic that someone has had on the screen."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="readings")
    topic = models.ForeignKey("forums.Topic", models.CASCADE, related_name="readings")
    number = models.PositiveIntegerField()

    objects = ReadUntilQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="one_reading_per_topic")]

    def __str__(self) -> str:
        return f"reading {self.pk}"

    @classmethod
    def reach(cls, person, topic, number: int) -> None:
        """Move forward to `number`, in one statement; a lower number changes nothing."""
        table = cls._meta.db_table
        keys = [one._meta.pk.get_db_prep_value(one.pk, connection) for one in (person, topic)]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (person_id, topic_id, number) VALUES (%s, %s, %s) "  # noqa: S608  (a constant)
                "ON CONFLICT (person_id, topic_id) DO UPDATE SET number = excluded.number "
                f"WHERE excluded.number > {table}.number",
                [*keys, number],
            )
