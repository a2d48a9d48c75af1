"""A trainer's feedback: asked for, written, given, read and corrected."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.clock import now
from forums.cases.models import Feedback
from tests import make

pytestmark = pytest.mark.django_db
ANSWERS = make.ANSWERS


@pytest.fixture
def circle(db):
    """A case in a circle, who brought it in, and two trainers."""
    cohort = make.cohort()
    noor = make.person("Noor", cohort=cohort)
    case = make.case(noor, make.board(cohort=cohort))
    return case, noor, make.trainer(cohort, name="Hanneke Brouwer"), make.trainer(cohort, name="Joris van Dalen")


def ask_address(case) -> str:
    return reverse("cases:feedback", args=[case.pk])


# Asking


def test_the_author_asks_and_chooses_who_reads_it(enter, circle):
    case, noor, hanneke, _joris = circle
    client = enter(noor)
    page = client.get(ask_address(case)).content.decode()
    assert re.findall(r'<input[^>]*value="(.)"[^>]* checked', page) == ["0"]
    assert client.post(ask_address(case), {}).status_code == 422
    assert client.post(ask_address(case), {"shared": "7"}).status_code == 422
    answer = client.post(ask_address(case), {"shared": "0"})
    assert answer.url == case.get_absolute_url()
    found = case.feedback.get()
    assert (found.state, found.shared, found.trainer) == ("requested", False, None)
    assert "Alleen jij en de trainers" in client.get(answer.url).content.decode()
    assert found.get_absolute_url() in enter(hanneke).get(case.get_absolute_url()).content.decode()
    assert enter(hanneke).get(ask_address(case)).url == found.get_absolute_url()


def test_asked_twice_is_asked_once_and_goes_to_fewer_but_not_to_more(enter, circle):
    case, noor, *_trainers = circle
    client = enter(noor)
    client.post(ask_address(case), {"shared": "1"})
    client.post(ask_address(case), {"shared": "0"})
    assert list(case.feedback.values_list("shared", flat=True)) == [False]
    assert client.post(ask_address(case), {"shared": "1"}).status_code == 409
    assert list(case.feedback.values_list("shared", flat=True)) == [False]


def test_a_draft_has_no_feedback(enter, circle):
    _case, noor, *_trainers = circle
    draft = make.draft_case(noor)
    assert enter(noor).post(ask_address(draft), {"shared": "0"}).status_code == 302
    assert not draft.feedback.exists()


def test_under_a_pseudonym_one_asks_and_reads_just_as_well(enter, circle):
    case, noor, hanneke, _joris = circle
    case = make.case(noor, case.board, pseudonymous=True)
    enter(noor).post(ask_address(case), {"shared": "0"})
    found = case.feedback.get()
    page = enter(hanneke).get(found.get_absolute_url()).content.decode()
    assert "Noor" not in page
    assert case.topic.alias.name in page
    enter(hanneke).post(found.get_absolute_url(), ANSWERS | {"do": "give", "revision": 0})
    assert ANSWERS["seen"] in enter(noor).get(case.get_absolute_url()).content.decode()


# Given


def test_new_feedback_stands_on_home_until_it_is_read(enter, circle):
    case, noor, hanneke, _joris = circle
    client = enter(noor)
    make.feedback(case, hanneke, "draft")
    assert "Hanneke" not in client.get("/").content.decode()
    found = case.feedback.get()
    found.give(hanneke, ANSWERS | {"factors": []}, found.revision)
    page = client.get("/").content.decode()
    assert "Nieuwe feedback van Hanneke Brouwer" in page
    assert f"{case.get_absolute_url()}#feedback" in page
    assert ANSWERS["goal"] in client.get(case.get_absolute_url()).content.decode()
    found.refresh_from_db()
    assert found.state == "read"
    assert "Nieuwe feedback" not in client.get("/").content.decode()


def test_nobody_else_makes_it_read(enter, circle):
    case, _noor, hanneke, joris = circle
    found = make.feedback(case, hanneke, shared=True)
    for person in (joris, make.person(cohort=case.board.cohort)):
        enter(person).get(case.get_absolute_url())
    found.refresh_from_db()
    assert found.state == "given"


def test_a_correction_is_a_version_and_new_for_its_author(enter, circle):
    case, noor, hanneke, joris = circle
    found = make.feedback(case, hanneke, shared=True)
    enter(noor).get(case.get_absolute_url())
    assert enter(joris).get(found.get_absolute_url()).status_code == 403
    words = ANSWERS | {"goal": "Beter gezegd", "do": "correct"}
    client = enter(hanneke)
    assert client.post(found.get_absolute_url(), words | {"revision": 0}).status_code == 409
    assert client.post(found.get_absolute_url(), words | {"revision": found.revision}).status_code == 302
    found.refresh_from_db()
    assert (found.state, found.goal, found.versions.get().goal) == ("given", "Beter gezegd", ANSWERS["goal"])
    fellow = enter(make.person(cohort=case.board.cohort)).get(case.get_absolute_url()).content.decode()
    assert "Beter gezegd" in fellow
    assert ANSWERS["goal"] not in fellow
    assert ANSWERS["goal"] in enter(noor).get(case.get_absolute_url()).content.decode()


def test_the_author_saves_it_as_a_pdf_that_tells_nothing_of_the_reader(enter, circle):
    case, noor, hanneke, _joris = circle
    odd = "Regel 1\nRegel <b>2 & 3\n\n\U0001f600 " + "x" * 400
    found = make.feedback(case, hanneke, factors=list(case.factors.all()), seen=odd)
    address = reverse("cases:feedback_pdf", args=[case.pk, found.pk])
    answer = enter(noor).get(address)
    assert answer.content.startswith(b"%PDF")
    assert {name: answer.headers[name] for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options")} == {
        "Content-Type": "application/pdf",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert b"Noor" not in answer.content
    assert enter(noor).get(address).content == answer.content


def test_taken_back_with_its_case(enter, circle):
    case, noor, hanneke, _joris = circle
    found = make.feedback(case, hanneke)
    case.topic.reply(hanneke, "Dank")
    case.withdraw(noor)
    assert not Feedback.objects.filter(pk=found.pk).exists()


# The worklist


def test_who_waits_longest_stands_on_top_with_the_day_of_the_next_session(enter, circle):
    case, noor, hanneke, joris = circle
    make.session(case.board.cohort, number=2, starts=24 * 12)
    later = make.draft_case(noor, case.board, title="Later gevraagd").submit(noor, checked=True)
    make.feedback(later, state="requested")
    first = make.feedback(case, joris, "draft")
    Feedback.objects.filter(pk=first.pk).update(asked_on=first.asked_on - timedelta(days=6))
    day = timezone.localdate(now() + timedelta(days=12)).day
    for address in ("/", reverse("cases:feedback_list")):
        page = enter(hanneke).get(address).content.decode()
        assert page.index(first.get_absolute_url()) < page.index("Later gevraagd")
        assert "wacht 6 dagen" in page
        assert "Joris van Dalen schrijft" in page
        assert f"bijeenkomst op {day} " in page
    assert enter(noor).get(reverse("cases:feedback_list")).status_code == 404
    assert "Wacht op jouw feedback" not in enter(noor).get("/").content.decode()


def test_pages_cost_the_same_for_many_as_for_one(enter, circle):
    case, noor, hanneke, _joris = circle
    make.feedback(case, hanneke)
    make.feedback(case, hanneke, "draft")
    addresses = {
        hanneke: ["/", reverse("cases:feedback_list"), case.get_absolute_url()],
        noor: ["/", case.get_absolute_url()],
    }

    def costs() -> list[int]:
        found = []
        for person, places in addresses.items():
            client = enter(person)
            for address in places:
                client.get(address)
                with CaptureQueriesContext(connection) as statements:
                    assert client.get(address).status_code == 200
                found.append(len(statements))
        return found

    one = costs()
    found = case.feedback.get(state="draft")
    found.give(hanneke, ANSWERS | {"factors": list(case.factors.all())}, found.revision)
    given = make.feedback(case, hanneke)
    given.correct(ANSWERS | {"goal": "Anders", "factors": []}, given.revision)
    make.feedback(case, hanneke, "draft")
    for number in range(4):
        make.feedback(make.case(noor, case.board, pseudonymous=number % 2 == 0), hanneke, "draft")
        make.feedback(make.case(noor, case.board))
    assert costs() == one
    assert max(one[0], one[3]) <= 12, one
    assert max(one[2], one[4]) <= 14, one
