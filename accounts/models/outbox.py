"""One mail to one person, once: a row in the transaction that causes it."""

import uuid
from datetime import timedelta
from email.utils import make_msgid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.db.models import Q

from accounts.clock import now
from accounts.jobs import soon
from accounts.policy import NOBODY, ReadableQuerySet

# After each failure it is tried again this much later (minutes); then it has failed.
BACK_OFF = (1, 5, 30, 120, 360, 1440)
STUCK = timedelta(minutes=10)


class OutgoingQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return NOBODY  # the worker reads them; what failed gets a page of its own

    def due(self):
        """Queued and past its moment, or left half done by a worker that died."""
        return self.filter(
            Q(state=Outgoing.State.QUEUED, due_at__lte=now())
            | Q(state=Outgoing.State.SENDING, claimed_at__lte=now() - STUCK)
        )

    @transaction.atomic
    def claim(self) -> "Outgoing | None":
        """Take one due row for this worker; several workers never take the same one."""
        rows = self.due().order_by("due_at")
        rows = (
            rows.select_for_update(skip_locked=True) if connection.features.has_select_for_update_skip_locked else rows
        )
        row = rows.first()
        if row:
            row.state, row.claimed_at, row.tries = Outgoing.State.SENDING, now(), row.tries + 1
            row.save(update_fields=["state", "claimed_at", "tries"])
        return row


class Outgoing(models.Model):
    """A mail that is due. Its words are made when it is sent; a secret it carries is wiped afterwards."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        DROPPED = "dropped"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="outgoing")
    address = models.EmailField(blank=True)  # of who has no account yet
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="nl")
    about_kind = models.ForeignKey(ContentType, models.CASCADE, null=True)
    about_key = models.CharField(max_length=40, blank=True)
    about = GenericForeignKey("about_kind", "about_key")
    data = models.JSONField(default=dict)  # keys, and short-lived secrets; emptied when it is done
    dedupe_key = models.CharField(max_length=150, unique=True)
    message_id = models.CharField(max_length=150)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    reason = models.CharField(max_length=40, blank=True)  # why it was dropped or failed, as a code
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=now)
    due_at = models.DateTimeField(default=now)
    claimed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @classmethod
    def queue(
        cls, kind: str, person=None, *, about=None, dedupe_key: str, data=None, address="", language="", due_at=None
    ) -> "Outgoing":
        """Write down that a mail is due, in the transaction that causes it. The same `dedupe_key` is one mail."""
        thing = {"about": about} if about else {}
        row, made = cls.objects.get_or_create(
            dedupe_key=dedupe_key,
            defaults=thing
            | {
                "kind": kind,
                "person": person,
                "address": address,
                "language": language or (person.language if person else "nl"),
                "data": data or {},
                "due_at": due_at or now(),
                "message_id": make_msgid(domain=settings.EMAIL_FROM.rsplit("@", 1)[-1].rstrip(">")),
            },
        )
        if made:
            soon("accounts.tasks.send_mail")
        return row

    @property
    def recipient(self) -> str:
        return self.person.email if self.person else self.address

    def sent(self) -> None:
        self._finish(Outgoing.State.SENT)

    def drop(self, reason: str) -> None:
        """Not sent, because it is no longer wanted or allowed."""
        self._finish(Outgoing.State.DROPPED, reason)

    def try_later(self, reason: str) -> None:
        """Sending failed: again after a while, or given up."""
        if self.tries > len(BACK_OFF):
            self._finish(Outgoing.State.FAILED, reason)
            return
        self.state, self.reason = Outgoing.State.QUEUED, reason
        self.due_at = now() + timedelta(minutes=BACK_OFF[self.tries - 1])
        self.save(update_fields=["state", "reason", "due_at"])

    def _finish(self, state: str, reason: str = "") -> None:
        self.state, self.reason, self.done_at, self.data = state, reason, now(), {}
        self.save(update_fields=["state", "reason", "done_at", "data"])
