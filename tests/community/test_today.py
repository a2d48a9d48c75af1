"""Today costs as little for who takes part in everything as for who just arrived."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership, Role
from events.models import Rsvp
from forums.models import Bookmark
from tests import make

pytestmark = pytest.mark.django_db
MOST = 13


def busy_member():
    """An alumnus who takes part again: a case with feedback, a session, a return day, kept posts, much that is new."""
    done, running = make.cohort(state="alumni"), make.cohort()
    noor = make.person(cohort=done, alumnus=True)
    Membership.objects.create(person=noor, cohort=running, role=Role.PARTICIPANT, since="2026-01-01")
    make.session(running)
    day = make.return_day()
    Rsvp.objects.create(event=day, person=noor, state=Rsvp.State.YES)
    circle, wide = make.board(cohort=running), make.board()
    case = make.case(noor, circle)
    make.feedback(case, make.trainer(running))
    for _ in range(3):
        Bookmark.objects.create(person=noor, post=make.post(make.topic(wide)), remind_on="2026-01-01")
        make.topic(circle)
    return noor


def test_everything_at_once_takes_thirteen_statements(enter):
    client = enter(busy_member())
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/").content.decode()
    assert "Je komt." in page
    assert len(asked) <= MOST, "\n".join(query["sql"][:120] for query in asked)


def test_what_was_answered_stands_beside_the_day(enter):
    day, noor = make.return_day(), make.person(cohort=make.cohort(state="alumni"), alumnus=True)
    for state, words in (
        ("", "Je hebt nog niet geantwoord."),
        (Rsvp.State.LAPSED, "Je hebt nog niet geantwoord."),
        (Rsvp.State.WAITING, "Je staat op de wachtlijst."),
        (Rsvp.State.NO, "Je komt niet."),
    ):
        Rsvp.objects.filter(event=day, person=noor).delete()
        if state:
            Rsvp.objects.create(event=day, person=noor, state=state, waiting_number=1 if state == "waiting" else None)
        assert words in enter(noor).get("/").content.decode()
