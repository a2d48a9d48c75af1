"""Roles for the whole site: given by the site administrator, noted, told, and ended at once."""

import pytest

from accounts.models import AuditEntry, Membership, Outgoing, Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return make.person(roles=[Role.SITE_ADMINISTRATOR])


def test_a_role_is_given_noted_and_told_to_the_privacy_officers(enter, boss):
    officer, noor = make.person(roles=[Role.PRIVACY_OFFICER]), make.person()
    response = enter(boss).post("/roles/", {"email": noor.email.upper(), "role": "trainer"})
    assert response.status_code == 302
    assert noor.memberships.get().role == Role.TRAINER
    assert AuditEntry.objects.filter(actor=boss, subject=noor, verb="grant").count() == 1
    assert [row.person for row in Outgoing.objects.filter(kind="role_granted")] == [officer]


def test_given_twice_is_given_once(enter, boss):
    noor = make.person()
    for _time in range(2):
        enter(boss).post("/roles/", {"email": noor.email, "role": "moderator"})
    assert noor.memberships.count() == 1


@pytest.mark.parametrize(
    "words",
    [{"email": "niemand@example.org"}, {"email": "x"}, {"role": "alumnus"}, {"role": "participant"}, {"email": "\x00"}],
)
def test_what_cannot_be_given_is_said_and_comes_back_filled(enter, boss, words):
    noor = make.person()
    response = enter(boss).post("/roles/", {"email": noor.email, "role": "moderator"} | words)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert not noor.memberships.exists()


def test_a_role_ends_and_what_it_opened_closes(enter, boss):
    lieve = make.person(roles=[Role.MODERATOR])
    held = lieve.memberships.get()
    client = enter(boss)
    assert client.get(f"/roles/{held.pk}/end/").status_code == 200
    assert lieve.memberships.current().exists()
    client.post(f"/roles/{held.pk}/end/")
    assert not lieve.memberships.current().exists()
    assert enter(lieve).get("/people/").status_code == 404


def test_one_cannot_end_the_own_administration(enter, boss):
    held = boss.memberships.get()
    assert enter(boss).post(f"/roles/{held.pk}/end/").status_code == 403


def test_places_in_cohorts_are_not_the_administrators(enter, boss):
    seat = Membership.objects.get(person=make.person(cohort=make.cohort()))
    assert enter(boss).post(f"/roles/{seat.pk}/end/").status_code == 404
