"""Whatever changes who may read what raises the one number that open pages compare."""

import pytest

from accounts.clock import today
from accounts.models import Cohort, Epoch, Role, Session
from tests import make

pytestmark = pytest.mark.django_db


def membership(person):
    return person.memberships.get()


VERBS = {
    "a membership ends": lambda noor, boss: membership(noor).end(by=boss),
    "someone is suspended": lambda noor, boss: noor.suspend(boss, "rust"),
    "a suspension is lifted": lambda noor, boss: noor.lift(boss),
    "a role is given": lambda noor, boss: noor.grant(Role.MODERATOR, boss),
    "someone is placed in a cohort": lambda noor, boss: make.cohort().enrol(noor, by=boss),
    "a certificate is given": lambda noor, boss: membership(noor).certify(today(), by=boss),
    "a cohort moves on": lambda noor, boss: Cohort.objects.get().move_on(Cohort.State.ALUMNI, boss),
    "someone agrees": lambda noor, boss: noor.agree(),
    "sessions end": lambda noor, boss: Session.objects.of(noor).end(),
}


@pytest.mark.parametrize("what", VERBS)
def test_the_number_is_raised(what):
    noor, boss = make.person(cohort=make.cohort()), make.organiser()
    before = Epoch.now()
    VERBS[what](noor, boss)
    assert Epoch.now() > before
