"""Every model says who may read it; a stranger and someone not admitted read no row."""

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from accounts.policy import ReadableQuerySet
from tests import make

OURS = ("accounts", "research", "forums", "cases", "moderation", "events", "chat")
# Models without a rule of their own, each with its reason.
WITHOUT = {
    "accounts.Epoch": "one number, nobody's data",
}


def models():
    for label in OURS:
        yield from (m for m in apps.get_app_config(label).get_models() if not m._meta.auto_created)


def readable():
    return [m for m in models() if isinstance(m._default_manager.all(), ReadableQuerySet)]


def test_every_model_states_a_rule():
    assert [m._meta.label for m in models() if m not in readable() and m._meta.label not in WITHOUT] == []


@pytest.mark.django_db
def test_a_stranger_reads_no_row():
    newcomer = make.person(agreed=False, cohort=make.cohort())
    for model in readable():
        assert not model._default_manager.visible_to(AnonymousUser()).exists(), model
        assert not model._default_manager.visible_to(newcomer).exists(), model


@pytest.mark.django_db
def test_every_rule_can_be_asked_for_every_kind_of_person():
    cohort = make.cohort()
    people = [make.person(cohort=cohort), make.person(alumnus=True), make.trainer(cohort), make.person()]
    people += [make.person(roles=[role]) for role in ("organiser", "moderator", "researcher", "register_keeper")]
    for model in readable():
        for person in people:
            list(model._default_manager.visible_to(person)[:1])
