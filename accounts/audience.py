"""For whom something is: one notion, shared by boards, cases and events, and its one reading rule."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    COHORT = "cohort", _("the circle of one cohort")
    ALUMNI = "alumni", _("alumni, trainers and organisers")
    EVERYONE = "everyone", _("all members")
    RESEARCH = "research", _("all members and researchers")


def audiences_of(user) -> list[str]:
    """The audiences without a cohort that `user` belongs to. Roles add up."""
    if not getattr(user, "is_admitted", False):
        return []
    insider = user.is_alumnus or user.is_trainer or user.is_organiser or user.is_moderator
    found: list[str] = []
    if insider:
        found.append(Audience.ALUMNI)
    if insider or user.is_participant:
        found.append(Audience.EVERYONE)
    if insider or user.is_participant or user.is_researcher or user.is_register_keeper:
        found.append(Audience.RESEARCH)
    return found


def circles_of(user) -> list:
    """Keys of the cohorts whose circle `user` belongs to, as participant or trainer."""
    return [m.cohort_id for m in user.standing if m.opens_circle]


def audience_rule(user) -> Q:
    """The rows that are meant for `user`, by their fields `audience` and `cohort`."""
    return Q(audience__in=audiences_of(user)) | Q(audience=Audience.COHORT, cohort__in=circles_of(user))
