"""Conversations in a circle that are meant for fewer people than the whole circle."""

from functools import partial

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.audience import circles_of
from accounts.policy import ReadableQuerySet
from forums.models.alias import Alias, own_topics

KNOWN = 300  # seconds that the marks of a circle are kept ready


class Narrow(models.TextChoices):
    TRAINERS = "trainers", _("only the trainers")
    FEW = "few", _("people whom I choose, and the trainers")


class SeatQuerySet(ReadableQuerySet):
    def read_rule(self, user) -> Q:
        from_topic = self.model._meta.get_field("topic").related_model
        return Q(topic__in=from_topic.objects.visible_to(user))


class Seat(models.Model):
    """One of the chosen few. Who brought the case in has one too, so that the list does not tell who that is."""

    topic = models.ForeignKey("forums.Topic", models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="seats")

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "person"], name="one_seat_per_person")]

    def __str__(self) -> str:
        return f"seat {self.pk}"


def narrow_rule(user) -> Q:
    """The topics of boards that `user` reads which are not meant for fewer people than that, or for `user` too."""
    circles = circles_of(user)
    if not circles:
        return Q(narrow="")  # only a circle has narrower conversations
    trained = [cohort.pk for cohort in user.trained_cohorts]
    seats = Seat.objects.filter(person=user).values("topic")
    meant = Q(narrow="") | Q(author=user) | Q(narrow=Narrow.FEW, pk__in=seats)
    if trained:  # without it nothing of the board is asked
        meant |= Q(board__cohort__in=trained)
    hidden = [pk for cohort in circles for pk in own_topics(user, veiled_in(cohort))]
    return meant | Q(pk__in=hidden) if hidden else meant


def veiled_in(cohort) -> list[tuple]:
    """(alias, topic, mark) of what stands under a pseudonym in a circle, for the trainers only."""
    found = Alias.objects.filter(topic__board__cohort=cohort, topic__narrow=Narrow.TRAINERS)
    rows = found.annotate(mark=F("seal__mark")).values_list("pk", "topic", "mark")
    return cache.get_or_set(f"veiled:{cohort}", lambda: list(rows), KNOWN)


def forget_veiled(cohort) -> None:
    """After the commit: who may read what in this circle changed."""
    transaction.on_commit(partial(cache.delete, f"veiled:{cohort}"))
