"""A circle with Noor, someone else and a trainer."""

import pytest

from tests import make


@pytest.fixture
def board(db):
    return make.board(cohort=make.cohort())


@pytest.fixture
def noor(board):
    return make.person("Noor de Wit", cohort=board.cohort)


@pytest.fixture
def mate(board):
    return make.person("Bas", cohort=board.cohort)


@pytest.fixture
def trainer(board):
    return make.trainer(board.cohort)
