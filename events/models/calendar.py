"""Which events someone reads, and events by their time."""

from django.db.models import Count, F, Q

from accounts.clock import now
from accounts.policy import ReadableQuerySet

HOLDING = ("yes", "offered")  # answers that take a place


class EventQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """Sessions: their cohort, its trainers and organisers. Return days: who meets members; alumni those meant for them."""
        kind = self.model.Kind
        sessions = Q(kind=kind.SESSION)
        if user.is_organiser:
            return Q()
        mine = sessions & Q(cohort__in=[m.cohort_id for m in user.standing if m.opens_circle])
        days = Q(kind=kind.RETURN_DAY, announced_at__isnull=False)
        if user.is_trainer or user.is_moderator:
            return mine | days
        if not user.is_alumnus:
            return mine
        meant = self.model.cohorts.through.objects.filter(cohort__in=[c.pk for c in user.alumnus_cohorts])
        everyones = ~Q(pk__in=self.model.cohorts.through.objects.values("event"))
        return mine | days & (everyones | Q(pk__in=meant.values("event")))

    def sessions(self):
        return self.filter(kind=self.model.Kind.SESSION)

    def return_days(self):
        return self.filter(kind=self.model.Kind.RETURN_DAY)

    def upcoming(self):
        """Not over yet, the first one first."""
        return self.filter(ends_at__gt=now()).order_by("starts_at", "pk")

    def past(self):
        return self.filter(ends_at__lte=now()).order_by("-starts_at", "pk")

    def with_places(self):
        """Each with `taken` (a yes, or an offer that is open), `left` and `in_line` (how many wait)."""
        taken = Count("rsvps", filter=Q(rsvps__state__in=HOLDING))
        in_line = Count("rsvps", filter=Q(rsvps__state="waiting"))
        return self.annotate(taken=taken, left=F("capacity") - taken, in_line=in_line)
