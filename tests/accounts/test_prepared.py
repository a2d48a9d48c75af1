"""A query that stands ready gives what the ordinary one gives, to whom the rule lets read now and to nobody else."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Membership, User
from accounts.models.person import STANDING
from accounts.prepared import Prepared
from tests import make

MINE = Prepared("accounts.Membership", lambda places, rule: places.filter(rule).select_related("cohort"))


@pytest.fixture
def noor(db):
    return make.person(cohort=make.cohort(), name="Noor")


def again(person) -> User:
    return User.objects.get(pk=person.pk)


def mine(person) -> list:
    return MINE.read(Membership.objects.rule_for(person))


def test_it_gives_the_same_rows_with_what_belongs_to_them(noor, django_assert_num_queries):
    make.trainer(noor.cohorts[0])
    (usual,) = noor.memberships.current().select_related("cohort")
    with django_assert_num_queries(1):
        (found,) = STANDING.read(person=noor.pk, day=usual.since)
        assert found.cohort.name == usual.cohort.name
    assert found == usual
    assert {f.attname: getattr(found, f.attname) for f in Membership._meta.fields} == {
        f.attname: getattr(usual, f.attname) for f in Membership._meta.fields
    }


def test_the_rule_is_asked_anew_each_time(noor):
    other = make.person(cohort=noor.cohorts[0])
    assert {place.person_id for place in mine(noor)} == {noor.pk, other.pk}
    noor.memberships.get().end()
    assert {place.person_id for place in mine(again(noor))} == {noor.pk}


def test_who_may_read_nothing_asks_nothing(noor, django_assert_num_queries):
    assert mine(noor)
    noor.suspend(make.person(), "even")
    with django_assert_num_queries(0):
        assert mine(noor) == []
        assert mine(AnonymousUser()) == []
