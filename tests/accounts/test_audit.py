"""What happened because of a role stays on record, each entry tied to the one before."""

import pytest

from accounts.models import AuditEntry, record, record_each
from tests import make

pytestmark = pytest.mark.django_db


def some_entries() -> list[AuditEntry]:
    boss, people = make.organiser(), [make.person() for _ in range(3)]
    record(boss, "begin")
    record_each(boss, "see_needs", [(person, person) for person in people], why="door")
    return list(AuditEntry.objects.order_by("pk"))


def test_an_untouched_log_is_whole():
    assert len(some_entries()) == 4
    assert AuditEntry.objects.all().first_broken() is None


def test_a_changed_entry_breaks_it_there():
    second = some_entries()[1]
    AuditEntry.objects.filter(pk=second.pk).update(facts=second.facts | {"verb": "nothing"})
    assert AuditEntry.objects.all().first_broken() == second


def test_an_entry_that_is_gone_breaks_the_next():
    _first, second, third, _fourth = some_entries()
    second.delete()
    assert AuditEntry.objects.all().first_broken() == third


def test_many_looks_cost_as_much_as_one(django_assert_num_queries):
    boss = make.organiser()
    for count in (1, 20):
        people = [make.person() for _ in range(count)]
        record(boss, "warm", people[0])
        with django_assert_num_queries(4):  # a savepoint around the look for the last entry and the adding
            record_each(boss, "see_needs", [(person, person) for person in people])


def test_everyone_reads_what_was_looked_at_of_them_and_nothing_else():
    entries = some_entries()
    assert [list(AuditEntry.objects.visible_to(entry.subject)) for entry in entries[1:]] == [
        [entry] for entry in entries[1:]
    ]
