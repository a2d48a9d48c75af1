"""The usual sessions in the database, read by a query that stands ready: every page and every socket begins with it."""

from typing import Any

from django.contrib.sessions.backends import db
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from accounts.prepared import Prepared

STORED = Prepared(
    "sessions.Session",
    lambda sessions, key, moment: sessions.filter(session_key=key, expire_date__gt=moment),
    key=CharField(),
    moment=DateTimeField(),
)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Any:
        """The row, or None when there is none or it ended; Django then makes a new key."""
        for found in STORED.read(key=self.session_key, moment=timezone.now()):
            return found
        self._session_key = None
        return None
