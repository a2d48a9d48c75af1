"""Someone's place in the register. What they said yes to stands in their consents; this row says how often, and since when."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.clock import now, today
from accounts.models import Consent, Outgoing, User, Wording
from accounts.policy import ReadableQuerySet
from accounts.research.counts import guarded
from accounts.research.models.scope import PURPOSES, Scope

CAPS = (1, 2, 4, 6)  # calls in twelve months
USUAL_CAP = 2


class TextChanged(Exception):
    """The text that was on screen is not the newest any more, so nobody agreed to the newest."""


class ResearchEntryQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        return Q(person=user)

    def in_force(self, scope: str = ""):
        """Who may be asked now: for anything, or for this scope. Asked of the consents themselves, each time."""
        purposes = [Scope(scope).purpose] if scope else PURPOSES
        said_yes = Consent.objects.in_force().filter(person=OuterRef("person"), purpose__in=purposes)
        return self.reachable().filter(Exists(said_yes))

    def reachable(self):
        """Not withdrawn, not on pause, and someone who can come in to answer."""
        active = Q(state=ResearchEntry.State.ACTIVE) | Q(state=ResearchEntry.State.PAUSED, paused_until__lte=today())
        return self.filter(active, person__is_active=True, person__suspended_at=None)


class ResearchEntry(models.Model):
    """One person in the register. After withdrawing only that and the moment is left of it."""

    class State(models.TextChoices):
        ACTIVE = "active", _("in the register")
        PAUSED = "paused", _("on pause")
        WITHDRAWN = "withdrawn", _("stopped")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="research_entry"
    )
    state = models.CharField(max_length=9, choices=State.choices, default=State.ACTIVE)
    paused_until = models.DateField(null=True)
    cap = models.PositiveSmallIntegerField(default=USUAL_CAP)
    since = models.DateTimeField(default=now)  # in the register; after withdrawing, out of it
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="+")  # of the last choice
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)

    objects = ResearchEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cap__in=CAPS), name="caps_that_are_offered"),
            models.CheckConstraint(condition=Q(paused_until=None) | Q(state="paused"), name="only_a_pause_has_an_end"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_in(self) -> bool:
        return self.state != self.State.WITHDRAWN

    @classmethod
    def counts(cls) -> list[tuple[Scope, str]]:
        """How many people may be asked for each scope, as it may be shown. People have several, so there is no total."""
        people = cls.objects.reachable().values("person")
        yes = Consent.objects.in_force().filter(purpose__in=PURPOSES, person__in=people)
        found = dict(yes.order_by().values_list("purpose").annotate(Count("person")))
        return [(scope, guarded(found.get(scope.purpose, 0))) for scope in Scope]

    @classmethod
    @transaction.atomic
    def choose(cls, person, scopes, cap: int, wording: Wording | None) -> "ResearchEntry | None":
        """Be in the register for these `scopes` and no others, at most `cap` calls in twelve months.

        `wording` is the text that was on screen, in the language that is active now. Choosing nothing is
        withdrawing; choosing the same twice is choosing it once. Raises TextChanged when there is a newer text.
        """
        User.objects.select_for_update().get(pk=person.pk)  # one choice of a person at a time
        if wording is None or wording != Wording.objects.latest(Wording.Kind.REGISTER):
            raise TextChanged
        entry = cls.objects.filter(person=person).first()
        if not scopes:
            if entry:
                entry.withdraw()
            return entry
        entry = entry or cls(person=person, state=cls.State.WITHDRAWN)
        if not entry.is_in:
            entry.since = now()
        entry.state, entry.paused_until, entry.cap = cls.State.ACTIVE, None, cap
        entry.wording, entry.language = wording, "en" if get_language() == "en" else "nl"
        entry.save()
        if last := entry._note({Scope(scope) for scope in scopes}, wording):
            Outgoing.queue("consent_confirmed", person, about=entry, dedupe_key=f"consent_confirmed:{last.pk}")
        return entry

    @transaction.atomic
    def withdraw(self) -> None:
        """Out of the register at once: every consent is taken back, calls without a yes of their own lapse.

        Doing it twice is doing it once. What someone agreed to for a study itself stands apart from this.
        """
        User.objects.select_for_update().get(pk=self.person_id)
        entry = ResearchEntry.objects.get(pk=self.pk)
        if entry.is_in:
            last = entry._note(set(), entry.wording)
            entry.state, entry.paused_until, entry.cap, entry.since = self.State.WITHDRAWN, None, USUAL_CAP, now()
            entry.save()
            entry.person.study_calls.open().lapse()
            key = f"withdrawal_confirmed:{last.pk if last else entry.since.isoformat()}"
            Outgoing.queue("withdrawal_confirmed", entry.person, about=entry, dedupe_key=key)
        self.refresh_from_db()

    def _note(self, chosen: set[Scope], wording: Wording) -> Consent | None:
        """Add a row for each scope that is new, agreed to in another text, or given up. Returns the last one."""
        held = {Scope.of(row.purpose): row for row in self.person.consents.in_force().filter(purpose__in=PURPOSES)}
        last, moment = None, now()
        for scope in Scope:
            row = held.get(scope)
            if scope in chosen and (row is None or row.wording_id != wording.pk):
                last = Consent.note(self.person, scope.purpose, granted=True, wording=wording, at=moment)
            elif scope not in chosen and row is not None:
                last = Consent.note(self.person, scope.purpose, granted=False, wording=wording, at=moment)
        return last
