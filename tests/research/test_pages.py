"""What the pages cost, and that the demo fits them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.clock import now
from accounts.models import Outgoing
from accounts.research.models import ResearchEntry, Study, StudyCall
from community.demo.people import load_cohorts, load_people
from community.demo.register import load_register
from tests import make

pytestmark = pytest.mark.django_db


def statements(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("role", ["researcher", "register_keeper"])
def test_the_list_takes_as_many_statements_for_one_study_as_for_ten(enter, role):
    reader = make.person(roles=[role])

    def fill():
        make.calls(make.study(reader, state="ethics_review"), n=2)
        make.entry()

    fill()
    client = enter(reader)
    one = statements(client, "/research/studies/")
    for _ in range(9):
        fill()
    assert statements(client, "/research/studies/") == one


@pytest.mark.parametrize("address", ["/research/", "/research/receipt/"])
def test_a_member_with_much_history_costs_no_more(enter, address):
    person = make.person(alumnus=True)

    def change():
        make.entry(person, ["diary"])
        make.entry(person, ["team"])
        person.study_calls.create(study=make.study())

    change()
    client = enter(person)
    one = statements(client, address)
    for _ in range(9):
        change()
    assert statements(client, address) == one


def test_the_demo_has_its_register():
    people = load_people()
    load_cohorts(people)
    assert load_register(people) == 4
    assert ResearchEntry.objects.in_force().count() == 15
    assert ResearchEntry.objects.in_force("linkage").get().person == people["ayse"]
    assert people["roy"].research_entry.state == "withdrawn"
    assert not people["roy"].consents.in_force().exists()
    assert StudyCall.objects.count() == 20
    assert dict(Study.objects.with_counts().get(title_en="Diary of a manager").counts).values()
    assert not Outgoing.objects.exists()
    assert min(call.sent_at for call in StudyCall.objects.all()) < now() - timedelta(days=100)


def test_the_demo_may_be_loaded_again():
    people = load_people()
    cohorts = load_cohorts(people)
    load_register(people)
    for row in (*people.values(), *cohorts.values()):
        row.delete()
    people = load_people()
    load_cohorts(people)
    assert load_register(people) == 4
    assert Study.objects.count() == 4
