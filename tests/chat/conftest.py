"""Noor, and the open room of the cohort in which she takes part."""

import pytest

from tests import make
from tests.chat.rooms import room


@pytest.fixture
def noor(db):
    return make.person(cohort=make.cohort(), name="Noor")


@pytest.fixture
def chat(noor):
    return room(noor.cohorts[0])


@pytest.fixture
def trainer(chat):
    return make.trainer(chat.event.cohort)


@pytest.fixture
def judith(chat):
    return make.trainer(chat.event.cohort, name="Judith")


@pytest.fixture
def mo(chat):
    return make.person(cohort=chat.event.cohort, name="Mo")


@pytest.fixture
def first(chat, judith):
    """The room, in which a trainer looks first."""
    chat.look_first(judith)
    return chat
