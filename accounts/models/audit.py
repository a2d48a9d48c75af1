"""What happened because of a role: entries are only added, and each holds the hash of the one before."""

import hashlib
import json

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q

from accounts.clock import now
from accounts.policy import ReadableQuerySet


class AuditQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """Everyone reads what was done to them."""
        return Q(subject=user)

    def first_broken(self) -> "AuditEntry | None":
        """The first entry whose hash does not follow from it and the one before; None when all is well."""
        before = ""
        for entry in self.order_by("pk").iterator():
            if entry.hash != entry.digest(before):
                return entry
            before = entry.hash
        return None


class AuditEntry(models.Model):
    """Who did what to which row, because of a role. Keys only, never text."""

    at = models.DateTimeField(default=now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_constraint=False
    )
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="looks", db_constraint=False
    )
    verb = models.CharField(max_length=40)
    kind = models.ForeignKey(ContentType, models.SET_NULL, null=True)
    key = models.CharField(max_length=40, blank=True)
    keys = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)  # what the hash covers, as it was written
    hash = models.CharField(max_length=64)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["subject", "-at"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.pk}"

    def as_written(self) -> dict:
        """What the hash covers: ids and choices, as they are now."""
        return {
            "at": self.at.isoformat(),
            "actor": str(self.actor_id) if self.actor_id else None,
            "subject": str(self.subject_id) if self.subject_id else None,
            "verb": self.verb,
            "kind": self.kind.model if self.kind else None,
            "key": self.key,
            "keys": self.keys,
        }

    def digest(self, before: str) -> str:
        text = json.dumps([before, self.facts], sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def record(actor, verb: str, thing=None, subject=None, **keys) -> AuditEntry:
    """Add an entry: `actor` did `verb` to `thing`, which concerns `subject`. `keys` are ids and choices, never text."""
    return record_each(actor, verb, [(thing, subject)], **keys)[0]


@transaction.atomic
def record_each(actor, verb: str, pairs: list[tuple], **keys) -> list[AuditEntry]:
    """Add an entry for each (thing, subject), in as many statements as for one."""
    last = AuditEntry.objects.select_for_update().order_by("-pk").first()
    before, entries = last.hash if last else "", []
    for thing, subject in pairs:
        entry = AuditEntry(actor=actor, subject=subject, verb=verb, keys=keys)
        if thing is not None:
            entry.kind, entry.key = ContentType.objects.get_for_model(thing), str(thing.pk)
        entry.facts = entry.as_written()
        before = entry.hash = entry.digest(before)
        entries.append(entry)
    return AuditEntry.objects.bulk_create(entries)
