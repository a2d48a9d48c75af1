"""How far someone has read a room. Nobody else sees it."""

from django.conf import settings
from django.db import connection, models
from django.db.models import Q

from accounts.policy import ReadableQuerySet
from events.chat.models.room import ChatRoom


class ReadUntilQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q(person=user)


class ReadUntil(models.Model):
    """The number of the last thing in a room that someone has had on the screen."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    room = models.ForeignKey(ChatRoom, models.CASCADE, related_name="readings")
    seq = models.PositiveIntegerField()

    objects = ReadUntilQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "room"], name="one_reading_per_room")]

    def __str__(self) -> str:
        return f"reading {self.pk}"

    @classmethod
    def reach(cls, person, room: ChatRoom, seq: int) -> None:
        """Move forward to `seq`, or to the end of the room, in one statement; a lower number changes nothing."""
        table = cls._meta.db_table
        keys = [one._meta.pk.get_db_prep_value(one.pk, connection) for one in (person, room)]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (person_id, room_id, seq) VALUES (%s, %s, %s) "  # noqa: S608  (a constant)
                "ON CONFLICT (person_id, room_id) DO UPDATE SET seq = excluded.seq "
                f"WHERE excluded.seq > {table}.seq",
                [*keys, min(seq, room.seq)],
            )
