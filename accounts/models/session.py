"""Where someone is signed in."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session as StoredSession
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.devices import Device
from accounts.models.epoch import Epoch
from accounts.models.person import User
from accounts.policy import ReadableQuerySet


class SessionQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q(user=user)

    def of(self, user):
        return self.filter(user=user)

    def alive(self):
        """Those that still open the site. Sessions end by the real clock, also where the product's runs ahead."""
        stored = StoredSession.objects.filter(expire_date__gt=timezone.now())
        return self.filter(session_key__in=stored.values("session_key"))

    @transaction.atomic
    def end(self) -> int:
        """Sign out everywhere that this queryset names; open pages there close."""
        people = list(User.objects.filter(pk__in=self.values("user")))
        StoredSession.objects.filter(session_key__in=list(self.values_list("session_key", flat=True))).delete()
        count, _ = self.delete()
        Epoch.step(*people)
        return count


class Session(UserSession):
    """One device on which someone is signed in."""

    objects = SessionQuerySet.as_manager()

    class Meta:
        proxy = True

    @property
    def device(self) -> Device:
        return Device.of(self.user_agent)
