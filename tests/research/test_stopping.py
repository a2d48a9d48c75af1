"""Stopping is at least as easy as joining, works at once, and is open to everyone who is in the register."""

import re

import pytest

from accounts.research.models import ResearchEntry
from tests import make

pytestmark = pytest.mark.django_db
PAGE, WITHDRAW = "/research/", "/research/withdraw/"


@pytest.fixture
def entry():
    return make.entry(scopes=["diary", "team"])


def test_the_next_question_leaves_the_person_out(entry):
    other = make.entry()
    assert set(ResearchEntry.objects.in_force("diary")) == {entry, other}
    entry.withdraw()
    assert set(ResearchEntry.objects.in_force("diary")) == {other}
    assert not ResearchEntry.objects.in_force("team").exists()


def test_a_consent_that_was_taken_back_counts_even_if_nothing_else_is_changed(entry):
    """Asked of the consents themselves: an entry that still says "active" is not enough."""
    entry.person.consents.model.note(entry.person, "register:diary", granted=False, wording=entry.wording)
    assert not ResearchEntry.objects.in_force("diary").exists()
    assert ResearchEntry.objects.in_force("team").get() == entry


def test_the_last_row_counts_whatever_its_clock_says(entry):
    """A server whose clock is behind cannot lose a withdrawal."""
    first = entry.person.consents.order_by("at").first()
    early = first.at.replace(year=2020)
    for scope in ("diary", "team"):
        first.note(entry.person, f"register:{scope}", granted=False, wording=entry.wording, at=early)
    assert not ResearchEntry.objects.in_force().exists()


def test_one_press_is_enough_and_no_reason_is_asked(enter, entry):
    client = enter(entry.person)
    response = client.post(WITHDRAW)
    assert response.status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.cap) == ("withdrawn", 2)
    assert not entry.person.consents.in_force().exists()
    assert client.get(response.url).status_code == 200


def test_looking_at_the_page_changes_nothing(enter, entry):
    page = enter(entry.person).get(WITHDRAW).content.decode()
    entry.refresh_from_db()
    assert entry.is_in
    assert len(re.findall(r"<form[^>]* method=\"post\"", page)) == 1
    assert not re.search(r"<(textarea|select)|type=\"(text|checkbox|radio)\"", page)


def test_stopping_twice_is_stopping_once(enter, entry):
    client = enter(entry.person)
    for _ in range(2):
        client.post(WITHDRAW)
    assert [row.granted for row in entry.person.consents.order_by("pk")] == [True, True, False, False]
    assert entry.person.outgoing.filter(kind="withdrawal_confirmed").count() == 1


def test_leaving_takes_no_more_presses_than_joining(enter, entry):
    """Joining: tick and save. Leaving: the button on the same page posts at once."""
    page = enter(entry.person).get(PAGE).content.decode()
    assert re.search(r"<button[^>]* form=\"stop\"", page)
    assert re.search(rf"<form id=\"stop\" method=\"post\" action=\"{WITHDRAW}\">", page)


def test_a_suspended_person_stops_as_well(enter, entry):
    entry.person.suspend(make.organiser(), "because")
    client = enter(entry.person)
    assert client.get(PAGE).status_code == 403
    assert client.get(WITHDRAW).status_code == 200
    response = client.post(WITHDRAW)
    assert (response.status_code, response.url) == (302, WITHDRAW)
    assert client.get(WITHDRAW).context["is_in"] is False
    assert ResearchEntry.objects.get().state == "withdrawn"


def test_a_suspended_person_sees_the_own_proof_and_no_link_to_what_is_closed(enter, entry):
    entry.person.suspend(make.organiser(), "because")
    client = enter(entry.person)
    for address in ("/research/receipt/", "/research/receipt.txt", WITHDRAW):
        response = client.get(address)
        assert response.status_code == 200
        assert 'href="/research/"' not in response.content.decode()
        assert 'href="/forums/' not in response.content.decode()


def test_stopping_does_not_wait_for_new_agreements(enter, entry):
    entry.person.agreed_version = 0
    entry.person.save()
    client = enter(entry.person)
    assert client.get(PAGE).status_code == 302
    client.post(WITHDRAW)
    assert ResearchEntry.objects.get().state == "withdrawn"


def test_who_is_suspended_is_not_asked_for_anything(entry):
    entry.person.suspend(make.organiser(), "because")
    assert not ResearchEntry.objects.in_force().exists()


def test_who_is_no_alumnus_any_more_still_finds_the_way_out(enter, entry):
    entry.person.memberships.get().end()
    client = enter(entry.person)
    assert 'form="stop"' in client.get(PAGE).content.decode()
    assert client.post("/research/consent/", {"scope": ["team"], "wording": "1"}).status_code == 403
    assert client.post(WITHDRAW).status_code == 302
    assert ResearchEntry.objects.get().state == "withdrawn"


def test_open_calls_lapse_and_what_has_its_own_yes_stays(entry):
    calls = {}
    for state in ("invited", "interested", "consented", "completed", "declined"):
        calls[state] = entry.person.study_calls.create(study=make.study(), state=state)
    entry.withdraw()
    for call in calls.values():
        call.refresh_from_db()
    assert [call.state for call in calls.values()] == ["withdrawn", "withdrawn", "consented", "completed", "declined"]


def test_joining_again_starts_anew(entry):
    entry.withdraw()
    stopped = entry.since
    again = make.entry(entry.person, ["interview"], cap=1)
    assert again.since > stopped
    assert ResearchEntry.objects.in_force("interview").get().cap == 1
    assert not ResearchEntry.objects.in_force("diary").exists()


def test_who_was_never_in_it_has_nothing_to_stop_with(enter):
    client = enter(make.person(cohort=make.cohort()))
    assert client.get(WITHDRAW).status_code == 200
    assert client.post(WITHDRAW).status_code == 302
    assert not ResearchEntry.objects.exists()
