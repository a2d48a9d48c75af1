"""The only way to a row, and who may do what to people."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.http import Http404


class ReadableQuerySet(models.QuerySet):
    """A queryset that knows who may read its rows. Subclasses state one rule."""

    def visible_to(self, user) -> "ReadableQuerySet":
        """The rows that `user` may read: none for who is nobody, inactive, suspended or has not agreed."""
        return self.filter(self.read_rule(user)) if may_read(user) else self.none()

    def rule_for(self, user) -> Q:
        """What `visible_to` goes by, for queries that stand ready (`accounts.prepared`)."""
        return self.read_rule(user) if may_read(user) else NOBODY

    def read_rule(self, user) -> Q:
        raise NotImplementedError(f"{self.model.__name__} does not say who may read it")

    def read_or_404(self, user, **lookup: Any):
        """The one row that matches and that `user` may read. Raises Http404 otherwise, for both alike."""
        try:
            return self.visible_to(user).get(**lookup)
        except (self.model.DoesNotExist, ValueError):
            raise Http404 from None


NOBODY = Q(pk__in=[])


def may_read(user) -> bool:
    """May read at all; also asked of who is nobody."""
    return getattr(user, "is_admitted", False)


def require(allowed: bool) -> None:
    """Raise PermissionDenied (403) unless `allowed`: for who may read the thing but not do this."""
    if not allowed:
        raise PermissionDenied


def require_role(held: bool) -> None:
    """Raise Http404 unless `held`: pages of a role do not exist for who does not hold it."""
    if not held:
        raise Http404


def can_edit_user(user, person) -> bool:
    return user.pk == person.pk


def can_invite_cohort(user, cohort) -> bool:
    return user.is_organiser and cohort.state in ("open", "running")


def can_change_cohort(user, cohort) -> bool:
    return user.is_organiser


def can_certify_cohort(user, cohort) -> bool:
    return user.is_organiser and cohort.state in ("running", "alumni")


def can_end_membership(user, membership) -> bool:
    """A place in a cohort; roles for the whole site are not the organiser's."""
    return user.is_organiser and membership.cohort_id is not None and membership.until is None


def can_certify_membership(user, membership) -> bool:
    waits = membership.role == "participant" and membership.certificate_on is None and membership.until is None
    return waits and can_certify_cohort(user, membership.cohort)


def can_end_role(user, membership) -> bool:
    """A role for the whole site. One's own stays: a site without an administrator cannot be run."""
    own = membership.person_id == user.pk and membership.role == "site_administrator"
    return user.is_site_administrator and membership.cohort_id is None and not own


def can_ask_opening(user, thing) -> bool:
    """A privacy officer who takes no part in the conversation."""
    return user.is_privacy_officer and not thing.has_part(user)


def can_decide_opening(user, opening) -> bool:
    """A second privacy officer, who takes no part in it either."""
    return opening.waits and opening.asked_by_id != user.pk and can_ask_opening(user, opening.thing)


def can_look_opening(user, opening) -> bool:
    """The two who signed, as long as it is open."""
    return user.is_privacy_officer and opening.is_open and user.pk in (opening.asked_by_id, opening.decided_by_id)
