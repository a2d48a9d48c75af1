"""What someone shows of themselves, and to whom."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from accounts.models.cohort import Membership
from accounts.models.consent import Consent
from accounts.policy import ReadableQuerySet


class Visibility(models.TextChoices):
    NOBODY = "nobody", _("Nobody")
    OWN_COHORT = "own_cohort", _("My circle")
    MEMBERS = "members", _("All members")


def mates_of(user) -> Q:
    """The profiles of who is in a circle of `user`."""
    mates = Membership.objects.current().filter(cohort__in=[m.cohort_id for m in user.standing if m.opens_circle])
    return Q(person__in=mates.values("person"))


class ProfileQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        """One's own, those with an open field, and who chose to be listed. Nothing is open at first."""
        listed = Q(is_listed=True) if user.meets_members else Q(pk__in=[])
        alive = Q(person__is_active=True, person__suspended_at=None)
        return Q(person=user) | (alive & (listed | self.opened(user)))

    def opened(self, user) -> Q:
        """At least one field is open to `user`. The own circle is among the members."""
        everyone, circle = Q(pk__in=[]), Q(pk__in=[])
        for field in Profile.FIELDS:
            shown = ~Q(**{field: ""})
            everyone |= shown & Q(**{f"{field}_for": Visibility.MEMBERS})
            circle |= shown & ~Q(**{f"{field}_for": Visibility.NOBODY})
        near = circle & mates_of(user)
        return near | everyone if user.meets_members else near

    def opened_to(self, user):
        return self.filter(Q(person=user) | self.opened(user))

    def as_cards(self):
        """By name, with the person and where they take part at hand: two queries for all of them."""
        seats = models.Prefetch(
            "person__memberships", Membership.objects.current().select_related("cohort"), to_attr="standing"
        )
        return self.select_related("person").prefetch_related(seats).order_by("person__name", "pk")

    def found(self, words: str):
        """Whose name, or a sector that is open to all members, holds `words`."""
        sector = Q(sector__icontains=words, sector_for=Visibility.MEMBERS)
        return self.filter(Q(person__name__icontains=words) | sector) if words else self

    def trainers(self):
        return self.filter(person__in=Membership.objects.current().trainers().values("person"))

    def in_circles_of(self, user):
        return self.filter(mates_of(user))

    def beyond(self, profile: "Profile"):
        """Those who come after `profile` by name."""
        name = profile.person.name
        return self.filter(Q(person__name__gt=name) | Q(person__name=name, pk__gt=profile.pk))

    def listed(self):
        return self.filter(is_listed=True, person__is_active=True, person__suspended_at=None)


class Profile(models.Model):
    """What someone tells about themselves, and to whom, field by field. Employer and town are shown to nobody."""

    FIELDS = ("sector", "position", "about")

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="profile")
    sector = models.CharField(_("sector"), max_length=60, blank=True)
    sector_for = models.CharField(max_length=12, choices=Visibility.choices, default=Visibility.NOBODY)
    position = models.CharField(_("position"), max_length=100, blank=True)
    position_for = models.CharField(max_length=12, choices=Visibility.choices, default=Visibility.NOBODY)
    about = models.TextField(_("about me"), blank=True)
    about_for = models.CharField(max_length=12, choices=Visibility.choices, default=Visibility.NOBODY)
    employer = models.CharField(_("employer"), max_length=150, blank=True)
    town = models.CharField(_("town"), max_length=100, blank=True)
    is_listed = models.BooleanField(_("in the list of members"), default=False)
    changed_at = models.DateTimeField(null=True)

    objects = ProfileQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)

    def shown_to(self, user) -> dict[str, str]:
        """The filled fields that `user` may see, by name. The owner sees all of them."""
        if user.pk == self.pk:
            return self.shown_for(*Visibility.values)
        mine = {m.cohort_id for m in user.standing if m.opens_circle}
        if mine & {m.cohort_id for m in self.person.standing if m.opens_circle}:
            return self.shown_for(Visibility.OWN_COHORT, Visibility.MEMBERS)
        return self.shown_for(Visibility.MEMBERS) if user.meets_members else {}

    def shown_for(self, *audiences: str) -> dict[str, str]:
        """The filled fields that are open to one of these audiences, by name."""
        return {
            field: getattr(self, field)
            for field in self.FIELDS
            if getattr(self, field) and getattr(self, f"{field}_for") in audiences
        }

    @property
    def granted(self) -> set[str]:
        """What is given away now, as purposes of consent."""
        given = {f"profile:{f}:{getattr(self, f'{f}_for')}" for f in self.FIELDS}
        given = {purpose for purpose in given if not purpose.endswith(Visibility.NOBODY)}
        return given | {"listed"} if self.is_listed else given

    @transaction.atomic
    def change(self, texts: dict[str, str] | None = None, **fields) -> None:
        """Save these fields; what is newly shown, or no longer, is written down as consent.

        `texts` holds, by purpose, the words that the owner saw beside the choice.
        """
        mine = Profile.objects.select_for_update().get(pk=self.pk)
        before = mine.granted
        for name, value in fields.items():
            setattr(mine, name, value)
        mine.changed_at = now()
        mine.save(update_fields=[*fields, "changed_at"])
        for purpose in sorted(before ^ mine.granted):
            Consent.note(self.person, purpose, purpose in mine.granted, text=(texts or {}).get(purpose, purpose))
        self.__dict__.update({name: getattr(mine, name) for name in [*fields, "changed_at"]})
