"""A query that stands ready gives what the ordinary one gives, to whom the rule lets read now and to nobody else."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, transaction
from django.db.models import UUIDField
from django.db.transaction import TransactionManagementError

from accounts.models import Membership, User
from accounts.models.person import STANDING
from accounts.prepared import Prepared, insert, update
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


def test_a_row_is_stored_as_saving_does_it(noor):
    fields = [f.attname for f in Membership._meta.concrete_fields if not f.primary_key]
    saved = Membership(person=noor, role="moderator")
    stored = Membership(person=noor, role="organiser", since=saved.since)
    saved.save()
    insert(stored)
    assert stored.pk and not stored._state.adding
    found = Membership.objects.get(pk=stored.pk)
    assert [getattr(found, name) for name in fields if name != "role"] == [
        getattr(saved, name) for name in fields if name != "role"
    ]
    found.until, found.role = found.since, "researcher"
    update(found, "until")
    assert Membership.objects.values_list("until", "role").get(pk=stored.pk) == (found.since, "organiser")
    found.delete()
    with pytest.raises(DatabaseError):
        update(stored, "until")


@pytest.mark.django_db(transaction=True)
def test_a_row_is_locked_inside_a_transaction_only_the_second_time_as_well():
    person = make.person()
    locked = Prepared("accounts.User", lambda people, pk: people.select_for_update().filter(pk=pk), pk=UUIDField())
    with transaction.atomic():
        assert locked.read(pk=person.pk) == [person]
    with pytest.raises(TransactionManagementError):
        locked.read(pk=person.pk)
